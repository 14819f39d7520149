import type { Actor } from '@/lib/auth/types';
import { isOfOtherDesk } from './desk-said';
import { type FormSender, keepFormReturn } from './form-return';
import { isOfOtherHome } from './home-said';
import type { RefusalView } from './refusal';
import { isOfOtherShop } from './shop-said';

// Where a form leads that was refused.

/** Who sent a form, from where and when. */
export interface Sent {
  actor: Actor | null;
  address: string;
  now: Date;
}

/** Whose a form is, as it is kept when it is refused. */
export function senderOf({ actor, address }: Pick<Sent, 'actor' | 'address'>): FormSender {
  return { sessionId: actor?.sessionId ?? null, address };
}

/**
 * Where a form of another shop, home or desk leads: to the one that its sender stands in now, which says so; null where a
 * refusal says nothing of that kind. Its own page may not be there any more, and what was entered for one isn't laid out for
 * another.
 */
export async function refusedElsewhere(refusal: RefusalView, sent: Sent): Promise<string | null> {
  const place = placeOf(refusal);
  return place && withParam(place, 'r', await keepFormReturn(senderOf(sent), refusal, {}, sent.now));
}

function placeOf(refusal: RefusalView): string | null {
  if (isOfOtherShop(refusal)) return '/shop';
  if (isOfOtherHome(refusal)) return '/me';
  return isOfOtherDesk(refusal) ? '/desk' : null;
}

/** `path` with a notice or a refusal in its query, instead of any it had. */
export function withParam(path: string, name: string, value: string): string {
  const url = new URL(path, 'http://here');
  url.searchParams.delete('r');
  url.searchParams.delete('ok');
  url.searchParams.set(name, value);
  // "/.//host" has become "//host" by now, which is another site
  return `${url.pathname.replace(/^\/+/, '/')}${url.search}${url.hash}`;
}
