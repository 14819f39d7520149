import type { RedemptionFlow, RedemptionState, RefundSide } from '@/lib/platform/generated/enums';

export type { RedemptionFlow, RedemptionState, RefundSide };

/** Why points go back: one of five, because the public ledger says it. */
export const UNDO_REASONS = [
  'WRONG_AMOUNT',
  'WRONG_OFFER',
  'WRONG_PERSON',
  'NO_STOCK',
  'CHANGED_MIND',
  'OTHER',
] as const;
export type UndoReason = (typeof UNDO_REASONS)[number];

/** What a redemption has come to, as every command about one answers it (redemption_outcome in shop_take.sql). */
export interface RedemptionOutcome {
  /** the redemption's id */
  subject: string;
  villageId: string;
  state: RedemptionState;
  /** four digits, shown on both phones */
  receipt: string;
  /** taken, or held, or to be confirmed */
  points: number;
  /** what the shop asked for: more than `points` where the household had less */
  askedPoints: number;
  /** the offer's; '' for an amount */
  title: string;
  /** of an order: until when it is kept, ISO */
  heldUntil?: string;
}

/** A redemption as one of its two sides sees it. */
export interface RedemptionView extends Omit<RedemptionOutcome, 'subject'> {
  merchantName: string;
  /** how long ago it was made, and the moment in words: 今天 14:05 */
  secondsAgo: number;
  when: string;
}

/** A code that a phone shows. */
export interface PayCodeView {
  /** eight digits */
  code: string;
  expiresAt: Date;
  /** how long it is good from now */
  seconds: number;
}
