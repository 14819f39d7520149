import 'server-only';
import { db } from '@/lib/platform/db';
import { hitRate, type RateLimit } from '@/lib/platform/rate';
import { refuse } from '@/lib/platform/refusal';
import { AT_ONCE_MOST, GIVEN_UP_COUNTS, UPLOADS_PER_MINUTE } from './rules';

// Decoding is the dearest thing that anybody may ask for, and there are one or two decoders for everybody. So whoever
// asks has few photos with them at a time, and a picture that they gave up on counts as many.

/** Who sends photos: a person, or an address where nobody is signed in, with the limit on what comes from them. */
export interface PhotoSender {
  key: string;
  limit: RateLimit;
  now: Date;
}

/** A person as a sender of photos. */
export function senderOf(personId: string, now: Date): PhotoSender {
  const key = `photo:${personId}`;
  return { key, limit: { key, most: UPLOADS_PER_MINUTE, seconds: 60 }, now };
}

/** Counts an upload before anything is decoded; throws TOO_MANY_REQUESTS. */
export async function countUpload({ limit, now }: PhotoSender): Promise<void> {
  const wait = await hitRate(db(), limit, now);
  if (wait > 0) throw refuse('TOO_MANY_REQUESTS', { seconds: wait });
}

/** Counts a picture that a decoder gave up on, beyond its own upload. */
export async function countGivenUp({ limit, now }: PhotoSender): Promise<void> {
  await hitRate(db(), limit, now, GIVEN_UP_COUNTS - 1);
}

// Kept on globalThis so that a hot reload in development does not forget who has photos in work.
const kept = globalThis as unknown as { cunfenPhotosInWork?: Map<string, number> };

/** Does `work` with a photo of a sender, of whom others may be in work or waiting. Refuses PHOTOS_AT_ONCE. */
export async function inTurn<T>({ key }: PhotoSender, work: () => Promise<T>): Promise<T> {
  kept.cunfenPhotosInWork ??= new Map();
  const inWork = kept.cunfenPhotosInWork;
  const others = inWork.get(key) ?? 0;
  if (others >= AT_ONCE_MOST) throw refuse('PHOTOS_AT_ONCE', { most: AT_ONCE_MOST }, 'photo');
  inWork.set(key, others + 1);
  try {
    return await work();
  } finally {
    const left = (inWork.get(key) ?? 1) - 1;
    if (left > 0) inWork.set(key, left);
    else inWork.delete(key);
  }
}
