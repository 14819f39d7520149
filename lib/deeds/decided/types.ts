import type { DeedState } from '../types';

export type DecidedState = Extract<DeedState, 'APPROVED' | 'RETURNED' | 'WITHDRAWN'>;

/** Which decided deeds are looked at; what is left out is not asked. */
export interface DecidedFilter {
  state?: DecidedState;
  itemCode?: string;
  /** when they were decided, `2026-11` */
  month?: string;
  /** only those that this person decided */
  byPersonId?: string;
}

export interface DecidedLine {
  id: string;
  state: DecidedState;
  itemName: string;
  householdCode: string;
  householdCall: string;
  deedOn: string;
  decidedAt: Date;
  /** who decided; of a withdrawn one who withdrew */
  by: string;
  honour: number | null;
  reason: string;
}

export interface DecidedPage {
  lines: DecidedLine[];
  /** the deed to ask on from; null at the end */
  older: string | null;
}

/** What can be asked for: items and months that have decided deeds. */
export interface DecidedChoices {
  items: { code: string; name: string }[];
  months: string[];
}
