import 'server-only';
import { type Db, Prisma } from '@/lib/platform/db';
import { tidySearch } from '@/lib/residents/reads';
import { searchPattern } from '../spelling';
import type { TermsView, VillageMerchantLine } from './types';

const HISTORY_MOST = 100;

const TERMS = Prisma.sql`
  select t.village_id as "villageId", v.name as "villageName", v.code as "villageCode", t.id, t.merchant_id as "merchantId",
    m.name as "merchantName", m.is_charity as "isCharity", t.reference_fen as "referenceFen",
    t.settlement_day as "settlementDay", t.once_most as "onceMost", t.household_month_most as "householdMonthMost",
    t.free_most as "freeMost", t.near_group_id as "nearGroupId", coalesce(g.name, '') as "nearGroupName",
    coalesce(s.name, '') as "signedByName", t.signed_at as "signedAt", coalesce(a.name, '') as "acceptedByName",
    t.accepted_at as "acceptedAt", coalesce(e.name, '') as "endedByName", t.ended_at as "endedAt", t.end_reason as "endReason"
  from alliance_terms t
  join village v on v.id = t.village_id
  join merchant m on m.id = t.merchant_id
  left join village_group g on g.village_id = t.village_id and g.id = t.near_group_id
  left join person s on s.id = t.signed_by_id
  left join person a on a.id = t.accepted_by_id
  left join person e on e.id = t.ended_by_id`;

/** All terms that a village and a merchant had, the latest first. One query. */
export async function listTerms(db: Db, villageId: string, merchantId: string): Promise<TermsView[]> {
  return db.$queryRaw<TermsView[]>`
    ${TERMS} where t.village_id = ${villageId}::uuid and t.merchant_id = ${merchantId}::uuid
    order by t.signed_at desc, t.id desc limit ${HISTORY_MOST}`;
}

/** All terms of a merchant with every village: what waits for it first, then what is in force, then what was. One query. */
export async function listTermsOfShop(db: Db, merchantId: string): Promise<TermsView[]> {
  return db.$queryRaw<TermsView[]>`
    ${TERMS} where t.merchant_id = ${merchantId}::uuid
    order by t.ended_at is not null, t.accepted_at is not null, t.signed_at desc, t.id desc limit ${HISTORY_MOST}`;
}

/** One paper of terms, for either side; null when there is none. One query. */
export async function findTerms(
  db: Db,
  { villageId, merchantId, termsId }: { villageId?: string; merchantId?: string; termsId: string },
): Promise<TermsView | null> {
  const side = villageId
    ? Prisma.sql`t.village_id = ${villageId}::uuid`
    : Prisma.sql`t.merchant_id = ${merchantId ?? null}::uuid`;
  const [row] = await db.$queryRaw<TermsView[]>`${TERMS} where ${side} and t.id = ${termsId}::uuid`;
  return row ?? null;
}

/** What a village's office lists: the merchants of its township that are in the alliance, with what is agreed. One query. */
export async function listVillageMerchants(
  db: Db,
  villageId: string,
  search = '',
): Promise<VillageMerchantLine[]> {
  const wanted = tidySearch(search);
  const like = searchPattern(wanted);
  return db.$queryRaw<VillageMerchantLine[]>`
    select * from (
      select m.id, m.name, m.kind, m.is_charity as "isCharity", m.state = 'SUSPENDED' as "isSuspended",
        (select case when bool_or(t.accepted_at is not null) then 'IN_FORCE' when count(*) > 0 then 'OFFERED' end
         from alliance_terms t where t.village_id = v.id and t.merchant_id = m.id and t.ended_at is null) as terms,
        (select count(*)::int from offer o where o.village_id = v.id and o.merchant_id = m.id and o.is_open) as "openOffers"
      from village v join merchant m on m.township_id = v.township_id and m.state in ('ADMITTED', 'SUSPENDED')
      where v.id = ${villageId}::uuid
        and (${wanted === ''} or m.name ilike ${like} or m.kind ilike ${like} or m.spelling like ${like})
    ) s
    order by s.terms is not distinct from 'OFFERED' desc, s.terms is null, s.name, s.id
    limit 200`;
}

/** A merchant that a village's office may look at: in its township, in the alliance or with terms of before. One query. */
export async function findVillageMerchant(db: Db, villageId: string, merchantId: string) {
  const village = await db.village.findUnique({ where: { id: villageId }, select: { townshipId: true } });
  if (!village) return null;
  const row = await db.merchant.findFirst({
    where: {
      id: merchantId,
      townshipId: village.townshipId,
      state: { in: ['ADMITTED', 'SUSPENDED', 'LEFT'] },
    },
    select: {
      id: true,
      name: true,
      kind: true,
      address: true,
      openingHours: true,
      state: true,
      isCharity: true,
      frontPhotoId: true,
    },
  });
  return row;
}

/** How many terms wait for a shop to accept them. One query. */
export async function countOfferedTerms(db: Db, merchantId: string): Promise<number> {
  return db.allianceTerms.count({ where: { merchantId, endedAt: null, acceptedAt: null } });
}
