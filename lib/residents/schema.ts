import { z } from 'zod';
import { addDays, dayOf, now } from '@/lib/platform/clock';
import * as shape from '@/lib/platform/form-shape';
import { Relation } from '@/lib/platform/generated/enums';
import { isName, NAME_CHARACTERS_MOST, tidyName } from './rules';

/** A person's name: one to twenty letters of any script, rare ones too; `·` and a space between its parts. */
export function personName() {
  return shape
    .text(1, NAME_CHARACTERS_MOST + 10)
    .transform(tidyName)
    .refine((value) => [...value].length <= NAME_CHARACTERS_MOST, { error: '姓名最多 20 个字' })
    .refine(isName, { error: '姓名只能写文字，中间可以用“·”，不要写数字和标点' });
}

/** The year someone was born in; may be left open. */
export function birthYear() {
  return z
    .union([z.literal(''), shape.whole(1900, 2100)], { error: '请填四位数的年份' })
    .optional()
    .transform((value) => (value === '' ? undefined : value))
    .refine((value) => value === undefined || value <= Number(dayOf(now()).slice(0, 4)), {
      error: '出生年份还没到',
    });
}

/** A phone number that may be left empty. */
export function optionalPhone() {
  return z
    .union([z.literal(''), shape.phone()], { error: '手机号应是 11 位数字' })
    .optional()
    .transform((value) => (value === '' ? undefined : value));
}

const relation = z.enum(Relation, { error: '请选和户主的关系' });

export const addHouseholdInput = z.object({
  groupId: shape.id(),
  doorNumber: shape.optionalText(20),
  headName: personName(),
  birthYear: birthYear(),
  phone: optionalPhone(),
});

export const changeHouseholdInput = z.object({
  householdId: shape.id(),
  /** what the form showed (shownOf): an empty box says nothing by itself, since it arrives as no */
  shown: shape.optionalText(30),
  doorNumber: shape.optionalText(20),
  isFiveGuarantee: shape.flag(),
  isDisabled: shape.flag(),
  isAbsent: shape.flag(),
});

export const addResidentInput = z.object({
  householdId: shape.id(),
  name: personName(),
  relation,
  birthYear: birthYear(),
  phone: optionalPhone(),
});

export const changeResidentInput = z.object({
  residentId: shape.id(),
  name: personName(),
  relation,
  birthYear: birthYear(),
});

export const residentInput = z.object({ residentId: shape.id() });

export const nothingInput = z.object({});

/** An empty number takes the phone away. */
export const linkPhoneInput = z.object({ residentId: shape.id(), phone: optionalPhone() });

export const declareKinInput = z.object({ residentId: shape.id(), otherId: shape.id() });

export const endKinInput = z.object({ kinshipId: shape.id() });

/** The roles a secretary gives; who is secretary is decided above the village. */
export const APPOINTABLE = ['STEWARD', 'VERIFIER', 'SUPERVISOR'] as const;

export const appointInput = z.object({
  residentId: shape.id(),
  role: z.enum(APPOINTABLE, { error: '请选一个职务' }),
  from: shape.day(),
  until: z
    .union([z.literal(''), shape.day()], { error: '请选日期' })
    .optional()
    .transform((value) => (value === '' ? undefined : value)),
});

export const endAppointmentInput = z.object({ appointmentId: shape.id() });

/** The furthest an appointment may begin ahead, in days. */
export const APPOINT_AHEAD_DAYS_MOST = 366;

/** Whether an appointment may begin on that day: from a year ago to a year ahead. */
export function isAppointable(from: string, today: ReturnType<typeof dayOf>): boolean {
  return from >= addDays(today, -APPOINT_AHEAD_DAYS_MOST) && from <= addDays(today, APPOINT_AHEAD_DAYS_MOST);
}
