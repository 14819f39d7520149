import type { Actor } from '@/lib/auth/types';
import type { RefusalCode } from '@/lib/platform/refusal';

/** Looks at a village's patterns and marks them seen: the secretary and the supervisor. */
export function canLookAtPatterns(actor: Actor): true | RefusalCode {
  return actor.desk?.roles.some((role) => role === 'SECRETARY' || role === 'SUPERVISOR')
    ? true
    : 'NOT_ALLOWED';
}

/** Looks at the patterns of a township's shops: its own officials. */
export function canLookAtTownshipPatterns(actor: Actor): true | RefusalCode {
  return actor.office?.level === 'TOWNSHIP' ? true : 'NOT_ALLOWED';
}
