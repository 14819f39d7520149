import 'server-only';
import { type Day, dateToDay, dayOf, dayToDate } from '@/lib/platform/clock';
import type { Db, Prisma } from '@/lib/platform/db';
import { isId } from '@/lib/platform/ids';
import { taskOf } from './rules';
import type { DeductionLine, DeductionTask, DeductionView } from './types';

// What pages show of deductions. Each read names its village; a household's own also names the household.

/** A queue is read by people: more than so many lines of one task nobody can look through. */
const LINES_MOST = 200;

const orNull = (date: Date | null): Day | null => (date ? dateToDay(date) : null);

/** Which rows a task of the queue consists of. */
function whereTask(task: DeductionTask, today: Day): Prisma.DeductionWhereInput {
  const day = dayToDate(today);
  const due: Prisma.DeductionWhereInput[] = [{ recheckOn: { lte: day } }, { repairClaimedAt: { not: null } }];
  switch (task) {
    case 'WARN':
      return { state: 'RECORDED', item: { warnFirst: true } };
    case 'PROPOSE':
      return { state: 'RECORDED', item: { warnFirst: false } };
    case 'WAIT':
      return { state: 'WARNED', NOT: { OR: due } };
    case 'RECHECK':
      return { state: 'WARNED', OR: due };
    case 'APPROVE':
      return { state: 'PROPOSED' };
    case 'ANSWERING':
      return { state: 'NOTICED', answerUntil: { gte: day } };
    case 'POST':
      return { state: 'NOTICED', answerUntil: { lt: day } };
    case 'HEAR':
      return { state: 'CONTESTED' };
    case 'REPAIR':
      return { state: 'POSTED', repairClaimedAt: { not: null } };
    case 'NONE':
      return {
        OR: [
          { state: { in: ['RESTORED', 'OVERTURNED', 'DROPPED'] } },
          { state: 'POSTED', repairClaimedAt: null },
        ],
      };
  }
}

/** How many deductions of a village wait for each task today. Two queries, on what is not over. */
export async function countTasks(
  db: Db,
  villageId: string,
  today: Day,
): Promise<Record<DeductionTask, number>> {
  const [open, over] = await Promise.all([
    db.deduction.findMany({
      where: {
        villageId,
        OR: [
          { state: { in: ['RECORDED', 'WARNED', 'PROPOSED', 'NOTICED', 'CONTESTED'] } },
          { state: 'POSTED', repairClaimedAt: { not: null } },
        ],
      },
      select: {
        state: true,
        recheckOn: true,
        answerUntil: true,
        repairClaimedAt: true,
        item: { select: { warnFirst: true } },
      },
    }),
    db.deduction.count({ where: { villageId, ...whereTask('NONE', today) } }),
  ]);
  const counts: Record<DeductionTask, number> = {
    WARN: 0,
    PROPOSE: 0,
    WAIT: 0,
    RECHECK: 0,
    APPROVE: 0,
    ANSWERING: 0,
    HEAR: 0,
    POST: 0,
    REPAIR: 0,
    NONE: over,
  };
  for (const { item, recheckOn, answerUntil, ...rest } of open) {
    const standing = { ...rest, ...item, recheckOn: orNull(recheckOn), answerUntil: orNull(answerUntil) };
    counts[taskOf(standing, today)] += 1;
  }
  return counts;
}

const lineFields = {
  id: true,
  state: true,
  points: true,
  seenOn: true,
  recheckOn: true,
  answerUntil: true,
  repairClaimedAt: true,
  item: { select: { name: true, warnFirst: true } },
  household: {
    select: {
      code: true,
      residents: { where: { relation: 'HEAD', leftOn: null }, select: { name: true }, take: 1 },
    },
  },
} as const satisfies Prisma.DeductionSelect;

type LineRow = Prisma.DeductionGetPayload<{ select: typeof lineFields }>;

