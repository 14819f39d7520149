import { z } from 'zod';
import { day, id, list, whole } from '@/lib/platform/form-shape';

/** Votes entered for the hall at once, at least: fewer would tell who voted what. */
export const HALL_LEAST = 3;
export const HALL_MOST = 2000;

export const openBallotInput = z.object({
  versionId: id(),
  closesOn: day(),
  /** 18:00 */
  closesTime: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, '请填钟点，比如 18:00'),
});

// The names `vote`, `hallFor` … are never kept when a form comes back refused (lib/platform/form-return.ts).

export const castVoteInput = z.object({
  ballotId: id(),
  vote: z.enum(['FOR', 'AGAINST', 'ABSTAIN'], { error: '请选一样' }),
});

export const hallVotesInput = z.object({
  ballotId: id(),
  voters: list(id(), HALL_MOST),
  hallFor: whole(0, HALL_MOST),
  hallAgainst: whole(0, HALL_MOST),
  hallAbstained: whole(0, HALL_MOST),
});
