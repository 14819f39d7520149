import type { Day } from '@/lib/platform/clock';
import type { PayChannel, SettlementSide, StatementState } from '@/lib/platform/generated/enums';

export type { PayChannel, SettlementSide, StatementState } from '@/lib/platform/generated/enums';

/** What somebody should look at: prisma/functions/shop_settlement_open.sql. */
export type Hint = 'OVERDUE' | 'MISSED' | 'DENIED' | 'DISPUTE_SLOW' | 'MERCHANT_SLOW';

/**
 * A state with what its money says: SET_OFF is agreed, below zero, and comes off a later payment; BACK waits for the
 * merchant's word on money that it handed back, or on nothing that moved.
 */
export type StatementPhase = StatementState | 'SET_OFF' | 'BACK';

/** A statement as a line of a list. */
export interface StatementLineView {
  villageId: string;
  villageCode: string;
  villageName: string;
  id: string;
  merchantId: string;
  merchantName: string;
  /** 2026-11 */
  month: string;
  /** 1, 2 … of the month */
  number: number;
  state: StatementState;
  points: number;
  /** 分 of money; below zero the merchant owes it */
  fen: number;
  cutOff: Date;
  madeAt: Date;
  dueOn: Day;
  /** 分 of money of the payment that covers it, with others or alone; null before one does */
  paidFen: number | null;
  /** the merchant says that the money has not come, or that what is recorded isn't so */
  isMissed: boolean;
  hint: Hint | null;
  /** days that the hint has lasted */
  hintDays: number;
}

/** One posting of a statement, without the household's name. */
export interface PostingView {
  id: string;
  postedAt: Date;
  householdCode: string;
  /** the offer's name, '' for an amount */
  title: string;
  points: number;
  fen: number;
  /** when it was given back, which is a line of its own, in this statement or a later one */
  backAt: Date | null;
  disputedWhy: string;
  answer: string;
  /** what was said before it was disputed once more */
  first: { why: string; answer: string } | null;
}

/** A statement on which merchant and village don't agree, as their township sees it. */
export interface ContestedView
  extends Pick<
    StatementLineView,
    'id' | 'villageName' | 'merchantName' | 'month' | 'number' | 'state' | 'hint' | 'hintDays'
  > {
  /** those that were disputed */
  lines: PostingView[];
}

export interface NoteView {
  side: SettlementSide;
  body: string;
  by: string;
  at: Date;
}

export interface PaymentView {
  id: string;
  fen: number;
  paidOn: Day;
  channel: PayChannel;
  reference: string;
  slipPhotoId: string | null;
  paidBy: string;
  paidAt: Date;
  /** why it was replaced by the next one; '' for the last one */
  replacedWhy: string;
  notes: NoteView[];
}

/** Everything of one statement but its lines. */
export interface StatementView extends StatementLineView {
  /** who made it by hand; '' for the month's job */
  madeBy: string;
  agreedBy: string;
  agreedAt: Date | null;
  confirmedBy: string;
  confirmedAt: Date | null;
  lines: number;
  /** lines that wait for an answer */
  disputed: number;
  /** the payment that covers it first, then those it replaced, newest first */
  payments: PaymentView[];
  /** what the payment covers beside it */
  together: { id: string; month: string; number: number; fen: number }[];
}

/** What a merchant has taken in a village and no statement has yet. */
export interface UnstatedView {
  villageId: string;
  villageCode: string;
  villageName: string;
  merchantId: string;
  merchantName: string;
  lines: number;
  points: number;
  fen: number;
}

/** An agreed statement that waits to be paid or set off. */
export interface PayableView {
  id: string;
  month: string;
  number: number;
  points: number;
  fen: number;
  madeOn: Day;
  dueOn: Day;
}

/** Which statements a list is about: of a village's office, or of one shop in the villages it is in. */
export interface StatementScope {
  villageIds: readonly string[];
  /** null: all of the village */
  merchantId: string | null;
}

/** A table as it goes to a file: cells are text, numbers or nothing. */
export interface SheetTable {
  name: string;
  columns: { label: string; width: number; money?: boolean }[];
  rows: (string | number | null)[][];
  /** the last row, its sums */
  total: (string | number | null)[];
}

/** How a village of an office stands with its merchants. */
export interface VillageSettlement {
  villageId: string;
  code: string;
  name: string;
  townshipName: string;
  /** statements that are not paid yet */
  open: number;
  openFen: number;
  overdue: number;
  /** 分 of money of the overdue ones, and the most days */
  overdueFen: number;
  overdueDays: number;
  missed: number;
  slow: number;
}

/** Hints of a village, counted. */
export interface HintCount {
  hint: Hint;
  count: number;
  /** the first day of those that are overdue, or the day since which the oldest waits */
  oldest: Day;
}