function toLine(row: LineRow, today: Day, objections: ReadonlyMap<string, string>): DeductionLine {
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
    seenOn: dateToDay(row.seenOn),
    itemName: row.item.name,
    householdCode: row.household.code,
    headName: row.household.residents[0]?.name ?? '',
    task: taskOf(standing, today),
    objectionId: objections.get(row.id) ?? null,
  };
}

async function openObjections(db: Db, villageId: string, rows: LineRow[]): Promise<Map<string, string>> {
  const subjects = rows.filter((one) => one.state === 'CONTESTED').map((one) => one.id);
  if (subjects.length === 0) return new Map();
  const found = await db.objection.findMany({
    where: { villageId, subjectKind: 'DEDUCTION', subject: { in: subjects }, state: 'OPEN' },
    select: { id: true, subject: true },
  });
  return new Map(found.map((one) => [one.subject, one.id]));
}

/** The deductions of a village that wait for a task, the longest-waiting first; of NONE, the latest. Two queries. */
export async function listTask(
  db: Db,
  villageId: string,
  task: DeductionTask,
  today: Day,
): Promise<DeductionLine[]> {
  const rows = await db.deduction.findMany({
    where: { villageId, ...whereTask(task, today) },
    orderBy:
      task === 'ANSWERING' || task === 'POST'
        ? [{ answerUntil: 'asc' }, { id: 'asc' }]
        : task === 'WAIT' || task === 'RECHECK'
          ? [{ recheckOn: 'asc' }, { id: 'asc' }]
          : [{ recordedAt: task === 'NONE' ? 'desc' : 'asc' }, { id: 'asc' }],
    take: LINES_MOST,
    select: lineFields,
  });
  const objections = await openObjections(db, villageId, rows);
  return rows.map((row) => toLine(row, today, objections));
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
    where: { ...scope, state: { in: ['WARNED', 'NOTICED'] } },
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
        select: { id: true, name: true, relation: true, personId: true },
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
 * none. Five queries.
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
  const [names, posting, objection, hearers] = await Promise.all([
    db.person.findMany({ where: { id: { in: people } }, select: { id: true, name: true } }),
    db.posting.findFirst({
      where: { villageId, source: id, leg: 0, kind: 'DEDUCTION' },
      select: { honour: true, points: true },
    }),
    db.objection.findFirst({
      where: { villageId, subjectKind: 'DEDUCTION', subject: id, state: 'OPEN' },
      select: { id: true, number: true, dueOn: true },
    }),
    row.state === 'CONTESTED'
      ? db.$queryRaw<DeductionView['hearers']>`
          select l.person_id::text as "personId", pe.name, l.role::text as role
          from list_hearers(${villageId}::uuid, deduction_took_part(${villageId}::uuid, ${id}::uuid),
            array[${row.householdId}::uuid], ${now}::timestamptz) l join person pe on pe.id = l.person_id order by pe.name`
      : [],
  ]);
  const nameOf = new Map(names.map((one) => [one.id, one.name]));
  const { item, household, steps, residentId, ...rest } = row;
  const { residents } = household;
  return {
    ...rest,
    ...toLine({ ...row, household: { code: household.code, residents: [] } }, dayOf(now), new Map()),
    groupName: household.group.name,
    headName: residents.find((one) => one.relation === 'HEAD')?.name ?? '',
    signsIn: residents.some((one) => one.personId !== null),
    residentName: residents.find((one) => one.id === residentId)?.name ?? null,
    itemCode: item.code,
    evidence: item.evidence,
    photoRequired: item.photo === 'REQUIRED',
    restoredWhenRepaired: item.restoredWhenRepaired,
    versionNumber: item.version.number,
    warningDays: item.version.warningDays,
    answerDays: item.version.answerDays,
    taken: posting ? { honour: -posting.honour, points: posting.points } : null,
    steps: steps.map((one) => ({
      id: one.id,
      kind: one.kind,
      who: one.personId ? (nameOf.get(one.personId) ?? '') : null,
      reason: one.reason,
      at: one.doneAt,
    })),
    objection: objection && { ...objection, dueOn: dateToDay(objection.dueOn) },
    hearers,
  };
}
