import { z } from 'zod';
import * as shape from '@/lib/platform/form-shape';

export const requestCodeInput = z.object({ phone: shape.phone() });

export const chooseHomeInput = z.object({ villageId: shape.id() });
export const chooseDeskInput = z.object({ villageId: shape.id() });
export const chooseShopInput = z.object({ merchantId: shape.id() });

export const endSessionInput = z.object({ sessionId: shape.id() });

/** Checked for length where it is used (passwords.ts): it is not trimmed and may hold anything that can be typed. */
export const setPasswordInput = z.object({
  password: z
    .string({ error: '请填新密码' })
    .refine((value) => value.isWellFormed(), { error: '有读不出来的字符，请重填' })
    .refine((value) => [...value].length >= 10, { error: '密码至少 10 个字' })
    .refine((value) => value.length <= 128, { error: '密码太长了' })
    .refine((value) => new Set(value).size >= 4, { error: '密码太简单了，请换几个不同的字' }),
});

export const nothingInput = z.object({});
