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

export interface ListBuilt {
  id: string;
  /** sets columns of the list's row: `state = 'FINAL'` */
  set(columns: string): Promise<void>;
}

/** A list of all the village's households in publicity from 20 to 27 November 2026, unless told otherwise. */
export async function aList(owner: pg.Pool, village: WorkingVillage, columns = ''): Promise<ListBuilt> {
  const id = newId();
  await behindTheScenes(
    owner,
    `insert into village_list (village_id, id, kind, subject, period, version_id, state, as_of, top, audience,
       drafted_by_id, drafted_at, checked_by_id, checked_at, published_by_id, public_from, public_until)
     select $1, $2, 'RED', 'HOUSEHOLD', '2026Q4', v.id, 'PUBLICITY', '2026-11-19T02:00:00Z', 10, 'EVERYONE',
       $3, '2026-11-19T02:00:00Z', $4, '2026-11-19T03:00:00Z', $3, '2026-11-20', '2026-11-27'
     from rulebook_version v where v.village_id = $1 limit 1`,
    [village.id, id, village.secretary.id, village.supervisor.id],
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
  return { id, set };
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
