import { z } from 'zod';
import { flag, id, list, optionalText, text, whole } from '@/lib/platform/form-shape';
import { ANSWER_DAYS_LEAST, PUBLICITY_DAYS_LEAST } from '../validate';
import { settingFaults } from './rules';

/** A whole number that may be left out: empty is null, off. */
export function optionalWhole(least: number, most: number) {
  return z
    .union([z.null(), z.literal(''), whole(least, most)], {
      error: `请填 ${least} 到 ${most} 之间的数，或者不填`,
    })
    .optional()
    .transform((value) => (value === '' || value === undefined ? null : value));
}

export const PRESET_KEYS = ['RED_BLACK', 'RESOURCES', 'MARKET'] as const;

export const draftRulebookInput = z.object({
  /** a preset, or the version to begin from */
  from: z.union([z.enum(PRESET_KEYS), id()], { error: '请选从哪里起草' }),
});

export const versionInput = z.object({ versionId: id() });

export const dropRulebookInput = z.object({ versionId: id(), why: optionalText(200) });

export const changeCovenantInput = z.object({
  versionId: id(),
  title: text(2, 40),
  covenant: optionalText(5000),
});

export const changeSettingsInput = z
  .object({
    versionId: id(),
    secondThreshold: optionalWhole(1, 1000),
    householdMonthCap: optionalWhole(1, 10_000),
    budgetPerQuarter: optionalWhole(1, 1_000_000),
    capPolicy: z.enum(['AWARD_REST', 'REFUSE'], { error: '请选一样' }),
    referenceFen: whole(1, 1000),
    yearEndPolicy: z.enum(['CLEAR', 'CARRY', 'CARRY_UP_TO'], { error: '请选一样' }),
    yearEndCarryMost: optionalWhole(1, 100_000),
    starThresholds: list(optionalWhole(1, 100_000), 5).transform((all) => all.filter((one) => one !== null)),
    outstandingMost: optionalWhole(1, 10_000_000),
    redTop: optionalWhole(1, 100),
    redThreshold: optionalWhole(1, 10_000),
    redDays: whole(7, 1000),
    blackListOn: flag(),
    blackThreshold: whole(1, 1000),
    blackDays: whole(1, 180),
    blackAudience: z.enum(['VILLAGE', 'EVERYONE'], { error: '请选一样' }),
    publicityDays: whole(PUBLICITY_DAYS_LEAST, 60),
    answerDays: whole(ANSWER_DAYS_LEAST, 60),
    objectionDays: whole(3, 30),
    warningDays: whole(3, 60),
  })
  .superRefine(
    (settings, ctx) => {
      for (const [field, message] of settingFaults(settings)) {
        ctx.addIssue({ code: 'custom', path: [field], message });
      }
    },
    // beside what single fields were refused for, so that the form marks all at once
    { when: ({ value }) => typeof value === 'object' && value !== null },
  );
