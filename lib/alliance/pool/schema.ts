import { z } from 'zod';
import { day, id, text } from '@/lib/platform/form-shape';
import { fenOfYuan, POOL_SOURCES } from './rules';

// Shapes of what comes in about the pool; forms and the server share them. Money comes as yuan, as people write it.

export const POOL_NOTE_MOST = 60;
export const STOP_WHY_MOST = 100;
/** 分 of money in one entry: ten million yuan */
const FEN_MOST = 1_000_000_000;

/** Yuan as people write them, to 分 between two sums. */
function yuan(leastFen: number) {
  return z
    .union([z.number().transform(String), z.string()], { error: '请填多少元' })
    .transform(fenOfYuan)
    .refine((fen) => fen !== null, { error: '请填多少元，最多到分，比如 2000 或者 1250.50' })
    .transform(Number)
    .refine((fen) => fen >= leastFen && fen <= FEN_MOST, { error: '数目太小或者太大，请再看一遍' });
}

export const recordPoolEntryInput = z.object({
  source: z.enum(POOL_SOURCES, { error: '请选钱从哪里来' }),
  yuan: yuan(1),
  onDay: day(),
  note: text(2, POOL_NOTE_MOST),
});
export const correctPoolEntryInput = z.object({ entryId: id(), reason: text(2, POOL_NOTE_MOST) });
/** empty takes the brake off */
export const setPoolLeastInput = z.object({
  yuan: z
    .union([z.literal('').transform(() => null), yuan(0)], { error: '请填多少元，不设就留空' })
    .optional(),
});
export const stopAllianceInput = z.object({ reason: text(2, STOP_WHY_MOST) });
export const resumeAllianceInput = z.object({});
