import type pg from 'pg';
import { db } from '@/lib/platform/db';
import { newId } from '@/lib/platform/ids';
import { TEST_NOW, type VillageBuilt } from '@/lib/testing/builders';
import { pastAllRules } from '@/lib/testing/red-list';

// What happens to an alliance while points are taken: stops, suspensions, quarters and years that end.

/** The village stops its alliance, or goes on. */
export async function setStopped(owner: pg.Pool, v: VillageBuilt, why: string | null): Promise<void> {
  await owner.query(
    `insert into alliance_brake (village_id, stopped_at, stop_why, changed_by_id, changed_at) values ($1, $2, $3, $4, $5)
     on conflict (village_id) do update set stopped_at = excluded.stopped_at, stop_why = excluded.stop_why`,
    [v.id, why === null ? null : TEST_NOW, why ?? '', v.secretary.id, TEST_NOW],
  );
}

/** The township suspends a merchant, or admits it again. */
export async function setMerchant(
  owner: pg.Pool,
  id: string,
  state: 'ADMITTED' | 'SUSPENDED',
): Promise<void> {
  await pastAllRules(owner, `update merchant set state = $2::"MerchantState" where id = $1`, [id, state]);
}

/** The terms end on the village's word. */
export async function endTerms(owner: pg.Pool, v: VillageBuilt, merchant: string): Promise<void> {
  await owner.query(
    `update alliance_terms set ended_at = $3, ended_by_id = $4, end_reason = '到期'
     where village_id = $1 and merchant_id = $2 and ended_at is null`,
    [v.id, merchant, TEST_NOW, v.secretary.id],
  );
}

/** A quarter as it stands in or after its publicity. */
export async function setQuarter(
  owner: pg.Pool,
  v: VillageBuilt,
  code: string,
  state: 'PUBLICITY' | 'LOCKED',
): Promise<void> {
  await pastAllRules(
    owner,
    `insert into period (village_id, id, code, state, as_of, opened_by_id, public_from, public_until, locked_at, locked_by_id)
     values ($1, $2, $3, $4::"PeriodState", $5, $6, '2027-01-02', '2027-01-09',
       case when $4 = 'LOCKED' then $5::timestamptz end, case when $4 = 'LOCKED' then $7::uuid end)
     on conflict (village_id, code) do update set state = excluded.state, locked_at = excluded.locked_at,
       locked_by_id = excluded.locked_by_id`,
    [v.id, newId(), code, state, TEST_NOW, v.secretary.id, v.supervisor.id],
  );
}

/** The end of 2026 is announced: all points are cleared. */
export async function announceYearEnd(owner: pg.Pool, v: VillageBuilt): Promise<void> {
  await pastAllRules(
    owner,
    `with v as (
       insert into rulebook_version (village_id, id, number, state, title, effective_from, year_end_policy)
       values ($1, $2, 1, 'ADOPTED', '清零', '2025-01-01', 'CLEAR') returning village_id
     )
     insert into year_end (village_id, id, year, policy, announced_at, announced_by_id, due_on)
     select v.village_id, $3, 2026, 'CLEAR', '2026-11-20T09:00+08', $4, '2027-01-01' from v`,
    [v.id, newId(), newId(), v.secretary.id],
  );
}

/** Closes 2026 on a day of the new year. */
export async function closeYear(v: VillageBuilt, now: Date): Promise<void> {
  await db().$queryRaw`
    select closed from year_end_close(${v.id}::uuid, 2026, ${v.supervisor.id}::uuid, ${newId()}::uuid, ${now}::timestamptz)`;
}
