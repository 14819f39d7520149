// On the phone: makes a photo small before it is sent, and reads from it what shrinking would lose.

import { findExif, readTakenAt } from './exif';
import type { PreparedPhoto } from './send';

/** What may leave the phone, and what it is shrunk to. */
const SENT_BYTES_MOST = 300 * 1000;
const SENT_SIDE_MOST = 1600;
const HEAD_BYTES = 256 * 1024;
const QUALITIES = [0.82, 0.7, 0.58, 0.46];

/**
 * A photo as it is sent: at most 1600 px and 300 kB, upright. A small JPEG goes as it is, with its own time in it. What
 * this phone cannot open goes as it is too: the server says what to do about it.
 */
export async function preparePhoto(file: File): Promise<PreparedPhoto> {
  const head = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
  const exif = findExif(head);
  const takenAt = exif ? readTakenAt(exif) : null;
  const image = await openImage(file);
  if (!image) return { blob: file, takenAt };
  const isSmall = file.size <= SENT_BYTES_MOST && Math.max(image.width, image.height) <= SENT_SIDE_MOST;
  const isJpeg = head[0] === 0xff && head[1] === 0xd8;
  const blob = isSmall && isJpeg ? file : await shrink(image);
  image.close?.();
  return { blob: blob ?? file, takenAt };
}

interface OpenImage {
  source: CanvasImageSource;
  width: number;
  height: number;
  close?: () => void;
}

async function openImage(file: File): Promise<OpenImage | null> {
  // An image element turns a photo upright by itself in every browser that reaches us; a bitmap does not in all.
  const address = URL.createObjectURL(file);
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    if (!image.naturalWidth) return null;
    return { source: image, width: image.naturalWidth, height: image.naturalHeight };
  } catch {
    return null;
  } finally {
    URL.revokeObjectURL(address);
  }
}

function draw(image: OpenImage, sideMost: number): HTMLCanvasElement | null {
  const scale = Math.min(1, sideMost / Math.max(image.width, image.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(image.width * scale));
  canvas.height = Math.max(1, Math.round(image.height * scale));
  const context = canvas.getContext('2d');
  if (!context) return null;
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(image.source, 0, 0, canvas.width, canvas.height);
  return canvas;
}

/** The best quality that fits; a smaller picture when none does. */
async function shrink(image: OpenImage): Promise<Blob | null> {
  let last: Blob | null = null;
  for (let side = SENT_SIDE_MOST; side >= 640; side = Math.round(side * 0.8)) {
    const canvas = draw(image, side);
    if (!canvas) return last;
    for (const quality of QUALITIES) {
      last = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', quality));
      if (!last || last.size <= SENT_BYTES_MOST) return last;
    }
  }
  return last;
}

/** Made here so that sending again is the same photo. */
export { newDeviceId as newPhotoId } from '@/lib/platform/device-id';
