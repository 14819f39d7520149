import type { Actor, DeskRole } from '@/lib/auth/types';
import type { RefusalCode } from '@/lib/platform/refusal';
import type { DeductionTask, DeductionView } from './types';

type Answer = true | RefusalCode;

const anyOf =
  (...roles: DeskRole[]) =>
  (actor: Actor): Answer =>
    actor.desk?.roles.some((role) => roles.includes(role)) ? true : 'NOT_ALLOWED';

// Coarse, by role; recusal, the two people and what may no longer be are prisma/functions/deduction_step.sql's.

/** Records what was seen, warns, and finds it mended; writes down what people without a phone say. */
export const canRecordDeductions = anyOf('VERIFIER', 'STEWARD', 'SECRETARY');
/** Proposes after looking again. */
export const canProposeDeductions = anyOf('VERIFIER');
/** Approves: the second pair of eyes. */
export const canApproveDeductions = anyOf('SUPERVISOR');
/** Gives a deduction up before it is approved, and posts one whose days have passed. */
export const canDropDeductions = anyOf('VERIFIER', 'SECRETARY', 'SUPERVISOR');
/** Hears households and looks at repairs, as far as the ladder of hearing.sql comes to them. */
export const canHear = anyOf('SUPERVISOR', 'SECRETARY', 'VERIFIER');

const ROLES: Record<DeductionTask, ((actor: Actor) => Answer) | null> = {
  WARN: canRecordDeductions,
  PROPOSE: canProposeDeductions,
  WAIT: canRecordDeductions,
  RECHECK: canRecordDeductions,
  APPROVE: canApproveDeductions,
  ANSWERING: null,
  HEAR: canHear,
  POST: canDropDeductions,
  REPAIR: canHear,
  NONE: null,
};

/** Whether a task is this person's to do, by role. */
export function isTaskOf(actor: Actor, task: DeductionTask): boolean {
  return ROLES[task]?.(actor) === true;
}

/**
 * Why somebody of the office can't do what waits: null when he can, NOT_ALLOWED where nothing is his to do. What the
 * page says before the database would.
 */
export function whyNotAct(
  view: Pick<
    DeductionView,
    'task' | 'proposedById' | 'recordedById' | 'claimedById' | 'hearers' | 'objection'
  >,
  actor: Actor,
  recusal: 'OWN_HOUSEHOLD' | 'NEAR_KIN' | null,
): RefusalCode | null {
  const may = ROLES[view.task];
  if (!may) return 'NOT_ALLOWED';
  const answer = may(actor);
  if (answer !== true) return answer;
  if (recusal) return recusal;
  if (
    view.task === 'APPROVE' &&
    (actor.personId === view.proposedById || actor.personId === view.recordedById)
  )
    return 'DEDUCTION_TWO_PEOPLE';
  if (view.task === 'HEAR') {
    if (view.objection) return 'HEARD_AS_OBJECTION';
    if (isHearer(view, actor)) return null;
    return view.hearers.length > 0 ? 'ANOTHER_HEARS' : 'NOBODY_HEARS';
  }
  if (view.task === 'REPAIR' && view.claimedById === actor.personId) return 'OWN_REPORT';
  if (view.task === 'REPAIR' && !actor.desk?.roles.includes('VERIFIER') && !isHearer(view, actor)) {
    return view.hearers.length > 0 ? 'ANOTHER_HEARS' : 'NOBODY_HEARS';
  }
  return null;
}

/** Whether somebody is one of those who may hear it, or say that a repair isn't enough. */
export function isHearer(view: Pick<DeductionView, 'hearers'>, actor: Actor): boolean {
  return view.hearers.some((one) => one.personId === actor.personId);
}
