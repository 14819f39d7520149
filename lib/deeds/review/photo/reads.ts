import 'server-only';
import { dateToDay, dayOf, daysBetween } from '@/lib/platform/clock';
import { type Db, Prisma } from '@/lib/platform/db';
import type { Viewer } from '../../queue/types';
import type { PhotoEvidence, SeenBefore } from '../types';

const SEEN_MOST = 3;

/** The photos of a deed, each with the most alike that other reports used. One query. */
export async function listEvidence(
  db: Db,
  viewer: Viewer,
  deedId: string,
  deed: { deed_on: Date; event_id: string | null },
): Promise<PhotoEvidence[]> {
  const village = Prisma.sql`${viewer.villageId}::uuid`;
  const rows = await db.$queryRaw<
    {
      id: string;
      width: number;
      height: number;
      taken_at: Date | null;
      taken_claimed: boolean;
      seen: (Omit<SeenBefore, 'submittedAt'> & { submittedAt: string })[] | null;
    }[]
  >`
    select p.id, p.width, p.height, p.taken_at, p.taken_claimed,
      (select json_agg(x) from (
        select q.id as "photoId", o.id as "deedId", i.name as "itemName", h.code as "householdCode",
               o.deed_on as "deedOn", o.submitted_at as "submittedAt", o.state,
               l.distance::integer as bits
        from photo_likeness l
        join photo q on q.village_id = l.village_id and q.id = l.other_id
        join deed_photo dq on dq.village_id = q.village_id and dq.photo_id = q.id and dq.deed_id <> ${deedId}::uuid
        join deed o on o.village_id = q.village_id and o.id = dq.deed_id
          and (o.event_id is null or o.event_id is distinct from ${deed.event_id}::uuid)
        join item i on i.village_id = o.village_id and i.id = o.item_id
        join household h on h.village_id = o.village_id and h.id = o.household_id
        where l.village_id = ${village} and l.photo_id = p.id
        order by bits, o.submitted_at limit ${SEEN_MOST}
      ) x) as seen
    from deed_photo dp
    join photo p on p.village_id = dp.village_id and p.id = dp.photo_id
    where dp.village_id = ${village} and dp.deed_id = ${deedId}::uuid
    order by dp.sort_order`;
  const deedOn = dateToDay(deed.deed_on);
  return rows.map((row) => ({
    id: row.id,
    width: row.width,
    height: row.height,
    takenAt: row.taken_at,
    takenClaimed: row.taken_claimed,
    daysBefore: row.taken_at ? daysBetween(dayOf(row.taken_at), deedOn) : null,
    seen: (row.seen ?? []).map((one) => ({ ...one, submittedAt: new Date(one.submittedAt) })),
  }));
}
