import 'server-only';
import { type Day, dateToDay, dayToDate } from '@/lib/platform/clock';
import { type Db, Prisma } from '@/lib/platform/db';
import { tidySearch } from '@/lib/residents/reads';
import { offerState } from '../offer/rules';
import type { OfferCategory } from '../offer/types';
import { searchPattern } from '../spelling';
import type { HonourView, PublicOffer, PublicShopFacts, ShopFilter, ShopPage } from './types';

export const SHOPS_PER_PAGE = 20;
/** offers of a shop shown in the village's list */
const OFFERS_SHOWN = 4;

interface OfferRow {
  id: string;
  merchant_id: string;
  category: OfferCategory;
  title: string;
  note: string;
  points: number;
  stock: number | null;
  per_household_month: number | null;
  valid_from: Date;
  valid_until: Date | null;
  photo_id: string | null;
  is_open: boolean;
}

function publicOffer(row: OfferRow, today: Day): PublicOffer {
  const validFrom = dateToDay(row.valid_from);
  const validUntil = row.valid_until ? dateToDay(row.valid_until) : null;
  return {
    id: row.id,
    category: row.category,
    title: row.title,
    note: row.note,
    points: row.points,
    stock: row.stock,
    perHouseholdMonth: row.per_household_month,
    validUntil,
    photoId: row.photo_id,
    state: offerState({ isOpen: row.is_open, stock: row.stock, validFrom, validUntil }, today),
  };
}

const AT_HAND = (day: Date) =>
  Prisma.sql`o.is_open and o.valid_from <= ${day}::date and (o.valid_until is null or o.valid_until >= ${day}::date)`;

/**
 * The shops that take a village's points, with some of what they give; of a search or a category those that have it. By
 * nearness to the reader's group (the same, then by distance in the order of groups, then those in none), or by the
 * category of what they give. Public. Two queries.
 */
export async function listVillageShops(
  db: Db,
  villageId: string,
  { category, search, sort, page, groupNumber }: ShopFilter,
  today: Day,
): Promise<ShopPage> {
  const day = dayToDate(today);
  const wanted = tidySearch(search);
  const like = searchPattern(wanted);
  const ofCategory = category ? Prisma.sql`and o.category = ${category}::"OfferCategory"` : Prisma.empty;
  const order =
    sort === 'category'
      ? Prisma.sql`s.first_category nulls last, s.name, s.id`
      : Prisma.sql`abs(s.group_number - ${groupNumber}::int) nulls last, s.name, s.id`;
  const rows = await db.$queryRaw<
    {
      id: string;
      name: string;
      kind: string;
      address: string;
      opening_hours: string;
      is_charity: boolean;
      front_photo_id: string | null;
      group_name: string | null;
      offers: number;
      by_name: boolean;
      total: number;
    }[]
  >`
    select s.*, (count(*) over ())::int as total from (
      select m.id, m.name, m.kind, m.address, m.opening_hours, m.is_charity, m.front_photo_id, g.name as group_name,
        g.number as group_number,
        (m.name ilike ${like} or m.kind ilike ${like} or m.spelling like ${like}) as by_name,
        (select count(*)::int from offer o where o.village_id = t.village_id and o.merchant_id = m.id and ${AT_HAND(day)} ${ofCategory}) as offers,
        (select count(*)::int from offer o where o.village_id = t.village_id and o.merchant_id = m.id and ${AT_HAND(day)} ${ofCategory}
           and (o.title ilike ${like} or o.spelling like ${like})) as found,
        (select min(o.category) from offer o where o.village_id = t.village_id and o.merchant_id = m.id and ${AT_HAND(day)} ${ofCategory}) as first_category
      from alliance_terms t
      join merchant m on m.id = t.merchant_id and m.state = 'ADMITTED'
      left join village_group g on g.village_id = t.village_id and g.id = t.near_group_id
      where t.village_id = ${villageId}::uuid and t.ended_at is null and t.accepted_at is not null
    ) s
    where (${category === null} or s.offers > 0) and (${wanted === ''} or s.by_name or s.found > 0)
    order by ${order}
    limit ${SHOPS_PER_PAGE} offset ${(Math.max(1, page) - 1) * SHOPS_PER_PAGE}`;
  const ids = rows.map((row) => row.id);
  const named = rows.filter((row) => row.by_name).map((row) => row.id);
  const offers = await db.$queryRaw<OfferRow[]>`
    select * from (
      select o.*, row_number() over (partition by o.merchant_id order by o.stock is not distinct from 0, o.points, o.id) as place
      from offer o
      where o.village_id = ${villageId}::uuid and o.merchant_id = any(${ids}::uuid[]) and ${AT_HAND(day)} ${ofCategory}
        and (${wanted === ''} or o.merchant_id = any(${named}::uuid[]) or o.title ilike ${like} or o.spelling like ${like})
    ) o where o.place <= ${OFFERS_SHOWN} order by o.merchant_id, o.place`;
  const total = rows[0]?.total ?? 0;
  return {
    shops: rows.map((row) => ({
      id: row.id,
      name: row.name,
      kind: row.kind,
      address: row.address,
      openingHours: row.opening_hours,
      isCharity: row.is_charity,
      frontPhotoId: row.front_photo_id,
      nearGroupName: row.group_name ?? '',
      offers: offers.filter((one) => one.merchant_id === row.id).map((one) => publicOffer(one, today)),
      offerCount: row.offers,
    })),
    total,
    page: Math.max(1, page),
    pages: Math.max(1, Math.ceil(total / SHOPS_PER_PAGE)),
  };
}

