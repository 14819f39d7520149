import 'server-only';
import { listQuarters } from '@/lib/periods/reads';
import { listYears } from '@/lib/periods/year/reads';
import { type Day, dateToDay, dayOf } from '@/lib/platform/clock';
import type { Db } from '@/lib/platform/db';
import { findSolvency } from '@/lib/solvency/reads';
import type { CalendarFacts, DeductionFact } from './types';

/** Lists that are over are of no interest but for the quarter they were made for. */
const LISTS_MOST = 40;

/** What the office's calendar is made from. Eight queries, whatever there is. */
export async function findCalendarFacts(
  db: Db,
  village: { id: string; code: string },
  now: Date,
): Promise<CalendarFacts> {
  const today = dayOf(now);
  const [quarters, years, solvency, lists, objections, deductions, rulebooks] = await Promise.all([
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
    listDeductionDays(db, village.id),
    listRulebookDays(db, village.id, now),
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
  };
}

async function listDeductionDays(db: Db, villageId: string): Promise<DeductionFact[]> {
  const rows = await db.$queryRaw<{ state: DeductionFact['state']; day: Date; count: number }[]>`
    select d.state::text as state, x.day, count(*)::int as count
    from deduction d
    cross join lateral (select case d.state
      when 'WARNED' then d.recheck_on
      when 'NOTICED' then d.answer_until
      when 'PROPOSED' then shanghai_day(d.proposed_at)
      when 'CONTESTED' then shanghai_day(d.answered_at) end as day) x
    where d.village_id = ${villageId}::uuid and d.state in ('WARNED', 'NOTICED', 'PROPOSED', 'CONTESTED')
      and x.day is not null
    group by 1, 2`;
  return rows.map((row) => ({ ...row, day: dateToDay(row.day) }));
}

async function listRulebookDays(db: Db, villageId: string, now: Date): Promise<CalendarFacts['rulebooks']> {
  const today: Day = dayOf(now);
  const rows = await db.$queryRaw<{ number: number; day: Date; what: 'EFFECT' | 'HEARING' }[]>`
    select v.number, v.effective_from as day, 'EFFECT' as what from rulebook_version v
    where v.village_id = ${villageId}::uuid and v.state = 'ADOPTED' and v.effective_from >= ${today}::date
    union all
    select v.number, shanghai_day(v.hearing_until), 'HEARING' from rulebook_version v
    where v.village_id = ${villageId}::uuid and v.state = 'HEARING' and v.hearing_until >= ${now}::timestamptz`;
  return rows.map((row) => ({ ...row, day: dateToDay(row.day) }));
}
