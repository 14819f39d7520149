import 'server-only';
import { dayOf } from '@/lib/platform/clock';
import type { Db } from '@/lib/platform/db';
import type { ConsentView } from './types';

/** How a household stands to being named, as one of its people sees it. Two queries. */
export async function findConsent(
  db: Db,
  who: { villageId: string; householdId: string; personId: string },
  now: Date,
): Promise<ConsentView> {
  const { villageId, householdId, personId } = who;
  const [rows, speaks] = await Promise.all([
    db.$queryRaw<
      {
        text_version: number;
        text: string;
        given_at: Date;
        given_by: string | null;
        withdrawn_at: Date | null;
        withdrawn_by: string | null;
      }[]
    >`
      select c.text_version, c.text, c.given_at, g.name as given_by, c.withdrawn_at, w.name as withdrawn_by
      from consent c left join person g on g.id = c.given_by_id left join person w on w.id = c.withdrawn_by_id
      where c.village_id = ${villageId}::uuid and c.household_id = ${householdId}::uuid
      order by c.given_at desc, c.id desc limit 1`,
    db.$queryRaw<{ mine: boolean }[]>`
      select speaks_for_household(${villageId}::uuid, ${householdId}::uuid, ${personId}::uuid, ${now}::timestamptz) as mine`,
  ]);
  const row = rows[0];
  return {
    isGiven: row !== undefined && row.withdrawn_at === null,
    last: row
      ? {
          textVersion: row.text_version,
          text: row.text,
          givenBy: row.given_by ?? '',
          givenOn: dayOf(row.given_at),
          withdrawnBy: row.withdrawn_by ?? '',
          withdrawnOn: row.withdrawn_at ? dayOf(row.withdrawn_at) : null,
        }
      : null,
    isMine: speaks[0]?.mine ?? false,
  };
}
