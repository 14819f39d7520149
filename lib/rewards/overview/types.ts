import type { Day, Quarter } from '@/lib/platform/clock';

/** A quarter that is over: how many households are rated, and how many wait to be. */
export interface QuarterToRate {
  quarter: Quarter;
  due: number;
  rated: number;
  /** its entries are in publicity: not yet */
  isInPublicity: boolean;
}

/** FINAL: rewards can be given. ENDED: it was given some, and is over or withdrawn. */
export interface RewardList {
  id: string;
  quarter: Quarter;
  subject: 'HOUSEHOLD' | 'RESIDENT';
  state: 'FINAL' | 'EXPIRED' | 'WITHDRAWN';
  finalOn: Day | null;
  expiresOn: Day | null;
  standing: number;
  plaques: number;
  batches: number;
}

/** A row of a list that rewards can be given for. */
export interface RewardRow {
  id: string;
  rank: number;
  householdId: string;
  householdCode: string;
  headName: string;
  /** of a list of persons: who it is */
  residentName: string;
  points: number;
  isStanding: boolean;
  /** the number of its plaque; null without one */
  plaque: { id: string; number: string; isRevoked: boolean } | null;
}
