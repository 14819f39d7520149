import 'server-only';
import { db } from '@/lib/platform/db';
import { hitRate, type RateLimit } from '@/lib/platform/rate';
import { refuse } from '@/lib/platform/refusal';
import { UPLOADS_PER_MINUTE } from './rules';

/** The limit on one person's uploads. */
export function uploadLimit(personId: string): RateLimit {
  return { key: `photo:${personId}`, most: UPLOADS_PER_MINUTE, seconds: 60 };
}

/** Counts an upload before anything is decoded; throws TOO_MANY_REQUESTS. */
export async function countUpload(personId: string, now: Date): Promise<void> {
  const wait = await hitRate(db(), uploadLimit(personId), now);
  if (wait > 0) throw refuse('TOO_MANY_REQUESTS', { seconds: wait });
}
