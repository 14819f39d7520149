import { z } from 'zod';
import { id } from '@/lib/platform/form-shape';

/**
 * Marks one message as read; with `open` goes on to the home of its village too, where what it tells of is to be seen; with
 * `all` marks that one and every older one: what arrived meanwhile stays new.
 */
export const markMessagesReadInput = z.object({
  messageId: id(),
  which: z.enum(['one', 'open', 'all'], { error: '请重新选择' }),
});
