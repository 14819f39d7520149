import type { VoteUnit } from '../types';
import { HALL_LEAST } from './schema';

// What may be said of a vote beside its three numbers. Pure.

/**
 * How many of the voters came in the hall, where that may be told; else null. Whoever entered the hall's papers knows
 * their sum: a handful of votes on either side, told apart from the whole, would tell who voted what. ballot_count
 * (prisma/functions/ballot.sql) says the same.
 */
export function hallToTell(voters: number, hall: number): number | null {
  return Math.min(hall, voters - hall) >= HALL_LEAST ? hall : null;
}

/** What a household's home says of a vote: that it is held, that one's own vote is in, or that it is over. */
export function sayVoteAtHome(
  ballot: { isOpen: boolean; unit: VoteUnit },
  own: { hasVoted: boolean } | null,
): string {
  if (!ballot.isOpen) return '新细则的表决截止了，看结果';
  if (own?.hasVoted) return ballot.unit === 'HOUSEHOLD' ? '您家已投票' : '您已投票';
  return '新细则正在表决';
}

/**
 * Whom to turn to where the hall's list is wrong: a second pair of eyes, never the one who entered it. `entered` are the
 * capacities in which papers were entered; who of several entered one's own is not kept.
 */
export function hallAskWhom(entered: readonly ('村书记' | '村务监督员')[]): string {
  const [first] = entered;
  if (first && entered.every((one) => one === first)) {
    return first === '村书记' ? '村务监督员' : '村书记，或者另一位村务监督员';
  }
  return '村书记和村务监督员，两个人都说一声';
}
