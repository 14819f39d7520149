import 'server-only';
import type { OfficeSeat } from '@/lib/auth/types';
import { type Day, monthOf, startOfDay } from '@/lib/platform/clock';
import { type Db, Prisma } from '@/lib/platform/db';
import type { AllianceVillage } from './types';

export type OverviewScope = { villageId: string } | { office: Pick<OfficeSeat, 'level' | 'id'> };

function within(scope: OverviewScope) {
  if ('villageId' in scope) return Prisma.sql`v.id = ${scope.villageId}::uuid`;
  return scope.office.level === 'TOWNSHIP'
    ? Prisma.sql`v.township_id = ${scope.office.id}::uuid`
    : Prisma.sql`t.district_id = ${scope.office.id}::uuid`;
}

/**
 * The alliance of a village, or of each village of a township or district: who takes points, what can be had, what was
 * taken this month by the ledger, and what is owed: what statements that aren't paid say, and what is in none yet. So what
 * it looks through is the statements and this month's postings, and doesn't grow with all that was ever taken. One query.
 */
export async function listAllianceVillages(
  db: Db,
  scope: OverviewScope,
  today: Day,
): Promise<AllianceVillage[]> {
  const from = startOfDay(`${monthOf(today)}-01` as Day);
  type Row = {
    village_id: string;
    code: string;
    name: string;
    township_id: string;
    township_name: string;
    shops: number;
    charities: number;
    offers: number;
    month_sales: number;
    month_points: number;
    owed_points: number;
    owed_fen: bigint;
    given_points: number;
  };
  const rows = await db.$queryRaw<Row[]>`
    select v.id as village_id, v.code, v.name, t.id as township_id, t.name as township_name,
      s.shops, s.charities, o.offers, coalesce(c.sales, 0)::integer as month_sales, coalesce(c.points, 0)::integer as month_points,
      (coalesce(p.points, 0) + coalesce(u.points, 0))::integer as owed_points,
      (coalesce(p.fen, 0) + coalesce(u.fen, 0))::bigint as owed_fen, (coalesce(p.given, 0) + coalesce(u.given, 0))::integer as given_points
    from village v
    join township t on t.id = v.township_id
    cross join lateral (
      select count(*) filter (where not m.is_charity)::integer as shops, count(*) filter (where m.is_charity)::integer as charities
      from alliance_terms a join merchant m on m.id = a.merchant_id and m.state = 'ADMITTED'
      where a.village_id = v.id and a.accepted_at is not null and a.ended_at is null) s
    cross join lateral (
      select count(*)::integer as offers from offer f join merchant m on m.id = f.merchant_id and m.state = 'ADMITTED'
      where f.village_id = v.id and f.is_open and f.valid_from <= ${today}::date
        and (f.valid_until is null or f.valid_until >= ${today}::date) and (f.stock is null or f.stock > 0)
        and exists (select 1 from alliance_terms a where a.village_id = v.id and a.merchant_id = f.merchant_id
                    and a.accepted_at is not null and a.ended_at is null)) o
    cross join lateral (
      select sum(x.sign) as sales, sum(x.sign * x.points) as points from (
        select distinct a.merchant_id from alliance_terms a where a.village_id = v.id) k
      cross join lateral (
        select 1 as sign, g.points from posting g
        where g.village_id = v.id and g.credit_id = k.merchant_id and g.kind = 'REDEMPTION' and g.posted_at >= ${from}
        union all
        select -1, g.points from posting g
        where g.village_id = v.id and g.debit_id = k.merchant_id and g.kind = 'REVERSAL' and g.posted_at >= ${from}) x) c
    cross join lateral (
      select sum(y.points) filter (where not m.is_charity and y.state not in ('PAID', 'CONFIRMED')) as points,
        sum(y.fen) filter (where not m.is_charity and y.state not in ('PAID', 'CONFIRMED')) as fen,
        sum(y.points) filter (where m.is_charity) as given
      from statement y join merchant m on m.id = y.merchant_id where y.village_id = v.id) p
    cross join lateral (
      select sum(x.points) filter (where not m.is_charity) as points, sum(x.fen) filter (where not m.is_charity) as fen,
        sum(x.points) filter (where m.is_charity) as given
      from (select distinct a.merchant_id from alliance_terms a where a.village_id = v.id) k
      join merchant m on m.id = k.merchant_id
      cross join lateral merchant_unstated(v.id, k.merchant_id, 'infinity') x) u
    where ${within(scope)}
    order by t.name, t.id, v.created_at, v.id
    limit 1000`;
  return rows.map((row) => ({
    villageId: row.village_id,
    code: row.code,
    name: row.name,
    townshipId: row.township_id,
    townshipName: row.township_name,
    shops: row.shops,
    charities: row.charities,
    offers: row.offers,
    monthSales: row.month_sales,
    monthPoints: row.month_points,
    owedPoints: row.owed_points,
    owedFen: Number(row.owed_fen),
    givenPoints: row.given_points,
  }));
}