/**
 * A shop on its public page in a village: in the alliance, and with accepted terms there, now or before. Null otherwise,
 * whatever there is. Public. One query.
 */
export async function findVillageShop(
  db: Db,
  villageId: string,
  merchantId: string,
): Promise<PublicShopFacts | null> {
  const [row] = await db.$queryRaw<
    {
      id: string;
      name: string;
      kind: string;
      address: string;
      opening_hours: string;
      is_charity: boolean;
      is_suspended: boolean;
      front_photo_id: string | null;
      township_name: string;
      reference_fen: number;
      once_most: number | null;
      household_month_most: number | null;
      group_name: string | null;
      is_over: boolean;
    }[]
  >`
    select m.id, m.name, m.kind, m.address, m.opening_hours, m.is_charity, m.state = 'SUSPENDED' as is_suspended,
      m.front_photo_id, w.name as township_name, t.reference_fen, t.once_most, t.household_month_most, g.name as group_name,
      t.ended_at is not null as is_over
    from alliance_terms t
    join merchant m on m.id = t.merchant_id and m.state in ('ADMITTED', 'SUSPENDED')
    join township w on w.id = m.township_id
    left join village_group g on g.village_id = t.village_id and g.id = t.near_group_id
    where t.village_id = ${villageId}::uuid and t.merchant_id = ${merchantId}::uuid and t.accepted_at is not null
    order by t.ended_at is not null, t.accepted_at desc limit 1`;
  if (!row) return null;
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    address: row.address,
    openingHours: row.opening_hours,
    isCharity: row.is_charity,
    isSuspended: row.is_suspended,
    frontPhotoId: row.front_photo_id,
    townshipName: row.township_name,
    terms: row.is_over
      ? null
      : {
          referenceFen: row.reference_fen,
          onceMost: row.once_most,
          householdMonthMost: row.household_month_most,
          nearGroupName: row.group_name ?? '',
        },
  };
}

/** What a shop gives in a village, by kind and points; what is over or closed is left out. Public. One query. */
export async function listOffersOfShop(
  db: Db,
  villageId: string,
  merchantId: string,
  today: Day,
): Promise<PublicOffer[]> {
  const day = dayToDate(today);
  const rows = await db.$queryRaw<OfferRow[]>`
    select o.* from offer o
    where o.village_id = ${villageId}::uuid and o.merchant_id = ${merchantId}::uuid and o.is_open
      and (o.valid_until is null or o.valid_until >= ${day}::date)
    order by o.category, o.valid_from > ${day}::date, o.stock is not distinct from 0, o.points, o.id limit 200`;
  return rows.map((row) => publicOffer(row, today));
}

/** How often a household has had each offer of a shop this month: for itself alone. One query. */
export async function countHadThisMonth(
  db: Db,
  villageId: string,
  householdId: string,
  merchantId: string,
  now: Date,
): Promise<Map<string, number>> {
  const rows = await db.$queryRaw<{ offer_id: string; count: number }[]>`
    select r.offer_id, count(*)::int as count from redemption r
    where r.village_id = ${villageId}::uuid and r.household_id = ${householdId}::uuid and r.merchant_id = ${merchantId}::uuid
      and r.offer_id is not null and r.state::text in ('ASKED', 'HELD', 'POSTED')
      and r.made_at >= date_trunc('month', ${now}::timestamptz at time zone 'Asia/Shanghai') at time zone 'Asia/Shanghai'
    group by r.offer_id`;
  return new Map(rows.map((row) => [row.offer_id, row.count]));
}

/** The honours that a merchant holds on a day: given, not revoked, not over. Public. One query. */
export async function listShopHonours(db: Db, merchantId: string, today: Day): Promise<HonourView[]> {
  const rows = await db.$queryRaw<{ title: string; from_day: Date; village_name: string }[]>`
    select i.title, i.from_day, coalesce(v.name, w.name, '') as village_name
    from incentive i join merchant m on m.id = i.merchant_id join township w on w.id = m.township_id
    left join village v on v.id = i.village_id
    where i.merchant_id = ${merchantId}::uuid and i.kind = 'HONOUR' and i.revoked_at is null
      and i.from_day <= ${dayToDate(today)}::date and (i.until_day is null or i.until_day >= ${dayToDate(today)}::date)
    order by i.from_day desc, i.id limit 20`;
  return rows.map((row) => ({
    title: row.title,
    villageName: row.village_name,
    from: dateToDay(row.from_day),
  }));
}

/** The number of the group that a household lives in; null when there is none. One query. */
export async function findGroupNumber(
  db: Db,
  villageId: string,
  householdId: string,
): Promise<number | null> {
  const row = await db.household.findUnique({
    where: { villageId_id: { villageId, id: householdId } },
    select: { group: { select: { number: true } } },
  });
  return row?.group.number ?? null;
}

/** How many shops take a village's points, and how many things they give. Public. One query. */
export async function countVillageShops(
  db: Db,
  villageId: string,
): Promise<{ shops: number; offers: number }> {
  const [row] = await db.$queryRaw<{ shops: number; offers: number }[]>`
    select count(*)::int as shops, coalesce(sum((select count(*) from offer o where o.village_id = t.village_id
      and o.merchant_id = t.merchant_id and o.is_open)), 0)::int as offers
    from alliance_terms t join merchant m on m.id = t.merchant_id and m.state = 'ADMITTED'
    where t.village_id = ${villageId}::uuid and t.ended_at is null and t.accepted_at is not null`;
  return row ?? { shops: 0, offers: 0 };
}
