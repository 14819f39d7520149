import { z } from 'zod';
import type { Quarter } from '@/lib/platform/clock';
import { whole } from '@/lib/platform/form-shape';

// Shapes of what comes in about quarters and years.

function quarter() {
  return z
    .string({ error: '请选季度' })
    .regex(/^(19|20)\d{2}Q[1-4]$/, { error: '没有这个季度' })
    .transform((value) => value as Quarter);
}

export const openPublicityInput = z.object({ quarter: quarter() });
export const lockPeriodInput = z.object({ quarter: quarter() });
export const announceYearEndInput = z.object({ year: whole(2000, 2200) });
export const closeYearInput = z.object({ year: whole(2000, 2200) });
