import 'server-only';
import { type Day, dayToDate } from '@/lib/platform/clock';
import type { Db, Prisma } from '@/lib/platform/db';
import { type Paged, paged, partOf, withLines } from '@/lib/platform/paging';
import { lineFields, openObjections, orNull, toLine } from '../lines';
import { taskOf } from '../rules';
import type { DeductionLine, DeductionTask } from '../types';

// The office's queue: what waits, by what is to be done.

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

/** A page of the deductions of a village that wait for a task, the longest-waiting first; of NONE, the latest. Two queries. */
export async function listTask(
  db: Db,
  villageId: string,
  task: DeductionTask,
  today: Day,
  page = 1,
): Promise<Paged<DeductionLine>> {
  const rows = await db.deduction.findMany({
    where: { villageId, ...whereTask(task, today) },
    orderBy:
      task === 'ANSWERING' || task === 'POST'
        ? [{ answerUntil: 'asc' }, { id: 'asc' }]
        : task === 'WAIT' || task === 'RECHECK'
          ? [{ recheckOn: 'asc' }, { id: 'asc' }]
          : [{ recordedAt: task === 'NONE' ? 'desc' : 'asc' }, { id: task === 'NONE' ? 'desc' : 'asc' }],
    ...partOf(page),
    select: lineFields,
  });
  const shown = paged(rows, page);
  const objections = await openObjections(db, villageId, shown.lines);
  return withLines(
    shown,
    shown.lines.map((row) => toLine(row, today, objections)),
  );
}
