import { describe, expect, it } from 'vitest';
import { A_GIF, A_HEIC_HEAD, A_PDF, AN_AVIF_HEAD, AN_SVG, aBombPng } from '@/lib/testing/photo-corpus';
import { findExif, readTakenAt } from './exif';
import { hammingDistance, plausibleTakenAt, sniffPhoto } from './rules';

/** A TIFF block with these texts in its Exif folder, by tag. */
function tiff(texts: Record<number, string>, little = true): Uint8Array {
  const tags = Object.keys(texts).map(Number);
  const bytes = new Uint8Array(2000);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode(little ? 'II' : 'MM'));
  view.setUint16(2, 42, little);
  view.setUint32(4, 8, little);
  view.setUint16(8, 1, little);
  view.setUint16(10, 0x8769, little);
  view.setUint16(12, 4, little);
  view.setUint32(14, 1, little);
  view.setUint32(18, 30, little);
  view.setUint16(30, tags.length, little);
  let free = 400;
  tags.forEach((tag, index) => {
    const at = 32 + 12 * index;
    const text = new TextEncoder().encode(`${texts[tag]}\0`);
    view.setUint16(at, tag, little);
    view.setUint16(at + 2, 2, little);
    view.setUint32(at + 4, text.length, little);
    const to = text.length <= 4 ? at + 8 : free;
    if (text.length > 4) view.setUint32(at + 8, free, little);
    bytes.set(text, to);
    free += text.length;
  });
  return bytes;
}

const TAKEN = 0x9003;
const OFFSET = 0x9010;
const OFFSET_ORIGINAL = 0x9011;
const iso = (texts: Record<number, string>, little = true) =>
  readTakenAt(tiff(texts, little))?.toISOString() ?? null;

describe('the time in a photo', () => {
  it('is Shanghai’s unless the camera says another', () => {
    expect(iso({ [TAKEN]: '2026:11:23 07:12:05' })).toBe('2026-11-22T23:12:05.000Z');
    expect(iso({ [TAKEN]: '2026:11:23 07:12:05' }, false)).toBe('2026-11-22T23:12:05.000Z');
    expect(iso({ [TAKEN]: '2026:11:23 07:12:05', [OFFSET]: '+06:30' })).toBe('2026-11-23T00:42:05.000Z');
    expect(iso({ [TAKEN]: '2026:11:23 07:12:05', [OFFSET]: '+06:30', [OFFSET_ORIGINAL]: '-01:00' })).toBe(
      '2026-11-23T08:12:05.000Z',
    );
    expect(iso({ [TAKEN]: '2026:11:23 07:12:05', [OFFSET]: 'Z' })).toBe('2026-11-23T07:12:05.000Z');
    expect(iso({ [TAKEN]: '2026:11:23 07:12:05', [OFFSET]: '+99:99' })).toBe('2026-11-22T23:12:05.000Z');
  });

  it('is unknown where it is no time', () => {
    for (const text of [
      '',
      '    ',
      '0000:00:00 00:00:00',
      '2026:02:30 10:00:00',
      '2026-11-23 07:12:05',
      'x'.repeat(90),
    ]) {
      expect(iso({ [TAKEN]: text }), text).toBeNull();
    }
    expect(iso({ [OFFSET]: '+08:00' })).toBeNull();
  });

  it('is unknown in a block that lies, and reading never fails', () => {
    const good = tiff({ [TAKEN]: '2026:11:23 07:12:05' });
    for (let cut = 0; cut < 460; cut++) expect(() => readTakenAt(good.subarray(0, cut))).not.toThrow();
    for (let at = 0; at < 60; at++) {
      const bad = good.slice();
      bad[at] = 0xff;
      expect(() => readTakenAt(bad)).not.toThrow();
      expect(() => findExif(bad)).not.toThrow();
    }
  });

  it('is taken only when a camera can have meant it', () => {
    const now = new Date('2026-11-24T02:00:00Z');
    const kept = (text: string) => plausibleTakenAt(new Date(text), now) !== null;
    expect(kept('2026-11-25T01:59:59Z')).toBe(true);
    expect(kept('2026-11-25T02:00:01Z')).toBe(false);
    expect(kept('2000-01-01T00:00:00Z')).toBe(true);
    expect(kept('1999-12-31T23:59:59Z')).toBe(false);
    expect(kept('nonsense')).toBe(false);
    expect(plausibleTakenAt(null, now)).toBeNull();
  });
});

describe('what a file is', () => {
  it('is told by its first bytes', () => {
    expect(sniffPhoto(new Uint8Array())).toBe('empty');
    expect(sniffPhoto(Uint8Array.of(0xff, 0xd8, 0xff, 0xe0))).toBe('jpeg');
    expect(sniffPhoto(aBombPng(8))).toBe('png');
    expect(sniffPhoto(new TextEncoder().encode('RIFF\0\0\0\0WEBPVP8 '))).toBe('webp');
    expect(sniffPhoto(new TextEncoder().encode('RIFF\0\0\0\0WAVEfmt '))).toBe('other');
    for (const heic of [A_HEIC_HEAD, AN_AVIF_HEAD]) expect(sniffPhoto(heic)).toBe('heic');
    expect(sniffPhoto(new TextEncoder().encode('\0\0\0\u0020ftypisom\0\0\0\0isomavc1'))).toBe('other');
    for (const other of [A_GIF, A_PDF, AN_SVG, Uint8Array.of(0xff), Uint8Array.of(0xff, 0xd8)]) {
      expect(sniffPhoto(other)).toBe('other');
    }
  });
});

describe('the distance of two hashes', () => {
  it('counts bits, of negative numbers too', () => {
    expect(hammingDistance(0n, 0n)).toBe(0);
    expect(hammingDistance(0n, -1n)).toBe(64);
    expect(hammingDistance(0b1011n, 0b1000n)).toBe(2);
    expect(hammingDistance(-(2n ** 63n), 0n)).toBe(1);
    expect(hammingDistance(5n, -5n)).toBe(hammingDistance(-5n, 5n));
  });
});
