import { randomInt } from 'node:crypto';
import { checkDigit, VOUCHER_DIGITS } from './rules';

/** A fresh code of a voucher: eleven digits from the system's generator and the check digit. */
export function drawVoucherCode(): string {
  let digits = '';
  while (digits.length < VOUCHER_DIGITS - 1) digits += String(randomInt(10));
  return digits + checkDigit(digits);
}
