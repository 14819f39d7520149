// Finds QR codes in a picture: by the phone's own reader where it has one, else by ZXing, which is loaded only then,
// from this site.

export type Picture = HTMLVideoElement | HTMLCanvasElement;

/** Answers the texts of the QR codes in a picture. */
export type Decoder = (picture: Picture) => Promise<string[]>;

interface NativeDetector {
  detect(picture: Picture): Promise<{ rawValue: string }[]>;
}
interface NativeDetectorClass {
  new (options: { formats: string[] }): NativeDetector;
  getSupportedFormats(): Promise<string[]>;
}

/** Longest side that is searched: enough for a code held up to the camera, and quick on a slow phone. */
const SIDE_MOST = 960;

/** The best reader this phone has. Throws where it has none at all. */
export async function openDecoder(): Promise<Decoder> {
  return (await openNative()) ?? (await openZxing());
}

async function openNative(): Promise<Decoder | null> {
  const Native = (globalThis as { BarcodeDetector?: NativeDetectorClass }).BarcodeDetector;
  try {
    if (!Native || !(await Native.getSupportedFormats()).includes('qr_code')) return null;
    const detector = new Native({ formats: ['qr_code'] });
    return async (picture) => (await detector.detect(picture)).map((one) => one.rawValue);
  } catch {
    return null;
  }
}

async function openZxing(): Promise<Decoder> {
  const { prepareZXingModule, readBarcodes } = await import('zxing-wasm/reader');
  const address = new URL('zxing-wasm/reader/zxing_reader.wasm', import.meta.url).href;
  await prepareZXingModule({ overrides: { locateFile: () => address }, fireImmediately: true });
  const canvas = document.createElement('canvas');
  return async (picture) => {
    const width = 'videoWidth' in picture ? picture.videoWidth : picture.width;
    const height = 'videoHeight' in picture ? picture.videoHeight : picture.height;
    const shrunk = Math.min(1, SIDE_MOST / Math.max(width, height, 1));
    canvas.width = Math.round(width * shrunk);
    canvas.height = Math.round(height * shrunk);
    const pen = canvas.getContext('2d', { willReadFrequently: true });
    if (!pen || canvas.width === 0) return [];
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const found = await readBarcodes(pen.getImageData(0, 0, canvas.width, canvas.height), {
      formats: ['QRCode'],
      maxNumberOfSymbols: 4,
    });
    return found.map((one) => one.text);
  };
}
