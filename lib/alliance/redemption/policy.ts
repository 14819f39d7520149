import type { Actor, ResidentSeat } from '@/lib/auth/types';
import type { RefusalCode } from '@/lib/platform/refusal';

/** The head decides for the household up to how many points a shop may take without a word more. */
export function canSetFreeLimit(actor: Actor & { resident: ResidentSeat }): true | RefusalCode {
  return actor.resident.isHead || 'FREE_LIMIT_BY_HEAD';
}
