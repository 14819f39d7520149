import type { Actor, ResidentSeat } from '@/lib/auth/types';
import { type RefusalView, refuse } from './refusal';

// Somebody who lives in several villages, by their rosters, chooses for which household the session acts, in any tab. So
// what a resident's page sends says of which village it is, and nothing is done for a household that the page doesn't
// show. The same of shops: shop-said.ts.

/** What of an actor says where he lives. */
type AtHome = Pick<Actor, 'resident' | 'residents'>;

/**
 * Why what a resident's page sent isn't done, null where it is: it is of another village than the session is at home in
 * (HOME_ELSEWHERE), or somebody of several villages didn't say of which one it is (HOME_UNSAID). `said` is null where a
 * request said nothing; left out where there is no page at all.
 */
export function refusalOtherHome(
  actor: AtHome | null,
  said: string | string[] | null | undefined,
): RefusalView | null {
  if (said === undefined || !actor?.resident) return null;
  const { villageId, villageName } = actor.resident;
  if (said === villageId || (said === null && actor.residents.length < 2)) return null;
  return refuse(said === null ? 'HOME_UNSAID' : 'HOME_ELSEWHERE', { village: villageName }).view;
}

/** Whether a refusal says that a page is of another of one's villages. */
export function isOfOtherHome({ code }: Pick<RefusalView, 'code'>): boolean {
  return code === 'HOME_ELSEWHERE' || code === 'HOME_UNSAID';
}

/**
 * The home that a page is of: the one it says where it is the actor's, else the one the session is at home in. For
 * looking only: what was done for a household is told of to its page, wherever its owner has gone on to.
 */
export function homeSaid(actor: AtHome | null, said: string | null | undefined): ResidentSeat | null {
  return actor?.residents.find((home) => home.villageId === said) ?? actor?.resident ?? null;
}
