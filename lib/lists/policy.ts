import type { Actor, DeskRole } from '@/lib/auth/types';
import type { ListAudience } from '@/lib/platform/generated/enums';
import type { RefusalCode } from '@/lib/platform/refusal';

type Answer = true | RefusalCode;

function held(actor: Actor, ...roles: DeskRole[]): Answer {
  return actor.desk?.roles.some((role) => roles.includes(role)) ? true : 'NOT_ALLOWED';
}

/** Drafts lists, throws drafts away and begins their publicity: the secretary. */
export function canDraftLists(actor: Actor): Answer {
  return held(actor, 'SECRETARY');
}

/** Checks lists: the supervisor. That it is another person, and not of a listed household or its kin: list.sql. */
export function canCheckLists(actor: Actor): Answer {
  return held(actor, 'SUPERVISOR');
}

/** Withdraws lists: the secretary or the supervisor, so that there is a way when one of them is recused. */
export function canWithdrawLists(actor: Actor): Answer {
  return held(actor, 'SECRETARY', 'SUPERVISOR');
}

/** Sees lists in preparation: everyone of the village's office. */
export function canSeeDeskLists(actor: Actor): Answer {
  return actor.desk ? true : 'NOT_FOUND';
}

/** Adds places, and closes them: the secretary. */
export function canKeepPlaces(actor: Actor): Answer {
  return held(actor, 'SECRETARY');
}

/** Records inspections of places: the office but the supervisor, who checks the lists made of them. */
export function canInspectPlaces(actor: Actor): Answer {
  return held(actor, 'STEWARD', 'VERIFIER', 'SECRETARY');
}

/** Writes down what households sign on paper: a steward or a verifier; for whom not: list_consent.sql. */
export function canRecordConsents(actor: Actor): Answer {
  return held(actor, 'STEWARD', 'VERIFIER');
}

/** Voids an inspection that another one recorded wrongly (place.sql): everyone of the office. */
export function canVoidPlaceChecks(actor: Actor): Answer {
  return held(actor, 'STEWARD', 'VERIFIER', 'SECRETARY', 'SUPERVISOR');
}

/**
 * Whether someone may see a public list: a red one everyone; a black one by its audience everyone, or the people of
 * that village and its office. To others it is not there.
 */
export function canSeeList(actor: Actor | null, list: { villageId: string; audience: ListAudience }): Answer {
  if (list.audience === 'EVERYONE') return true;
  return isOfVillage(actor, list.villageId) ? true : 'NOT_FOUND';
}

/** Whether someone lives in a village or works at its office. */
export function isOfVillage(actor: Actor | null, villageId: string): boolean {
  return (
    (actor?.residents.some((home) => home.villageId === villageId) ||
      actor?.desks.some((desk) => desk.villageId === villageId)) ??
    false
  );
}
