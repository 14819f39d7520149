import type { Actor } from '@/lib/auth/types';
import { type RefusalView, refuse } from './refusal';

// Somebody of several villages' desks chooses one in any tab, and a desk ends at midnight with its appointment. So what a
// desk's page sends says which village it is of, as a shop's does (shop-said.ts).

/**
 * Why what the page of a desk sent isn't done, null where it is: the session is at another village's desk
 * (DESK_ELSEWHERE), or somebody of several desks didn't say which (DESK_UNSAID). `said` is null where a request said
 * nothing; left out where there is no page at all.
 */
export function refusalOfOtherDesk(
  actor: Pick<Actor, 'desk' | 'desks'> | null,
  said: string | null | undefined,
): RefusalView | null {
  if (said === undefined || !actor?.desk) return null;
  if (said === actor.desk.villageId || (said === null && actor.desks.length < 2)) return null;
  return refuse(said === null ? 'DESK_UNSAID' : 'DESK_ELSEWHERE').view;
}

/** Whether a refusal says that a page is of another village's desk. */
export function isOfOtherDesk({ code }: Pick<RefusalView, 'code'>): boolean {
  return code === 'DESK_ELSEWHERE' || code === 'DESK_UNSAID';
}
