import type { Day, Quarter } from '@/lib/platform/clock';

/** A plaque as the office and its household see it. */
export interface PlaqueView {
  id: string;
  /** 2026-012 */
  number: string;
  quarter: Quarter;
  awardedOn: Day;
  revokedOn: Day | null;
  revokedWhy: string;
  householdId: string;
  householdCode: string;
  /** in full: for the household itself and the office */
  headName: string;
}

/** All that a printed certificate says. */
export interface CertificateView extends PlaqueView {
  /** in the QR code */
  code: string;
  groupName: string;
  villageName: string;
  villageCode: string;
  townshipName: string;
  districtName: string;
  isDemo: boolean;
  versionNumber: number | null;
}

/** What anybody who has a certificate's code learns. A revoked one says no more than that it is. */
export type VerifiedCertificate =
  | { isValid: true; number: string; quarter: Quarter; awardedOn: Day; name: string; householdCode: string }
  | { isValid: false; number: string; revokedOn: Day };
