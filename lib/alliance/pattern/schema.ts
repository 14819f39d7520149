import { z } from 'zod';
import { id, optionalId, optionalText } from '@/lib/platform/form-shape';
import { PATTERN_KINDS } from './rules';

export const PATTERN_NOTE_MOST = 200;

const kind = z.enum(PATTERN_KINDS, { error: '请重新选择' });

export const openPatternsInput = z.object({});

export const markPatternSeenInput = z.object({
  merchantId: id(),
  householdId: optionalId(),
  kind,
  note: optionalText(PATTERN_NOTE_MOST),
});

export const markTownshipPatternSeenInput = z.object({
  villageId: id(),
  merchantId: id(),
  kind,
  note: optionalText(PATTERN_NOTE_MOST),
});
