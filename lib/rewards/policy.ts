import type { Actor, DeskRole } from '@/lib/auth/types';
import type { RefusalCode } from '@/lib/platform/refusal';

type Answer = true | RefusalCode;

function held(actor: Actor, ...roles: DeskRole[]): Answer {
  return actor.desk?.roles.some((role) => roles.includes(role)) ? true : 'NOT_ALLOWED';
}

/** Awards stars and plaques and issues vouchers: the secretary. */
export function canAwardRewards(actor: Actor): Answer {
  return held(actor, 'SECRETARY');
}

/** Takes a star or a plaque back: the supervisor, never who gave it (reward_star.sql). */
export function canRevokeRewards(actor: Actor): Answer {
  return held(actor, 'SUPERVISOR');
}

/** Confirms a batch of vouchers: the supervisor, never who issued it (reward_voucher.sql). */
export function canConfirmVouchers(actor: Actor): Answer {
  return held(actor, 'SUPERVISOR');
}

/** Drops a batch before it is confirmed: who issues (withdrawn) or who confirms (refused). */
export function canDropVouchers(actor: Actor): Answer {
  return held(actor, 'SECRETARY', 'SUPERVISOR');
}

/** Cancels a voucher, and opens the sheet with the codes: the secretary. */
export function canHandleVouchers(actor: Actor): Answer {
  return held(actor, 'SECRETARY');
}
