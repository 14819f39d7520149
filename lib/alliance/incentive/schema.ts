import { z } from 'zod';
import { day, id, list, optionalDecimal, optionalText, text } from '@/lib/platform/form-shape';
import { INCENTIVE_KINDS } from './rules';

// Shapes of what comes in about incentives; forms and the server share them.

export const INCENTIVE_TITLE_MOST = 20;
export const INCENTIVE_NOTE_MOST = 200;
export const INCENTIVE_REASON_MOST = 100;
/** of one incentive */
export const INCENTIVE_YUAN_MOST = 10_000_000;

/** Yuan as people type them; becomes 分, null when nothing was typed. */
const yuan = optionalDecimal(INCENTIVE_YUAN_MOST)
  .refine((value) => value === undefined || (/^\d+(\.\d{1,2})?$/.test(value) && Number(value) > 0), {
    error: '请填元，最多两位小数',
  })
  .transform((value) => (value === undefined ? null : Math.round(Number(value) * 100)));

const optionalDay = z
  .union([z.literal(''), day()], { error: '日期不对' })
  .optional()
  .transform((value) => (value ? value : null));

export const giveIncentiveInput = z.object({
  merchantId: id(),
  kind: z.enum(INCENTIVE_KINDS, { error: '请选是哪一种' }),
  title: optionalText(INCENTIVE_TITLE_MOST),
  amount: yuan,
  fromDay: day(),
  untilDay: optionalDay,
  note: optionalText(INCENTIVE_NOTE_MOST),
  /** of its paper, at most one */
  photos: list(id(), 1),
});

export const revokeIncentiveInput = z.object({
  incentiveId: id(),
  reason: text(2, INCENTIVE_REASON_MOST),
});
