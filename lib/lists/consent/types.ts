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
    withdrawnBy: string;
    withdrawnOn: Day | null;
  } | null;
  /** whether the person who looks may give and withdraw it */
  isMine: boolean;
}
