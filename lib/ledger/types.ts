import type { PostingKind } from '@/lib/platform/generated/enums';

export type { PostingKind } from '@/lib/platform/generated/enums';

/** A line of the public ledger (台账): names are masked already, nothing else of a person is in it. */
export interface EntryView {
  id: string;
  kind: PostingKind;
  /** the business day it was recorded */
  day: string;
  /** the business day of the deed */
  deedOn: string;
  /** the day it counts for: the deed's, unless that quarter was closed already */
  creditedOn: string;
  /** 03-017 */
  householdCode: string;
  /** masked; of someone who may be under 14 not even that; '' where it is the household's alone */
  name: string;
  itemCode: string;
  itemName: string;
  /** change of the household's spendable points, signed */
  points: number;
  /** of a reversal: points that could not be taken back because they were spent */
  shortfall: number;
  /** change of the honour score, signed */
  honour: number;
  /** number of the rulebook version it was scored under */
  version: number | null;
  /** who verified, masked; two where two were needed */
  verifiers: string[];
  reason: string;
  /** the entry this one reverses */
  reverses: string | null;
  /** the entry that reverses this one */
  reversedBy: string | null;
}

/** What of the ledger is looked at. */
export interface EntryFilter {
  /** of entries recorded in a month, `2026-11` */
  month?: string;
  itemCode?: string;
}

export interface EntryPage {
  entries: EntryView[];
  /** first entry of the older page, null on the last */
  older: string | null;
  /** first entry of the newer page; 'first' for the first page, null when this is it */
  newer: string | 'first' | null;
}

/** What a month, or the time so far, adds up to: reversals taken off. */
export interface LedgerSum {
  entries: number;
  points: number;
  honour: number;
}

/** What the notice board says of a month. */
export interface MonthCount {
  /** spendable points given, reversals taken off */
  points: number;
  /** deeds that stand verified */
  deeds: number;
  households: number;
}

export interface WeekCount {
  /** the Monday */
  week: string;
  points: number;
}

/** The latest seal of a village's ledger. */
export interface SealView {
  number: number;
  /** the first twelve hex digits of its hash, in groups of four */
  shortHash: string;
  sealedOn: string;
}
