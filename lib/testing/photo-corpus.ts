import { deflateSync } from 'node:zlib';
import sharp, { type Exif, type Sharp } from 'sharp';

// Photos and what pretends to be one, made by code: no binary lies in the repository.

/** Words that no stored photo may contain. */
export const SECRET_WORDS = ['Testphone', 'Model-42', 'SECRET-COMMENT', '30/1 40/1'];

const EXIF_OF_A_PHONE: Exif = {
  IFD0: { Make: 'Testphone', Model: 'Model-42', ImageDescription: 'SECRET-COMMENT' },
  IFD2: {
    DateTimeOriginal: '2026:11:23 07:12:05',
    OffsetTimeOriginal: '+08:00',
    UserComment: 'SECRET-COMMENT',
  },
  IFD3: {
    GPSLatitudeRef: 'N',
    GPSLatitude: '29/1 30/1 40/1',
    GPSLongitudeRef: 'E',
    GPSLongitude: '103/1 30/1 40/1',
  },
};

/** When `aJpeg()` was taken. */
export const TAKEN_AT = new Date('2026-11-22T23:12:05Z');

/**
 * A picture of a scene of its own: each seed gives another, the same seed the same. Four quarters of different
 * brightness tell which way up it is: the top left one is red.
 */
export function aScene(seed: number, width = 400, height = 300): Sharp {
  let state = (seed * 2654435761 + 12345) >>> 0;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const shapes = Array.from({ length: 14 }, () => {
    const [x, y] = [random() * width, random() * height];
    const [w, h] = [(random() * width) / 2, (random() * height) / 2];
    const grey = Math.floor(random() * 255);
    return `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="rgb(${grey},${grey},${255 - grey})"/>`;
  });
  const corner = `<rect width="${width / 4}" height="${height / 4}" fill="#f00"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <rect width="100%" height="100%" fill="#7a8a72"/>${shapes.join('')}${corner}</svg>`;
  return sharp(Buffer.from(svg));
}

export interface JpegOptions {
  seed?: number;
  width?: number;
  height?: number;
  /** 1 to 8, as a camera held that way writes it; the pixels are turned accordingly, so upright they look the same */
  orientation?: number;
  quality?: number;
}

/** How to turn an upright picture so that this orientation tag brings it back. Sharp mirrors before it rotates. */
const TURNS: Record<number, (image: Sharp) => Sharp> = {
  1: (image) => image,
  2: (image) => image.flop(),
  3: (image) => image.rotate(180),
  4: (image) => image.flip(),
  5: (image) => image.rotate(90).flip(),
  6: (image) => image.rotate(270),
  7: (image) => image.rotate(90).flop(),
  8: (image) => image.rotate(90),
};

/** A photo as a phone writes it, with camera, time and place in its metadata. */
export async function aJpeg(options: JpegOptions = {}): Promise<Buffer> {
  const { seed = 1, width = 400, height = 300, orientation = 1, quality = 90 } = options;
  const upright = await aScene(seed, width, height).png().toBuffer();
  const turned = await (TURNS[orientation]?.(sharp(upright)) ?? sharp(upright)).toBuffer();
  return sharp(turned)
    .withExif({ ...EXIF_OF_A_PHONE })
    .withMetadata({ orientation })
    .withExifMerge({ ...EXIF_OF_A_PHONE })
    .jpeg({ quality })
    .toBuffer();
}

/** A picture with a hole one can see through. */
export async function aTransparentPng(): Promise<Buffer> {
  return sharp({
    create: { width: 200, height: 100, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
  })
    .composite([{ input: await aScene(3, 100, 100).png().toBuffer(), left: 0, top: 0 }])
    .withExif(EXIF_OF_A_PHONE)
    .png()
    .toBuffer();
}

export async function aWebp(): Promise<Buffer> {
  return aScene(4).withExif(EXIF_OF_A_PHONE).webp().toBuffer();
}

/** A picture of one colour. */
export async function aPlainJpeg(): Promise<Buffer> {
  return sharp({ create: { width: 400, height: 300, channels: 3, background: '#556655' } })
    .jpeg()
    .toBuffer();
}

/** A JPEG whose head claims this size, whatever follows. */
export async function aJpegClaiming(width: number, height: number): Promise<Buffer> {
  const jpeg = Buffer.from(await aPlainJpeg());
  const frame = jpeg.indexOf(Buffer.from('ffc0', 'hex'));
  jpeg.writeUInt16BE(height, frame + 5);
  jpeg.writeUInt16BE(width, frame + 7);
  return jpeg;
}

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(data.length, 0);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  return chunk;
}

function crc32(bytes: Buffer): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let i = 0; i < 8; i++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

/** A PNG of few bytes that claims, and has, `side` × `side` pixels of one bit. */
export function aBombPng(side: number): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  head.set([1, 0, 0, 0, 0], 8);
  const rows = deflateSync(Buffer.alloc((Math.ceil(side / 8) + 1) * side), { level: 9 });
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    pngChunk('IHDR', head),
    pngChunk('IDAT', rows),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

export const AN_SVG = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><script>alert(1)</script><rect width="10" height="10"/></svg>',
);

/** The beginning of what an iPhone writes by default. */
export const A_HEIC_HEAD = Buffer.concat([
  Buffer.from('00000024', 'hex'),
  Buffer.from('ftypheic', 'latin1'),
  Buffer.alloc(4),
  Buffer.from('mif1MiHBheic', 'latin1'),
  Buffer.alloc(2000, 7),
]);

export const AN_AVIF_HEAD = Buffer.concat([
  Buffer.from('0000001c', 'hex'),
  Buffer.from('ftypavif', 'latin1'),
  Buffer.alloc(4),
  Buffer.from('avifmif1', 'latin1'),
  Buffer.alloc(2000, 7),
]);

/** One white pixel. */
export const A_GIF = Buffer.from('R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs=', 'base64');

export const A_PDF = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF');

export const SOME_HTML = '<html><script>alert(document.cookie)</script></html>';

/** A photo that is a page as well: opened by something careless, it would run. */
export async function aJpegWithHtml(): Promise<Buffer> {
  const jpeg = await aJpeg({ seed: 5 });
  const comment = Buffer.from(SOME_HTML);
  const segment = Buffer.alloc(4);
  segment.writeUInt16BE(0xfffe, 0);
  segment.writeUInt16BE(comment.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), segment, comment, jpeg.subarray(2), Buffer.from(SOME_HTML)]);
}

/** A photo that is an archive as well: archives are read from their end. */
export async function aJpegWithZip(): Promise<Buffer> {
  const name = Buffer.from('evil.txt');
  const local = Buffer.concat([Buffer.from('504b0304', 'hex'), Buffer.alloc(26), name]);
  const end = Buffer.concat([Buffer.from('504b0506', 'hex'), Buffer.alloc(18)]);
  return Buffer.concat([await aJpeg({ seed: 6 }), local, end]);
}
