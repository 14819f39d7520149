import { addDays, type Day, startOfDay } from '@/lib/platform/clock';
import { type Db, Prisma } from '@/lib/platform/db';
import { NIGHT_FROM_HOUR, NIGHT_UNTIL_HOUR, PATTERN_DAYS, ROUND_POINTS } from './rules';
import type { PatternKind, PatternScope } from './types';

/** What is counted for one kind, shop and, of a pair, household. */
export interface CountRow {
  kind: PatternKind;
  village_id: string;
  village_name: string;
  merchant_id: string;
  merchant_name: string;
  is_charity: boolean;
  household_id: string | null;
  household_code: string | null;
  count: number;
  out_of: number;
  points: number;
  household_points: number;
  median: number;
}

/** An order may wait this long between being made and being posted. */
const ORDER_DAYS = 31;

/**
 * Counts what the rules judge, of the last 30 days. Where somebody has looked at a shop's or a pair's pattern, only what
 * came after that look counts, so that it comes up again when it happens again and not because it once did; the middle
 * of all pairs is of the whole time. Sales count by when they were posted. One query over the sales of those villages.
 */
export async function countPatterns(db: Db, scope: PatternScope, today: Day): Promise<CountRow[]> {
  const isOffice = 'townshipId' in scope;
  const villages =
    'townshipId' in scope
      ? Prisma.sql`select v.id from village v where v.township_id = ${scope.townshipId}::uuid`
      : Prisma.sql`select ${scope.villageId}::uuid as id`;
  const from = startOfDay(addDays(today, 1 - PATTERN_DAYS));
  const madeFrom = startOfDay(addDays(today, 1 - PATTERN_DAYS - ORDER_DAYS));
  return db.$queryRaw<CountRow[]>`
    with looks as (
      select l.village_id, l.merchant_id, l.kind, l.household_id, max(l.at) as at
      from pattern_look l where l.village_id in (${villages}) and l.is_office = ${isOffice} group by 1, 2, 3, 4
    ), sales as materialized (
      select r.village_id, r.merchant_id, r.household_id, r.state, r.points, r.posted_at,
        r.offer_id is null and r.voucher_id is null as is_amount,
        extract(hour from r.posted_at at time zone 'Asia/Shanghai')::integer as hour,
        exists (select 1 from resident x join appointment a on a.person_id = x.person_id and a.role = 'MERCHANT'
                  and a.merchant_id = r.merchant_id and a.from_day <= shanghai_day(r.posted_at)
                  and (a.until_day is null or a.until_day >= shanghai_day(r.posted_at))
                where x.village_id = r.village_id and x.household_id = r.household_id and x.left_on is null) as is_own
      from redemption r
      where r.village_id in (${villages}) and r.posted_at >= ${from} and r.made_at >= ${madeFrom}
    ), shops as (
      select s.village_id, s.merchant_id,
        count(*) filter (where s.state in ('UNDONE', 'REFUNDED') and s.posted_at > coalesce(u.at, '-infinity'))::integer as undone,
        count(*) filter (where s.posted_at > coalesce(u.at, '-infinity'))::integer as undone_of,
        count(*) filter (where (s.hour >= ${NIGHT_FROM_HOUR} or s.hour < ${NIGHT_UNTIL_HOUR}) and s.state = 'POSTED'
          and s.posted_at > coalesce(n.at, '-infinity'))::integer as night,
        count(*) filter (where s.state = 'POSTED' and s.posted_at > coalesce(n.at, '-infinity'))::integer as night_of,
        count(*) filter (where s.is_amount and s.points % ${ROUND_POINTS}::integer = 0 and s.state = 'POSTED'
          and s.posted_at > coalesce(o.at, '-infinity'))::integer as round,
        count(*) filter (where s.is_amount and s.state = 'POSTED' and s.posted_at > coalesce(o.at, '-infinity'))::integer as round_of
      from sales s
      left join looks u on u.village_id = s.village_id and u.merchant_id = s.merchant_id and u.kind = 'UNDONE'
      left join looks n on n.village_id = s.village_id and n.merchant_id = s.merchant_id and n.kind = 'NIGHT'
      left join looks o on o.village_id = s.village_id and o.merchant_id = s.merchant_id and o.kind = 'ROUND'
      group by 1, 2
    ), pairs as (
      select s.village_id, s.merchant_id, s.household_id, count(*)::integer as met, p.at as pair_at, w.at as own_at,
        count(*) filter (where s.posted_at > coalesce(p.at, '-infinity'))::integer as pair_count,
        coalesce(sum(s.points) filter (where s.posted_at > coalesce(p.at, '-infinity')), 0)::integer as pair_points,
        count(*) filter (where s.is_own and s.posted_at > coalesce(w.at, '-infinity'))::integer as own_count
      from sales s
      left join looks p on p.village_id = s.village_id and p.merchant_id = s.merchant_id and p.kind = 'PAIR'
        and (${isOffice} or p.household_id = s.household_id)
      left join looks w on w.village_id = s.village_id and w.merchant_id = s.merchant_id and w.kind = 'OWN'
        and (${isOffice} or w.household_id = s.household_id)
      where s.state = 'POSTED' group by 1, 2, 3, p.at, w.at
    ), middles as (
      select village_id, percentile_cont(0.5) within group (order by met)::double precision as median from pairs group by 1
    ), counted as (
      select k.kind, s.village_id, s.merchant_id, null::uuid as household_id, k.count, k.out_of, 0 as points,
        0 as household_points, 0::double precision as median
      from shops s cross join lateral (values
        ('UNDONE', s.undone, s.undone_of), ('NIGHT', s.night, s.night_of), ('ROUND', s.round, s.round_of)) k(kind, count, out_of)
      union all
      select 'PAIR', p.village_id, p.merchant_id, p.household_id, p.pair_count, p.pair_count, p.pair_points,
        (select sum(s.points)::integer from sales s where s.village_id = p.village_id and s.household_id = p.household_id
         and s.state = 'POSTED' and s.posted_at > coalesce(p.pair_at, '-infinity')), m.median
      from pairs p join middles m on m.village_id = p.village_id
      where p.pair_count > 1
      union all
      select 'OWN', p.village_id, p.merchant_id, p.household_id, p.own_count,
        (select count(*)::integer from sales s where s.village_id = p.village_id and s.merchant_id = p.merchant_id
         and s.state = 'POSTED' and s.posted_at > coalesce(p.own_at, '-infinity')), 0, 0, 0
      from pairs p where p.own_count > 0
    )
    select c.kind::text as kind, c.village_id, v.name as village_name, c.merchant_id, m.name as merchant_name, m.is_charity,
      c.household_id, h.code as household_code, c.count, c.out_of, c.points, coalesce(c.household_points, 0) as household_points,
      c.median
    from counted c
    join village v on v.id = c.village_id
    join merchant m on m.id = c.merchant_id
    left join household h on h.village_id = c.village_id and h.id = c.household_id
    where c.count > 0
    order by v.name, v.id, m.name, m.id, h.code, c.kind`;
}
