import type { DeductionState, DeductionStepKind, Role } from '@/lib/platform/generated/enums';

export type { DeductionState, DeductionStepKind };

/** How a warning or notice reaches a household. */
export const SERVED_WAYS = ['PHONE', 'HAND', 'DOOR'] as const;
export type ServedWay = (typeof SERVED_WAYS)[number];

/** What waits to be done about a deduction, as the office's queue has it. */
export type DeductionTask =
  /** the warning is to be served */
  | 'WARN'
  /** no warning asked: a verifier may propose */
  | 'PROPOSE'
  /** warned, its day to look again has not come */
  | 'WAIT'
  /** the day to look again has come */
  | 'RECHECK'
  /** the supervisor */
  | 'APPROVE'
  /** the household's days to answer run */
  | 'ANSWERING'
  /** the household is to be heard */
  | 'HEAR'
  /** its days have passed: to be posted */
  | 'POST'
  /** the household says that it is mended */
  | 'REPAIR'
  /** nothing waits */
  | 'NONE';

/** What decides where a deduction stands: days are calendar days. */
export interface DeductionStanding {
  state: DeductionState;
  warnFirst: boolean;
  recheckOn: string | null;
  answerUntil: string | null;
  repairClaimedAt: Date | null;
}

/** A line of the office's queue. */
export interface DeductionLine extends DeductionStanding {
  id: string;
  householdCode: string;
  headName: string;
  itemName: string;
  points: number;
  seenOn: string;
  task: DeductionTask;
  /** the last day on which the answer or the repair that waits should be looked at */
  saidDueOn: string | null;
  /** of CONTESTED: an objection, not an answer, is to be decided */
  objectionId: string | null;
}

export interface StepView {
  id: string;
  kind: DeductionStepKind;
  /** null: done by time alone */
  who: string | null;
  reason: string;
  at: Date;
}

/** A deduction with all that its page shows. */
export interface DeductionView extends DeductionStanding {
  id: string;
  task: DeductionTask;
  householdId: string;
  householdCode: string;
  groupName: string;
  headName: string;
  /** whether a grown-up of the household reads messages */
  signsIn: boolean;
  /** who brought it here, and so writes nothing down in the household's name */
  partakers: string[];
  residentName: string | null;
  itemName: string;
  itemCode: string;
  evidence: string;
  versionNumber: number;
  photoRequired: boolean;
  restoredWhenRepaired: boolean;
  points: number;
  seenOn: string;
  seenBy: string;
  facts: string;
  recordedById: string;
  recordedAt: Date;
  warnedAt: Date | null;
  warnedHow: string;
  proposedById: string | null;
  approvedById: string | null;
  noticedAt: Date | null;
  noticedHow: string;
  answer: string;
  answeredAt: Date | null;
  daysLeft: number | null;
  postedAt: Date | null;
  /** the day it counts for, once its days run: not `seenOn` where that quarter is closed */
  creditedOn: string | null;
  /** what was taken: honour, and spendable points as far as they were there; null while not posted */
  taken: { honour: number; points: number } | null;
  repairNote: string;
  endedAt: Date | null;
  endReason: string;
  warningDays: number;
  answerDays: number;
  steps: StepView[];
  objection: { id: string; number: string; dueOn: string } | null;
  /** the last day on which the answer or the repair that waits should be looked at; null: neither waits */
  saidDueOn: string | null;
  /** nobody had by then, and the township knows */
  saidRisenAt: Date | null;
  /** who told the office of the repair that waits; null while none does */
  claimedById: string | null;
  /** who may hear the answer that waits, or say that the repair isn't enough */
  hearers: { personId: string; name: string; role: Role }[];
}
