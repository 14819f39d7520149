import { z } from 'zod';
import { id } from '@/lib/platform/form-shape';

/** Marks one message as read, or with `all` that one and every older one: what arrived meanwhile stays new. */
export const markMessagesReadInput = z.object({
  messageId: id(),
  which: z.enum(['one', 'all'], { error: '请重新选择' }),
});
