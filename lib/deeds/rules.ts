import type { Day } from '@/lib/platform/clock';
import { daysBetween } from '@/lib/platform/clock';
import { CAP_NOTES, type CapNote, type DeedState } from './types';

/**
 * What may become of a deed. The same table stands in prisma/functions/deed.sql, which enforces it; a test holds the
 * two together.
 */
export const DEED_STEPS: Record<DeedState, readonly DeedState[]> = {
  SUBMITTED: ['AWAITING_SECOND', 'APPROVED', 'RETURNED', 'WITHDRAWN'],
  AWAITING_SECOND: ['SUBMITTED', 'APPROVED', 'RETURNED', 'WITHDRAWN'],
  // back only by undoing within the village's minutes
  APPROVED: ['SUBMITTED', 'AWAITING_SECOND'],
  RETURNED: ['SUBMITTED', 'AWAITING_SECOND'],
  WITHDRAWN: [],
};

/** Whether nobody has decided yet, so that the household can withdraw it and a verifier decide it. */
export function isOpen(state: DeedState): boolean {
  return state === 'SUBMITTED' || state === 'AWAITING_SECOND';
}

/** Why a deed of `deedOn` can't be logged on `today`; null when it can. */
export function refuseDay(
  deedOn: Day,
  today: Day,
  ageDaysMax: number,
): 'DAY_IN_FUTURE' | 'DAY_TOO_OLD' | null {
  const age = daysBetween(deedOn, today);
  if (age < 0) return 'DAY_IN_FUTURE';
  return age > ageDaysMax ? 'DAY_TOO_OLD' : null;
}

/** The words of a cap note as stored, `ITEM_CAP,MONTH_CAP`. */
export function parseCapNote(note: string): CapNote[] {
  return note.split(',').filter((word): word is CapNote => CAP_NOTES.some((one) => one === word));
}

/** Says in Chinese what was taken off an award, by a cap or because it was given before; '' when nothing was. */
export function sayCapNote(note: string, asked: number, honour: number, points: number): string {
  const words = parseCapNote(note);
  const said: string[] = [];
  if (words.includes('ITEM_CAP')) said.push(`这一项封顶，${asked} 分记了 ${honour} 分`);
  if (words.includes('SPENT_BEFORE'))
    said.push(`这件事上次给的分已经用掉，不再重复给，这次可兑 ${points} 分，荣誉分照记`);
  if (words.includes('MONTH_CAP')) said.push(`本月可兑积分封顶，可兑 ${points} 分，荣誉分照记`);
  return said.join('；');
}
