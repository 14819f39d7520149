import { z } from 'zod';
import { day, id, list, optionalId, optionalText, text } from '@/lib/platform/form-shape';
import { SERVED_WAYS } from './types';

// Shapes of what comes in about deductions; forms and the server share them.

export const PHOTOS_MOST = 6;
export const FACTS_MOST = 300;
export const REASON_MOST = 200;
export const SEEN_BY_MOST = 60;
/** what a household writes: more room than the office has */
export const ANSWER_MOST = 600;

const photos = () => list(id(), PHOTOS_MOST);
const servedWays = () => list(z.enum(SERVED_WAYS, { error: '请重新选择' }), SERVED_WAYS.length);

export const recordDeductionInput = z.object({
  householdId: id(),
  /** whose doing it was, when that is known */
  residentId: optionalId(),
  itemId: id(),
  seenOn: day(),
  seenBy: text(2, SEEN_BY_MOST),
  facts: text(4, FACTS_MOST),
  photos: photos(),
});

export const warnDeductionInput = z.object({ deductionId: id(), how: servedWays(), recheckOn: day() });

/** Found mended, given up, or heard: who, why. */
export const reasonedInput = z.object({ deductionId: id(), reason: text(2, REASON_MOST) });

export const proposeDeductionInput = z.object({
  deductionId: id(),
  reason: optionalText(REASON_MOST),
  photos: photos(),
});

export const approveDeductionInput = z.object({
  deductionId: id(),
  how: servedWays(),
  /** the day the notice is served on paper, not before today; without it, today */
  servedOn: day().optional(),
});

export const hearDeductionInput = z.object({
  deductionId: id(),
  outcome: z.enum(['UPHELD', 'REJECTED'], { error: '请选结果' }),
  reason: text(4, REASON_MOST),
});

export const postDeductionInput = z.object({ deductionId: id() });

export const answerDeductionInput = z.object({
  deductionId: id(),
  answer: text(2, ANSWER_MOST),
  photos: photos(),
});

export const claimRepairInput = z.object({
  deductionId: id(),
  note: optionalText(REASON_MOST),
  photos: photos(),
});

export const confirmRepairInput = z.object({ deductionId: id() });
