import 'server-only';
import { dateToDay } from '@/lib/platform/clock';
import type { Db } from '@/lib/platform/db';

const ROWS_MOST = 20_000;

/** What of an export is about warnings, deductions and objections: every step with its reason, nobody else's names. */
export async function findDue(db: Db, villageId: string, householdId: string) {
  const [deductions, objections, photos] = await Promise.all([
    db.deduction.findMany({
      where: { villageId, householdId },
      orderBy: { recordedAt: 'desc' },
      take: ROWS_MOST,
      select: {
        id: true,
        residentId: true,
        state: true,
        seenOn: true,
        facts: true,
        points: true,
        recordedAt: true,
        recheckOn: true,
        answerUntil: true,
        answer: true,
        postedAt: true,
        repairNote: true,
        endReason: true,
        item: { select: { code: true, name: true } },
        steps: { orderBy: { doneAt: 'asc' }, select: { kind: true, reason: true, doneAt: true } },
      },
    }),
    db.objection.findMany({
      where: { villageId, householdId },
      orderBy: { openedAt: 'desc' },
      take: ROWS_MOST,
      select: {
        number: true,
        subjectKind: true,
        subject: true,
        body: true,
        state: true,
        openedAt: true,
        dueOn: true,
        decidedAt: true,
        reason: true,
      },
    }),
    db.attachedPhoto.findMany({
      where: { villageId, householdId },
      orderBy: { photo: { createdAt: 'desc' } },
      take: ROWS_MOST,
      select: { kind: true, subject: true, photo: { select: { id: true, takenAt: true, createdAt: true } } },
    }),
  ]);
  const orNull = (date: Date | null) => (date ? dateToDay(date) : null);
  return {
    deductions: deductions.map(({ seenOn, recheckOn, answerUntil, ...one }) => ({
      ...one,
      seenOn: dateToDay(seenOn),
      recheckOn: orNull(recheckOn),
      answerUntil: orNull(answerUntil),
    })),
    photosOfThese: photos.map(({ photo, ...of }) => ({ ...of, ...photo })),
    objections: objections.map(({ dueOn, ...one }) => ({ ...one, dueOn: dateToDay(dueOn) })),
  };
}
