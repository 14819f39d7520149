import type { State } from '@/components/ui/status-text';
import type { MerchantState } from '@/lib/alliance/merchant/types';
import type { OfferState } from '@/lib/alliance/offer/types';
import type { TermsState } from '@/lib/alliance/terms/types';
import { dayOf, timeOf } from '@/lib/platform/clock';

export const MERCHANT_MARKS: Record<MerchantState, State> = {
  APPLIED: 'wait',
  ADMITTED: 'ok',
  REJECTED: 'back',
  SUSPENDED: 'back',
  LEFT: 'off',
};

export const OFFER_MARKS: Record<OfferState, State> = {
  OPEN: 'ok',
  CLOSED: 'off',
  SOLD_OUT: 'back',
  NOT_YET: 'wait',
  OVER: 'off',
};

export const TERMS_MARKS: Record<TermsState, State> = {
  OFFERED: 'wait',
  IN_FORCE: 'ok',
  ENDED: 'off',
  DECLINED: 'off',
};

/** A day of a calendar in full: 2026年11月24日. */
export function sayWholeDay(day: string): string {
  const [year, month, date] = day.split('-').map(Number);
  return `${year}年${month}月${date}日`;
}

/** A moment in full: 2026年11月24日 10:05. */
export function sayMoment(at: Date): string {
  return `${sayWholeDay(dayOf(at))} ${timeOf(at)}`;
}

/** Pieces left, as a person says it. */
export function sayStock(stock: number | null): string {
  return stock === null ? '不限件数' : `还有 ${stock} 件`;
}
