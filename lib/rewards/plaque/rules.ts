import type { Day } from '@/lib/platform/clock';

// Codes of certificates: Crockford's base 32, twenty characters, 100 bits. No I, L, O and U, so that one can be read
// out and typed; what people type instead is understood.

export const CERTIFICATE_ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
export const CERTIFICATE_CHARACTERS = 20;

const CODE = /^[0-9A-HJKMNP-TV-Z]{20}$/;

/** `text` as a certificate's code, forgiving small letters, hyphens and O, I, L; null when it is none. */
export function parseCertificateCode(text: string): string | null {
  const code = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s-]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
  return CODE.test(code) ? code : null;
}

/** A code as it is printed, in fours: 7Q2M-…. */
export function groupCertificateCode(code: string): string {
  return code.match(/.{1,4}/g)?.join('-') ?? code;
}

const DIGITS = '〇一二三四五六七八九';

/** A number up to 31 in Chinese: 二十三. */
function sayNumber(number: number): string {
  const tens = Math.floor(number / 10);
  const ones = number % 10;
  const first = tens === 0 ? '' : tens === 1 ? '十' : `${DIGITS[tens]}十`;
  return `${first}${ones === 0 ? '' : DIGITS[ones]}`;
}

/** A day as certificates write it: 二〇二六年十月十六日. */
export function sayDayFormally(day: Day): string {
  const year = [...day.slice(0, 4)].map((digit) => DIGITS[Number(digit)]).join('');
  return `${year}年${sayNumber(Number(day.slice(5, 7)))}月${sayNumber(Number(day.slice(8, 10)))}日`;
}
