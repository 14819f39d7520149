import type { Day } from '@/lib/platform/clock';
import type {
  OfferCategory,
  RedemptionFlow,
  RedemptionState,
  RefundSide,
} from '@/lib/platform/generated/enums';

export type {
  OfferCategory,
  RedemptionFlow,
  RedemptionState,
  RefundSide,
} from '@/lib/platform/generated/enums';

/** An offer as a shop's counter shows it: in all of its villages together. */
export interface CounterOffer {
  id: string;
  title: string;
  category: OfferCategory;
  /** the villages may have agreed on different points: least and most */
  points: number;
  pointsMost: number;
  photoId: string | null;
}

/** What a shop may take points with today. */
export interface CounterView {
  /** villages whose points it takes; `stopWhy` while one has stopped all taking, null else */
  villages: { id: string; name: string; stopWhy: string | null }[];
  offers: CounterOffer[];
}

/** A redemption in a list: of a shop or of a household. */
export interface RedemptionLine {
  id: string;
  villageId: string;
  flow: RedemptionFlow;
  state: RedemptionState;
  /** '' for an amount */
  title: string;
  points: number;
  askedPoints: number;
  receipt: string;
  householdCode: string;
  merchantName: string;
  madeAt: Date;
  postedAt: Date | null;
  heldUntil: Date | null;
  refundSide: RefundSide | null;
}

/** One redemption with everything its two sides may know of it. */
export interface RedemptionView extends RedemptionLine {
  merchantId: string;
  villageName: string;
  /** one of the fixed words, and what was written beside it */
  refundWhy: string;
  refundNote: string;
  endedAt: Date | null;
  endReason: string;
  endNote: string;
}

/** The points of a list of redemptions. */
export interface DaySum {
  count: number;
  points: number;
}

/** What a resident picks at the shop's shelf. */
export interface ShelfView {
  merchantId: string;
  merchantName: string;
  /** null: an amount */
  offer: ShelfOffer | null;
  /** most points in one go; null: no limit */
  onceMost: number | null;
  balance: number;
}

export interface ShelfOffer {
  id: string;
  title: string;
  note: string;
  points: number;
  photoId: string | null;
  /** pieces left; null: not counted */
  stock: number | null;
}

/** A voucher as the shop sees it before it takes it: nothing of the household but its code. */
export interface VoucherAtCounter {
  code: string;
  buys: string;
  points: number;
  expiresOn: Day;
  state: 'ISSUED' | 'REDEEMED' | 'EXPIRED' | 'CANCELLED';
  householdCode: string;
  villageName: string;
}

/** What became of the code that a phone shows. */
export interface CodeNews {
  id: string;
  state: RedemptionState;
  merchantName: string;
  title: string;
  points: number;
  askedPoints: number;
  receipt: string;
  /** seconds in which it can still be answered; 0 when it can't */
  secondsLeft: number;
}

/** What a household pays without a word more. */
export interface FreeLimit {
  /** its own; null: as each shop's terms say */
  points: number | null;
  /** the terms in its village: least and most; null where there are none */
  terms: { least: number; most: number } | null;
}

/** A line of what a shop has just taken, as its phone is told. */
export interface ShopNewsLine {
  id: string;
  state: RedemptionState;
  title: string;
  points: number;
  receipt: string;
  householdCode: string;
  /** 14:05 */
  time: string;
}

/** What a shop's phone is told each few seconds. */
export interface ShopNews {
  ok: true;
  /** ask after this moment next time */
  at: string;
  /** paid or ordered by residents themselves, oldest first */
  rung: ShopNewsLine[];
  today: DaySum;
  latest: ShopNewsLine[];
}
