import type { Actor, DeskRole } from '@/lib/auth/types';
import type { RefusalCode } from '@/lib/platform/refusal';

type Answer = true | RefusalCode;

function held(actor: Actor, ...roles: DeskRole[]): Answer {
  return actor.desk?.roles.some((role) => roles.includes(role)) ? true : 'NOT_ALLOWED';
}

/** Records and takes back what a village gives to merchants: the secretary. */
export function canGiveIncentives(actor: Actor): Answer {
  return held(actor, 'SECRETARY');
}

/** Sees amounts and documents: the secretary and the supervisor. */
export function canSeeIncentives(actor: Actor): Answer {
  return held(actor, 'SECRETARY', 'SUPERVISOR');
}

/** Records and takes back what a township gives: its own officials, not the district's. */
export function canGiveTownshipIncentives(actor: Actor): Answer {
  return actor.office?.level === 'TOWNSHIP' ? true : 'NOT_ALLOWED';
}
