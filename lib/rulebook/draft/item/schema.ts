import { z } from 'zod';
import { flag, id, list, optionalId, optionalText, text, whole } from '@/lib/platform/form-shape';
import type { ItemUnit } from '../../types';
import { DEDUCTION_CAP_MOST, DEDUCTION_POINTS_MOST } from '../../validate';
import { moveInput } from '../category/schema';
import { optionalWhole } from '../schema';

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
  .superRefine((item, ctx) => {
    const say = (path: string, message: string) => ctx.addIssue({ code: 'custom', path: [path], message });
    const steps = stepsOf(item);
    const isDeduction = item.kind === 'DEDUCTION';
    const size = steps[0]?.points ?? item.points;
    const largest = steps.at(-1)?.points ?? size ?? 0;
    if (size === null) return say('points', '请填几分');
    if (steps.some((step) => step.name === '' || step.points === 0)) {
      return say('stepPoints', '每一级都要有名称和分');
    }
    if (steps.length === 1) return say('stepPoints', '只有一级不用分级，请去掉或者再加一级');
    if (steps.some((step, index) => index > 0 && step.points <= (steps[index - 1]?.points ?? 0))) {
      return say('stepPoints', '从低到高写，一级比一级多');
    }
    if (isDeduction && steps.length > 0) return say('stepPoints', '扣分不能分级，请每一级单独写一项');
    if (largest > item.capPoints) return say('capPoints', `一次有 ${largest} 分，封顶不能比它小`);
    if (isDeduction && largest > DEDUCTION_POINTS_MOST) {
      return say('points', `一次最多扣 ${DEDUCTION_POINTS_MOST} 分`);
    }
    if (isDeduction && item.capPoints > DEDUCTION_CAP_MOST) {
      return say('capPoints', `扣分的封顶最多 ${DEDUCTION_CAP_MOST} 分`);
    }
    if (isDeduction && item.subject === 'PERSON') return say('subject', '扣分记在户上，不记个人');
    if ((item.metricName === '') !== (item.metricUnit === '')) {
      say(item.metricName === '' ? 'metricName' : 'metricUnit', '名称和单位都填，或者都不填');
    }
  });

/** The scale as it was entered: rows of which neither part was filled are left out. */
export function stepsOf(item: {
  stepName: string[];
  stepPoints: (number | null)[];
}): { name: string; points: number }[] {
  const rows = Math.max(item.stepName.length, item.stepPoints.length);
  return Array.from({ length: rows }, (_, index) => ({
    name: item.stepName[index] ?? '',
    points: item.stepPoints[index] ?? 0,
  })).filter((step) => step.name !== '' || step.points !== 0);
}

export const itemInput = z.object({ itemId: id() });

export const moveItemInput = z.object({ itemId: id(), ...moveInput });
