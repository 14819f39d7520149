import 'server-only';
import type { Day } from '@/lib/platform/clock';
import type { Db } from '@/lib/platform/db';
import { LINES_MOST, lineFields, openObjections, orNull, toLine } from '../lines';
import type { DeductionLine } from '../types';

// What a household reads of its own; its scope comes from the actor.

/** Whether someone speaks for his household: its grown-ups do (prisma/functions/hearing.sql). One query. */
export async function speaksForHousehold(
  db: Db,
  who: { villageId: string; householdId: string; personId: string },
  now: Date,
): Promise<boolean> {
  const rows = await db.$queryRaw<{ speaks: boolean }[]>`
    select speaks_for_household(${who.villageId}::uuid, ${who.householdId}::uuid, ${who.personId}::uuid,
      ${now}::timestamptz) as speaks`;
  return rows[0]?.speaks === true;
}

/** All deductions of one household, newest first. Two queries. */
export async function listHouseholdDeductions(
  db: Db,
  scope: { villageId: string; householdId: string },
  today: Day,
): Promise<DeductionLine[]> {
  const { villageId, householdId } = scope;
  const rows = await db.deduction.findMany({
    where: { villageId, householdId },
    orderBy: [{ recordedAt: 'desc' }, { id: 'desc' }],
    take: LINES_MOST,
    select: lineFields,
  });
  const objections = await openObjections(db, villageId, rows);
  return rows.map((row) => toLine(row, today, objections));
}

/** What waits for a household: warnings to mend after, and notices it may answer. One query. */
export async function listForHousehold(
  db: Db,
  scope: { villageId: string; householdId: string },
): Promise<
  { id: string; state: 'WARNED' | 'NOTICED'; itemName: string; until: Day | null; points: number }[]
> {
  const rows = await db.deduction.findMany({
    where: {
      villageId: scope.villageId,
      householdId: scope.householdId,
      state: { in: ['WARNED', 'NOTICED'] },
    },
    orderBy: { recordedAt: 'asc' },
    take: 5,
    select: {
      id: true,
      state: true,
      points: true,
      recheckOn: true,
      answerUntil: true,
      item: { select: { name: true } },
    },
  });
  return rows.map((row) => ({
    id: row.id,
    state: row.state === 'WARNED' ? 'WARNED' : 'NOTICED',
    itemName: row.item.name,
    points: row.points,
    until: orNull(row.state === 'WARNED' ? row.recheckOn : row.answerUntil),
  }));
}
