import type { Day } from '@/lib/platform/clock';
import type { MerchantState } from '@/lib/platform/generated/enums';

/** What was taken in a stretch of days. Given back counts on the day it was given back, as in the ledger. */
export interface Takings {
  /** times points were taken */
  sales: number;
  points: number;
  /** times points were given back: undone or refunded */
  backSales: number;
  backPoints: number;
}

/** The part of sales that used points, on days the shop counted its other sales, and on no others. */
export interface PointShare {
  /** days counted */
  days: number;
  firstDay: Day;
  lastDay: Day;
  /** sales with points on these days that stand */
  pointSales: number;
  otherSales: number;
}

export interface MonthFigures extends Takings {
  /** 2026-11 */
  month: string;
  /** null where no day was counted */
  share: PointShare | null;
}

/** An offer by how often it was taken; '' is an amount without an offer. */
export interface OfferCount {
  title: string;
  isVoucher: boolean;
  sales: number;
  points: number;
}

export interface VillageFigures extends Takings {
  villageId: string;
  name: string;
  code: string;
  /** 分 of money by the terms of each sale, what was given back taken off */
  fen: number;
}

/** A day's own count, as it was typed last. */
export interface OtherSales {
  day: Day;
  otherSales: number;
}

/** How a shop stands: whether it takes points, and of whom. */
export interface ShopStanding {
  state: MerchantState;
  isCharity: boolean;
  /** villages whose terms are in force */
  villages: { code: string; name: string }[];
  /** villages whose terms wait for the shop's word */
  offered: string[];
}

export interface ShopHome {
  today: Takings;
  /** orders set aside, to be picked up */
  openOrders: { orders: number; points: number };
  /** the last twelve, oldest first, the current one last */
  months: MonthFigures[];
  /** of the last ninety days, best first */
  offers: OfferCount[];
  /** in the last ninety days: households that paid here, and those that did so twice or more */
  households: { all: number; repeat: number };
  /** of today and yesterday, where typed */
  counted: OtherSales[];
}
