import 'server-only';
import { type Day, dateToDay, type Quarter } from '@/lib/platform/clock';
import type { Db } from '@/lib/platform/db';
import type { PeriodState } from '@/lib/platform/generated/enums';
import { blockedBy, quartersAtHand, stageOf } from './rules';
import type { PeriodView, QuarterView } from './types';

// Quarters and where they stand. Every read names its village.

interface PeriodRow {
  code: string;
  state: PeriodState;
  as_of: Date;
  public_from: Date;
  public_until: Date;
  locked_at: Date | null;
  opened_by: string | null;
  opened_by_id: string;
  locked_by: string | null;
}

function toPeriod(row: PeriodRow): PeriodView {
  return {
    code: row.code as Quarter,
    state: row.state,
    asOf: row.as_of,
    publicFrom: dateToDay(row.public_from),
    publicUntil: dateToDay(row.public_until),
    lockedAt: row.locked_at,
    openedBy: row.opened_by ?? '',
    openedById: row.opened_by_id,
    lockedBy: row.locked_by ?? '',
  };
}

/** A quarter that was made public; null while it is open. One query. */
export async function findPeriod(db: Db, villageId: string, quarter: Quarter): Promise<PeriodView | null> {
  const rows = await db.$queryRaw<PeriodRow[]>`
    select p.code, p.state::text as state, p.as_of, p.public_from, p.public_until, p.locked_at,
      o.name as opened_by, p.opened_by_id, l.name as locked_by
    from period p left join person o on o.id = p.opened_by_id left join person l on l.id = p.locked_by_id
    where p.village_id = ${villageId}::uuid and p.code = ${quarter}`;
  return rows[0] ? toPeriod(rows[0]) : null;
}

/** The quarters that are public or locked, newest first. One query. */
export async function listPeriods(db: Db, villageId: string, most = 8): Promise<PeriodView[]> {
  const rows = await db.$queryRaw<PeriodRow[]>`
    select p.code, p.state::text as state, p.as_of, p.public_from, p.public_until, p.locked_at,
      o.name as opened_by, p.opened_by_id, l.name as locked_by
    from period p left join person o on o.id = p.opened_by_id left join person l on l.id = p.locked_by_id
    where p.village_id = ${villageId}::uuid order by p.code desc limit ${most}`;
  return rows.map(toPeriod);
}

/** The quarters in publicity on a day, whose lines can be objected to; newest first. One query. */
export async function listInPublicity(db: Db, villageId: string, today: Day): Promise<PeriodView[]> {
  const periods = await listPeriods(db, villageId);
  return periods.filter((period) => stageOf(period.code, period, today) === 'PUBLICITY');
}

interface QuarterRow {
  code: string;
  households: number;
  honour: number;
  waiting: number;
  objections: number;
}

/**
 * The quarters in which something was recorded, and the current one; newest first, at most `most`. Two queries.
 */
export async function listQuarters(db: Db, villageId: string, today: Day, most = 8): Promise<QuarterView[]> {
  const [rows, periods] = await Promise.all([
    db.$queryRaw<QuarterRow[]>`
      with scored as (
        select s.period as code, count(distinct s.household_id) filter (where s.honour <> 0) as households,
          sum(s.honour) as honour
        from standing s where s.village_id = ${villageId}::uuid and s.period like '____Q_' group by 1
      ), waiting as (
        select quarter_of(d.deed_on) as code, count(*) as n from deed d
        where d.village_id = ${villageId}::uuid and d.state in ('SUBMITTED', 'AWAITING_SECOND') group by 1
      ), objected as (
        select quarter_of(p.credited_on) as code, count(distinct o.id) as n
        from objection o
        join posting p on p.village_id = o.village_id and p.kind in ('AWARD', 'DEDUCTION') and case o.subject_kind
          when 'POSTING' then p.id = o.subject
          when 'DEED' then p.source in (
            select dd.id from deed_decision dd where dd.village_id = o.village_id and dd.deed_id = o.subject)
          when 'DEDUCTION' then p.source = o.subject or p.source in (
            select s.id from deduction_step s where s.village_id = o.village_id and s.deduction_id = o.subject)
          else false end
        where o.village_id = ${villageId}::uuid and o.state = 'OPEN' group by 1
      )
      select c.code, coalesce(s.households, 0)::int as households, coalesce(s.honour, 0)::int as honour,
        coalesce(w.n, 0)::int as waiting, coalesce(o.n, 0)::int as objections
      from (select code from scored union select code from waiting) c
      left join scored s on s.code = c.code
      left join waiting w on w.code = c.code
      left join objected o on o.code = c.code
      order by c.code desc limit ${most}`,
    listPeriods(db, villageId, most),
  ]);
  const closed = new Map(periods.map((period) => [period.code as string, period]));
  const used = new Map(rows.map((row) => [row.code, row]));
  const codes = quartersAtHand(today, [...closed.keys(), ...used.keys()]).slice(0, most);
  const open = codes.filter((code) => (used.get(code)?.households ?? 0) > 0 && !closed.has(code));
  return codes.map((code) => {
    const period = closed.get(code) ?? null;
    const row = used.get(code);
    return {
      code,
      stage: stageOf(code, period, today),
      period,
      households: row?.households ?? 0,
      honour: row?.honour ?? 0,
      waiting: row?.waiting ?? 0,
      objections: row?.objections ?? 0,
      blockedBy: period ? null : blockedBy(code, open),
    };
  });
}
