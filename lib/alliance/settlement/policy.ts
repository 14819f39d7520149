import type { Actor } from '@/lib/auth/types';
import type { RefusalCode } from '@/lib/platform/refusal';

type Answer = true | RefusalCode;

const held = (actor: Actor, ...roles: readonly ('SECRETARY' | 'SUPERVISOR')[]): Answer =>
  actor.desk?.roles.some((role) => roles.includes(role as never)) ? true : 'NOT_ALLOWED';

/** Makes statements by hand, answers, pays: the secretary. Whose shop it is is refused in SQL. */
export function canSettle(actor: Actor): Answer {
  return held(actor, 'SECRETARY');
}

/** Reads statements, payments and the pool at the office: the secretary and the supervisor. */
export function canReadSettlement(actor: Actor): Answer {
  return held(actor, 'SECRETARY', 'SUPERVISOR');
}

/** Agrees, disputes and confirms: the shop's people. Of which shop is asked in SQL. */
export function canSettleAsShop(actor: Actor): Answer {
  return actor.shop ? true : 'NOT_ALLOWED';
}

/** Reads what merchants and villages can't agree on, line by line: the township, which both may go to. */
export function canReadContested(actor: Actor): Answer {
  return actor.office?.level === 'TOWNSHIP' ? true : 'NOT_ALLOWED';
}
