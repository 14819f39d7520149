import type pg from 'pg';
import { newId } from '@/lib/platform/ids';
import { TEST_NOW, type VillageBuilt } from './builders';

export interface ListBuilt {
  id: string;
  /** rows in the order of the households */
  rows: string[];
}

/**
 * A list as it stands after its publicity, written past all triggers: for tests of what comes after. `owner` is the
 * owner's pool of `testDb()`. Of a village's first list the period is the third quarter of 2026, of each further one the
 * quarter before the earliest there is, since one list of a kind and period is public at a time.
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
         drafted_at, checked_by_id, checked_at, published_by_id, public_from, public_until, final_at, expires_on,
         ended_at, ended_by_id, end_reason)
       select $1, $2, $3::"ListKind", $4::"ListSubject",
         coalesce($5, (select to_char(coalesce(min((quarter_days(l.period)).from_day) - interval '3 months', '2026-07-01'),
                                      'YYYY"Q"Q') from village_list l where l.village_id = $1)),
         coalesce((select v.id from rulebook_version v where v.village_id = $1 limit 1), $2), $6::"ListState", t.at, 10,
         $8, t.at, case when t.checked then $9::uuid end, case when t.checked then t.at end,
         case when t.public then $8::uuid end, case when t.public then t.at::date - 8 end,
         case when t.public then t.at::date - 1 end, case when t.final then t.at end,
         case when t.final then $10::date end, case when $6 in ('EXPIRED', 'WITHDRAWN') then t.at end,
         case when $6 = 'WITHDRAWN' then $8::uuid end, case when $6 = 'WITHDRAWN' then '名单有误' else '' end
       from (select $7::timestamptz as at, $6 <> 'DRAFT' as checked, $6 not in ('DRAFT', 'CHECKED') as public,
               $6 not in ('DRAFT', 'CHECKED', 'PUBLICITY') as final) t`,
      [
        village.id,
        id,
        more.kind ?? 'RED',
        more.subject ?? 'HOUSEHOLD',
        more.period ?? null,
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
  } catch (error) {
    // the connection goes back to the pool
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

/** Gives a person a role that excludes one he holds, as the register could say before it refused that. */
export async function aSecondRole(
  owner: pg.Pool,
  personId: string,
  role: 'SUPERVISOR' | 'SECRETARY',
  villageId: string,
): Promise<void> {
  await pastAllRules(
    owner,
    `insert into appointment (id, person_id, role, village_id, from_day) values ($1, $2, $3::"Role", $4, '2025-11-24')`,
    [newId(), personId, role, villageId],
  );
}
