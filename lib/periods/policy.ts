import type { Actor } from '@/lib/auth/types';
import type { RefusalCode } from '@/lib/platform/refusal';

type Answer = true | RefusalCode;

/** Begins the publicity of a quarter and announces a year's end: the secretary. */
export function canOpenPeriods(actor: Actor): Answer {
  return actor.desk?.roles.includes('SECRETARY') ? true : 'NOT_ALLOWED';
}

/** Locks a quarter and closes a year: the supervisor, and another person than who began it (period.sql). */
export function canClosePeriods(actor: Actor): Answer {
  return actor.desk?.roles.includes('SUPERVISOR') ? true : 'NOT_ALLOWED';
}
