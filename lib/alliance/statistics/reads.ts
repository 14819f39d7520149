import 'server-only';
import { addDays, type Day, dateToDay } from '@/lib/platform/clock';
import type { Db } from '@/lib/platform/db';
import type { MerchantState } from '@/lib/platform/generated/enums';
import { countableDays, fillMonths, monthsUntil, RECENT_DAYS } from './rules';
import { movesOf, TAKINGS, type TakingsRow, takingsOf } from './sql';
import type {
  MonthFigures,
  OfferCount,
  OtherSales,
  PointShare,
  ShopHome,
  ShopStanding,
  VillageFigures,
} from './types';

const OFFERS_MOST = 5;
const LINES_MOST = 500;

const firstOfMonths = (today: Day) => `${monthsUntil(today)[0]}-01` as Day;

/** Takings of a merchant on one day. One query. */
export async function findDayTakings(db: Db, merchantId: string, day: Day) {
  const [row] = await db.$queryRaw<TakingsRow[]>`
    select ${TAKINGS} from (${movesOf(merchantId, day, day)}) m`;
  return takingsOf(row);
}

/** The last twelve months of a merchant, each with its share where days were counted. Two queries. */
export async function listMonths(db: Db, merchantId: string, today: Day): Promise<MonthFigures[]> {
  const from = firstOfMonths(today);
  type ShareRow = {
    month: string;
    days: number;
    first_day: Date;
    last_day: Date;
    point_sales: number;
    other_sales: number;
  };
  const [takings, shares] = await Promise.all([
    db.$queryRaw<(TakingsRow & { month: string })[]>`
      select to_char(m.day, 'YYYY-MM') as month, ${TAKINGS} from (${movesOf(merchantId, from)}) m group by 1`,
    // a sale counts on its day, unless it was given back since: then it is none
    db.$queryRaw<ShareRow[]>`
      with sales as (
        select m.day, count(*) as n from (${movesOf(merchantId, from)}) m
        where m.sign = 1 and exists (select 1 from redemption r where r.village_id = m.village_id and r.id = m.source
                                     and r.state = 'POSTED')
        group by 1
      )
      select to_char(d.day, 'YYYY-MM') as month, count(*)::integer as days, min(d.day) as first_day,
        max(d.day) as last_day, coalesce(sum(s.n), 0)::integer as point_sales, sum(d.other_sales)::integer as other_sales
      from shop_day d left join sales s on s.day = d.day
      where d.merchant_id = ${merchantId}::uuid and d.day >= ${from}::date
      group by 1`,
  ]);
  return fillMonths(
    today,
    new Map(takings.map((row) => [row.month, takingsOf(row)])),
    new Map(
      shares.map((row): [string, PointShare] => [
        row.month,
        {
          days: row.days,
          firstDay: dateToDay(row.first_day),
          lastDay: dateToDay(row.last_day),
          pointSales: row.point_sales,
          otherSales: row.other_sales,
        },
      ]),
    ),
  );
}

/**
 * What a merchant gave for points since a day, best first; what was given back is left out. Amounts without an offer
 * are one line, and so is each kind of voucher. One query.
 */
export async function listOffersTaken(
  db: Db,
  merchantId: string,
  from: Day,
  most = LINES_MOST,
): Promise<OfferCount[]> {
  return db.$queryRaw<OfferCount[]>`
    select r.title, r.voucher_id is not null as "isVoucher", count(*)::integer as sales, sum(m.points)::integer as points
    from (${movesOf(merchantId, from)}) m
    join redemption r on r.village_id = m.village_id and r.id = m.source and r.state = 'POSTED'
    where m.sign = 1
    group by 1, 2 order by 3 desc, 4 desc, 1 limit ${most}`;
}

