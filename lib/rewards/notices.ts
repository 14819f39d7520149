import 'server-only';
import type { Tx } from '@/lib/platform/command';

/** What a household is told about a reward. */
export interface RewardNews {
  householdId: string;
  title: string;
  body: string;
}

/**
 * Tells households, in the transaction that did it: everyone of them who can sign in. One statement. A voucher's code
 * is never part of it.
 */
export async function tellHouseholds(
  tx: Tx,
  villageId: string,
  news: readonly RewardNews[],
  now: Date,
): Promise<void> {
  if (news.length === 0) return;
  await tx.$executeRaw`
    insert into message (village_id, id, person_id, title, body, href, created_at)
    select ${villageId}::uuid, uuid_of_time(${now}::timestamptz), r.person_id, n.title, n.body, '/me/rewards',
      ${now}::timestamptz
    from unnest(${news.map((one) => one.householdId)}::uuid[], ${news.map((one) => one.title)}::text[],
                ${news.map((one) => one.body)}::text[]) n(household_id, title, body)
    join resident r on r.village_id = ${villageId}::uuid and r.household_id = n.household_id
      and r.left_on is null and r.person_id is not null`;
}
