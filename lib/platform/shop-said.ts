import type { Actor } from '@/lib/auth/types';
import { type RefusalView, refuse } from './refusal';

// Somebody of several shops chooses which one the session stands in, in any tab. So what a shop's page sends says whose
// page it is, and nothing is done for a shop that the page doesn't show. `take_points` (shop_take.sql) does the same.

/**
 * Why what the page of a shop sent isn't done, null where it is: it is another shop than the session stands in
 * (SHOP_ELSEWHERE), or somebody of several shops didn't say which one it is (SHOP_UNSAID). `said` is null where a
 * request said nothing; left out where there is no page at all.
 */
export function refusalElsewhere(
  actor: Pick<Actor, 'shop' | 'shops'> | null,
  said: string | string[] | null | undefined,
): RefusalView | null {
  if (said === undefined || !actor?.shop) return null;
  const { merchantId, name } = actor.shop;
  if (said === merchantId || (said === null && actor.shops.length < 2)) return null;
  return refuse(said === null ? 'SHOP_UNSAID' : 'SHOP_ELSEWHERE', { shop: name }).view;
}

/** Whether a refusal says that a page is of another shop. */
export function isOfOtherShop({ code }: Pick<RefusalView, 'code'>): boolean {
  return code === 'SHOP_ELSEWHERE' || code === 'SHOP_UNSAID';
}
