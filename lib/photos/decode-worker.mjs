// The only place where bytes that strangers sent meet a decoder. It runs as a process of its own
// (lib/photos/decoder.ts starts, watches and kills it), without secrets in its environment and without a database.
// Plain JavaScript, so that it runs the same under `next dev`, tests, scripts and the standalone build.
//
// In:  { job, bytes, format, pixelsMost }
// Out: { job, ok: true, large, small, width, height, perceptual, exif } or { job, ok: false, why }

import sharp from 'sharp';

const LARGE = 1600;
const SMALL = 320;
const QUALITY = 80;
const EXIF_BYTES_MOST = 128 * 1024;

sharp.cache(false);
sharp.concurrency(1);
// Three loaders, from memory; every other one (SVG, PDF, HEIF, GIF, TIFF, files …) is switched off in libvips.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'],
});

async function decode({ bytes, format, pixelsMost }) {
  const input = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // `error`: what is cut off or broken fails; what phones habitually write a little wrong does not.
  const options = { limitInputPixels: pixelsMost, failOn: 'error', pages: 1, sequentialRead: true };
  let head;
  try {
    head = await sharp(input, { ...options, limitInputPixels: false }).metadata();
  } catch {
    return { ok: false, why: 'UNREADABLE' };
  }
  if (head.format !== format) return { ok: false, why: 'UNREADABLE' };
  if (head.width * head.height > pixelsMost) return { ok: false, why: 'TOO_MANY_PIXELS' };

  try {
    // Upright, in sRGB, on white, and reduced to bare pixels: nothing of the file's metadata can follow.
    const { data, info } = await sharp(input, options)
      .autoOrient()
      .resize({ width: LARGE, height: LARGE, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .removeAlpha()
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    const raw = { raw: { width: info.width, height: info.height, channels: info.channels } };
    const jpeg = { quality: QUALITY, mozjpeg: false, chromaSubsampling: '4:2:0' };
    const large = await sharp(data, raw).jpeg(jpeg).toBuffer();
    const small = await sharp(data, raw)
      .resize({ width: SMALL, height: SMALL, fit: 'inside', withoutEnlargement: true })
      .jpeg(jpeg)
      .toBuffer();
    const grey = await sharp(data, raw)
      .resize({ width: 32, height: 32, fit: 'fill', kernel: 'mitchell' })
      .greyscale()
      .toColourspace('b-w')
      .raw({ depth: 'uchar' })
      .toBuffer();
    const exif = head.exif && head.exif.length <= EXIF_BYTES_MOST ? head.exif : null;
    return {
      ok: true,
      large,
      small,
      width: info.width,
      height: info.height,
      perceptual: perceptualHash(grey),
      exif,
    };
  } catch {
    return { ok: false, why: 'UNREADABLE' };
  }
}

const cosines = Array.from({ length: 9 }, (_, u) =>
  Array.from({ length: 32 }, (_, x) => Math.cos(((2 * x + 1) * u * Math.PI) / 64)),
);

/**
 * pHash: the 8 × 8 lowest frequencies of the discrete cosine transform of 32 × 32 grey pixels, without the constant
 * ones; a bit is set where the coefficient is above their median. Survives another size, quality and brightness;
 * photos of different scenes differ in about 32 of the 64 bits. '0' for a picture too plain to compare.
 */
function perceptualHash(grey) {
  const coefficients = [];
  let strongest = 0;
  for (let v = 1; v <= 8; v++) {
    for (let u = 1; u <= 8; u++) {
      let sum = 0;
      for (let y = 0; y < 32; y++) {
        let row = 0;
        for (let x = 0; x < 32; x++) row += grey[y * 32 + x] * cosines[u][x];
        sum += row * cosines[v][y];
      }
      coefficients.push(sum);
      strongest = Math.max(strongest, Math.abs(sum));
    }
  }
  if (strongest < 200) return '0';
  const sorted = [...coefficients].sort((a, b) => a - b);
  const median = (sorted[31] + sorted[32]) / 2;
  let bits = 0n;
  for (const value of coefficients) bits = (bits << 1n) | (value > median ? 1n : 0n);
  return BigInt.asIntN(64, bits).toString();
}

process.on('message', (message) => {
  decode(message)
    .catch(() => ({ ok: false, why: 'UNREADABLE' }))
    .then((answer) => process.send({ job: message.job, ...answer }));
});
// Its parent is gone: so is its purpose.
process.on('disconnect', () => process.exit(0));
