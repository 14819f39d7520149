import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

// It would fetch its WebAssembly from the net.
prepareZXingModule({
  overrides: {
    wasmBinary: readFileSync('node_modules/zxing-wasm/dist/reader/zxing_reader.wasm').buffer as ArrayBuffer,
  },
});

/** The QR codes that a scanner finds in a picture of any format that sharp opens. */
export async function readCodes(picture: Uint8Array): Promise<string[]> {
  const { data, info } = await sharp(picture, { density: 300, limitInputPixels: false })
    .flatten({ background: '#ffffff' })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const pixels = {
    data: new Uint8ClampedArray(data),
    width: info.width,
    height: info.height,
    colorSpace: 'srgb',
  };
  const found = await readBarcodes(pixels as ImageData, { formats: ['QRCode'], tryHarder: true });
  return found.map((one) => one.text);
}
