import 'server-only';
import type { OfficeSeat } from '@/lib/auth/types';
import { type Day, dateToDay, dayOf, daysBetween, dayToDate } from '@/lib/platform/clock';
import { type Db, Prisma } from '@/lib/platform/db';
import { NIL_ID } from '@/lib/platform/ids';
import { tidySearch } from '@/lib/residents/reads';
import { maskPhone } from '@/lib/residents/rules';
import { searchPattern } from '../spelling';
import type { MerchantPage, MerchantStanding, MerchantState, MerchantView, ShopPersonView } from './types';

export const MERCHANTS_PER_PAGE = 30;

/** How long a number that was asked for stays in full. */
const SHOWN_MINUTES = 5;

export interface MerchantFilter {
  state: MerchantState | null;
  search: string;
  page: number;
}

const ofOffice = (office: OfficeSeat) =>
  office.level === 'DISTRICT'
    ? Prisma.sql`t.district_id = ${office.id}::uuid`
    : Prisma.sql`t.id = ${office.id}::uuid`;

/** The merchants of a township or district: applications first, the longest waiting on top. Two queries. */
export async function listMerchants(
  db: Db,
  office: OfficeSeat,
  { state, search, page }: MerchantFilter,
  today: Day,
): Promise<MerchantPage> {
  const wanted = tidySearch(search);
  const like = searchPattern(wanted);
  const ofState = state ? Prisma.sql`and m.state = ${state}::"MerchantState"` : Prisma.empty;
  const [rows, counted] = await Promise.all([
    db.$queryRaw<
      {
        id: string;
        name: string;
        kind: string;
        township_name: string;
        state: MerchantState;
        is_charity: boolean;
        created_at: Date;
        villages: number;
        total: number;
      }[]
    >`
      select m.id, m.name, m.kind, t.name as township_name, m.state, m.is_charity, m.created_at,
        (select count(*)::int from alliance_terms a where a.merchant_id = m.id and a.ended_at is null and a.accepted_at is not null) as villages,
        (count(*) over ())::int as total
      from merchant m join township t on t.id = m.township_id
      where ${ofOffice(office)} ${ofState}
        and (${wanted === ''} or m.name ilike ${like} or m.kind ilike ${like} or m.spelling like ${like})
      order by case m.state when 'APPLIED' then 0 when 'SUSPENDED' then 1 when 'ADMITTED' then 2 else 3 end,
        case when m.state = 'APPLIED' then m.created_at end, m.name, m.id
      limit ${MERCHANTS_PER_PAGE} offset ${(page - 1) * MERCHANTS_PER_PAGE}`,
    db.$queryRaw<{ state: MerchantState; count: number }[]>`
      select m.state, count(*)::int as count from merchant m join township t on t.id = m.township_id
      where ${ofOffice(office)} group by m.state`,
  ]);
  const counts = { APPLIED: 0, ADMITTED: 0, REJECTED: 0, SUSPENDED: 0, LEFT: 0 };
  for (const one of counted) counts[one.state] = one.count;
  const total = rows[0]?.total ?? 0;
  return {
    lines: rows.map((row) => ({
      id: row.id,
      name: row.name,
      kind: row.kind,
      townshipName: row.township_name,
      state: row.state,
      isCharity: row.is_charity,
      waitingDays: row.state === 'APPLIED' ? Math.max(0, daysBetween(dayOf(row.created_at), today)) : 0,
      villages: row.villages,
      since: row.created_at,
    })),
    counts,
    total,
    page,
    pages: Math.max(1, Math.ceil(total / MERCHANTS_PER_PAGE)),
  };
}

/** How many applications wait for a township; 0 for a district, which decides nothing. One query. */
export async function countApplications(db: Db, office: OfficeSeat): Promise<number> {
  if (office.level !== 'TOWNSHIP') return 0;
  return db.merchant.count({ where: { townshipId: office.id, state: 'APPLIED' } });
}

const asPerson = (
  {
    personId,
    from,
    person,
  }: { personId: string; from: Date; person: { name: string; phone: string | null } },
  ownerId: string | null,
): ShopPersonView => ({
  personId,
  name: person.name,
  phone: person.phone ? maskPhone(person.phone) : '',
  from: dateToDay(from),
  isOwner: personId === ownerId,
});

const PEOPLE = {
  orderBy: [{ from: 'asc' }, { createdAt: 'asc' }, { id: 'asc' }],
  select: { personId: true, from: true, person: { select: { name: true, phone: true } } },
} satisfies Prisma.Merchant$appointmentsArgs;

const onDay = (today: Day) => {
  const day = dayToDate(today);
  return { role: 'MERCHANT' as const, from: { lte: day }, OR: [{ until: null }, { until: { gte: day } }] };
};

