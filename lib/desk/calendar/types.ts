import type { HintCount } from '@/lib/alliance/settlement/types';
import type { DeskRole } from '@/lib/auth/types';
import type { DeductionTask } from '@/lib/deductions/types';
import type { QuarterView, YearView } from '@/lib/periods/types';
import type { Day, Quarter } from '@/lib/platform/clock';
import type { ListKind, ListState } from '@/lib/platform/generated/enums';
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

/** A line before it is known how pressing it is. */
export type DueDraft = Omit<DueLine, 'urgency' | 'note'> & { note?: string };

/**
 * How many deductions wait for something: since a day, or until one (to look again, to answer, and where `due`). REPAIR
 * is one that was deducted whose household says that it is mended.
 */
export interface DeductionFact {
  task: Extract<DeductionTask, 'WARN' | 'PROPOSE' | 'RECHECK' | 'APPROVE' | 'ANSWERING' | 'HEAR' | 'REPAIR'>;
  day: Day;
  /** the day is the last one on which the household has been promised that somebody looks */
  due: boolean;
  /** of HEAR and REPAIR: whose it is, by the ladder of hearings; null where nobody is left */
  role: DeskRole | null;
  count: number;
}

/**
 * What is to come or to be done of a rulebook version: it takes EFFECT, its HEARING ends, it was HEARD and is to be
 * voted on or resolved, its BALLOT closes, the ballot is COUNTED and waits for the resolution, COMMENTS wait for answers.
 */
export interface RulebookFact {
  number: number;
  day: Day;
  what: 'EFFECT' | 'HEARING' | 'HEARD' | 'BALLOT' | 'COUNTED' | 'COMMENTS';
  /** of COMMENTS: how many */
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
  rulebooks: RulebookFact[];
  /** batches of vouchers that wait to be confirmed, and since when; null: none */
  vouchers: { day: Day; count: number } | null;
  /** households that a quarter's stars are due to */
  stars: { quarter: Quarter; due: number }[];
  /** what is overdue or waits too long with merchants */
  settlements: HintCount[];
}
