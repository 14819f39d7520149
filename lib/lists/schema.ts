import { z } from 'zod';
import { id, text } from '@/lib/platform/form-shape';

// Shapes of what comes in about lists; forms and the server share them.

export const WITHDRAW_REASON_MOST = 100;

export const draftListInput = z.object({
  kind: z.enum(['RED', 'BLACK'], { error: '请选红榜还是黑榜' }),
  subject: z.enum(['HOUSEHOLD', 'RESIDENT', 'PLACE'], { error: '请选户、个人还是地段' }),
  period: z.string({ error: '请选季度' }).regex(/^20\d\dQ[1-4]$/, { error: '请选季度' }),
});

export const checkListInput = z.object({ listId: id() });
export const publishListInput = z.object({ listId: id() });
export const withdrawListInput = z.object({ listId: id(), reason: text(2, WITHDRAW_REASON_MOST) });
