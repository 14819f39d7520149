import 'server-only';
import { type Day, dateToDay } from '@/lib/platform/clock';
import type { Db, Prisma } from '@/lib/platform/db';
import { taskOf } from './rules';
import type { DeductionLine } from './types';

/** A queue is read by people: more than so many lines of one task nobody can look through. */
export const LINES_MOST = 200;

/** A `date` column's value as a day, if there is one. */
export function orNull(date: Date | null): Day | null {
  return date ? dateToDay(date) : null;
}

/** What a line is read with. */
export const lineFields = {
  id: true,
  state: true,
  points: true,
  seenOn: true,
  recheckOn: true,
  answerUntil: true,
  repairClaimedAt: true,
  saidDueOn: true,
  item: { select: { name: true, warnFirst: true } },
  household: {
    select: {
      code: true,
      residents: { where: { relation: 'HEAD', leftOn: null }, select: { name: true }, take: 1 },
    },
  },
} as const satisfies Prisma.DeductionSelect;

export type LineRow = Prisma.DeductionGetPayload<{ select: typeof lineFields }>;

/** A row as a line of today. */
export function toLine(row: LineRow, today: Day, objections: ReadonlyMap<string, string>): DeductionLine {
  const standing = {
    state: row.state,
    warnFirst: row.item.warnFirst,
    recheckOn: orNull(row.recheckOn),
    answerUntil: orNull(row.answerUntil),
    repairClaimedAt: row.repairClaimedAt,
  };
  return {
    ...standing,
    id: row.id,
    points: row.points,
    saidDueOn: orNull(row.saidDueOn),
    seenOn: dateToDay(row.seenOn),
    itemName: row.item.name,
    householdCode: row.household.code,
    headName: row.household.residents[0]?.name ?? '',
    task: taskOf(standing, today),
    objectionId: objections.get(row.id) ?? null,
  };
}

/** The open objections against those that are contested, by deduction. */
export async function openObjections(
  db: Db,
  villageId: string,
  rows: LineRow[],
): Promise<Map<string, string>> {
  const subjects = rows.filter((one) => one.state === 'CONTESTED').map((one) => one.id);
  if (subjects.length === 0) return new Map();
  const found = await db.objection.findMany({
    where: { villageId, subjectKind: 'DEDUCTION', subject: { in: subjects }, state: 'OPEN' },
    select: { id: true, subject: true },
  });
  return new Map(found.map((one) => [one.subject, one.id]));
}
