import 'server-only';
import { dateToDay, dayOf, type Quarter } from '@/lib/platform/clock';
import { type Db, Prisma } from '@/lib/platform/db';
import { NAME_COLUMNS, type NameRow, publicName } from '../household/sql';
import type { CertificateView, PlaqueView, VerifiedCertificate } from './types';

interface PlaqueRow extends NameRow {
  id: string;
  number: string;
  code: string;
  period: Quarter;
  awarded_on: Date;
  revoked_at: Date | null;
  revoked_why: string;
  household_id: string;
  household_code: string;
}

const PLAQUE = Prisma.sql`
  select p.id, p.number, p.code, l.period, p.awarded_on, p.revoked_at, p.revoked_why, p.household_id,
    h.code as household_code, ${NAME_COLUMNS}
  from plaque p
  join village_list l on l.village_id = p.village_id and l.id = p.list_id
  join household h on h.village_id = p.village_id and h.id = p.household_id`;

function viewOf(row: PlaqueRow): PlaqueView {
  return {
    id: row.id,
    number: row.number,
    quarter: row.period,
    awardedOn: dateToDay(row.awarded_on),
    revokedOn: row.revoked_at ? dayOf(row.revoked_at) : null,
    revokedWhy: row.revoked_why,
    householdId: row.household_id,
    householdCode: row.household_code,
    headName: row.head_name,
  };
}

/** Plaques of a list, by number: for the office. One query. */
export async function listPlaquesOfList(db: Db, villageId: string, listId: string): Promise<PlaqueView[]> {
  const rows = await db.$queryRaw<PlaqueRow[]>`
    ${PLAQUE} where p.village_id = ${villageId}::uuid and p.list_id = ${listId}::uuid
    order by length(p.number), p.number`;
  return rows.map(viewOf);
}

/** Plaques of a household, the latest first: for itself and the office. One query. */
export async function listPlaquesOfHousehold(
  db: Db,
  villageId: string,
  householdId: string,
): Promise<PlaqueView[]> {
  const rows = await db.$queryRaw<PlaqueRow[]>`
    ${PLAQUE} where p.village_id = ${villageId}::uuid and p.household_id = ${householdId}::uuid
    order by p.awarded_on desc, length(p.number) desc, p.number desc`;
  return rows.map(viewOf);
}

/**
 * All that a certificate says, the name in full: for the office, or with `householdId` for that household alone. Null
 * when there is none. One query.
 */
export async function findCertificate(
  db: Db,
  villageId: string,
  plaqueId: string,
  householdId: string | null = null,
): Promise<CertificateView | null> {
  type Row = PlaqueRow & {
    group_name: string;
    village_name: string;
    village_code: string;
    township_name: string;
    district_name: string;
    is_demo: boolean;
    version_number: number | null;
  };
  const [row] = await db.$queryRaw<Row[]>`
    select x.*, g.name as group_name, v.name as village_name, v.code as village_code, t.name as township_name,
      d.name as district_name, d.is_demo, (
        select rv.number from plaque p
        join village_list l on l.village_id = p.village_id and l.id = p.list_id
        join rulebook_version rv on rv.village_id = l.village_id and rv.id = l.version_id
        where p.village_id = ${villageId}::uuid and p.id = x.id) as version_number
    from (${PLAQUE} where p.village_id = ${villageId}::uuid and p.id = ${plaqueId}::uuid
          and (${householdId}::uuid is null or p.household_id = ${householdId}::uuid)) x
    join household h on h.village_id = ${villageId}::uuid and h.id = x.household_id
    join village_group g on g.village_id = h.village_id and g.id = h.group_id
    join village v on v.id = h.village_id
    join township t on t.id = v.township_id
    join district d on d.id = t.district_id`;
  if (!row) return null;
  return {
    ...viewOf(row),
    code: row.code,
    groupName: row.group_name,
    villageName: row.village_name,
    villageCode: row.village_code,
    townshipName: row.township_name,
    districtName: row.district_name,
    isDemo: row.is_demo,
    versionNumber: row.version_number,
  };
}

/**
 * What anybody learns who has a certificate's code, in its one form (parseCertificateCode). A revoked one says no more
 * than its number and that it is revoked. Null for a code nobody gave out in this village. One query.
 */
export async function verifyCertificate(
  db: Db,
  villageId: string,
  code: string,
): Promise<VerifiedCertificate | null> {
  const [row] = await db.$queryRaw<PlaqueRow[]>`
    ${PLAQUE} where p.village_id = ${villageId}::uuid and p.code = ${code}`;
  if (!row) return null;
  const view = viewOf(row);
  if (view.revokedOn) return { isValid: false, number: view.number, revokedOn: view.revokedOn };
  return {
    isValid: true,
    number: view.number,
    quarter: view.quarter,
    awardedOn: view.awardedOn,
    name: publicName(row),
    householdCode: view.householdCode,
  };
}
