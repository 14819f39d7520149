import { z } from 'zod';
import { type Day, parseDay } from './clock';

// Shapes that read the same value from JSON and from a plain form, where everything is a string. They refuse
// what would break something later: NUL, lone surrogates, control characters.

/** Full-width digits and signs as a Chinese keyboard types them, brought to ASCII. */
function narrow(text: string): string {
  return text
    .replace(/[\uff10-\uff19]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/[．。]/g, '.')
    .replace(/[－—−]/g, '-');
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are just what is looked for
const UNPRINTABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200b\u202a-\u202e\u2066-\u2069\ufeff]/;

/** Text, trimmed, NFC; `most` counts characters as a person does (𠮷 is one). */
export function text(least: number, most: number) {
  return z
    .string({ error: '请填写文字' })
    .refine((value) => value.isWellFormed(), { error: '有读不出来的字符，请删掉重填' })
    .transform((value) => value.normalize('NFC').replace(/\r\n?/g, '\n').trim())
    .refine((value) => !UNPRINTABLE.test(value), { error: '有看不见的字符，请删掉重填' })
    .refine((value) => [...value].length >= least, {
      error: least === 1 ? '请填写' : `至少 ${least} 个字`,
    })
    .refine((value) => [...value].length <= most, { error: `最多 ${most} 个字` });
}

/** Text that may be missing or empty; then `''`. */
export function optionalText(most: number) {
  return text(0, most).optional().default('');
}

/** A whole number, from a number or from digits, full-width ones too. */
export function whole(least: number, most: number) {
  return z
    .union([z.number(), z.string().transform((value) => narrow(value).trim())], { error: '请填数字' })
    .refine((value) => typeof value === 'number' || /^[+-]?\d{1,15}$/.test(value), { error: '请填整数' })
    .transform(Number)
    .refine((value) => Number.isSafeInteger(value), { error: '请填整数' })
    .refine((value) => value >= least && value <= most, { error: `请填 ${least} 到 ${most} 之间的数` });
}

/** A decimal as text, at most three places: what a metric is measured in. Empty is undefined. */
export function optionalDecimal(most: number) {
  return z
    .union([z.number().transform(String), z.string()], { error: '请填数字' })
    .optional()
    .transform((value) => (value === undefined ? '' : narrow(value).trim()))
    .refine((value) => value === '' || /^\d{1,9}(\.\d{1,3})?$/.test(value), {
      error: '请填数字，最多三位小数',
    })
    .refine((value) => Number(value) <= most, { error: `不能超过 ${most}` })
    .transform((value) => (value === '' ? undefined : value));
}

/** A calendar day that exists. */
export function day() {
  return z.string({ error: '请选日期' }).transform((value, ctx): Day => {
    const parsed = parseDay(narrow(value).trim());
    if (parsed) return parsed;
    ctx.issues.push({ code: 'custom', message: '日期不对', input: value });
    return z.NEVER;
  });
}

/** An id in its canonical form. */
export function id() {
  return z
    .uuid({ error: '编号不对' })
    .refine((value) => value === value.toLowerCase(), { error: '编号不对' });
}

/** An id that may be missing or, from a form, empty. */
export function optionalId() {
  return z
    .union([z.literal(''), id()], { error: '编号不对' })
    .optional()
    .transform((value) => (value === '' ? undefined : value));
}

/** A list: from JSON an array; from a form none, one or several values. */
export function list<T extends z.ZodType>(of: T, most: number) {
  return z.preprocess(
    (value) => (value === undefined || value === '' ? [] : Array.isArray(value) ? value : [value]),
    z.array(of).max(most, { error: `最多 ${most} 个` }),
  );
}

/** A checkbox or a boolean. */
export function flag() {
  return z
    .union([z.boolean(), z.enum(['on', 'off', '1', '0', 'true', 'false', ''])], { error: '请重新选择' })
    .optional()
    .transform((value) => value === true || value === 'on' || value === '1' || value === 'true');
}

/** A mainland mobile number, eleven digits; spaces and full-width digits forgiven. */
export function phone() {
  return z
    .string({ error: '请填手机号' })
    .transform((value) =>
      narrow(value)
        .replace(/[\s-]/g, '')
        .replace(/^\+?86(?=1\d{10}$)/, ''),
    )
    .refine((value) => /^1[3-9]\d{9}$/.test(value), { error: '手机号应是 11 位数字' });
}
