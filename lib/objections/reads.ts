import 'server-only';
import type { OfficeSeat } from '@/lib/auth/types';
import { addDays, type Day, dateToDay, dayToDate } from '@/lib/platform/clock';
import { type Db, Prisma } from '@/lib/platform/db';
import { isId } from '@/lib/platform/ids';
import { isSubjectKind, WINDOW_DAYS } from './rules';
import { asToldTo, describeSubjects, type Reader } from './subjects';
import type { ObjectionLine, ObjectionState, ObjectionView, QuarterCount, SubjectView } from './types';

// What pages show of objections. Each read names its village; a household's own also names the household.

const LINES_MOST = 200;

const lineFields = {
  id: true,
  number: true,
  subjectKind: true,
  subject: true,
  state: true,
  openedAt: true,
  dueOn: true,
  decidedAt: true,
  risenAt: true,
  household: { select: { code: true } },
} as const satisfies Prisma.ObjectionSelect;

type LineRow = Prisma.ObjectionGetPayload<{ select: typeof lineFields }>;

const toLine = (row: LineRow, subject: SubjectView | undefined): ObjectionLine => ({
  id: row.id,
  number: row.number,
  kind: row.subjectKind,
  state: row.state,
  householdCode: row.household.code,
  openedAt: row.openedAt,
  dueOn: dateToDay(row.dueOn),
  decidedAt: row.decidedAt,
  risenAt: row.risenAt,
  title: subject?.title ?? '',
});

async function toLines(db: Db, villageId: string, rows: LineRow[], reader: Reader): Promise<ObjectionLine[]> {
  const asked = rows.map((row) => ({ kind: row.subjectKind, subject: row.subject }));
  const subjects = await describeSubjects(db, villageId, asked);
  return rows.map((row) => {
    const subject = subjects.get(row.subject);
    return toLine(row, subject && asToldTo(reader, subject));
  });
}

/** A village's objections: open ones, the one due first at the top, or the latest that are over. At most five queries. */
export async function listObjections(
  db: Db,
  villageId: string,
  which: 'OPEN' | 'OVER',
): Promise<ObjectionLine[]> {
  const rows = await db.objection.findMany({
    where: { villageId, state: which === 'OPEN' ? 'OPEN' : { not: 'OPEN' } },
    orderBy:
      which === 'OPEN' ? [{ dueOn: 'asc' }, { number: 'asc' }] : [{ decidedAt: 'desc' }, { id: 'desc' }],
    take: LINES_MOST,
    select: lineFields,
  });
  return toLines(db, villageId, rows, 'office');
}

/** How many of a village's objections are open, and how many of them overdue. One query. */
export async function countOpen(
  db: Db,
  villageId: string,
  today: Day,
): Promise<{ open: number; overdue: number }> {
  const rows = await db.objection.findMany({
    where: { villageId, state: 'OPEN' },
    select: { dueOn: true },
  });
  return { open: rows.length, overdue: rows.filter((one) => dateToDay(one.dueOn) < today).length };
}

/** A household's objections, newest first. At most five queries. */
export async function listHouseholdObjections(
  db: Db,
  scope: { villageId: string; householdId: string },
): Promise<ObjectionLine[]> {
  const { villageId, householdId } = scope;
  const rows = await db.objection.findMany({
    where: { villageId, householdId },
    orderBy: [{ openedAt: 'desc' }, { id: 'desc' }],
    take: LINES_MOST,
    select: lineFields,
  });
  return toLines(db, villageId, rows, { householdId });
}

/** One objection with what it is about; with a household, only if it is that household's. Null when there is none. */
export async function findObjection(
  db: Db,
  scope: { villageId: string; householdId?: string },
  id: string,
  now: Date,
): Promise<ObjectionView | null> {
  if (!isId(id)) return null;
  const { villageId } = scope;
  const row = await db.objection.findFirst({
    where: { villageId, id, ...(scope.householdId ? { householdId: scope.householdId } : {}) },
    select: {
      ...lineFields,
      householdId: true,
      body: true,
      channel: true,
      reporterId: true,
      againstId: true,
      decidedById: true,
      reason: true,
    },
  });
  if (!row) return null;
  const people = [row.reporterId, row.againstId, row.decidedById].filter((one) => one !== null);
  const [names, subjects, deciders] = await Promise.all([
    db.person.findMany({ where: { id: { in: people } }, select: { id: true, name: true } }),
    describeSubjects(db, villageId, [{ kind: row.subjectKind, subject: row.subject }]),
    row.state === 'OPEN'
      ? db.$queryRaw<ObjectionView['deciders']>`
          select l.person_id::text as "personId", pe.name, l.role::text as role
          from objection_deciders(${villageId}::uuid, ${id}::uuid, ${now}::timestamptz) l
          join person pe on pe.id = l.person_id order by pe.name`
      : [],
  ]);
  const nameOf = (person: string | null) => names.find((one) => one.id === person)?.name ?? null;
  const known = subjects.get(row.subject);
  const reader = scope.householdId ? { householdId: scope.householdId } : 'office';
  const subject = known && asToldTo(reader, known);
  return {
    ...toLine(row, subject),
    householdId: row.householdId,
    body: row.body,
    channel: row.channel,
    reason: row.reason,
    reporterName: nameOf(row.reporterId) ?? '',
    againstName: nameOf(row.againstId),
    decidedByName: nameOf(row.decidedById),
    subject: subject ?? {
      kind: row.subjectKind,
      id: row.subject,
      title: '',
      note: '',
      householdCode: '',
      householdId: null,
    },
    deciders,
  };
}

/**
 * What a form would object to; null where there is nothing of it in this village, or it is another household's. Lines of
 * the ledger in publicity and rows of places are everyone's.
 */
