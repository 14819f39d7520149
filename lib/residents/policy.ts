import type { Actor, DeskRole } from '@/lib/auth/types';
import type { RefusalCode } from '@/lib/platform/refusal';

type Answer = true | RefusalCode;

function held(actor: Actor, ...roles: DeskRole[]): Answer {
  return actor.desk?.roles.some((role) => roles.includes(role)) ? true : 'NOT_ALLOWED';
}

/** Sees households and residents of the village: everyone of its office. */
export function canSeeRoster(actor: Actor): Answer {
  return actor.desk ? true : 'NOT_FOUND';
}

/** Keeps the roster: the secretary. */
export function canKeepRoster(actor: Actor): Answer {
  return held(actor, 'SECRETARY');
}

/** Reads a phone number in full, which is logged: who calls people, the secretary and the stewards. */
export function canRevealPhone(actor: Actor): Answer {
  return held(actor, 'SECRETARY', 'STEWARD');
}

/** Declares near kin: everyone of the office, since it only ever takes a power away. */
export function canDeclareKin(actor: Actor): Answer {
  return actor.desk ? true : 'NOT_ALLOWED';
}

/** Ends a declared kinship, which gives a power back a year later: the secretary, and not for the own household. */
export function canEndKin(actor: Actor): Answer {
  return held(actor, 'SECRETARY');
}

/** Appoints stewards, verifiers and supervisors: the secretary. */
export function canAppoint(actor: Actor): Answer {
  return held(actor, 'SECRETARY');
}

/** Reads the village's log of commands: the secretary and the supervisor. */
export function canReadLog(actor: Actor): Answer {
  return held(actor, 'SECRETARY', 'SUPERVISOR');
}
