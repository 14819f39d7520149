import type { Day } from '@/lib/platform/clock';
import type { MerchantState } from '@/lib/platform/generated/enums';

export type { MerchantState } from '@/lib/platform/generated/enums';

export const MERCHANT_STATE_NAMES: Record<MerchantState, string> = {
  APPLIED: '等审核',
  ADMITTED: '在盟',
  REJECTED: '没有通过',
  SUSPENDED: '暂停',
  LEFT: '已退出',
};

/** A merchant in the township's list. */
export interface MerchantLine {
  id: string;
  name: string;
  kind: string;
  townshipName: string;
  state: MerchantState;
  isCharity: boolean;
  /** days that an application has waited */
  waitingDays: number;
  /** villages it has accepted terms with */
  villages: number;
  since: Date;
}

export interface MerchantPage {
  lines: MerchantLine[];
  counts: Record<MerchantState, number>;
  total: number;
  page: number;
  pages: number;
}

export interface MerchantStepView {
  id: string;
  state: MerchantState;
  why: string;
  /** null: the applicant */
  byName: string | null;
  at: Date;
}

/** One of a merchant's people. */
export interface ShopPersonView {
  personId: string;
  name: string;
  /** masked */
  phone: string;
  from: Day;
  isOwner: boolean;
}

/** A merchant with a village, as officials see it. */
export interface MerchantTermsLine {
  villageId: string;
  villageName: string;
  isAccepted: boolean;
  offers: number;
}

/** A merchant as its township sees it. */
export interface MerchantView {
  id: string;
  townshipId: string;
  townshipName: string;
  name: string;
  kind: string;
  address: string;
  openingHours: string;
  state: MerchantState;
  isCharity: boolean;
  contactName: string;
  /** masked; '' when there is none */
  contactPhone: string;
  frontPhotoId: string | null;
  createdAt: Date;
  steps: MerchantStepView[];
  people: ShopPersonView[];
  terms: MerchantTermsLine[];
  /** other applications and merchants of the township under the same number */
  sameNumber: { id: string; name: string; state: MerchantState }[];
}

/** What its own people see of a merchant's state. */
export interface MerchantStanding {
  id: string;
  name: string;
  kind: string;
  address: string;
  openingHours: string;
  townshipName: string;
  state: MerchantState;
  isCharity: boolean;
  frontPhotoId: string | null;
  ownerId: string | null;
  /** of the last step */
  why: string;
  since: Date | null;
}
