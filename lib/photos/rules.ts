// What a photo may be, and how two are compared. Pure; used by the phone too.

/** An upload may be this large: what a phone's camera writes fits, after shrinking on the phone a twentieth. */
export const UPLOAD_BYTES_MOST = 8 * 1024 * 1024;

/** Width times height of an upload. */
export const PIXELS_MOST = 50_000_000;

/** Files in one plain form. */
export const FILES_MOST = 6;

/** Photos of one person in a minute. */
export const UPLOADS_PER_MINUTE = 60;

/** Photos of one person that are decoded, or wait for it, at a time. The phone sends no more at once. */
export const AT_ONCE_MOST = 2;

/** A picture that takes too long to decode counts as so many photos. */
export const GIVEN_UP_COUNTS = 10;

/** An unattached photo is swept away after this many hours. */
export const UNATTACHED_HOURS = 24;

/** Unattached photos of one person at a time: six for each of twenty deeds. */
export const UNATTACHED_MOST = 120;

/**
 * Perceptual hashes that differ in at most this many of 64 bits are the same scene: a hint, not a verdict, the verifier
 * looks at both. prisma/functions/photo.sql keeps to the same number.
 */
export const SIMILAR_BITS_MOST = 6;

export type PhotoFormat = 'jpeg' | 'png' | 'webp';

export type Sniffed = PhotoFormat | 'heic' | 'empty' | 'other';

const HEIC_BRANDS = new Set([
  'heic',
  'heix',
  'heim',
  'heis',
  'hevc',
  'hevx',
  'mif1',
  'mif2',
  'msf1',
  'avif',
  'avis',
]);

/** What a file is by its first bytes, whatever it is called and whatever was said about it. */
export function sniffPhoto(bytes: Uint8Array): Sniffed {
  if (bytes.length === 0) return 'empty';
  const at = (from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'jpeg';
  if (at(0, 8) === '\u0089PNG\r\n\u001a\n') return 'png';
  if (at(0, 4) === 'RIFF' && at(8, 12) === 'WEBP') return 'webp';
  if (at(4, 8) === 'ftyp') {
    const brands = [at(8, 12), ...Array.from({ length: 8 }, (_, i) => at(16 + 4 * i, 20 + 4 * i))];
    if (brands.some((brand) => HEIC_BRANDS.has(brand))) return 'heic';
  }
  return 'other';
}

/** In how many bits two 64-bit hashes differ. */
export function hammingDistance(a: bigint, b: bigint): number {
  let bits = BigInt.asUintN(64, a ^ b);
  let count = 0;
  while (bits) {
    bits &= bits - 1n;
    count += 1;
  }
  return count;
}

const CLAIM_EARLIEST = Date.UTC(2000, 0, 1);

/** A time a camera can have meant: not before 2000, not after tomorrow (clocks run wrong). */
export function plausibleTakenAt(takenAt: Date | null, now: Date): Date | null {
  if (!takenAt || Number.isNaN(takenAt.getTime())) return null;
  const isPlausible = takenAt.getTime() >= CLAIM_EARLIEST && takenAt.getTime() <= now.getTime() + 86_400_000;
  return isPlausible ? takenAt : null;
}
