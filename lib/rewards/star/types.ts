import type { Day, Quarter } from '@/lib/platform/clock';

/** A rating of one household and quarter. */
export interface StarView {
  id: string;
  quarter: Quarter;
  stars: number;
  /** honour of the quarter it rests on */
  honour: number;
  awardedOn: Day;
  /** null while it holds */
  revokedOn: Day | null;
  revokedWhy: string;
}

/** A rating as the office sees it in a quarter's list. */
export interface StarLine extends StarView {
  householdId: string;
  householdCode: string;
  headName: string;
  /** honour of the quarter as the ledger has it now */
  honourNow: number;
}

/** How many households have so many stars. */
export interface StarCount {
  stars: number;
  households: number;
}

export interface StarQuarter {
  quarter: Quarter;
  /** whether its entries are in publicity: no stars until that is over */
  isInPublicity: boolean;
  /** the thresholds that count, of the version in force on its last day; empty when there was none */
  thresholds: number[];
  versionNumber: number | null;
  /** who would be rated now, five stars first */
  due: StarCount[];
  /** who is rated, revoked ones left out */
  awarded: StarCount[];
  lines: StarLine[];
  total: number;
  page: number;
  pages: number;
}
