import 'server-only';
import type { Day, Quarter } from '@/lib/platform/clock';
import type { Db } from '@/lib/platform/db';
import type { OwnHonours } from './types';

/** A household's honours in brief. One query. */
export async function findOwnHonours(
  db: Db,
  scope: { villageId: string; householdId: string },
  today: Day,
): Promise<OwnHonours> {
  const [row] = await db.$queryRaw<
    { period: Quarter | null; stars: number | null; plaques: number; vouchers: number }[]
  >`
    select s.period, s.stars,
      (select count(*)::integer from plaque p where p.village_id = ${scope.villageId}::uuid
         and p.household_id = ${scope.householdId}::uuid and p.revoked_at is null) as plaques,
      (select count(*)::integer from voucher v
       join voucher_batch b on b.village_id = v.village_id and b.id = v.batch_id
         and b.confirmed_at is not null and b.expires_on >= ${today}::date
       where v.village_id = ${scope.villageId}::uuid and v.household_id = ${scope.householdId}::uuid
         and v.state = 'ISSUED') as vouchers
    from (select 1) x
    left join lateral (
      select r.period, r.stars from star_rating r
      where r.village_id = ${scope.villageId}::uuid and r.household_id = ${scope.householdId}::uuid
        and r.revoked_at is null order by r.period desc limit 1
    ) s on true`;
  if (!row) return { star: null, plaques: 0, vouchers: 0 };
  return {
    star: row.period && row.stars ? { quarter: row.period, stars: row.stars } : null,
    plaques: row.plaques,
    vouchers: row.vouchers,
  };
}
