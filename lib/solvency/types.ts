import type { Quarter } from '@/lib/platform/clock';

/** A month as the solvency page counts it: entries recorded in it. */
export interface SolvencyMonth {
  /** 2026-11 */
  month: string;
  /** spendable points given, approvals taken back deducted */
  given: number;
  /** by how much all households together had more or less at its end */
  change: number;
}

/** What was given in the last whole months, by name. */
interface RecentUse {
  months: string[];
  given: number;
}

/** How long a village's budget lasts: to the year's end, or so many months, until it falls short in a quarter. */
export type Cover =
  | { kind: 'NO_BUDGET' }
  | { kind: 'NO_USE'; yearLeft: number; later: number; use: RecentUse }
  | { kind: 'TO_YEAR_END'; yearLeft: number; later: number; use: RecentUse }
  | { kind: 'SHORT'; months: number; quarter: Quarter; yearLeft: number; later: number; use: RecentUse };

/** What a village owes its households in points, from one snapshot of the ledger. */
export interface Solvency {
  /** the moment of the snapshot */
  at: Date;
  /** entries of the ledger it counts */
  postings: number;
  /** points that all households hold together */
  outstanding: number;
  /** households that hold any */
  holders: number;
  /** what a point stands for among village and merchants, in fen; a reference, never a price */
  referenceFen: number;
  /** approvals stop beyond so many points; null: no brake */
  outstandingMost: number | null;
  quarter: string;
  /** points of this quarter's budget, and what is left; null where none is set */
  budget: number | null;
  budgetLeft: number | null;
  /** of this year's quarters up to the current one */
  yearBudget: number | null;
  yearUsed: number;
  /** twelve months, the current one last */
  months: SolvencyMonth[];
}
