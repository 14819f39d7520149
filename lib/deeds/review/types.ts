import type { RefusalCode } from '@/lib/platform/refusal';
import type { ItemRule, PhotoRule } from '@/lib/rulebook/types';
import type { Recusal, Warning } from '../queue/types';
import type { CapNote, Channel, DecisionKind, DeedState } from '../types';

/** What approving would do at this moment. */
export type AwardPreview =
  | { kind: 'AWARD'; honour: number; points: number; asked: number; cutBy: CapNote[] }
  /** the first of two people */
  | { kind: 'FIRST'; asked: number }
  | { kind: 'REFUSED'; code: RefusalCode; params: Record<string, string | number> };

/** What an award depends on, as read at one moment. Points; null: there is no such limit. */
export interface AwardFacts {
  state: DeedState;
  /** whether the rulebook of the deed's day has the item */
  inForce: boolean;
  item: ItemRule & { name: string };
  /** what the rule gives before caps; null when it can't be said (a scale step that is gone) */
  asked: number | null;
  secondThreshold: number | null;
  itemCapUsed: number;
  /** what the household has of it already: spent before an approval was taken back */
  pointsKept: number;
  householdMonthCap: number | null;
  monthAwarded: number;
  budgetLeft: number | null;
  capPolicy: 'AWARD_REST' | 'REFUSE';
}

/** Where a photo very like this one was used before. */
export interface SeenBefore {
  photoId: string;
  deedId: string;
  itemName: string;
  householdCode: string;
  deedOn: string;
  submittedAt: Date;
  state: DeedState;
  /** in how many of 64 bits the two differ */
  bits: number;
}

export interface PhotoEvidence {
  id: string;
  width: number;
  height: number;
  takenAt: Date | null;
  /** the phone said when, not the file itself */
  takenClaimed: boolean;
  /** days from the photo to the deed's day; negative when it was taken after; null when not known */
  daysBefore: number | null;
  seen: SeenBefore[];
}

/** An earlier report of the same item by the same household. */
export interface EarlierDeed {
  id: string;
  deedOn: string;
  state: DeedState;
  residentName: string;
}

export interface DecisionView {
  kind: DecisionKind;
  person: string;
  at: Date;
  reason: string;
}

/** One deed with everything that a verifier needs. Names are those the village's office knows, unmasked. */
export interface DeedReview {
  id: string;
  state: DeedState;
  channel: Channel;
  deedOn: string;
  submittedAt: Date;
  note: string;
  item: ItemRule & { code: string; name: string; evidence: string; photo: PhotoRule; category: string };
  versionNumber: number;
  quantity: number;
  metric: { name: string; unit: string; value: string } | null;
  scaleStep: { name: string; points: number } | null;
  household: { id: string; code: string; call: string; group: string };
  resident: { id: string; name: string };
  reporter: { id: string; name: string };
  event: { id: string; name: string; open: number } | null;
  photos: PhotoEvidence[];
  earlier: EarlierDeed[];
  /** reports of this household for that day, this one among them */
  sameDay: number;
  warnings: Warning[];
  caps: { itemLeft: number; monthLeft: number | null; budgetLeft: number | null };
  award: AwardPreview;
  recusal: Recusal | null;
  /** once decided */
  decided: {
    by: string;
    at: Date;
    reason: string;
    honour: number | null;
    points: number | null;
    asked: number;
    capNote: string;
  } | null;
  history: DecisionView[];
  /** its latest award in the public ledger, also when it was reversed since */
  postingId: string | null;
}

/** One's own last decision, while it can still be taken back. */
export interface UndoableDecision {
  deedId: string;
  kind: 'FIRST_APPROVE' | 'APPROVE' | 'RETURN';
  itemName: string;
  householdCode: string;
  householdCall: string;
  reason: string;
  honour: number | null;
  points: number | null;
  /** until when */
  until: Date;
}
