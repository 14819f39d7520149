import 'server-only';
import type { OfficeSeat } from '@/lib/auth/types';
import { dateToDay } from '@/lib/platform/clock';
import { type Db, Prisma } from '@/lib/platform/db';
import type { Hint, HintCount, VillageSettlement } from '../types';

/** More than a district has. */
const VILLAGES_MOST = 500;

/** What the office should look at, counted: hints and what waits for the village, the most pressing first. One query. */
export async function countHints(db: Db, villageId: string, at: Date): Promise<HintCount[]> {
  const rows = await db.$queryRaw<{ hint: Hint; count: number; oldest: Date }[]>`
    select o.hint, count(*)::int as count, min(case o.hint when 'OVERDUE' then o.due_on else o.since end) as oldest
    from settlement_open(array[${villageId}::uuid], ${at}::timestamptz) o where o.hint is not null group by o.hint
    order by array_position(array['OVERDUE', 'MISSED', 'DENIED', 'DISPUTE_SLOW', 'MERCHANT_SLOW'], o.hint)`;
  return rows.map((row) => ({ ...row, oldest: dateToDay(row.oldest) }));
}

/** Every village of an office that is in the alliance, with what is open and overdue there; the latest first. One query. */
export async function listVillageSettlements(
  db: Db,
  office: OfficeSeat,
  at: Date,
): Promise<VillageSettlement[]> {
  const mine =
    office.level === 'DISTRICT'
      ? Prisma.sql`t.district_id = ${office.id}::uuid`
      : Prisma.sql`t.id = ${office.id}::uuid`;
  return db.$queryRaw<VillageSettlement[]>`
    with mine as (
      select v.id, v.code, v.name, t.name as township, t.created_at from village v join township t on t.id = v.township_id
      where ${mine} and exists (select 1 from alliance_terms a where a.village_id = v.id and a.accepted_at is not null)
      limit ${VILLAGES_MOST}
    ), open as (
      select * from settlement_open(array(select id from mine), ${at}::timestamptz)
    )
    select m.id as "villageId", m.code, m.name, m.township as "townshipName",
      (count(*) filter (where o.state in ('MADE', 'DISPUTED', 'AGREED')))::int as open,
      coalesce(sum(o.fen) filter (where o.state in ('MADE', 'DISPUTED', 'AGREED')), 0)::int as "openFen",
      (count(*) filter (where o.hint = 'OVERDUE'))::int as overdue,
      coalesce(sum(o.fen) filter (where o.hint = 'OVERDUE'), 0)::int as "overdueFen",
      coalesce(max(o.hint_days) filter (where o.hint = 'OVERDUE'), 0)::int as "overdueDays",
      (count(*) filter (where o.is_missed))::int as missed,
      (count(*) filter (where o.hint in ('DISPUTE_SLOW', 'MERCHANT_SLOW')))::int as slow
    from mine m left join open o on o.village_id = m.id
    group by m.id, m.code, m.name, m.township, m.created_at
    order by "overdueDays" desc, missed desc, m.created_at, m.name`;
}
