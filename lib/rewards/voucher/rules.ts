import type { Day } from '@/lib/platform/clock';
import type { VoucherState } from './types';

// Codes of vouchers: eleven random digits and a check digit by ISO 7064, MOD 11,10, which notices every wrong digit
// and nearly every swap of two neighbours. prisma/functions/reward_voucher.sql says the same; a test holds the two
// together.

export const VOUCHER_DIGITS = 12;

/** The check digit of eleven digits. */
export function checkDigit(digits: string): string {
  return String((11 - productOf(digits)) % 10);
}

/** Whether twelve digits are a voucher's code as far as the check digit tells. */
export function isVoucherCode(code: string): boolean {
  return /^[0-9]{12}$/.test(code) && (productOf(code.slice(0, -1)) + Number(code.at(-1))) % 10 === 1;
}

function productOf(digits: string): number {
  let product = 10;
  for (const digit of digits) product = (((product + Number(digit)) % 10 || 10) * 2) % 11;
  return product;
}

/** A code as it is shown, in fours: 4071 8826 5530. */
export function groupVoucherCode(code: string): string {
  return code.match(/.{1,4}/g)?.join(' ') ?? code;
}

/** What may become of a voucher. The same stands in reward_voucher.sql, which enforces it. */
export const VOUCHER_STEPS: Record<VoucherState, readonly VoucherState[]> = {
  ISSUED: ['REDEEMED', 'EXPIRED', 'CANCELLED'],
  REDEEMED: [],
  EXPIRED: [],
  CANCELLED: [],
};

/** Whether a voucher's last day is over. */
export function isPast(expiresOn: Day, today: Day): boolean {
  return expiresOn < today;
}

/** A voucher's state as it is to be read today, whether or not the daily job has been here. */
export function stateOn(state: VoucherState, expiresOn: Day, today: Day): VoucherState {
  return state === 'ISSUED' && isPast(expiresOn, today) ? 'EXPIRED' : state;
}

/** A state as it is said. */
export const VOUCHER_STATE_NAMES: Record<VoucherState, string> = {
  ISSUED: '没用',
  REDEEMED: '用掉了',
  EXPIRED: '过期了',
  CANCELLED: '作废了',
};
