import 'server-only';
import type { OfficeSeat } from '@/lib/auth/types';
import { type Day, dateToDay, dayOf } from '@/lib/platform/clock';
import { type Db, Prisma } from '@/lib/platform/db';
import { stateOf } from './rules';
import type {
  HonourCertificate,
  IncentiveKind,
  IncentiveView,
  PublicHonour,
  Recipient,
  VerifiedHonour,
} from './types';

/** More than a township gives in many years. */
const LINES_MOST = 500;
const MEMBERS_MOST = 2000;

interface Row {
  id: string;
  merchant_id: string;
  merchant_name: string;
  merchant_address: string;
  is_charity: boolean;
  kind: IncentiveKind;
  title: string;
  amount_fen: number | null;
  from_day: Date;
  until_day: Date | null;
  note: string;
  photo_id: string | null;
  code: string | null;
  village_id: string | null;
  giver: string;
  recorded_by: string;
  recorded_at: Date;
  revoked_at: Date | null;
  revoked_by: string | null;
  revoke_why: string;
}

const INCENTIVE = Prisma.sql`
  select i.id, i.merchant_id, m.name as merchant_name, m.address as merchant_address, m.is_charity, i.kind, i.title,
    i.amount_fen, i.from_day, i.until_day, i.note, i.photo_id, i.code, i.village_id, coalesce(v.name, t.name) as giver,
    p.name as recorded_by, i.recorded_at, i.revoked_at, q.name as revoked_by, i.revoke_why
  from incentive i
  join merchant m on m.id = i.merchant_id
  join township t on t.id = m.township_id
  join person p on p.id = i.recorded_by_id
  left join village v on v.id = i.village_id
  left join person q on q.id = i.revoked_by_id`;

const NEWEST = Prisma.sql`order by i.revoked_at is not null, i.recorded_at desc, i.id desc limit ${LINES_MOST}`;

function viewOf(row: Row): IncentiveView {
  return {
    id: row.id,
    merchantId: row.merchant_id,
    merchantName: row.merchant_name,
    isCharity: row.is_charity,
    kind: row.kind,
    title: row.title,
    amountFen: row.amount_fen,
    fromDay: dateToDay(row.from_day),
    untilDay: row.until_day ? dateToDay(row.until_day) : null,
    note: row.note,
    photoId: row.photo_id,
    code: row.code,
    villageId: row.village_id,
    giver: row.giver,
    recordedBy: row.recorded_by,
    recordedOn: dayOf(row.recorded_at),
    revokedOn: row.revoked_at ? dayOf(row.revoked_at) : null,
    revokedBy: row.revoked_by ?? '',
    revokeWhy: row.revoke_why,
  };
}

/** Merchants that an office is over: a township its own, a district those of its townships. */
function under(office: Pick<OfficeSeat, 'level' | 'id'>) {
  return office.level === 'TOWNSHIP'
    ? Prisma.sql`t.id = ${office.id}::uuid`
    : Prisma.sql`t.district_id = ${office.id}::uuid`;
}

/** What a village has given, newest first; with `merchantId` to that merchant alone. One query. */
export async function listVillageIncentives(
  db: Db,
  villageId: string,
  merchantId: string | null = null,
): Promise<IncentiveView[]> {
  const rows = await db.$queryRaw<Row[]>`
    ${INCENTIVE} where i.village_id = ${villageId}::uuid
      and (${merchantId}::uuid is null or i.merchant_id = ${merchantId}::uuid) ${NEWEST}`;
  return rows.map(viewOf);
}

/** What merchants of a township or district have received from it or from a village, newest first. One query. */
export async function listOfficeIncentives(
  db: Db,
  office: Pick<OfficeSeat, 'level' | 'id'>,
  merchantId: string | null = null,
): Promise<IncentiveView[]> {
  const rows = await db.$queryRaw<Row[]>`
    ${INCENTIVE} where ${under(office)}
      and (${merchantId}::uuid is null or i.merchant_id = ${merchantId}::uuid) ${NEWEST}`;
  return rows.map(viewOf);
}

/** All that a merchant has received, newest first: for itself. One query. */
export async function listMerchantIncentives(db: Db, merchantId: string): Promise<IncentiveView[]> {
  const rows = await db.$queryRaw<Row[]>`${INCENTIVE} where i.merchant_id = ${merchantId}::uuid ${NEWEST}`;
  return rows.map(viewOf);
}

/** Whose one of them it is asked for: a village's own, one under an office, one of a merchant's. */
export type IncentiveScope =
  | { villageId: string }
  | { office: Pick<OfficeSeat, 'level' | 'id'> }
  | { merchantId: string };

