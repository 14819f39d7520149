import type { Actor } from '@/lib/auth/types';
import type { RefusalCode } from '@/lib/platform/refusal';

type Answer = true | RefusalCode;

/** Writes an objection down for a household: the office but the supervisor, who decides. */
export function canRecordObjections(actor: Actor): Answer {
  const roles = actor.desk?.roles ?? [];
  return roles.includes('STEWARD') || roles.includes('VERIFIER') || roles.includes('SECRETARY')
    ? true
    : 'NOT_ALLOWED';
}

/** Decides, as far as the ladder of prisma/functions/hearing.sql comes to this person. */
export function canDecideObjections(actor: Actor): Answer {
  const roles = actor.desk?.roles ?? [];
  return roles.includes('SUPERVISOR') || roles.includes('SECRETARY') || roles.includes('VERIFIER')
    ? true
    : 'NOT_ALLOWED';
}
