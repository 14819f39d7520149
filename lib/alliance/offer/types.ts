import type { Day } from '@/lib/platform/clock';
import type { OfferCategory } from '@/lib/platform/generated/enums';

export type { OfferCategory } from '@/lib/platform/generated/enums';

export const CATEGORY_NAMES: Record<OfferCategory, string> = {
  DAILY_GOODS: '日常用品',
  DINING: '餐饮消费',
  CLOTHING_BEAUTY: '服饰美容',
  TRAINING: '校外培训',
  SERVICE: '便民服务',
  VOLUNTEER: '志愿服务',
};

export const CATEGORIES = Object.keys(CATEGORY_NAMES) as OfferCategory[];

/** OPEN can be taken; the others say why not. */
export type OfferState = 'OPEN' | 'CLOSED' | 'SOLD_OUT' | 'NOT_YET' | 'OVER';

export const OFFER_STATE_NAMES: Record<OfferState, string> = {
  OPEN: '开放',
  CLOSED: '停了',
  SOLD_OUT: '兑完',
  NOT_YET: '没到时间',
  OVER: '过期',
};

/** What is said of an offer wherever it stands. */
export interface OfferFacts {
  id: string;
  category: OfferCategory;
  title: string;
  note: string;
  points: number;
  perHouseholdMonth: number | null;
  validFrom: Day;
  validUntil: Day | null;
  photoId: string | null;
}

/** An offer in one village. */
export interface OfferInVillage {
  villageId: string;
  villageName: string;
  villageCode: string;
  /** pieces left; null: not counted */
  stock: number | null;
  state: OfferState;
  /** the shop has accepted terms there */
  hasTerms: boolean;
}

export interface ShopOffer extends OfferFacts {
  villages: OfferInVillage[];
}

/** A village that a shop may offer something in. */
export interface ShopVillage {
  id: string;
  code: string;
  name: string;
}
