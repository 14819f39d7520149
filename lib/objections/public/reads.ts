import 'server-only';
import type { Db } from '@/lib/platform/db';
import { type Paged, paged, partOf, withLines } from '@/lib/platform/paging';
import { lineFields, toLines } from '../lines';
import type { ObjectionLine, ObjectionState, QuarterCount } from '../types';

// What everyone sees of a village's objections: neither names nor reasons.

/** An outcome as everyone may see it: what kind of thing, and how and when it ended; nobody's name, no reason. */
export interface OutcomeLine {
  number: string;
  kind: ObjectionLine['kind'];
  state: ObjectionState;
  title: string;
  openedAt: Date;
  decidedAt: Date | null;
  dueOn: string;
}

/**
 * A page of a village's objections in public form: those being dealt with first, the one due first at the top, then the
 * latest that are decided. At most five queries.
 */
export async function listOutcomes(db: Db, villageId: string, page = 1): Promise<Paged<OutcomeLine>> {
  const rows = await db.objection.findMany({
    where: { villageId, state: { not: 'WITHDRAWN' } },
    orderBy: [{ decidedAt: { sort: 'desc', nulls: 'first' } }, { dueOn: 'asc' }, { id: 'desc' }],
    ...partOf(page),
    select: lineFields,
  });
  const shown = paged(rows, page);
  const lines = await toLines(db, villageId, shown.lines, 'public');
  return withLines(
    shown,
    lines.map(({ number, kind, state, title, openedAt, decidedAt, dueOn }) => ({
      number,
      kind,
      state,
      title,
      openedAt,
      decidedAt,
      dueOn,
    })),
  );
}

/** Counts by the quarter in which objections were opened, newest first. One query. */
export async function countQuarters(db: Db, villageId: string, most: number): Promise<QuarterCount[]> {
  return db.$queryRaw<QuarterCount[]>`
    select quarter_of((o.opened_at at time zone 'Asia/Shanghai')::date) as quarter, count(*)::int as opened,
      (count(*) filter (where o.state in ('UPHELD', 'REJECTED')))::int as decided,
      (count(*) filter (where o.state in ('UPHELD', 'REJECTED')
        and (o.decided_at at time zone 'Asia/Shanghai')::date <= o.due_on))::int as "inTime",
      (count(*) filter (where o.state = 'UPHELD'))::int as upheld,
      (count(*) filter (where o.state = 'OPEN'))::int as open,
      (count(*) filter (where o.state = 'WITHDRAWN'))::int as withdrawn
    from objection o where o.village_id = ${villageId}::uuid group by 1 order by 1 desc limit ${most}`;
}
