import { findExif, readTakenAt } from '@/lib/photos/exif';

// Makes a photo small before it leaves the phone: twelve megapixels become some two hundred kilobytes.

/** What leaves the phone has at most so many bytes and so many pixels on its longer side. */
const BYTES_MOST = 300 * 1024;
const SIDES = [1600, 1280, 1024] as const;
const QUALITIES = [0.82, 0.7, 0.55] as const;
/** of a file, enough to hold its metadata */
const HEAD_BYTES = 256 * 1024;

export interface Shrunk {
  blob: Blob;
  /** from the camera's metadata, which shrinking loses */
  takenAt: Date | null;
}

/** The photo, shrunk; as it is where this browser can't read it (the server says what to do about it). */
export async function shrinkPhoto(file: File): Promise<Shrunk> {
  const takenAt = await readTime(file);
  const image = await load(file);
  if (!image) return { blob: file, takenAt: null };
  let best: Blob | null = null;
  for (const side of SIDES) {
    for (const quality of QUALITIES) {
      const blob = await draw(image, side, quality);
      if (blob && (!best || blob.size < best.size)) best = blob;
      if (best && best.size <= BYTES_MOST) break;
    }
    if (best && best.size <= BYTES_MOST) break;
  }
  URL.revokeObjectURL(image.src);
  return best && best.size < file.size ? { blob: best, takenAt } : { blob: file, takenAt: null };
}

async function readTime(file: File): Promise<Date | null> {
  try {
    const exif = findExif(new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer()));
    return exif && readTakenAt(exif);
  } catch {
    return null;
  }
}

/** An <img> turns the picture as its metadata says, in every browser since 2020. */
function load(file: File): Promise<HTMLImageElement | null> {
  return new Promise((done) => {
    const image = new Image();
    image.onload = () => done(image.naturalWidth > 0 ? image : null);
    image.onerror = () => done(null);
    image.src = URL.createObjectURL(file);
  });
}

function draw(image: HTMLImageElement, side: number, quality: number): Promise<Blob | null> {
  const scale = Math.min(1, side / Math.max(image.naturalWidth, image.naturalHeight));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(image.naturalWidth * scale));
  canvas.height = Math.max(1, Math.round(image.naturalHeight * scale));
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done, 'image/jpeg', quality));
}
