import type pg from 'pg';
import { newId } from '@/lib/platform/ids';
import { TEST_NOW, type VillageBuilt } from './builders';

export interface ListBuilt {
  id: string;
  /** rows in the order of the households */
  rows: string[];
}

/**
 * A list as it stands after its publicity, written past all rules: for tests of what comes after. `owner` is the
 * owner's pool of `testDb()`.
 */
export async function aList(
  owner: pg.Pool,
  village: Pick<VillageBuilt, 'id' | 'secretary' | 'supervisor'>,
  households: { id: string }[],
  more: {
    kind?: 'RED' | 'BLACK';
    subject?: 'HOUSEHOLD' | 'RESIDENT' | 'PLACE';
    state?: string;
    period?: string;
    expiresOn?: string;
    finalAt?: Date;
    residents?: string[];
  } = {},
): Promise<ListBuilt> {
  const id = newId();
  const rows = households.map(() => newId());
  const finalAt = more.finalAt ?? new Date(TEST_NOW.getTime() - 86_400_000);
  const client = await owner.connect();
  try {
    await client.query('begin');
    await client.query("set local session_replication_role = 'replica'");
    await client.query(
      `insert into village_list (village_id, id, kind, subject, period, version_id, state, as_of, top, drafted_by_id,
         drafted_at, checked_by_id, checked_at, public_from, public_until, final_at, expires_on)
       values ($1, $2, $3::"ListKind", $4::"ListSubject", $5,
         coalesce((select v.id from rulebook_version v where v.village_id = $1 limit 1), $2), $6::"ListState", $7::timestamptz, 10,
         $8, $7::timestamptz, $9, $7::timestamptz, $7::timestamptz::date - 8, $7::timestamptz::date - 1,
         $7::timestamptz, $10)`,
      [
        village.id,
        id,
        more.kind ?? 'RED',
        more.subject ?? 'HOUSEHOLD',
        more.period ?? '2026Q3',
        more.state ?? 'FINAL',
        finalAt,
        village.secretary.id,
        village.supervisor.id,
        more.expiresOn ?? '2027-11-24',
      ],
    );
    for (const [index, household] of households.entries()) {
      await client.query(
        `insert into list_row (village_id, id, list_id, rank, household_id, resident_id, points)
         values ($1, $2, $3, $4, $5, $6, $7)`,
        [village.id, rows[index], id, index + 1, household.id, more.residents?.[index] ?? null, 50 - index],
      );
    }
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
  return { id, rows };
}

/** Changes rows past all rules, as the parts of the product do that this test is not about. */
export async function pastAllRules(owner: pg.Pool, sql: string, params: unknown[]): Promise<void> {
  const client = await owner.connect();
  try {
    await client.query('begin');
    await client.query("set local session_replication_role = 'replica'");
    await client.query(sql, params);
    await client.query('commit');
  } finally {
    client.release();
  }
}
