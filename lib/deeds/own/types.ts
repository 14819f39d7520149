import type { Channel, DecisionKind, DeedState } from '@/lib/platform/generated/enums';

export type { Channel, DecisionKind, DeedState };

/** A line of 我家的申报. */
export interface DeedLine {
  id: string;
  itemName: string;
  state: DeedState;
  deedOn: string;
  /** honour awarded once approved, else what the rule gives */
  points: number;
  capSays: string;
  reason: string;
  residentName: string;
  reporterName: string;
  channel: Channel;
  photos: number;
}

export interface DeedPage {
  deeds: DeedLine[];
  page: number;
  pages: number;
  /** how many there are of each state, and of all */
  counts: Record<DeedState | 'ALL', number>;
}

export interface DecisionView {
  kind: DecisionKind;
  at: Date;
  personName: string;
  reason: string;
}

export interface PhotoRef {
  id: string;
  width: number;
  height: number;
  /** uploaded by whoever looks: only their own photos can they send again */
  mine: boolean;
}

/** One deed as its household sees it. */
export interface DeedDetail extends DeedLine {
  itemCode: string;
  /** number of the rulebook version */
  version: number;
  residentId: string;
  /** whole units, one where the item knows no others */
  quantity: number;
  unitName: string;
  scaleStepOrder: number | null;
  scaleName: string | null;
  metricValue: string | null;
  metricName: string | null;
  metricUnit: string | null;
  note: string;
  submittedAt: Date;
  /** what the rule gives before caps */
  asked: number;
  honour: number | null;
  spendable: number | null;
  eventName: string | null;
  photoRefs: PhotoRef[];
  /** oldest first */
  decisions: DecisionView[];
}
