import 'server-only';
import { createHash } from 'node:crypto';
import { dayOf, dayToDate } from '@/lib/platform/clock';
import { asRefusal } from '@/lib/platform/command';
import { db } from '@/lib/platform/db';
import { newId } from '@/lib/platform/ids';
import { postDeductionOnce } from './steps';

const AT_ONCE_MOST = 500;

/**
 * Posts every deduction whose days to answer have passed, each in a transaction of its own: one that is refused (no head
 * in the household, somebody was faster) or can't be posted holds up no other and is tried again the next time. Throws the
 * first fault, when all others are done.
 */
export async function postDueDeductions(
  now: Date,
): Promise<{ posted: number; dropped: number; left: number }> {
  const due = await db().deduction.findMany({
    where: { state: 'NOTICED', answerUntil: { lt: dayToDate(dayOf(now)) } },
    orderBy: [{ answerUntil: 'asc' }, { id: 'asc' }],
    take: AT_ONCE_MOST,
    select: { villageId: true, id: true },
  });
  const counts = { posted: 0, dropped: 0, left: 0 };
  let fault: unknown = null;
  for (const { villageId, id } of due) {
    try {
      const { state } = await db().$transaction(async (tx) => {
        const commandId = newId();
        const posted = await postDeductionOnce(tx, {
          villageId,
          deductionId: id,
          personId: null,
          id: commandId,
          now,
        });
        // done by time alone, and in the audit trail like everything else
        await tx.commandLog.create({
          data: {
            villageId,
            id: commandId,
            name: 'post-deduction',
            seat: 'SYSTEM',
            inputHash: createHash('sha256').update(id).digest('hex'),
            input: { deductionId: id },
            outcome: { subject: id, ...posted },
            subject: id,
            loggedAt: now,
          },
          select: { id: true },
        });
        return posted;
      });
      counts[state === 'POSTED' ? 'posted' : 'dropped'] += 1;
    } catch (error) {
      if (asRefusal(error)) counts.left += 1;
      else fault ??= error;
    }
  }
  if (fault) throw fault;
  return counts;
}
