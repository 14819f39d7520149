import type { MerchantState } from './types';

// The state machine of a merchant, as prisma/functions/shop_merchant.sql enforces it.

/** Which states a merchant may go to from one; a township's office takes each step. */
export const MERCHANT_WAYS: Record<MerchantState, readonly MerchantState[]> = {
  APPLIED: ['ADMITTED', 'REJECTED'],
  ADMITTED: ['SUSPENDED', 'LEFT'],
  SUSPENDED: ['ADMITTED', 'LEFT'],
  REJECTED: [],
  LEFT: [],
};

/** Whether a merchant in one state may come to another. */
export function mayBecome(from: MerchantState, to: MerchantState): boolean {
  return MERCHANT_WAYS[from].includes(to);
}

/** Whether the public may see a merchant: admitted, or suspended for a time. */
export function isShown(state: MerchantState): boolean {
  return state === 'ADMITTED' || state === 'SUSPENDED';
}

/** Money in 分 as yuan: 100 → 1, 85 → 0.85. */
export function sayYuan(fen: number): string {
  const yuan = (fen / 100).toFixed(2).replace(/\.?0+$/, '');
  return `${yuan} 元`;
}
