import type { Day } from '@/lib/platform/clock';
import type {
  GoneWhy,
  ListAudience,
  ListKind,
  ListRowState,
  ListState,
  ListSubject,
} from '@/lib/platform/generated/enums';
import type { ListedRow } from './documents/types';

export type {
  GoneWhy,
  ListAudience,
  ListKind,
  ListRowState,
  ListState,
  ListSubject,
} from '@/lib/platform/generated/enums';

/** A kind of list as it is called. */
export const KIND_NAMES: Record<ListKind, string> = { RED: '红榜', BLACK: '黑榜' };

/** Whom a list is of, as it is called. */
export const SUBJECT_NAMES: Record<ListSubject, string> = {
  HOUSEHOLD: '户',
  RESIDENT: '个人',
  PLACE: '地段',
};

/** What a list is called below its name: 2026年第三季度 · 红榜之家. */
export const CALLED_NAMES: Record<ListKind, Record<ListSubject, string>> = {
  RED: { HOUSEHOLD: '红榜之家', RESIDENT: '先进个人', PLACE: '整洁地段' },
  BLACK: { HOUSEHOLD: '需要整改的户', RESIDENT: '', PLACE: '需要整治的地段' },
};

/** Where a list stands, as it is said. */
export const STATE_NAMES: Record<ListState, string> = {
  DRAFT: '起草，等审核',
  CHECKED: '审核过，等公示',
  PUBLICITY: '公示中',
  FINAL: '已定榜',
  EXPIRED: '已到期',
  WITHDRAWN: '已撤回',
};

/** Where a list stands: one that ended before the public saw it was thrown away, not taken back. */
export function sayState(list: { state: ListState; publicFrom: Day | null }): string {
  return list.state === 'WITHDRAWN' && list.publicFrom === null ? '已作废' : STATE_NAMES[list.state];
}

/** Why a row is gone, as it is said. */
export const GONE_NAMES: Record<GoneWhy, string> = {
  REPAIRED: '已整改，撤下',
  UPHELD: '异议成立，撤下',
  REVERSED: '依据的分冲销了，撤下',
  EXEMPT: '照顾户、迁出、未满年龄或者名字指到一家，撤下',
  VOIDED: '检查记错作废了，撤下',
};

/** A list without its rows. */
export interface ListLine {
  id: string;
  kind: ListKind;
  subject: ListSubject;
  /** 2026Q3 */
  period: string;
  state: ListState;
  audience: ListAudience;
  asOf: Date;
  publicFrom: Day | null;
  publicUntil: Day | null;
  /** the last day on which it is shown, as far as it is known */
  lastDay: Day | null;
  /** rows that stand, and all that were not taken off */
  standing: number;
  rows: number;
}

/** A row as a page shows it: what a document says of it, and whose it is. */
export interface ShownRow {
  id: string;
  householdId: string | null;
  listed: ListedRow;
}

/** What a published file is called behind the list's address. */
export const DOCUMENT_FILES = {
  HTML: 'page.html',
  PNG: 'picture.png',
  POSTER_A3: 'a3.html',
  POSTER_A4: 'a4.html',
  PDF_A3: 'a3.pdf',
  PDF_A4: 'a4.pdf',
} as const;

/** A row as the office sees it: in full, with what it rests on. */
export interface DeskRow {
  id: string;
  rank: number;
  householdId: string | null;
  /** a head's, resident's or place's name, in full */
  name: string;
  where: string;
  points: number;
  state: ListRowState;
  goneWhy: GoneWhy | null;
  /** of a black row */
  reasons: string[];
  /** whether it may be shown in full */
  isNamed: boolean;
}

/** One thing that was done about a list. */
export interface ListStep {
  what: string;
  who: string;
  at: Date;
  note: string;
}