export async function findSubject(
  db: Db,
  scope: { villageId: string; householdId: string },
  kind: string | undefined,
  subject: string | undefined,
): Promise<SubjectView | null> {
  if (!isSubjectKind(kind) || !isId(subject)) return null;
  const { villageId, householdId } = scope;
  const found = (await describeSubjects(db, villageId, [{ kind, subject }])).get(subject);
  if (!found) return null;
  if (kind === 'POSTING') return found;
  if (kind === 'LIST_ROW') return (await isOpenRow(db, villageId, householdId, subject)) ? found : null;
  return found.householdId === householdId ? found : null;
}

/** Those who may not write an objection to this down in a household's name. One query. */
export async function findPartakers(
  db: Db,
  villageId: string,
  kind: string | undefined,
  subject: string | undefined,
): Promise<string[]> {
  if (!isSubjectKind(kind) || !isId(subject)) return [];
  const rows = await db.$queryRaw<{ ids: string[] }[]>`
    select array_remove(objection_partakers(${villageId}::uuid, ${kind}::"ObjectionSubject", ${subject}::uuid), null)::text[]
      as ids`;
  return rows[0]?.ids ?? [];
}

/** Whether a row is on a list that is public now, and this household's to object to. */
async function isOpenRow(db: Db, villageId: string, householdId: string, id: string): Promise<boolean> {
  const rows = await db.$queryRaw<{ open: boolean }[]>`
    select l.state in ('PUBLICITY', 'FINAL') and r.state <> 'GONE'
      and objection_row_is_of(r.village_id, r.id, ${householdId}::uuid) as open
    from list_row r join village_list l on l.village_id = r.village_id and l.id = r.list_id
    where r.village_id = ${villageId}::uuid and r.id = ${id}::uuid`;
  return rows[0]?.open === true;
}

/** What a household may object to now, newest first: returned deeds, deductions, its rows on lists. Two queries or more. */
export async function listObjectable(
  db: Db,
  scope: { villageId: string; householdId: string },
  today: Day,
): Promise<SubjectView[]> {
  const { villageId } = scope;
  const since = addDays(today, -WINDOW_DAYS);
  const rows = await db.$queryRaw<{ kind: 'DEED' | 'DEDUCTION' | 'LIST_ROW'; id: string }[]>`
    select 'DEED' as kind, d.id::text, d.decided_at as at from deed d
    where d.village_id = ${villageId}::uuid and d.household_id = ${scope.householdId}::uuid and d.state = 'RETURNED'
      and (d.decided_at at time zone 'Asia/Shanghai')::date >= ${since}::date
      and not exists (select 1 from objection o where o.village_id = d.village_id and o.subject = d.id and o.state <> 'WITHDRAWN')
    union all
    select 'DEDUCTION', d.id::text, d.noticed_at from deduction d
    where d.village_id = ${villageId}::uuid and d.household_id = ${scope.householdId}::uuid
      and (d.state = 'NOTICED' or (d.state = 'POSTED' and (d.posted_at at time zone 'Asia/Shanghai')::date >= ${since}::date))
      and not exists (select 1 from objection o where o.village_id = d.village_id and o.subject = d.id and o.state <> 'WITHDRAWN')
    union all
    select 'LIST_ROW', r.id::text, l.public_from from list_row r
    join village_list l on l.village_id = r.village_id and l.id = r.list_id
    where r.village_id = ${villageId}::uuid and r.household_id = ${scope.householdId}::uuid and r.state <> 'GONE'
      and l.state in ('PUBLICITY', 'FINAL') and coalesce(l.expires_on, l.public_until) >= ${today}::date
      and not exists (select 1 from objection o where o.village_id = r.village_id and o.subject = r.id and o.state <> 'WITHDRAWN')
    order by at desc limit 30`;
  const asked = rows.map((row) => ({ kind: row.kind, subject: row.id }));
  const subjects = await describeSubjects(db, villageId, asked);
  return rows.flatMap((row) => subjects.get(row.id) ?? []);
}

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

/** A village's latest objections in public form. At most five queries. */
export async function listOutcomes(db: Db, villageId: string, most: number): Promise<OutcomeLine[]> {
  const rows = await db.objection.findMany({
    where: { villageId, state: { not: 'WITHDRAWN' } },
    orderBy: [{ openedAt: 'desc' }, { id: 'desc' }],
    take: most,
    select: lineFields,
  });
  const lines = await toLines(db, villageId, rows, 'public');
  return lines.map(({ number, kind, state, title, openedAt, decidedAt, dueOn }) => ({
    number,
    kind,
    state,
    title,
    openedAt,
    decidedAt,
    dueOn,
  }));
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

/** Overdue objections of an office's villages: how many and the oldest's last day, by village. One query. */
export async function listOverdueVillages(
  db: Db,
  office: OfficeSeat,
  today: Day,
): Promise<Map<string, { count: number; oldestDue: Day }>> {
  const mine =
    office.level === 'DISTRICT'
      ? Prisma.sql`t.district_id = ${office.id}::uuid`
      : Prisma.sql`t.id = ${office.id}::uuid`;
  const rows = await db.$queryRaw<{ id: string; count: number; oldest: Date }[]>`
    select v.id::text, count(*)::int as count, min(o.due_on) as oldest
    from village v join township t on t.id = v.township_id
    join objection o on o.village_id = v.id and o.state = 'OPEN' and o.due_on < ${dayToDate(today)}::date
    where ${mine} group by v.id`;
  return new Map(rows.map((row) => [row.id, { count: row.count, oldestDue: dateToDay(row.oldest) }]));
}
