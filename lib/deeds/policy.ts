import type { Actor } from '@/lib/auth/types';
import type { RefusalCode } from '@/lib/platform/refusal';

type Answer = true | RefusalCode;

/** Decides about deeds: verifiers of the village (product.md, "Who uses it"). Recusal depends on the deed: deed.sql. */
export function canDecideDeeds(actor: Actor): Answer {
  return actor.desk?.roles.includes('VERIFIER') ? true : 'NOT_ALLOWED';
}

/** Logs deeds for others: stewards, and the rest of the office but the supervisor, who stays a second pair of eyes. */
export function canRecordDeeds(actor: Actor): Answer {
  const roles = actor.desk?.roles ?? [];
  return roles.includes('STEWARD') || roles.includes('VERIFIER') || roles.includes('SECRETARY')
    ? true
    : 'NOT_ALLOWED';
}

/** Sees the queue: everyone of the village's office. */
export function canSeeQueue(actor: Actor): Answer {
  return actor.desk ? true : 'NOT_FOUND';
}
