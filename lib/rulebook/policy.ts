import type { Actor } from '@/lib/auth/types';
import type { RefusalCode } from '@/lib/platform/refusal';

type Answer = true | RefusalCode;

/** Drafts, hears, puts to the vote and records the resolution: the secretary. What it takes is the meeting's. */
export function canKeepRulebook(actor: Actor): Answer {
  return actor.desk?.roles.includes('SECRETARY') ? true : 'NOT_ALLOWED';
}

/** Enters the papers of the hall: the secretary or the supervisor. */
export function canEnterHallVotes(actor: Actor): Answer {
  const roles = actor.desk?.roles ?? [];
  return roles.includes('SECRETARY') || roles.includes('SUPERVISOR') ? true : 'NOT_ALLOWED';
}

/** Sees drafts and their difference before the hearing: everyone of the village's office. */
export function canSeeDrafts(actor: Actor): Answer {
  return actor.desk ? true : 'NOT_FOUND';
}
