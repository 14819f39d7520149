import 'server-only';
import { addDays, type Day, dateToDay } from '@/lib/platform/clock';
import type { Db } from '@/lib/platform/db';
import { isId } from '@/lib/platform/ids';
import { type Paged, paged, partOf, withLines } from '@/lib/platform/paging';
import { lineFields, toLine, toLines } from './lines';
import { isSubjectKind, WINDOW_DAYS } from './rules';
import { asToldTo, describeSubjects } from './subjects';
import type { ObjectionLine, ObjectionView, SubjectView } from './types';

// What pages show of objections. Each read names its village; a household's own also names the household.

const LINES_MOST = 200;

/** A page of a village's objections: open ones, the one due first at the top, or those that are over. At most five queries. */
export async function listObjections(
  db: Db,
  villageId: string,
  which: 'OPEN' | 'OVER',
  page = 1,
): Promise<Paged<ObjectionLine>> {
  const rows = await db.objection.findMany({
    where: { villageId, state: which === 'OPEN' ? 'OPEN' : { not: 'OPEN' } },
    orderBy:
      which === 'OPEN' ? [{ dueOn: 'asc' }, { number: 'asc' }] : [{ decidedAt: 'desc' }, { id: 'desc' }],
    ...partOf(page),
    select: lineFields,
  });
  const shown = paged(rows, page);
  return withLines(shown, await toLines(db, villageId, shown.lines, 'office'));
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

/** Those who may not write an objection to this down in any household's name. One query. */
export async function findPartakers(
  db: Db,
  villageId: string,
  kind: string | undefined,
  subject: string | undefined,
): Promise<string[]> {
  if (!isSubjectKind(kind) || !isId(subject)) return [];
  const rows = await db.$queryRaw<{ ids: string[] }[]>`
    select array_remove(objection_partakers(${villageId}::uuid, ${kind}::"ObjectionSubject", ${subject}::uuid,
      null), null)::text[] as ids`;
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
