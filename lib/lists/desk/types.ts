import type { RefusalView } from '@/lib/platform/refusal';
import type { DeskRow, GoneWhy, ListLine, ListStep } from '../types';

/** A list as its office sees it, in any state. */
export interface DeskList {
  line: ListLine;
  top: number | null;
  threshold: number | null;
  versionNumber: number;
  publicityDays: number;
  daysUp: number;
  draftedById: string;
  /** none of a black list that is over */
  rows: DeskRow[];
  /** rows that were taken off, of a red list: whoever is off a black one is named nowhere any more */
  gone: { name: string; where: string; why: GoneWhy }[];
  counts: { rows: number; gone: { why: GoneWhy; count: number }[] };
  /** whether its names are no longer shown to the office either: a black list that is over */
  isClosed: boolean;
  steps: ListStep[];
  endReason: string;
  /** the one of the same quarter that was taken back from the public before this was drafted; null when there was none */
  replaces: { id: string; endedAt: Date; reason: string } | null;
}

export interface PreviewRow {
  rank: number;
  name: string;
  where: string;
  points: number;
}

/** A household that a black list would name but for something that is missing. */
export interface LeftOut {
  code: string;
  name: string;
  item: string;
  points: number;
  /** the refusal's code; '' when the deduction would count but there are too few points */
  fault: string;
}

export type Preview =
  | {
      ok: true;
      top: number | null;
      threshold: number | null;
      audience: 'VILLAGE' | 'EVERYONE';
      rows: PreviewRow[];
      leftOut: LeftOut[];
    }
  | { ok: false; refusal: RefusalView };
