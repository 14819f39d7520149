import type { Day, Quarter } from '@/lib/platform/clock';
import type { VoucherState } from '@/lib/platform/generated/enums';

export type { VoucherState } from '@/lib/platform/generated/enums';

/** WAITING: for the supervisor. DROPPED: taken back before it was confirmed. */
export type BatchState = 'WAITING' | 'CONFIRMED' | 'DROPPED';

export type VoucherCounts = Record<VoucherState, number>;

/** A batch as the office sees it, without codes. */
export interface BatchView {
  id: string;
  listId: string;
  quarter: Quarter;
  buys: string;
  /** what the village pays the merchant for each, in points */
  points: number;
  expiresOn: Day;
  isWhole: boolean;
  state: BatchState;
  issuedById: string;
  issuedBy: string;
  issuedAt: Date;
  /** who confirmed or dropped it; '' while it waits */
  decidedBy: string;
  decidedAt: Date | null;
  droppedWhy: string;
  counts: VoucherCounts;
}

/** A voucher of a batch, without its code. */
export interface VoucherLine {
  id: string;
  householdId: string;
  householdCode: string;
  headName: string;
  state: VoucherState;
  endedAt: Date | null;
  endedBy: string;
  endReason: string;
}

/** A voucher as its own household holds it. */
export interface OwnVoucher {
  id: string;
  /** null when it can't be used any more */
  code: string | null;
  buys: string;
  expiresOn: Day;
  state: VoucherState;
  endedOn: Day | null;
  endReason: string;
}

/** A voucher on the sheet to cut. */
export interface SheetVoucher {
  id: string;
  code: string;
  householdCode: string;
  /** masked */
  name: string;
}
