import { addDays, type Day, startOfDay } from '@/lib/platform/clock';
import { Prisma } from '@/lib/platform/db';
import type { Takings } from './types';

// What a merchant took is read off the ledger: what its account was credited with, less what was reversed. So the
// figures equal it by how they are made (statistics.db.test.ts compares them with the account all the same).

/**
 * Postings of a merchant's accounts from a day on, in all villages it ever had terms with: `sign` is 1 for points
 * taken and −1 for points given back, `day` the Shanghai day of the posting.
 */
export function movesOf(merchantId: string, from: Day, until: Day | null = null) {
  const begin = startOfDay(from);
  const end = until ? startOfDay(addDays(until, 1)) : null;
  return Prisma.sql`
    select p.village_id, p.source, p.points, 1 as sign, shanghai_day(p.posted_at) as day
    from posting p
    where p.village_id in (select t.village_id from alliance_terms t where t.merchant_id = ${merchantId}::uuid)
      and p.credit_id = ${merchantId}::uuid and p.kind = 'REDEMPTION' and p.posted_at >= ${begin}
      and (${end}::timestamptz is null or p.posted_at < ${end})
    union all
    select p.village_id, p.source, p.points, -1, shanghai_day(p.posted_at)
    from posting p
    where p.village_id in (select t.village_id from alliance_terms t where t.merchant_id = ${merchantId}::uuid)
      and p.debit_id = ${merchantId}::uuid and p.kind = 'REVERSAL' and p.posted_at >= ${begin}
      and (${end}::timestamptz is null or p.posted_at < ${end})`;
}

/** For a query over moves `m`: counts and points, taken and given back. */
export const TAKINGS = Prisma.sql`
  count(*) filter (where m.sign = 1)::integer as sales,
  coalesce(sum(m.points) filter (where m.sign = 1), 0)::integer as points,
  count(*) filter (where m.sign = -1)::integer as back_sales,
  coalesce(sum(m.points) filter (where m.sign = -1), 0)::integer as back_points`;

export interface TakingsRow {
  sales: number;
  points: number;
  back_sales: number;
  back_points: number;
}

/** A row of `TAKINGS` as the domain says it. */
export function takingsOf(row: TakingsRow | undefined): Takings {
  return {
    sales: row?.sales ?? 0,
    points: row?.points ?? 0,
    backSales: row?.back_sales ?? 0,
    backPoints: row?.back_points ?? 0,
  };
}
