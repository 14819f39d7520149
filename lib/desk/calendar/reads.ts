import 'server-only';
import { countHints } from '@/lib/alliance/settlement/open/reads';
import { listQuarters } from '@/lib/periods/reads';
import { listYears } from '@/lib/periods/year/reads';
import { type Day, dateToDay, dayOf } from '@/lib/platform/clock';
import type { Db } from '@/lib/platform/db';
import { listQuartersToRate } from '@/lib/rewards/overview/reads';
import { findSolvency } from '@/lib/solvency/reads';
import type { CalendarFacts, DeductionFact, RulebookFact } from './types';

/** Lists that are over are of no interest but for the quarter they were made for. */
const LISTS_MOST = 40;

/** What the office's calendar is made from. Eleven queries, whatever there is. */
export async function findCalendarFacts(
  db: Db,
  village: { id: string; code: string },
  now: Date,
): Promise<CalendarFacts> {
  const today = dayOf(now);
  const [quarters, years, solvency, lists, objections, deductions, rulebooks, vouchers, rated, settlements] =
    await Promise.all([
      listQuarters(db, village.id, today, 6),
      listYears(db, village.id, today),
      findSolvency(db, village.id, now),
      db.villageList.findMany({
        where: { villageId: village.id, state: { not: 'WITHDRAWN' } },
        orderBy: { draftedAt: 'desc' },
        take: LISTS_MOST,
        select: {
          id: true,
          kind: true,
          state: true,
          period: true,
          draftedAt: true,
          publicUntil: true,
          expiresOn: true,
        },
      }),
      db.objection.groupBy({
        by: ['dueOn'],
        where: { villageId: village.id, state: 'OPEN' },
        orderBy: { dueOn: 'asc' },
        _count: true,
      }),
      listDeductionDays(db, village.id, now),
      listRulebookDays(db, village.id, now),
      findWaitingVouchers(db, village.id),
      listQuartersToRate(db, village.id, today),
      countHints(db, village.id, now),
    ]);
  return {
    villageCode: village.code,
    quarters,
    years,
    solvency,
    lists: lists.map((list) => ({
      id: list.id,
      kind: list.kind,
      state: list.state,
      period: list.period,
      draftedOn: dayOf(list.draftedAt),
      publicUntil: list.publicUntil && dateToDay(list.publicUntil),
      expiresOn: list.expiresOn && dateToDay(list.expiresOn),
    })),
    objections: objections.map((row) => ({ day: dateToDay(row.dueOn), count: row._count })),
    deductions,
    rulebooks,
    vouchers,
    stars: rated.map(({ quarter, due }) => ({ quarter, due })),
    settlements,
  };
}

async function listDeductionDays(db: Db, villageId: string, now: Date): Promise<DeductionFact[]> {
  const rows = await db.$queryRaw<(Omit<DeductionFact, 'day'> & { day: Date })[]>`
    select x.task, min(x.day) as day, x.due, x.role, count(*)::int as count
    from deduction d
    join item i on i.village_id = d.village_id and i.id = d.item_id
    cross join lateral (select
      case
        when d.state = 'RECORDED' then case when i.warn_first then 'WARN' else 'PROPOSE' end
        when d.state = 'POSTED' and d.repair_claimed_at is not null then 'REPAIR'
        when d.state = 'WARNED' then 'RECHECK'
        when d.state = 'PROPOSED' then 'APPROVE'
        when d.state = 'NOTICED' then 'ANSWERING'
        when d.state = 'CONTESTED' then 'HEAR' end as task,
      case
        when d.state = 'RECORDED' then shanghai_day(d.recorded_at)
        when d.state in ('POSTED', 'CONTESTED') and d.said_due_on is not null then d.said_due_on
        when d.state in ('WARNED', 'POSTED') and d.repair_claimed_at is not null then shanghai_day(d.repair_claimed_at)
        when d.state = 'WARNED' then d.recheck_on
        when d.state = 'PROPOSED' then shanghai_day(d.proposed_at)
        when d.state = 'NOTICED' then d.answer_until
        when d.state = 'CONTESTED' then shanghai_day(d.answered_at) end as day,
      d.state in ('POSTED', 'CONTESTED') and d.said_due_on is not null as due,
      case
        when d.state = 'CONTESTED' then d.hearer_role
        when d.state = 'POSTED' and d.repair_claimed_at is not null then
          (select l.role from repair_lookers(d.village_id, d.id, ${now}::timestamptz) l limit 1) end::text as role) x
    where d.village_id = ${villageId}::uuid and x.day is not null
      and (d.state in ('RECORDED', 'WARNED', 'PROPOSED', 'NOTICED', 'CONTESTED')
           or (d.state = 'POSTED' and d.repair_claimed_at is not null))
    -- to look again and to answer have their own days; what simply waits is one line, from its oldest on
    group by x.task, x.due, x.role, case when x.task in ('RECHECK', 'ANSWERING') then x.day end`;
  return rows.map((row) => ({ ...row, day: dateToDay(row.day) }));
}

async function listRulebookDays(db: Db, villageId: string, now: Date): Promise<RulebookFact[]> {
  const today: Day = dayOf(now);
  const rows = await db.$queryRaw<{ number: number; day: Date; what: RulebookFact['what']; count: number }[]>`
    select v.number, v.effective_from as day, 'EFFECT' as what, 0 as count from rulebook_version v
    where v.village_id = ${villageId}::uuid and v.state = 'ADOPTED' and v.effective_from >= ${today}::date
    union all
    -- a hearing ends with the midnight after its last day
    select v.number,
      case x.what when 'HEARING' then shanghai_day(v.hearing_until - interval '1 millisecond')
        when 'HEARD' then shanghai_day(v.hearing_until) else shanghai_day(b.closes_at) end,
      x.what, 0
    from rulebook_version v
    left join ballot b on b.village_id = v.village_id and b.version_id = v.id
    cross join lateral (select case
      when b.id is not null then case when b.closes_at > ${now}::timestamptz then 'BALLOT' else 'COUNTED' end
      when v.hearing_until > ${now}::timestamptz then 'HEARING' else 'HEARD' end as what) x
    where v.village_id = ${villageId}::uuid and v.state = 'HEARING'
    union all
    select v.number, shanghai_day(min(c.said_at)), 'COMMENTS', count(*)::int
    from rulebook_version v join rulebook_comment c on c.village_id = v.village_id and c.version_id = v.id
    where v.village_id = ${villageId}::uuid and v.state = 'HEARING' and c.answered_at is null
    group by v.number`;
  return rows.map((row) => ({ ...row, day: dateToDay(row.day) }));
}

async function findWaitingVouchers(db: Db, villageId: string): Promise<CalendarFacts['vouchers']> {
  const { _count, _min } = await db.voucherBatch.aggregate({
    where: { villageId, confirmedAt: null, droppedAt: null },
    _count: { _all: true },
    _min: { issuedAt: true },
  });
  return _min.issuedAt ? { day: dayOf(_min.issuedAt), count: _count._all } : null;
}
