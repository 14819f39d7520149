// Reads one thing from a photo's EXIF: when it was taken. Small on purpose: the phone loads it too, to read the time
// before it shrinks a photo, which loses everything else. Every offset is checked; a strange file gives null.

const DATE_TIME_ORIGINAL = 0x9003;
const OFFSET_TIME = 0x9010;
const OFFSET_TIME_ORIGINAL = 0x9011;
const EXIF_FOLDER = 0x8769;
const ASCII = 2;
const ENTRIES_MOST = 200;

/** The TIFF block of a JPEG's EXIF segment, or null. */
export function findExif(jpeg: Uint8Array): Uint8Array | null {
  if (jpeg[0] !== 0xff || jpeg[1] !== 0xd8) return null;
  let at = 2;
  while (at + 4 <= jpeg.length && jpeg[at] === 0xff) {
    const marker = jpeg[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    // Start of scan: the metadata is over.
    if (marker === 0xda || marker === 0xd9) return null;
    const length = ((jpeg[at + 2] ?? 0) << 8) | (jpeg[at + 3] ?? 0);
    if (length < 2) return null;
    const segment = jpeg.subarray(at + 4, at + 2 + length);
    if (marker === 0xe1 && String.fromCharCode(...segment.subarray(0, 6)) === 'Exif\0\0') {
      return segment.subarray(6);
    }
    at += 2 + length;
  }
  return null;
}

/**
 * When a photo was taken by its EXIF (DateTimeOriginal with its offset, else Shanghai's time), or null. Takes a TIFF
 * block, with or without `Exif\0\0` before it.
 */
export function readTakenAt(block: Uint8Array): Date | null {
  const hasPrefix = String.fromCharCode(...block.subarray(0, 6)) === 'Exif\0\0';
  const tiff = hasPrefix ? block.subarray(6) : block;
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  try {
    const order = String.fromCharCode(...tiff.subarray(0, 2));
    if (order !== 'II' && order !== 'MM') return null;
    const little = order === 'II';
    if (view.getUint16(2, little) !== 42) return null;
    const folder = readFolder(view, view.getUint32(4, little), little);
    const inner = folder.get(EXIF_FOLDER);
    if (!inner) return null;
    const exif = readFolder(view, view.getUint32(inner.at + 8, little), little);
    const taken = readText(view, exif.get(DATE_TIME_ORIGINAL), little);
    const offset =
      readText(view, exif.get(OFFSET_TIME_ORIGINAL), little) || readText(view, exif.get(OFFSET_TIME), little);
    return parseTime(taken, offset);
  } catch {
    // A DataView refuses to read outside the block: the offsets lied.
    return null;
  }
}

interface Entry {
  /** where its twelve bytes begin */
  at: number;
}

function readFolder(view: DataView, at: number, little: boolean): Map<number, Entry> {
  const count = Math.min(view.getUint16(at, little), ENTRIES_MOST);
  const entries = new Map<number, Entry>();
  for (let i = 0; i < count; i++) {
    const from = at + 2 + i * 12;
    const tag = view.getUint16(from, little);
    if (!entries.has(tag)) entries.set(tag, { at: from });
  }
  return entries;
}

function readText(view: DataView, entry: Entry | undefined, little: boolean): string {
  if (!entry || view.getUint16(entry.at + 2, little) !== ASCII) return '';
  const length = view.getUint32(entry.at + 4, little);
  if (length > 64) return '';
  const from = length <= 4 ? entry.at + 8 : view.getUint32(entry.at + 8, little);
  let text = '';
  for (let i = 0; i < length; i++) {
    const code = view.getUint8(from + i);
    if (code === 0) break;
    text += String.fromCharCode(code);
  }
  return text.trim();
}

function parseTime(taken: string, offset: string): Date | null {
  const parts = /^(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d):(\d\d)$/.exec(taken);
  if (!parts) return null;
  const [, year, month, day, hour, minute, second] = parts;
  const zone = /^[+-](0\d|1[0-4]):[0-5]\d$/.test(offset) ? offset : offset === 'Z' ? 'Z' : '+08:00';
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const at = new Date(`${iso}${zone}`);
  if (Number.isNaN(at.getTime())) return null;
  // 2026-02-30 is no day, even where Date would make it the second of March.
  return new Date(`${iso}Z`).toISOString().startsWith(iso) ? at : null;
}
