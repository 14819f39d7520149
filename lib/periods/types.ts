import type { EntryView } from '@/lib/ledger/types';
import type { Quarter } from '@/lib/platform/clock';
import type { PeriodState, YearEndPolicy } from '@/lib/platform/generated/enums';

export type { PeriodState, YearEndPolicy } from '@/lib/platform/generated/enums';

/** Where a quarter stands: RUNNING is not over, ENDED waits for its publicity, READY for its lock. */
export type QuarterStage = 'RUNNING' | 'ENDED' | 'PUBLICITY' | 'READY' | 'LOCKED';

/** A quarter that has been closed, or is being so. */
export interface PeriodView {
  code: Quarter;
  state: PeriodState;
  asOf: Date;
  publicFrom: string;
  /** the last day of publicity */
  publicUntil: string;
  lockedAt: Date | null;
  openedBy: string;
  openedById: string;
  lockedBy: string;
}

/** A quarter as the office sees it. */
export interface QuarterView {
  code: Quarter;
  stage: QuarterStage;
  period: PeriodView | null;
  /** that have honour in it */
  households: number;
  honour: number;
  /** its deeds that nobody has decided yet */
  waiting: number;
  /** objections to its lines that are open */
  objections: number;
  /** an earlier quarter has to be made public first */
  blockedBy: Quarter | null;
}

/** A line of a quarter's publicity: as the ledger shows it, and what is said against it. */
export interface PublicLine extends EntryView {
  objection: 'OPEN' | 'UPHELD' | 'REJECTED' | null;
}

/** A household's sum in a quarter; masked. */
export interface HouseholdSum {
  householdCode: string;
  /** the head's, masked; '' without one */
  name: string;
  entries: number;
  points: number;
  honour: number;
}

export interface PublicPage<Line> {
  lines: Line[];
  total: number;
  /** counting from 1 */
  page: number;
  pages: number;
}

/** What a quarter adds up to: reversals taken off. */
export interface QuarterSum {
  entries: number;
  households: number;
  points: number;
  honour: number;
}

/** The end of a year as it was announced, and done. */
export interface YearEndView {
  year: number;
  policy: YearEndPolicy;
  carryMost: number | null;
  announcedAt: Date;
  announcedBy: string;
  announcedById: string;
  /** not before this day */
  dueOn: string;
  doneAt: Date | null;
  doneBy: string;
  households: number | null;
  pointsClosed: number | null;
  pointsCarried: number | null;
}

/** What the rulebook in force on 31 December says of a year's end. */
export interface YearRule {
  year: number;
  policy: YearEndPolicy;
  carryMost: number | null;
}

/** What a household is told of a year's end that is announced and not done. */
export interface OwnYearEnd extends YearRule {
  dueOn: string;
  /** left of that year */
  points: number;
  kept: number;
}

/** A year's end as the office sees it. */
export interface YearView {
  year: number;
  /** null when no rulebook is in force on its last day */
  rule: YearRule | null;
  /** null until it is announced */
  end: YearEndView | null;
}

/** What everyone is told on the notice board. */
export interface BoardNotices {
  publicity: { code: Quarter; until: string }[];
  years: (YearRule & { dueOn: string })[];
}