function within(scope: IncentiveScope) {
  if ('villageId' in scope) return Prisma.sql`i.village_id = ${scope.villageId}::uuid`;
  return 'office' in scope ? under(scope.office) : Prisma.sql`i.merchant_id = ${scope.merchantId}::uuid`;
}

/** One incentive in a scope; null when there is none there. One query. */
export async function findIncentive(
  db: Db,
  scope: IncentiveScope,
  id: string,
): Promise<IncentiveView | null> {
  const [row] = await db.$queryRaw<Row[]>`${INCENTIVE} where i.id = ${id}::uuid and ${within(scope)}`;
  return row ? viewOf(row) : null;
}

/** All that an honour's certificate says; null where there is none in the scope. Two queries. */
export async function findHonourCertificate(
  db: Db,
  scope: IncentiveScope,
  id: string,
): Promise<HonourCertificate | null> {
  const [row] = await db.$queryRaw<Row[]>`
    ${INCENTIVE} where i.id = ${id}::uuid and i.code is not null and ${within(scope)}`;
  if (!row?.code) return null;
  const place = await db.merchant.findUniqueOrThrow({
    where: { id: row.merchant_id },
    select: { township: { select: { district: { select: { name: true, isDemo: true } } } } },
  });
  const { district } = place.township;
  return {
    ...viewOf(row),
    code: row.code,
    address: row.merchant_address,
    districtName: district.name,
    isDemo: district.isDemo,
  };
}

/**
 * What anybody learns who has a certificate's code, in its one form (parseCertificateCode); of one taken back no more
 * than what it was and that it was. Null for a code nobody gave out. One query.
 */
export async function verifyHonour(db: Db, code: string, today: Day): Promise<VerifiedHonour | null> {
  const [row] = await db.$queryRaw<Row[]>`${INCENTIVE} where i.code = ${code}`;
  if (!row) return null;
  const view = viewOf(row);
  const state = stateOf(view, today);
  if (state === 'REVOKED') {
    return { state, title: view.title, giver: view.giver, revokedOn: view.revokedOn ?? today };
  }
  return {
    state,
    title: view.title,
    merchantName: view.merchantName,
    merchantAddress: row.merchant_address,
    isCharity: view.isCharity,
    giver: view.giver,
    fromDay: view.fromDay,
    untilDay: view.untilDay,
  };
}

const IN_FORCE = (today: Day) => Prisma.sql`
  i.kind = 'HONOUR' and i.revoked_at is null and i.from_day <= ${today}::date
  and (i.until_day is null or i.until_day >= ${today}::date) and m.state = 'ADMITTED'`;

function honourOf(row: Row): PublicHonour {
  return {
    id: row.id,
    merchantId: row.merchant_id,
    merchantName: row.merchant_name,
    isCharity: row.is_charity,
    title: row.title,
    giver: row.giver,
    fromDay: dateToDay(row.from_day),
  };
}

/** Honours in force of the merchants that take a village's points, whoever gave them: for everybody. One query. */
export async function listVillageHonours(db: Db, villageId: string, today: Day): Promise<PublicHonour[]> {
  const rows = await db.$queryRaw<Row[]>`
    ${INCENTIVE} where ${IN_FORCE(today)}
      and (i.village_id is null or i.village_id = ${villageId}::uuid)
      and exists (select 1 from alliance_terms a where a.village_id = ${villageId}::uuid and a.merchant_id = i.merchant_id
                  and a.accepted_at is not null and a.ended_at is null)
    order by i.from_day desc, m.name, i.id limit ${LINES_MOST}`;
  return rows.map(honourOf);
}

/** Admitted merchants with terms in force in a village, by name. One query. */
export async function listVillageRecipients(db: Db, villageId: string): Promise<Recipient[]> {
  return db.$queryRaw<Recipient[]>`
    select m.id, m.name, m.is_charity as "isCharity" from merchant m
    where m.state = 'ADMITTED' and exists (select 1 from alliance_terms a
      where a.village_id = ${villageId}::uuid and a.merchant_id = m.id and a.accepted_at is not null and a.ended_at is null)
    order by m.name, m.id limit ${MEMBERS_MOST}`;
}

/** Admitted merchants of a township or of a district's townships, by name. One query. */
export async function listOfficeRecipients(
  db: Db,
  office: Pick<OfficeSeat, 'level' | 'id'>,
): Promise<Recipient[]> {
  return db.$queryRaw<Recipient[]>`
    select m.id, m.name, m.is_charity as "isCharity" from merchant m join township t on t.id = m.township_id
    where m.state = 'ADMITTED' and ${under(office)} order by m.name, m.id limit ${MEMBERS_MOST}`;
}
