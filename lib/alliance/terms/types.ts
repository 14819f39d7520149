/** Terms between a village and a merchant, as both sides see them. */
export interface TermsView {
  villageId: string;
  villageName: string;
  villageCode: string;
  id: string;
  merchantId: string;
  merchantName: string;
  isCharity: boolean;
  /** 分 of money for a point; 0 for a charity */
  referenceFen: number;
  settlementDay: number;
  onceMost: number | null;
  householdMonthMost: number | null;
  freeMost: number;
  nearGroupId: string | null;
  nearGroupName: string;
  signedByName: string;
  signedAt: Date;
  acceptedByName: string;
  acceptedAt: Date | null;
  endedByName: string;
  endedAt: Date | null;
  endReason: string;
}

export type TermsState = 'OFFERED' | 'IN_FORCE' | 'ENDED' | 'DECLINED';

/** A merchant of the township as the village's office lists it. */
export interface VillageMerchantLine {
  id: string;
  name: string;
  kind: string;
  isCharity: boolean;
  isSuspended: boolean;
  /** in force, offered to the shop, or null */
  terms: 'IN_FORCE' | 'OFFERED' | null;
  openOffers: number;
}
