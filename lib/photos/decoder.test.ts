import sharp from 'sharp';
import { afterAll, describe, expect, it, vi } from 'vitest';
import {
  AN_SVG,
  aBombPng,
  aJpeg,
  aJpegClaiming,
  aJpegWithHtml,
  aJpegWithZip,
  aPlainJpeg,
  aScene,
  aTransparentPng,
  aWebp,
  SECRET_WORDS,
  SOME_HTML,
  TAKEN_AT,
} from '@/lib/testing/photo-corpus';
import { type DecodedPhoto, decodePhoto, stopDecoders } from './decoder';
import { findExif, readTakenAt } from './exif';
import { hammingDistance, type PhotoFormat, SIMILAR_BITS_MOST } from './rules';

afterAll(stopDecoders);
vi.setConfig({ testTimeout: 120_000 });

async function decoded(bytes: Uint8Array, format: PhotoFormat = 'jpeg'): Promise<DecodedPhoto> {
  const answer = await decodePhoto(bytes, format);
  if (!answer.ok) throw new Error(answer.why);
  return answer;
}

async function expectBare(jpeg: Uint8Array): Promise<void> {
  const head = await sharp(jpeg).metadata();
  expect(head.format).toBe('jpeg');
  for (const kind of ['exif', 'icc', 'iptc', 'xmp', 'orientation', 'comments'] as const) {
    expect(head[kind], kind).toBeUndefined();
  }
  const text = Buffer.from(jpeg).toString('latin1');
  for (const word of [...SECRET_WORDS, SOME_HTML, 'GPS', 'Exif', 'PK\u0003\u0004'])
    expect(text).not.toContain(word);
  // nothing stands behind the end of the picture
  expect(Buffer.from(jpeg).subarray(-2).toString('hex')).toBe('ffd9');
}

/** Whether the red corner is at the top left. */
async function isUpright(jpeg: Uint8Array): Promise<boolean> {
  const { data, info } = await sharp(jpeg).raw().toBuffer({ resolveWithObject: true });
  const isRed = (x: number, y: number) => {
    const at = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * info.channels;
    return (data[at] ?? 0) > 200 && (data[at + 1] ?? 255) < 60 && (data[at + 2] ?? 255) < 60;
  };
  return isRed(0.1, 0.1) && !isRed(0.9, 0.1) && !isRed(0.1, 0.9) && !isRed(0.9, 0.9);
}

describe('a decoded photo', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'stands upright and bare, however the phone was held (%i)',
    async (orientation) => {
      const jpeg = await aJpeg({ orientation });
      // the corpus is what it claims to be
      const head = await sharp(jpeg).metadata();
      expect(head.orientation).toBe(orientation);
      expect(Buffer.from(head.exif ?? []).toString('latin1')).toContain('Testphone');
      expect(readTakenAt(findExif(jpeg) ?? new Uint8Array())).toEqual(TAKEN_AT);

      const photo = await decoded(jpeg);
      expect([photo.width, photo.height]).toEqual([400, 300]);
      for (const file of [photo.large, photo.small]) {
        await expectBare(file);
        expect(await isUpright(file)).toBe(true);
      }
      expect(readTakenAt(photo.exif ?? new Uint8Array())).toEqual(TAKEN_AT);
    },
  );

  it('has two sizes, and is never made larger', async () => {
    const wide = await decoded(await aJpeg({ width: 1800, height: 1200 }));
    expect([wide.width, wide.height]).toEqual([1600, 1067]);
    const small = await sharp(wide.small).metadata();
    expect([small.width, small.height]).toEqual([320, 213]);
    const tiny = await decoded(await aJpeg({ width: 100, height: 80 }));
    expect([tiny.width, tiny.height]).toEqual([100, 80]);
  });

  it('is the same file for the same upload', async () => {
    const jpeg = await aJpeg();
    const [a, b] = await Promise.all([decoded(jpeg), decoded(jpeg)]);
    expect(Buffer.from(a.large).equals(Buffer.from(b.large))).toBe(true);
  });

  it('comes from a PNG with a hole (white), and from a WebP', async () => {
    const png = await decoded(await aTransparentPng(), 'png');
    await expectBare(png.large);
    const { data, info } = await sharp(png.large).raw().toBuffer({ resolveWithObject: true });
    expect(info.channels).toBe(3);
    expect([...data.subarray(-3)].every((value) => value > 250)).toBe(true);
    const webp = await decoded(await aWebp(), 'webp');
    await expectBare(webp.large);
    expect(readTakenAt(webp.exif ?? new Uint8Array())).toEqual(TAKEN_AT);
  });

  it('comes in sRGB, from grey and from print colours too', async () => {
    const scene = await aScene(7).png().toBuffer();
    const grey = await sharp(scene).greyscale().jpeg().toBuffer();
    const cmyk = await sharp(scene).toColourspace('cmyk').jpeg().toBuffer();
    for (const jpeg of [grey, cmyk]) {
      const head = await sharp((await decoded(jpeg)).large).metadata();
      expect([head.space, head.channels]).toEqual(['srgb', 3]);
    }
  });

  it('carries nothing of a page or an archive that hid in it', async () => {
    for (const jpeg of [await aJpegWithHtml(), await aJpegWithZip()]) {
      const photo = await decoded(jpeg);
      await expectBare(photo.large);
      await expectBare(photo.small);
    }
  });
});

