import type { Day } from '@/lib/platform/clock';
import type { IncentiveKind } from '@/lib/platform/generated/enums';

export type { IncentiveKind } from '@/lib/platform/generated/enums';

/** What a merchant receives, as it and the officials see it. */
export interface IncentiveView {
  id: string;
  merchantId: string;
  merchantName: string;
  isCharity: boolean;
  kind: IncentiveKind;
  title: string;
  /** 分 of money; null where it is none */
  amountFen: number | null;
  fromDay: Day;
  /** the last day; null is open */
  untilDay: Day | null;
  note: string;
  photoId: string | null;
  /** of its certificate; null where there is none */
  code: string | null;
  /** the village that gives it; null: the township */
  villageId: string | null;
  /** who gives it: 青竹村, 石桥镇 */
  giver: string;
  recordedBy: string;
  recordedOn: Day;
  revokedOn: Day | null;
  revokedBy: string;
  revokeWhy: string;
}

/** All that a printed certificate says. */
export interface HonourCertificate extends IncentiveView {
  code: string;
  address: string;
  districtName: string;
  isDemo: boolean;
}

/** An honour in force, for everybody. */
export interface PublicHonour {
  id: string;
  merchantId: string;
  merchantName: string;
  isCharity: boolean;
  title: string;
  giver: string;
  fromDay: Day;
}

/** What anybody who has a certificate's code learns; of one that was taken back, no more than that. */
export type VerifiedHonour =
  | {
      state: 'HOLDS' | 'OVER' | 'AHEAD';
      title: string;
      merchantName: string;
      merchantAddress: string;
      isCharity: boolean;
      giver: string;
      fromDay: Day;
      untilDay: Day | null;
    }
  | { state: 'REVOKED'; title: string; giver: string; revokedOn: Day };

/** A member one can give to, as a choice. */
export interface Recipient {
  id: string;
  name: string;
  isCharity: boolean;
}
