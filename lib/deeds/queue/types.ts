import type { Channel, DeedState } from '../types';

/** What a verifier should look at twice. Hints, never verdicts. */
export type Warning =
  /** a photo very like one of another report */
  | 'PHOTO_SEEN'
  /** a photo taken days before the deed's day */
  | 'TAKEN_BEFORE'
  /** a photo taken after the deed's day */
  | 'TAKEN_AFTER'
  /** this household reported many deeds of one day */
  | 'MANY_IN_A_DAY'
  /** reported on the last day it could be */
  | 'LAST_DAY';

/** Why this verifier may not approve this deed: codes of the refusals that the database would answer. */
export type Recusal = 'OWN_HOUSEHOLD' | 'NEAR_KIN' | 'OWN_REPORT' | 'SAME_PERSON_TWICE';

export type QueueShow = 'WARNED' | 'EVENT' | 'SECOND';

/** Which part of the queue is looked at; what is left out is not asked. */
export interface QueueFilter {
  show?: QueueShow;
  itemCode?: string;
  groupId?: string;
  channel?: Channel;
  /** whole days it has waited, at least */
  waitedDays?: number;
}

/** Who looks, and when. */
export interface Viewer {
  villageId: string;
  personId: string;
  now: Date;
}

/** A deed in the queue, one line. */
export interface QueueLine {
  id: string;
  itemName: string;
  /** 03-017 */
  householdCode: string;
  /** 陈家; '' when the household has no head */
  householdCall: string;
  deedOn: string;
  submittedAt: Date;
  state: DeedState;
  channel: Channel;
  eventName: string | null;
  warnings: Warning[];
  recusal: Recusal | null;
}

export interface QueuePage {
  lines: QueueLine[];
  /** the id to ask on from (`after`) or back from (`before`); null at the ends */
  later: string | null;
  earlier: string | null;
}

export interface Counted {
  key: string;
  name: string;
  count: number;
}

/** How many deeds wait, in all and behind each filter. */
export interface QueueCounts {
  all: number;
  warned: number;
  event: number;
  second: number;
  /** when the oldest came in; null when nothing waits */
  oldestAt: Date | null;
  items: Counted[];
  groups: Counted[];
  channels: Counted[];
  /** by whole days waited, at least: 1, 3, 7 */
  waited: Counted[];
}

/** What stands around a deed in the queue as filtered. */
export interface Neighbours {
  next: string | null;
  previous: string | null;
  /** the next that this person may decide: where a decision leads */
  nextToDecide: string | null;
  /** how many come before it, and how many there are */
  before: number;
  total: number;
}
