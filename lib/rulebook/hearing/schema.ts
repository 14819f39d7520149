import { z } from 'zod';
import { day, id, text } from '@/lib/platform/form-shape';

export const openHearingInput = z.object({
  versionId: id(),
  /** its last day */
  until: day(),
});

export const commentInput = z.object({
  versionId: id(),
  /** the item it is about; empty: the whole */
  itemCode: z
    .union([z.literal(''), z.string().regex(/^[A-Z][A-Z_]{1,19}-\d{2}$/, '请重新选项目')])
    .optional()
    .default(''),
  body: text(2, 500),
});

export const answerCommentInput = z.object({ commentId: id(), answer: text(2, 500) });
