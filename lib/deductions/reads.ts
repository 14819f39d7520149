import 'server-only';
import { dateToDay, dayOf } from '@/lib/platform/clock';
import { type Db, Prisma } from '@/lib/platform/db';
import { isId } from '@/lib/platform/ids';
import { lineFields, toLine } from './lines';
import { mayBeMinorOn } from './rules';
import type { DeductionState, DeductionView } from './types';

// One deduction with all that its page shows.

const viewFields = {
  ...lineFields,
  householdId: true,
  seenBy: true,
  facts: true,
  recordedById: true,
  recordedAt: true,
  warnedAt: true,
  warnedHow: true,
  proposedById: true,
  approvedById: true,
  noticedAt: true,
  noticedHow: true,
  answer: true,
  answeredAt: true,
  daysLeft: true,
  postedAt: true,
  repairNote: true,
  saidRisenAt: true,
  endedAt: true,
  endReason: true,
  residentId: true,
  item: {
    select: {
      name: true,
      code: true,
      evidence: true,
      photo: true,
      warnFirst: true,
      restoredWhenRepaired: true,
      version: { select: { number: true, warningDays: true, answerDays: true } },
    },
  },
  household: {
    select: {
      code: true,
      group: { select: { name: true } },
      residents: {
        where: { leftOn: null },
        select: { id: true, name: true, relation: true, birthYear: true, personId: true },
      },
    },
  },
  steps: {
    orderBy: [{ doneAt: 'asc' }, { id: 'asc' }],
    select: { id: true, kind: true, personId: true, reason: true, doneAt: true },
  },
} as const satisfies Prisma.DeductionSelect;

/**
 * One deduction with all that its page shows; with a household, only if it is that household's. Null when there is
 * none. Six queries at most.
 */
export async function findDeduction(
  db: Db,
  scope: { villageId: string; householdId?: string },
  id: string,
  now: Date,
): Promise<DeductionView | null> {
  if (!isId(id)) return null;
  const { villageId } = scope;
  const row = await db.deduction.findFirst({
    where: { villageId, id, ...(scope.householdId ? { householdId: scope.householdId } : {}) },
    select: viewFields,
  });
  if (!row) return null;
  const people = [...new Set(row.steps.flatMap((one) => (one.personId ? [one.personId] : [])))];
  const [names, posting, objection, waiting] = await Promise.all([
    db.person.findMany({ where: { id: { in: people } }, select: { id: true, name: true } }),
    db.posting.findFirst({
      where: { villageId, source: id, leg: 0, kind: 'DEDUCTION' },
      select: { honour: true, points: true, creditedOn: true },
    }),
    db.objection.findFirst({
      where: { villageId, subjectKind: 'DEDUCTION', subject: id, state: 'OPEN' },
      select: { id: true, number: true, dueOn: true },
    }),
    findWaiting(db, villageId, row, now),
  ]);
  const nameOf = new Map(names.map((one) => [one.id, one.name]));
  const { item, household, steps, residentId, ...rest } = row;
  const today = dayOf(now);
  const { residents } = household;
  return {
    ...rest,
    ...toLine({ ...row, household: { code: household.code, residents: [] } }, today, new Map()),
    groupName: household.group.name,
    headName: residents.find((one) => one.relation === 'HEAD')?.name ?? '',
    signsIn: residents.some((one) => one.personId !== null && !mayBeMinorOn(one, today)),
    partakers: waiting.partakers,
    residentName: residents.find((one) => one.id === residentId)?.name ?? null,
    itemCode: item.code,
    evidence: item.evidence,
    photoRequired: item.photo === 'REQUIRED',
    restoredWhenRepaired: item.restoredWhenRepaired,
    versionNumber: item.version.number,
    warningDays: item.version.warningDays,
    answerDays: item.version.answerDays,
    creditedOn: posting ? dateToDay(posting.creditedOn) : waiting.creditedOn,
    taken: posting ? { honour: -posting.honour, points: posting.points } : null,
    steps: steps.map((one) => ({
      id: one.id,
      kind: one.kind,
      who: one.personId ? (nameOf.get(one.personId) ?? '') : null,
      reason: one.reason,
      at: one.doneAt,
    })),
    objection: objection && { ...objection, dueOn: dateToDay(objection.dueOn) },
    hearers: waiting.hearers,
    claimedById: row.repairClaimedAt
      ? (steps.findLast((one) => one.kind === 'CLAIM_REPAIR')?.personId ?? null)
      : null,
  };
}

/** What the database works out: who had a part in it, who may hear it while it waits, the day it would count for. */
async function findWaiting(
  db: Db,
  villageId: string,
  row: { id: string; state: DeductionState; seenOn: Date; repairClaimedAt: Date | null },
  now: Date,
): Promise<Pick<DeductionView, 'partakers' | 'hearers' | 'creditedOn'>> {
  const isRepair = row.state === 'POSTED' && row.repairClaimedAt !== null;
  const [hearers, rows] = await Promise.all([
    isRepair || row.state === 'CONTESTED'
      ? db.$queryRaw<DeductionView['hearers']>`
          select l.person_id::text as "personId", pe.name, l.role::text as role
          from ${Prisma.raw(isRepair ? 'repair_lookers' : 'deduction_hearers')}(${villageId}::uuid, ${row.id}::uuid,
            ${now}::timestamptz) l join person pe on pe.id = l.person_id order by pe.name`
      : [],
    db.$queryRaw<{ partakers: string[]; day: Date | null }[]>`
      select deduction_partakers(${villageId}::uuid, ${row.id}::uuid)::text[] as partakers,
        case when ${row.state === 'NOTICED'} then credited_day(${villageId}::uuid, ${row.seenOn}::date) end as day`,
  ]);
  const { partakers = [], day = null } = rows[0] ?? {};
  return { partakers, hearers, creditedOn: day && dateToDay(day) };
}

/** Why somebody of the office must leave a household to another; null when he need not. One query. */
export async function findRecusal(
  db: Db,
  villageId: string,
  householdId: string,
  personId: string,
): Promise<'OWN_HOUSEHOLD' | 'NEAR_KIN' | null> {
  const rows = await db.$queryRaw<{ why: 'OWN_HOUSEHOLD' | 'NEAR_KIN' | null }[]>`
    select recusal(${villageId}::uuid, ${householdId}::uuid, null, ${personId}::uuid) as why`;
  return rows[0]?.why ?? null;
}
