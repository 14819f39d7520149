import type { Recusal } from '../queue/types';
import type { DeedState } from '../types';

/** An event (活动) in the list: who was there and how far its deeds are. */
export interface EventLine {
  id: string;
  name: string;
  itemName: string;
  heldOn: string;
  createdBy: string;
  people: number;
  open: number;
  approved: number;
  returned: number;
}

export interface EventPage {
  lines: EventLine[];
  /** the event to ask on from; null at the end */
  older: string | null;
}

/** One line of an event's sheet. */
export interface SheetLine {
  deedId: string;
  householdCode: string;
  group: string;
  residentName: string;
  state: DeedState;
  honour: number | null;
  recusal: Recusal | null;
}

/** An event with everyone on its sheet. */
export interface EventSheet {
  id: string;
  name: string;
  heldOn: string;
  itemName: string;
  /** what one person's deed asks, before caps */
  points: number;
  note: string;
  createdBy: string;
  createdAt: Date;
  photos: { id: string; width: number; height: number }[];
  lines: SheetLine[];
}

/** Someone of the village who can be credited. */
export interface PersonLine {
  residentId: string;
  name: string;
  pinyin: string;
  initials: string;
  householdId: string;
  householdCode: string;
  groupNumber: number;
  groupName: string;
  hasPhone: boolean;
}

/** What the command approve-batch answers. */
export interface BatchOutcome {
  approved: number;
  /** first approvals: a second person has yet to look */
  waiting: number;
  refused: { deedId: string; code: string; sentence: string }[];
}
