import type { Day } from '@/lib/platform/clock';
import type { OfferCategory, OfferState } from '../offer/types';

/** An offer as everybody sees it in a village. */
export interface PublicOffer {
  id: string;
  category: OfferCategory;
  title: string;
  note: string;
  points: number;
  /** pieces left; null: not counted */
  stock: number | null;
  perHouseholdMonth: number | null;
  validUntil: Day | null;
  photoId: string | null;
  state: OfferState;
}

/** A shop as everybody sees it in a village's list. */
export interface PublicShop {
  id: string;
  name: string;
  kind: string;
  address: string;
  openingHours: string;
  isCharity: boolean;
  frontPhotoId: string | null;
  nearGroupName: string;
  /** what it gives; in a search what of it was found */
  offers: PublicOffer[];
  offerCount: number;
}

export type ShopSort = 'near' | 'category';

export interface ShopFilter {
  category: OfferCategory | null;
  search: string;
  sort: ShopSort;
  page: number;
  /** the group of the reader's household */
  groupNumber: number | null;
}

export interface ShopPage {
  shops: PublicShop[];
  total: number;
  page: number;
  pages: number;
}

export interface HonourView {
  title: string;
  villageName: string;
  from: Day;
}

/** All that a shop's public page says. */
export interface PublicShopFacts {
  id: string;
  name: string;
  kind: string;
  address: string;
  openingHours: string;
  isCharity: boolean;
  isSuspended: boolean;
  frontPhotoId: string | null;
  townshipName: string;
  /** null: no terms in force with this village now */
  terms: {
    referenceFen: number;
    onceMost: number | null;
    householdMonthMost: number | null;
    nearGroupName: string;
  } | null;
}
