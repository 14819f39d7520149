import type pg from 'pg';
import { newId } from '@/lib/platform/ids';
import type { WorkingVillage } from '@/lib/testing/working-village';

// Lists written behind the program's back: how a list comes about is the list's own business and tested there.

/** Runs SQL without triggers and foreign keys: what no program can do. */
export async function behindTheScenes(owner: pg.Pool, sql: string, params: unknown[] = []): Promise<void> {
  const client = await owner.connect();
  try {
    await client.query("set session_replication_role = 'replica'");
    await client.query(sql, params);
  } finally {
    await client.query("set session_replication_role = 'origin'");
    client.release();
  }
}

/** Columns of a list that begins. */
export const DRAFT = `state = 'DRAFT', checked_by_id = null, checked_at = null, published_by_id = null,
  public_from = null, public_until = null`;
/** Columns of a list that was taken back. */
export const WITHDRAWN = `state = 'WITHDRAWN', ended_at = '2026-11-23T02:00:00Z', ended_by_id = drafted_by_id,
  end_reason = '名单有误'`;
/** Columns of a list that was final from 18 November, after its publicity from the 10th, and ends with a day. */
export const finalUntil = (day: string) =>
  `state = 'FINAL', public_from = '2026-11-10', public_until = '2026-11-17', final_at = '2026-11-17T16:05:00Z',
   expires_on = '${day}'`;
/** Columns of a list that has ended, with a last day that TEST_NOW is before: its state alone must be enough. */
export const EXPIRED = `state = 'EXPIRED', final_at = '2026-11-27T16:05:00Z', expires_on = '2027-11-27',
  ended_at = '2027-11-27T16:05:00Z'`;

export interface ListBuilt {
  id: string;
  /** 2026Q4 of the first list of a village */
  period: string;
  /** sets columns of the list's row: `state = 'FINAL'` */
  set(columns: string): Promise<void>;
}

/**
 * A list of all the village's households in publicity from 20 to 27 November 2026, unless told otherwise. Each further
 * one of a village is of the quarter before the earliest there is: one of a kind and period is public at a time.
 */
export async function aList(owner: pg.Pool, village: WorkingVillage, columns = ''): Promise<ListBuilt> {
  const id = newId();
  const { rows } = await owner.query<{ period: string }>(
    `select to_char(coalesce(min((quarter_days(l.period)).from_day) - interval '3 months', '2026-10-01'), 'YYYY"Q"Q') as period
     from village_list l where l.village_id = $1`,
    [village.id],
  );
  const period = rows[0]?.period ?? '';
  await behindTheScenes(
    owner,
    `insert into village_list (village_id, id, kind, subject, period, version_id, state, as_of, top, audience,
       drafted_by_id, drafted_at, checked_by_id, checked_at, published_by_id, public_from, public_until)
     select $1, $2, 'RED', 'HOUSEHOLD', $5, v.id, 'PUBLICITY', '2026-11-19T02:00:00Z', 10, 'EVERYONE',
       $3, '2026-11-19T02:00:00Z', $4, '2026-11-19T03:00:00Z', $3, '2026-11-20', '2026-11-27'
     from rulebook_version v where v.village_id = $1 limit 1`,
    [village.id, id, village.secretary.id, village.supervisor.id, period],
  );
  for (const [at, home] of village.households.entries()) {
    await behindTheScenes(
      owner,
      `insert into list_row (village_id, id, list_id, rank, household_id, points, state)
       values ($1, $2, $3, $4, $5, $6, 'STANDING')`,
      [village.id, newId(), id, at + 1, home.id, 100 - at],
    );
  }
  const set = (what: string) =>
    behindTheScenes(owner, `update village_list set ${what} where village_id = $1 and id = $2`, [
      village.id,
      id,
    ]);
  if (columns) await set(columns);
  return { id, period, set };
}

/** The consent of a household to be named, given on 1 November; answers its id. */
export async function aConsent(owner: pg.Pool, village: WorkingVillage, household: number): Promise<string> {
  const id = newId();
  const home = village.household(household);
  await behindTheScenes(
    owner,
    `insert into consent (village_id, id, household_id, text_version, text, given_by_id, given_at)
     values ($1, $2, $3, 1, '同意', $4, '2026-11-01T02:00:00Z')`,
    [village.id, id, home.id, home.head.personId],
  );
  return id;
}