/** A merchant as its township or district sees it; null when it isn't theirs. Six queries. */
export async function findMerchant(
  db: Db,
  office: OfficeSeat,
  id: string,
  today: Day,
): Promise<MerchantView | null> {
  const place =
    office.level === 'DISTRICT' ? { township: { districtId: office.id } } : { townshipId: office.id };
  const row = await db.merchant.findFirst({
    where: { id, ...place },
    include: {
      township: { select: { name: true } },
      steps: { orderBy: [{ at: 'asc' }, { id: 'asc' }], take: 200 },
      appointments: { where: onDay(today), ...PEOPLE },
    },
  });
  if (!row) return null;
  const ids = row.steps.flatMap(({ byId }) => (byId ? [byId] : []));
  const [people, terms, sameNumber] = await Promise.all([
    db.person.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } }),
    db.$queryRaw<{ villageId: string; villageName: string; isAccepted: boolean; offers: number }[]>`
      select v.id as "villageId", v.name as "villageName", bool_or(t.accepted_at is not null) as "isAccepted",
        (select count(*)::int from offer o where o.village_id = v.id and o.merchant_id = ${id}::uuid and o.is_open) as offers
      from alliance_terms t join village v on v.id = t.village_id
      where t.merchant_id = ${id}::uuid and t.ended_at is null group by v.id, v.name order by v.name, v.id`,
    row.contactPhone
      ? db.merchant.findMany({
          where: { townshipId: row.townshipId, contactPhone: row.contactPhone, id: { not: id } },
          orderBy: { createdAt: 'desc' },
          take: 10,
          select: { id: true, name: true, state: true },
        })
      : [],
  ]);
  const names = new Map(people.map((one) => [one.id, one.name]));
  return {
    id,
    townshipId: row.townshipId,
    townshipName: row.township.name,
    name: row.name,
    kind: row.kind,
    address: row.address,
    openingHours: row.openingHours,
    state: row.state,
    isCharity: row.isCharity,
    contactName: row.contactName,
    contactPhone: row.contactPhone ? maskPhone(row.contactPhone) : '',
    frontPhotoId: row.frontPhotoId,
    createdAt: row.createdAt,
    steps: row.steps.map(({ byId, ...step }) => ({
      id: step.id,
      state: step.state,
      why: step.why,
      at: step.at,
      byName: byId ? (names.get(byId) ?? '') : null,
    })),
    people: row.appointments.map((one) => asPerson(one, row.ownerId)),
    terms,
    sameNumber,
  };
}

/** The number of a merchant in full, for the one of its township who asked for it in the last minutes; else null. */
export async function findShownPhone(
  db: Db,
  id: string,
  personId: string,
  now: Date,
): Promise<string | null> {
  if (!(await isPhoneShown(db, id, personId, now))) return null;
  const row = await db.merchant.findUnique({ where: { id }, select: { contactPhone: true } });
  return row?.contactPhone || null;
}

/** Whether this person has asked for a merchant's number in the last minutes. */
export async function isPhoneShown(db: Db, id: string, personId: string, now: Date): Promise<boolean> {
  const since = new Date(now.getTime() - SHOWN_MINUTES * 60_000);
  const found = await db.accessLog.findFirst({
    where: { villageId: NIL_ID, subject: id, what: 'merchant-phone', personId, readAt: { gt: since } },
    select: { id: true },
  });
  return found !== null;
}

/** What a merchant's own people see of it; null when there is none. Two queries. */
export async function findStanding(db: Db, id: string): Promise<MerchantStanding | null> {
  const row = await db.merchant.findUnique({
    where: { id },
    include: {
      township: { select: { name: true } },
      steps: { orderBy: [{ at: 'desc' }], take: 1, select: { why: true, at: true } },
    },
  });
  if (!row) return null;
  return {
    id,
    name: row.name,
    kind: row.kind,
    address: row.address,
    openingHours: row.openingHours,
    townshipName: row.township.name,
    state: row.state,
    isCharity: row.isCharity,
    frontPhotoId: row.frontPhotoId,
    ownerId: row.ownerId,
    why: row.steps[0]?.why ?? '',
    since: row.steps[0]?.at ?? null,
  };
}

/** A merchant's people of today, the owner among them. One query. */
export async function listShopPeople(db: Db, merchantId: string, today: Day): Promise<ShopPersonView[]> {
  const row = await db.merchant.findUnique({
    where: { id: merchantId },
    select: { ownerId: true, appointments: { where: onDay(today), ...PEOPLE } },
  });
  const people = row ? row.appointments.map((one) => asPerson(one, row.ownerId)) : [];
  return people.sort((a, b) => Number(b.isOwner) - Number(a.isOwner));
}

/** Townships that a shop may apply to, by district: for the form. One query. */
export async function listTownships(db: Db): Promise<{ id: string; name: string; districtName: string }[]> {
  const rows = await db.township.findMany({
    orderBy: [{ district: { code: 'asc' } }, { createdAt: 'asc' }, { id: 'asc' }],
    take: 500,
    select: { id: true, name: true, district: { select: { name: true } } },
  });
  return rows.map(({ id, name, district }) => ({ id, name, districtName: district.name }));
}
