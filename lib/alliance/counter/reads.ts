import 'server-only';
import { type Day, startOfDay } from '@/lib/platform/clock';
import { type Db, Prisma } from '@/lib/platform/db';
import {
  addDaysToMoment,
  type LineRow,
  lineColumns,
  toLine,
  toView,
  type ViewRow,
  viewColumns,
} from './rows';
import type {
  CounterOffer,
  CounterView,
  DaySum,
  OfferCategory,
  RedemptionLine,
  RedemptionView,
} from './types';

// What a shop reads of its own redemptions. Each read names the merchant, which comes from the actor; the villages are
// those it has or had terms with, so that every look-up goes by a village's key.

/** Redemptions on one page of a list. */
export const PAGE_LINES = 30;
/** Orders that wait at one shop at a time. */
const ORDERS_MOST = 200;
/** Offers on one counter. */
const OFFERS_MOST = 200;

/** The villages of a merchant, past and present, for `village_id in (…)`. */
const villagesOf = (merchantId: string) =>
  Prisma.sql`(select t.village_id from alliance_terms t where t.merchant_id = ${merchantId}::uuid)`;

/**
 * What a shop may take points with today: the villages it has accepted terms with, and its open offers there, one of
 * several villages once. What is sold out everywhere is left out. Two queries.
 */
export async function findCounter(db: Db, merchantId: string, today: Day): Promise<CounterView> {
  const [villages, offers] = await Promise.all([
    db.$queryRaw<CounterView['villages']>`
      select v.id::text, v.name, case when b.stopped_at is not null then b.stop_why end as "stopWhy"
      from alliance_terms t join village v on v.id = t.village_id
      left join alliance_brake b on b.village_id = v.id
      join merchant m on m.id = t.merchant_id and m.state = 'ADMITTED'
      where t.merchant_id = ${merchantId}::uuid and t.ended_at is null and t.accepted_at is not null
      order by v.created_at, v.id`,
    db.$queryRaw<
      (Omit<CounterOffer, 'pointsMost' | 'photoId'> & { points_most: number; photo_id: string | null })[]
    >`
      select o.id::text, min(o.title) as title, min(o.category::text) as category, min(o.points)::int as points,
        max(o.points)::int as points_most, min(o.photo_id::text) as photo_id
      from offer o join alliance_terms t on t.village_id = o.village_id and t.merchant_id = o.merchant_id
        and t.ended_at is null and t.accepted_at is not null
      where o.merchant_id = ${merchantId}::uuid and o.is_open and o.valid_from <= ${today}::date
        and (o.valid_until is null or o.valid_until >= ${today}::date) and (o.stock is null or o.stock > 0)
      group by o.id order by min(o.created_at), o.id limit ${OFFERS_MOST}`,
  ]);
  return {
    villages,
    offers: offers.map((row) => ({
      id: row.id,
      title: row.title,
      category: row.category as OfferCategory,
      points: row.points,
      pointsMost: row.points_most,
      photoId: row.photo_id,
    })),
  };
}

/** Which of a shop's redemptions a list shows. */
export interface DayFilter {
  day: Day;
  /** four digits; then of all days, the newest first */
  receipt?: string | null;
  /** from 1 */
  page?: number;
}

/** A shop's redemptions of a day, or those of a receipt number, newest first, a page at a time and one more. One query. */
export async function listShopDay(db: Db, merchantId: string, filter: DayFilter): Promise<RedemptionLine[]> {
  const { day, receipt = null, page = 1 } = filter;
  const which = receipt
    ? Prisma.sql`r.receipt = ${receipt}`
    : Prisma.sql`r.made_at >= ${startOfDay(day)}::timestamptz and r.made_at < ${addDaysToMoment(day, 1)}::timestamptz`;
  const rows = await db.$queryRaw<LineRow[]>`
    ${lineColumns} where r.village_id in ${villagesOf(merchantId)} and r.merchant_id = ${merchantId}::uuid and ${which}
    order by r.made_at desc, r.id desc limit ${PAGE_LINES + 1} offset ${(page - 1) * PAGE_LINES}`;
  return rows.map(toLine);
}