/** The villages a merchant took points of in the last twelve months, most first. One query. */
export async function listVillagesTaken(db: Db, merchantId: string, today: Day): Promise<VillageFigures[]> {
  const rows = await db.$queryRaw<
    (TakingsRow & { village_id: string; name: string; code: string; fen: bigint })[]
  >`
    select v.id as village_id, v.name, v.code, ${TAKINGS}, sum(m.sign * m.points::bigint * r.reference_fen)::bigint as fen
    from (${movesOf(merchantId, firstOfMonths(today))}) m
    join village v on v.id = m.village_id
    join redemption r on r.village_id = m.village_id and r.id = m.source
    group by v.id order by 5 desc, v.name, v.id`;
  return rows.map((row) => ({
    villageId: row.village_id,
    name: row.name,
    code: row.code,
    ...takingsOf(row),
    fen: Number(row.fen),
  }));
}

/** How many households paid at a merchant since a day, and how many twice or more; never which. One query. */
export async function countHouseholds(
  db: Db,
  merchantId: string,
  from: Day,
): Promise<{ all: number; repeat: number }> {
  const [row] = await db.$queryRaw<{ all: number; repeat: number }[]>`
    select count(*)::integer as "all", count(*) filter (where h.n >= 2)::integer as repeat
    from (
      select r.village_id, r.household_id, count(*) as n
      from (${movesOf(merchantId, from)}) m
      join redemption r on r.village_id = m.village_id and r.id = m.source and r.state = 'POSTED'
      where m.sign = 1 group by 1, 2) h`;
  return row ?? { all: 0, repeat: 0 };
}

async function countOpenOrders(db: Db, merchantId: string) {
  const [row] = await db.$queryRaw<{ orders: number; points: number }[]>`
    select count(*)::integer as orders, coalesce(sum(r.points), 0)::integer as points from redemption r
    where r.village_id in (select t.village_id from alliance_terms t where t.merchant_id = ${merchantId}::uuid)
      and r.merchant_id = ${merchantId}::uuid and r.state = 'HELD'`;
  return row ?? { orders: 0, points: 0 };
}

/** Counts typed for today and yesterday. One query. */
export async function listCounted(db: Db, merchantId: string, today: Day): Promise<OtherSales[]> {
  const rows = await db.$queryRaw<{ day: Date; other_sales: number }[]>`
    select d.day, d.other_sales from shop_day d
    where d.merchant_id = ${merchantId}::uuid and d.day = any (${countableDays(today)}::date[])
    order by d.day desc`;
  return rows.map((row) => ({ day: dateToDay(row.day), otherSales: row.other_sales }));
}

/** All the figures of a merchant's first page. Seven queries, however much it took. */
export async function findShopHome(db: Db, merchantId: string, today: Day): Promise<ShopHome> {
  const recent = addDays(today, 1 - RECENT_DAYS);
  const [taken, openOrders, months, offers, households, counted] = await Promise.all([
    findDayTakings(db, merchantId, today),
    countOpenOrders(db, merchantId),
    listMonths(db, merchantId, today),
    listOffersTaken(db, merchantId, recent, OFFERS_MOST),
    countHouseholds(db, merchantId, recent),
    listCounted(db, merchantId, today),
  ]);
  return { today: taken, openOrders, months, offers, households, counted };
}

/** Whether a merchant takes points now, and of which villages; null when there is none. One query. */
export async function findShopStanding(db: Db, merchantId: string): Promise<ShopStanding | null> {
  type Row = {
    state: MerchantState;
    is_charity: boolean;
    villages: { code: string; name: string }[] | null;
    offered: string[] | null;
  };
  const [row] = await db.$queryRaw<Row[]>`
    select m.state, m.is_charity,
      (select json_agg(json_build_object('code', v.code, 'name', v.name) order by v.name)
       from alliance_terms t join village v on v.id = t.village_id
       where t.merchant_id = m.id and t.accepted_at is not null and t.ended_at is null) as villages,
      (select json_agg(v.name order by v.name) from alliance_terms t join village v on v.id = t.village_id
       where t.merchant_id = m.id and t.accepted_at is null and t.ended_at is null) as offered
    from merchant m where m.id = ${merchantId}::uuid`;
  if (!row) return null;
  return {
    state: row.state,
    isCharity: row.is_charity,
    villages: row.villages ?? [],
    offered: row.offered ?? [],
  };
}
