import { z } from 'zod';
import { flag, id, list, optionalId, optionalText, text, whole } from '@/lib/platform/form-shape';
import type { ItemUnit } from '../../types';
import { moveInput } from '../category/schema';
import { optionalWhole } from '../schema';
import { itemFaults } from './rules';

/** Steps a scale may have. */
export const STEPS_MOST = 8;

/** Units as they are said, where the form gives no other word. */
export const UNIT_NAMES: Record<ItemUnit, string> = {
  TIME: '次',
  HOUR: '小时',
  WEEK: '周',
  MONTH: '月',
  SEASON: '季',
  YEAR: '年',
  PLACE: '处',
  CASE: '件',
  HONOUR: '项',
  PERSON_TIME: '人次',
};

const UNITS = Object.keys(UNIT_NAMES) as [ItemUnit, ...ItemUnit[]];

export const putItemInput = z
  .object({
    versionId: id(),
    /** empty: a new one */
    itemId: optionalId(),
    categoryId: id(),
    name: text(2, 60),
    kind: z.enum(['AWARD', 'DEDUCTION'], { error: '请选加分还是扣分' }),
    /** without a sign */
    points: optionalWhole(1, 1000),
    unit: z.enum(UNITS, { error: '请选按什么算' }),
    unitName: optionalText(6),
    subject: z.enum(['HOUSEHOLD', 'PERSON'], { error: '请选记给谁' }),
    capPoints: whole(1, 10_000),
    capPer: z.enum(['MONTH', 'QUARTER', 'YEAR'], { error: '请选按月、按季还是按年' }),
    evidence: text(1, 100),
    photo: z.enum(['REQUIRED', 'OPTIONAL', 'NONE'], { error: '请选一样' }),
    metricName: optionalText(20),
    metricUnit: optionalText(6),
    warnFirst: flag(),
    restoredWhenRepaired: flag(),
    stepName: list(optionalText(20), STEPS_MOST),
    stepPoints: list(optionalWhole(1, 1000), STEPS_MOST),
  })
  .superRefine(
    (item, ctx) => {
      for (const [field, message] of itemFaults(item)) {
        ctx.addIssue({ code: 'custom', path: [field], message });
      }
    },
    // beside what single fields were refused for, so that the form marks all at once
    { when: ({ value }) => typeof value === 'object' && value !== null },
  );

export const itemInput = z.object({ itemId: id() });

export const moveItemInput = z.object({ itemId: id(), ...moveInput });