describe('what is no photo', () => {
  it('is unreadable: cut off, garbage behind a right beginning, or another format than it began as', async () => {
    const jpeg = await aJpeg();
    for (const part of [0.02, 0.3, 0.7, 0.95]) {
      const cut = jpeg.subarray(0, Math.floor(jpeg.length * part));
      expect(await decodePhoto(cut, 'jpeg'), `${part}`).toMatchObject({ ok: false, why: 'UNREADABLE' });
    }
    const png = await aTransparentPng();
    const webp = await aWebp();
    const broken: [Uint8Array, PhotoFormat][] = [
      [png.subarray(0, png.length * 0.6), 'png'],
      [webp.subarray(0, webp.length * 0.6), 'webp'],
      [Buffer.concat([Buffer.from('ffd8ff', 'hex'), Buffer.alloc(5000, 1)]), 'jpeg'],
      [AN_SVG, 'png'],
      [await aJpeg(), 'png'],
    ];
    for (const [bytes, format] of broken) {
      expect(await decodePhoto(bytes, format)).toMatchObject({ ok: false, why: 'UNREADABLE' });
    }
  });

  it('has too many pixels: one more than allowed, or a bomb', async () => {
    expect(await decodePhoto(aBombPng(7000), 'png')).toMatchObject({ ok: true, width: 1600, height: 1600 });
    const many = { ok: false, why: 'TOO_MANY_PIXELS' };
    expect(await decodePhoto(aBombPng(7142), 'png')).toMatchObject(many);
    expect(await decodePhoto(await aJpegClaiming(10_000, 5_100), 'jpeg')).toMatchObject(many);
    const bomb = aBombPng(30_000);
    expect(bomb.length).toBeLessThan(1_000_000);
    expect(await decodePhoto(bomb, 'png')).toMatchObject(many);
  });

  it('is given up after its time or its memory, and the next photo is decoded all the same', async () => {
    const jpeg = await aJpeg({ width: 1000, height: 750 });
    const givenUp = { ok: false, why: 'GAVE_UP' };
    // an ordinary photo may be done within any time a timer can keep
    expect(await decodePhoto(aBombPng(7000), 'png', { timeoutMs: 5 })).toMatchObject(givenUp);
    // a fast machine is done with it between two looks that are far apart
    const often = { lookMs: 5 };
    expect(await decodePhoto(aBombPng(7000), 'png', { ...often, computingMs: 30 })).toMatchObject(givenUp);
    expect(await decodePhoto(aBombPng(7000), 'png', { ...often, memoryBytesMost: 1_000_000 })).toMatchObject(
      givenUp,
    );
    expect(await decodePhoto(jpeg, 'jpeg')).toMatchObject({ ok: true });
  });

  it('is not waited for behind too many others', async () => {
    const jpeg = await aJpeg({ width: 64, height: 64 });
    const all = await Promise.all(Array.from({ length: 60 }, () => decodePhoto(jpeg, 'jpeg')));
    expect(all.filter((answer) => !answer.ok && answer.why === 'BUSY').length).toBeGreaterThan(0);
    expect(all.filter((answer) => answer.ok).length).toBeGreaterThanOrEqual(40);
  });
});

describe('the perceptual hash', () => {
  const hashOf = async (bytes: Uint8Array) => BigInt((await decoded(bytes)).perceptual);

  it('stays near when a photo is shrunk, compressed harder or made brighter, and is far from other scenes', async () => {
    const scenes = await Promise.all(
      [11, 12, 13, 14].map((seed) => aJpeg({ seed, width: 480, height: 360 })),
    );
    const hashes: bigint[] = [];
    for (const scene of scenes) {
      const hash = await hashOf(scene);
      for (const again of [
        await sharp(scene).resize(300).jpeg({ quality: 40 }).toBuffer(),
        await sharp(scene).modulate({ brightness: 1.15 }).jpeg().toBuffer(),
        await sharp(scene)
          .png()
          .toBuffer()
          .then((png) => sharp(png).jpeg({ quality: 70 }).toBuffer()),
      ]) {
        expect(hammingDistance(hash, await hashOf(again))).toBeLessThanOrEqual(SIMILAR_BITS_MOST);
      }
      for (const other of hashes) expect(hammingDistance(hash, other)).toBeGreaterThan(SIMILAR_BITS_MOST * 2);
      hashes.push(hash);
    }
  });

  it('is 0 for a picture of one colour: those would all be the same', async () => {
    expect(await hashOf(await aPlainJpeg())).toBe(0n);
  });
});
