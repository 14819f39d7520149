import type { PatternKind } from '@/lib/platform/generated/enums';

export type { PatternKind } from '@/lib/platform/generated/enums';

/**
 * What was counted, for the rules to judge. `count` is what is looked at, `outOf` all of its kind: sales of a pair and
 * of its shop with everybody, sales taken back and all, and so on.
 */
export interface PatternCount {
  kind: PatternKind;
  count: number;
  outOf: number;
  /** of a pair: its points, and all points that the household spent in that time */
  points?: number;
  householdPoints?: number;
  /** of a pair: how often a pair of that village meets, in the middle of all pairs */
  medianOfPairs?: number;
}

/** A pattern worth a look. Never a verdict: nothing follows from it. */
export interface PatternFinding extends PatternCount {
  /** names it in an address and a form: the same pattern has the same */
  key: string;
  villageId: string;
  villageName: string;
  merchantId: string;
  merchantName: string;
  isCharity: boolean;
  /** of a pair, for the village's desk alone */
  household: { id: string; code: string } | null;
  /** households that it is about: one at the desk; at the township how many, without saying which */
  households: number;
}

/** That somebody looked, as it is kept. */
export interface PatternLookView {
  id: string;
  kind: PatternKind;
  villageName: string;
  merchantName: string;
  householdCode: string | null;
  count: number;
  outOf: number;
  note: string;
  by: string;
  at: Date;
}

/** Who looks: the desk at its village, with households; the township at its villages, without. */
export type PatternScope = { villageId: string } | { townshipId: string };
