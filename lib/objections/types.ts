import type { Day } from '@/lib/platform/clock';
import type { Channel, ObjectionState, ObjectionSubject, Role } from '@/lib/platform/generated/enums';

export type { ObjectionState, ObjectionSubject };

/** What an objection is about, as it is said to those who may know. */
export interface SubjectView {
  kind: ObjectionSubject;
  id: string;
  /** the item, the list */
  title: string;
  /** when and what was decided, why */
  note: string;
  /** the household it is about, 01-004; '' for a place */
  householdCode: string;
  householdId: string | null;
  /** of a household's row that stands: its list */
  listId?: string;
}

/** A line of the office's or a household's list. */
export interface ObjectionLine {
  id: string;
  number: string;
  kind: ObjectionSubject;
  state: ObjectionState;
  householdCode: string;
  openedAt: Date;
  dueOn: string;
  decidedAt: Date | null;
  risenAt: Date | null;
  title: string;
}

export interface ObjectionView extends ObjectionLine {
  householdId: string;
  body: string;
  channel: Channel;
  reporterName: string;
  againstName: string | null;
  decidedByName: string | null;
  reason: string;
  subject: SubjectView;
  /** who may decide it now */
  deciders: { personId: string; name: string; role: Role }[];
}

/** What a household has said already against a thing: an objection that is open or decided. */
export interface StandingObjection {
  id: string;
  number: string;
  state: ObjectionState;
  dueOn: string;
}

/** Counts of a quarter, for everyone to see. */
export interface QuarterCount {
  quarter: string;
  opened: number;
  /** decided on or before the last day */
  inTime: number;
  /** decided at all, in time or not */
  decided: number;
  upheld: number;
  open: number;
  withdrawn: number;
}

/** What is overdue as the township knows of it: whose village, which number, since when; not what it says. */
export interface OverdueLine {
  id: string;
  villageCode: string;
  villageName: string;
  townshipName: string;
  /** of an objection; an answer to a notice and a repair have none */
  number: string | null;
  /** what an objection is against, or what else a household said */
  kind: ObjectionSubject | 'ANSWER' | 'REPAIR';
  openedAt: Date;
  /** the last day, which has passed */
  dueOn: Day;
}
