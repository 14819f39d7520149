import type { DeskRole } from '@/lib/auth/types';
import type { QuarterView, YearView } from '@/lib/periods/types';
import type { Day } from '@/lib/platform/clock';
import type { DeductionState, ListKind, ListState } from '@/lib/platform/generated/enums';
import type { Solvency } from '@/lib/solvency/types';

/** What a day says of a line: done by then, possible from then on, or simply that day. */
export type DayMeans = 'BY' | 'FROM' | 'ON';

/** OVERDUE is past its day; NOW can be done; LATER has yet to come. */
export type Urgency = 'OVERDUE' | 'NOW' | 'LATER';

/** One line of the office's calendar. */
export interface DueLine {
  /** the same for the same thing */
  key: string;
  day: Day;
  dayMeans: DayMeans;
  urgency: Urgency;
  what: string;
  /** whose it is; null: nobody has to do anything */
  who: DeskRole | null;
  href: string;
  /** more about it; '' for nothing */
  note: string;
}

/** A list (红黑榜) as far as the calendar knows it. */
export interface ListFact {
  id: string;
  kind: ListKind;
  state: ListState;
  /** 2026Q3 */
  period: string;
  draftedOn: Day;
  publicUntil: Day | null;
  expiresOn: Day | null;
}

/** How many deductions wait for something on a day. */
export interface DeductionFact {
  state: DeductionState;
  day: Day;
  count: number;
}

/** Everything the calendar is made from. */
export interface CalendarFacts {
  villageCode: string;
  quarters: QuarterView[];
  years: YearView[];
  solvency: Solvency;
  lists: ListFact[];
  /** open ones, by the last day to decide them */
  objections: { day: Day; count: number }[];
  deductions: DeductionFact[];
  /** rulebook versions that take effect, or whose hearing ends */
  rulebooks: { number: number; day: Day; what: 'EFFECT' | 'HEARING' }[];
}
