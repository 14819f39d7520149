import 'server-only';
import { dateToDay } from '@/lib/platform/clock';
import { type Db, Prisma } from '@/lib/platform/db';
import { isId } from '@/lib/platform/ids';
import { isSubjectKind } from '../rules';
import type { ObjectionState, ObjectionSubject, StandingObjection } from '../types';

// What has been said already against a thing, so that nobody is offered a form that would only be refused.

interface Row {
  id: string;
  number: string;
  state: ObjectionState;
  due_on: Date;
  subject: string;
}

const toStanding = (row: Row): StandingObjection => ({
  id: row.id,
  number: row.number,
  state: row.state,
  dueOn: dateToDay(row.due_on),
});

/**
 * The household's own objections to things of one kind, by the thing: the open one, else the decided one. One that was
 * taken back counts for nothing. An entry of the ledger is also objected to by what stands behind it, the deed or the
 * deduction. One query.
 */
export async function findOwnObjections(
  db: Db,
  scope: { villageId: string; householdId: string },
  kind: ObjectionSubject,
  subjects: readonly string[],
): Promise<Map<string, StandingObjection>> {
  const { villageId, householdId } = scope;
  const ids = subjects.filter(isId);
  if (ids.length === 0) return new Map();
  const found =
    kind === 'POSTING'
      ? Prisma.sql`select o.*, s.id as about from unnest(${ids}::uuid[]) s (id)
          cross join lateral objections_of_posting(${villageId}::uuid, s.id) o`
      : Prisma.sql`select o.*, o.subject as about from objection o where o.village_id = ${villageId}::uuid
          and o.subject_kind = ${kind}::"ObjectionSubject" and o.subject = any(${ids}::uuid[])`;
  const rows = await db.$queryRaw<Row[]>`
    select f.id::text, f.number, f.state::text as state, f.due_on, f.about::text as subject from (${found}) f
    where f.household_id = ${householdId}::uuid and f.state <> 'WITHDRAWN'
    order by f.state = 'OPEN', f.opened_at`;
  return new Map(rows.map((row) => [row.subject, toStanding(row)]));
}

/** The household's own objection to one thing, and whether another household's is being decided. Two queries. */
export async function findStanding(
  db: Db,
  scope: { villageId: string; householdId: string },
  kind: string | undefined,
  subject: string | undefined,
): Promise<{ own: StandingObjection | null; isHeardForOthers: boolean }> {
  if (!isSubjectKind(kind) || !isId(subject)) return { own: null, isHeardForOthers: false };
  const [own, others] = await Promise.all([
    findOwnObjections(db, scope, kind, [subject]),
    db.objection.count({
      where: {
        villageId: scope.villageId,
        subjectKind: kind,
        subject,
        state: 'OPEN',
        householdId: { not: scope.householdId },
      },
    }),
  ]);
  return { own: own.get(subject) ?? null, isHeardForOthers: others > 0 };
}

/** The household's open objection to a row of a list, which keeps that row out of sight. One query. */
export async function findOwnOnList(
  db: Db,
  scope: { villageId: string; householdId: string },
  listId: string,
): Promise<StandingObjection | null> {
  const rows = await db.$queryRaw<Row[]>`
    select o.id::text, o.number, o.state::text as state, o.due_on, o.subject::text as subject
    from objection o join list_row r on r.village_id = o.village_id and r.id = o.subject
    where o.village_id = ${scope.villageId}::uuid and o.household_id = ${scope.householdId}::uuid
      and o.subject_kind = 'LIST_ROW' and o.state = 'OPEN' and r.list_id = ${listId}::uuid
    order by o.opened_at desc limit 1`;
  return rows[0] ? toStanding(rows[0]) : null;
}
