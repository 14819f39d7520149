import type { PhotoView } from '@/lib/photos/types';
import type { Day } from '@/lib/platform/clock';

/** How a household stands to being named in full on red lists. */
export interface ConsentView {
  /** whether it has consented now */
  isGiven: boolean;
  /** of the last consent: to which text, by whom and when */
  last: {
    textVersion: number;
    text: string;
    givenBy: string;
    givenOn: Day;
    /** who of the office wrote it down of a paper; '' when it was given on the phone */
    recordedBy: string;
    withdrawnBy: string;
    withdrawnOn: Day | null;
    withdrawalRecordedBy: string;
    /** of the papers */
    photos: PhotoView[];
  } | null;
}

/** The same, for one of the household. */
export interface OwnConsentView extends ConsentView {
  /** whether the person who looks may give and withdraw it */
  isMine: boolean;
}

/** The same, for someone of the office who may write down what is signed on paper. */
export interface DeskConsentView extends ConsentView {
  /** 01-004 陈家 */
  call: string;
  hasLeft: boolean;
  /** adults of the household, who can sign */
  signers: { id: string; name: string }[];
  /** why this officer must leave it to another one */
  recusal: 'OWN_HOUSEHOLD' | 'NEAR_KIN' | null;
}
