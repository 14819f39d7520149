import type { RedemptionState, UndoReason } from './types';

/** A pay code, and the time to confirm what a shop asks for. */
export const MINUTE_SECONDS = 60;

/** An order is kept to the end of the third day after the one it was made on; held_until_of says the same. */
export const ORDER_DAYS = 3;

/** Open orders a household may have at a time; orders_most says the same. */
export const ORDERS_MOST = 5;

const REASONS: Record<UndoReason, string> = {
  WRONG_AMOUNT: '分数不对',
  WRONG_OFFER: '东西不对',
  WRONG_PERSON: '收错了人',
  NO_STOCK: '没有货了',
  CHANGED_MIND: '不要了',
  OTHER: '其他原因',
};

/** A reason as people and the public ledger say it; undo_reason_said says the same. */
export function sayReason(reason: UndoReason): string {
  return REASONS[reason];
}

/** The state of a redemption at a moment: what is over by the clock reads as over before a job has ended it. */
export function stateAt(
  row: { state: RedemptionState; madeAt: Date; heldUntil: Date | null },
  now: Date,
): RedemptionState {
  const isOver = (until: number) => now.getTime() >= until;
  if (row.state === 'ASKED' && isOver(row.madeAt.getTime() + MINUTE_SECONDS * 1000)) return 'LAPSED';
  if (row.state === 'HELD' && row.heldUntil && isOver(row.heldUntil.getTime())) return 'EXPIRED';
  return row.state;
}