/** How many redemptions of a day a shop still has, and their points. One query. */
export async function sumShopDay(db: Db, merchantId: string, day: Day): Promise<DaySum> {
  const [row] = await db.$queryRaw<{ count: bigint; points: bigint | null }[]>`
    select count(*) as count, coalesce(sum(r.points), 0) as points from redemption r
    where r.village_id in ${villagesOf(merchantId)} and r.merchant_id = ${merchantId}::uuid and r.state = 'POSTED'
      and r.made_at >= ${startOfDay(day)}::timestamptz and r.made_at < ${addDaysToMoment(day, 1)}::timestamptz`;
  return { count: Number(row?.count ?? 0), points: Number(row?.points ?? 0) };
}

/** Orders that wait at a shop to be picked up, the one that ends first at the top. One query. */
export async function listOrders(db: Db, merchantId: string): Promise<RedemptionLine[]> {
  const rows = await db.$queryRaw<LineRow[]>`
    ${lineColumns} where r.village_id in ${villagesOf(merchantId)} and r.merchant_id = ${merchantId}::uuid
      and r.state = 'HELD' order by r.held_until nulls last, r.id limit ${ORDERS_MOST}`;
  return rows.map(toLine);
}

/** What waits for a shop: orders to hand over, refunds that households ask for. One query. */
export async function countWaiting(db: Db, merchantId: string): Promise<{ orders: number; refunds: number }> {
  const [row] = await db.$queryRaw<{ orders: bigint; refunds: bigint }[]>`
    select count(*) filter (where r.state = 'HELD') as orders,
      count(*) filter (where r.state = 'POSTED' and r.refund_side = 'HOUSEHOLD') as refunds
    from redemption r where r.village_id in ${villagesOf(merchantId)} and r.merchant_id = ${merchantId}::uuid
      and (r.state = 'HELD' or (r.state = 'POSTED' and r.refund_side = 'HOUSEHOLD'))`;
  return { orders: Number(row?.orders ?? 0), refunds: Number(row?.refunds ?? 0) };
}

/** Redemptions of a shop whose refund its customers ask for, oldest first. One query. */
export async function listRefundsAsked(db: Db, merchantId: string): Promise<RedemptionLine[]> {
  const rows = await db.$queryRaw<LineRow[]>`
    ${lineColumns} where r.village_id in ${villagesOf(merchantId)} and r.merchant_id = ${merchantId}::uuid
      and r.state = 'POSTED' and r.refund_side = 'HOUSEHOLD' order by r.made_at, r.id limit ${ORDERS_MOST}`;
  return rows.map(toLine);
}

/** One redemption of a shop; null when it isn't its own. One query. */
export async function findForShop(db: Db, merchantId: string, id: string): Promise<RedemptionView | null> {
  const [row] = await db.$queryRaw<ViewRow[]>`
    ${viewColumns} where r.village_id in ${villagesOf(merchantId)} and r.id = ${id}::uuid
      and r.merchant_id = ${merchantId}::uuid`;
  return row ? toView(row) : null;
}

/** What residents paid or ordered by themselves at a shop after a moment, oldest first: what its phone rings for. One query. */
export async function listRung(
  db: Db,
  merchantId: string,
  after: Date,
  most: number,
): Promise<RedemptionLine[]> {
  const rows = await db.$queryRaw<LineRow[]>`
    ${lineColumns} where r.village_id in ${villagesOf(merchantId)} and r.merchant_id = ${merchantId}::uuid
      and r.flow in ('SHELF', 'ORDER') and r.state in ('POSTED', 'HELD') and r.made_at > ${after}::timestamptz
    order by r.made_at, r.id limit ${most}`;
  return rows.map(toLine);
}
