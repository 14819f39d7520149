import 'server-only';
import { type Day, dateToDay } from '@/lib/platform/clock';
import type { Db } from '@/lib/platform/db';
import { tidySearch } from '@/lib/residents/reads';
import { searchPattern } from '../spelling';
import { offerState } from './rules';
import type { OfferCategory, OfferState, ShopOffer, ShopVillage } from './types';

export const OFFERS_PER_PAGE = 30;

export interface OfferFilter {
  search: string;
  state: OfferState | null;
  villageId: string | null;
  page: number;
}

interface Row {
  id: string;
  category: OfferCategory;
  title: string;
  note: string;
  points: number;
  per_household_month: number | null;
  valid_from: Date;
  valid_until: Date | null;
  photo_id: string | null;
  village_id: string;
  village_name: string;
  village_code: string;
  stock: number | null;
  is_open: boolean;
  has_terms: boolean;
}

function gather(rows: Row[], today: Day): ShopOffer[] {
  const byId = new Map<string, ShopOffer>();
  for (const row of rows) {
    const validFrom = dateToDay(row.valid_from);
    const validUntil = row.valid_until ? dateToDay(row.valid_until) : null;
    const offer = byId.get(row.id) ?? {
      id: row.id,
      category: row.category,
      title: row.title,
      note: row.note,
      points: row.points,
      perHouseholdMonth: row.per_household_month,
      validFrom,
      validUntil,
      photoId: row.photo_id,
      villages: [],
    };
    offer.villages.push({
      villageId: row.village_id,
      villageName: row.village_name,
      villageCode: row.village_code,
      stock: row.stock,
      state: offerState({ isOpen: row.is_open, stock: row.stock, validFrom, validUntil }, today),
      hasTerms: row.has_terms,
    });
    byId.set(row.id, offer);
  }
  return [...byId.values()];
}

/** The offers of a shop in every village where it has or had terms; at most 200 each. */
async function rowsOf(db: Db, merchantId: string, like: string | null, id: string | null): Promise<Row[]> {
  return db.$queryRaw<Row[]>`
    select o.id, o.category, o.title, o.note, o.points, o.per_household_month, o.valid_from, o.valid_until, o.photo_id,
      v.id as village_id, v.name as village_name, v.code as village_code, o.stock, o.is_open, has_terms(v.id, o.merchant_id) as has_terms
    from (select distinct village_id from alliance_terms where merchant_id = ${merchantId}::uuid) t
    join village v on v.id = t.village_id
    join offer o on o.village_id = v.id and o.merchant_id = ${merchantId}::uuid
    where (${like}::text is null or o.title ilike ${like} or o.spelling like ${like})
      and (${id}::uuid is null or o.id = ${id}::uuid)
    order by o.created_at desc, o.id desc, v.name, v.id`;
}

/** A page of a shop's own offers, those that match in some village; with how many there are of each state. One query. */
export async function listShopOffers(
  db: Db,
  merchantId: string,
  { search, state, villageId, page }: OfferFilter,
  today: Day,
): Promise<{ offers: ShopOffer[]; total: number; page: number; pages: number }> {
  const wanted = tidySearch(search);
  const all = gather(await rowsOf(db, merchantId, wanted === '' ? null : searchPattern(wanted), null), today);
  const found = all.filter((offer) =>
    offer.villages.some(
      (one) => (state === null || one.state === state) && (villageId === null || one.villageId === villageId),
    ),
  );
  const pages = Math.max(1, Math.ceil(found.length / OFFERS_PER_PAGE));
  const shown = Math.min(Math.max(1, page), pages);
  return {
    offers: found.slice((shown - 1) * OFFERS_PER_PAGE, shown * OFFERS_PER_PAGE),
    total: found.length,
    page: shown,
    pages,
  };
}

/** One of a shop's own offers; null when there is none. One query. */
export async function findShopOffer(
  db: Db,
  merchantId: string,
  id: string,
  today: Day,
): Promise<ShopOffer | null> {
  return gather(await rowsOf(db, merchantId, null, id), today)[0] ?? null;
}

/** The villages that a shop has accepted terms with. One query. */
export async function listShopVillages(db: Db, merchantId: string): Promise<ShopVillage[]> {
  return db.$queryRaw<ShopVillage[]>`
    select v.id, v.code, v.name from alliance_terms t join village v on v.id = t.village_id
    where t.merchant_id = ${merchantId}::uuid and t.ended_at is null and t.accepted_at is not null
    order by v.created_at, v.id limit 200`;
}
