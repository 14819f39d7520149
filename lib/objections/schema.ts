import { z } from 'zod';
import { id, list, text } from '@/lib/platform/form-shape';

// Shapes of what comes in about objections; forms and the server share them.

export const BODY_MOST = 600;
export const REASON_MOST = 200;
export const PHOTOS_MOST = 6;
export const SUBJECT_KINDS = ['DEED', 'DEDUCTION', 'POSTING', 'LIST_ROW'] as const;

const facts = {
  kind: z.enum(SUBJECT_KINDS, { error: '请重新选择' }),
  subject: id(),
  body: text(4, BODY_MOST),
  photos: list(id(), PHOTOS_MOST),
};

/** A household objects, from its phone. */
export const openObjectionInput = z.object(facts);

/** Written down by the office for a household. */
export const recordObjectionInput = z.object({ ...facts, householdId: id() });

export const decideObjectionInput = z.object({
  objectionId: id(),
  outcome: z.enum(['UPHELD', 'REJECTED'], { error: '请选结果' }),
  reason: text(4, REASON_MOST),
});

export const withdrawObjectionInput = z.object({ objectionId: id() });
