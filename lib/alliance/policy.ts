import type { Actor } from '@/lib/auth/types';
import type { RefusalCode } from '@/lib/platform/refusal';

type Answer = true | RefusalCode;

/** Decides on merchants: a township's office. The district sees, and decides nothing. */
export function canDecideMerchants(actor: Actor): Answer {
  return actor.office?.level === 'TOWNSHIP' ? true : 'NOT_ALLOWED';
}

/** Signs and ends terms for a village: its secretary. */
export function canSignTerms(actor: Actor): Answer {
  return actor.desk?.roles.includes('SECRETARY') ? true : 'NOT_ALLOWED';
}
