import type { Actor, DeskRole } from '@/lib/auth/types';
import type { RefusalCode } from '@/lib/platform/refusal';

type Answer = true | RefusalCode;

const anyOf =
  (...roles: DeskRole[]) =>
  (actor: Actor): Answer =>
    actor.desk?.roles.some((role) => roles.includes(role)) ? true : 'NOT_ALLOWED';

// Coarse, by role; recusal, the two people and what may no longer be are prisma/functions/deduction.sql's.

/** Records what was seen, warns, and finds it mended; writes down what people without a phone say. */
export const canRecordDeductions = anyOf('VERIFIER', 'STEWARD', 'SECRETARY');
/** Proposes after looking again, and looks at repairs. */
export const canProposeDeductions = anyOf('VERIFIER');
/** Approves: the second pair of eyes. */
export const canApproveDeductions = anyOf('SUPERVISOR');
/** Gives a deduction up before it is approved, and posts one whose days have passed. */
export const canDropDeductions = anyOf('VERIFIER', 'SECRETARY', 'SUPERVISOR');
/** Hears households, as far as the ladder of hearing.sql comes to them. */
export const canHear = anyOf('SUPERVISOR', 'SECRETARY', 'VERIFIER');
