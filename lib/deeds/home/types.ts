import type { CapPeriod, Channel, DeedState } from '@/lib/platform/generated/enums';

// What a household sees of itself: its figures and its timeline. Names of the household's own people are whole, those
// of the office too: a household may know who decided about it.

/** Which household looks, in which village. Every read takes it from the actor, never from a form. */
export interface HouseholdScope {
  villageId: string;
  householdId: string;
}

/** The figures at the head of a household's home. */
export interface HomeFigures {
  /** 可兑积分 */
  spendable: number;
  honourQuarter: number;
  honourAll: number;
  /** by the honour of this quarter; null when the household is not ranked */
  place: number | null;
  /** how many households are ranked */
  households: number;
  /** spendable points of this month: what was awarded for its days, and the cap; null where there is none */
  month: { awarded: number; cap: number | null };
}

/** How much of an item's cap is used up, of a household or one of its people. */
export interface CapUse {
  itemCode: string;
  itemName: string;
  /** null where the cap is the household's */
  residentName: string | null;
  per: CapPeriod;
  used: number;
  cap: number;
}

/** What has become of a line of the timeline. */
export type LineState =
  | DeedState
  | 'REVERSED'
  | 'REVERSAL'
  | 'DEDUCTION'
  | 'YEAR_CLOSE'
  | 'YEAR_CARRY'
  /** points used at a shop, set aside for an order, or given back */
  | 'REDEMPTION'
  | 'HOLD'
  | 'GIVEN_BACK';

/** A line of the household's timeline: a deed that nobody has approved (yet), or an entry of the ledger. */
export interface TimelineLine {
  id: string;
  /** the deduction behind an entry that takes points, or gives them back */
  deductionId: string | null;
  /** the redemption that took points, or gave them back */
  redemptionId: string | null;
  /** the deed it is about; null for an entry without one */
  deedId: string | null;
  /** the item; of a redemption what was had, and where */
  itemName: string;
  state: LineState;
  /** the business day of the deed */
  deedOn: string;
  /** what counts: honour of an entry (of a redemption and at a year's end its points), what the rule gives for a deed that waits */
  points: number;
  /** change of the spendable points; null where nothing is recorded yet */
  spendable: number | null;
  /** what a cap took, in words; '' when none did */
  capSays: string;
  /** why it was returned or reversed */
  reason: string;
  residentName: string;
  reporterName: string;
  channel: Channel | null;
  photos: number;
  /** what was recorded of it once and taken back since; of a line that stands for several (rules.ts) */
  corrected?: { points: number; reason: string };
}
