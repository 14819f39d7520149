import 'server-only';
import { releaseFiles } from '@/lib/photos/files';
import { UNATTACHED_HOURS } from '@/lib/photos/rules';
import { db } from '@/lib/platform/db';
import { photoStore } from '@/lib/platform/storage';
import { areFilesForeign } from '@/lib/platform/store-mark';
import type { Job } from './types';

const BATCH = 200;
/** How far back the hourly sweep looks; what the worker missed for longer is found by `sweep-photo-files` daily. */
const WINDOW_DAYS = 8;

/**
 * Removes photos that have proved nothing for a day, and their files. One that is being attached at this moment is
 * locked and left alone: check_deed_photo (deed.sql) and check_attached_photo (photo.sql) lock the same row.
 */
export const sweepPhotos: Job = {
  name: 'sweep-photos',
  cron: '17 * * * *',
  async run(_payload, now) {
    // A dump that was put back elsewhere knows photos as unused that are used by now; `sweep-photo-files` says so.
    if (await areFilesForeign('photos')) return { photos: 0, ofShops: 0 };
    const photos = await sweepUnattached(now, WINDOW_DAYS);
    return { photos, ofShops: await sweepShopPhotos(now) };
  },
};

/** Removes unattached photos between a day and `days` days old; answers how many. */
export async function sweepUnattached(now: Date, days: number): Promise<number> {
  const before = new Date(now.getTime() - UNATTACHED_HOURS * 3_600_000);
  const since = new Date(before.getTime() - days * 86_400_000);
  let swept = 0;
  for (;;) {
    const rows = await db().$transaction(async (tx) => {
      const found = await tx.$queryRaw<{ village_id: string; id: string }[]>`
        select p.village_id, p.id from village v
        join photo p on p.village_id = v.id and p.created_at < ${before} and p.created_at >= ${since}
        where not exists (select 1 from deed_photo dp where dp.village_id = p.village_id and dp.photo_id = p.id)
          and not exists (select 1 from attached_photo ap where ap.village_id = p.village_id and ap.photo_id = p.id)
        limit ${BATCH} for update of p skip locked`;
      if (found.length === 0) return [];
      // Asked once more, now that the rows are locked: a report may have committed in between.
      return tx.$queryRaw<{ large_hash: string; small_hash: string }[]>`
        delete from photo p using unnest(${found.map((row) => row.village_id)}::uuid[], ${found.map((row) => row.id)}::uuid[]) as old(village_id, id)
        where p.village_id = old.village_id and p.id = old.id
          and not exists (select 1 from deed_photo dp where dp.village_id = p.village_id and dp.photo_id = p.id)
          and not exists (select 1 from attached_photo ap where ap.village_id = p.village_id and ap.photo_id = p.id)
        returning p.large_hash, p.small_hash`;
    });
    await releaseFiles(
      db(),
      photoStore(),
      rows.flatMap((row) => [row.large_hash, row.small_hash]),
    );
    swept += rows.length;
    if (rows.length < BATCH) return swept;
  }
}

/** Removes pictures of the alliance that are older than a day and that nothing shows; answers how many. */
export async function sweepShopPhotos(now: Date): Promise<number> {
  const before = new Date(now.getTime() - UNATTACHED_HOURS * 3_600_000);
  let swept = 0;
  for (;;) {
    const rows = await db().$transaction(async (tx) => {
      const found = await tx.$queryRaw<{ id: string }[]>`
        select p.id from merchant_photo p where p.created_at < ${before} and not merchant_photo_used(p)
        limit ${BATCH} for update skip locked`;
      if (found.length === 0) return [];
      return tx.$queryRaw<{ large_hash: string; small_hash: string }[]>`
        delete from merchant_photo p where p.id = any(${found.map((row) => row.id)}::uuid[]) and not merchant_photo_used(p)
        returning p.large_hash, p.small_hash`;
    });
    await releaseFiles(
      db(),
      photoStore(),
      rows.flatMap((row) => [row.large_hash, row.small_hash]),
    );
    swept += rows.length;
    if (rows.length < BATCH) return swept;
  }
}
