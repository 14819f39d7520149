import type { VoteUnit } from '../types';

/** What was voted; known after the close. */
export interface BallotResult {
  votesFor: number;
  votesAgainst: number;
  abstained: number;
}

/** A vote on a draft, as everyone may see it. */
export interface BallotView {
  id: string;
  versionId: string;
  unit: VoteUnit;
  /** how many may vote */
  eligible: number;
  opensAt: Date;
  closesAt: Date;
  isOpen: boolean;
  /** how many have voted */
  voters: number;
  /** how many of them in the hall; null where it would tell on a few (rules.ts) */
  hall: number | null;
  /** null before the close, to everyone */
  result: BallotResult | null;
}

/** Someone on the roll of a vote, for the office in the hall. */
export interface RollLine {
  /** the household's or the resident's id */
  id: string;
  groupName: string;
  householdCode: string;
  /** the head's name, or one's own */
  name: string;
  hasVoted: boolean;
}
