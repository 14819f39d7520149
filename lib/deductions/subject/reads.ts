import 'server-only';
import type { Day } from '@/lib/platform/clock';
import { type Db, Prisma } from '@/lib/platform/db';
import { isId } from '@/lib/platform/ids';
import { isExemptHousehold } from '@/lib/residents/rules';

// Whom something can be recorded about: a household, as the first step of the form finds it.

export interface HouseholdLine {
  id: string;
  code: string;
  groupName: string;
  headName: string;
  /** no deduction may be taken from it: 五保, 失能, 无人在家 */
  isExempt: boolean;
}

const FOUND_MOST = 40;

/**
 * That a household h answers a search by code, door or the beginning of anyone's name, pinyin or initials; null where
 * nothing is looked for.
 */
export function answersTo(typed: string): Prisma.Sql | null {
  const text = typed
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s%_\\]/g, '');
  if (text === '') return null;
  const starts = `${text}%`;
  return Prisma.sql`(h.code like ${starts} or ltrim(h.code, '0') like ${starts} or h.door_number like ${`%${text}%`}
    or exists (select 1 from resident r where r.village_id = h.village_id and r.household_id = h.id and r.left_on is null
      and (r.name like ${starts} or r.pinyin like ${starts} or r.initials like ${starts})))`;
}

/** Households that answer a search, at most forty. One query. */
export async function findHouseholds(db: Db, villageId: string, typed: string): Promise<HouseholdLine[]> {
  const condition = answersTo(typed);
  return condition ? read(db, villageId, condition) : [];
}

/** One household of the village; null when there is none. One query. */
export async function findHouseholdLine(
  db: Db,
  villageId: string,
  householdId: unknown,
): Promise<HouseholdLine | null> {
  if (!isId(householdId)) return null;
  return (await read(db, villageId, Prisma.sql`h.id = ${householdId}::uuid`))[0] ?? null;
}

/** The grown-ups of a household, for saying whose doing it was; who may be a minor is left out. One query. */
export async function listAdults(
  db: Db,
  villageId: string,
  householdId: string,
  today: Day,
): Promise<{ id: string; name: string }[]> {
  return db.$queryRaw`
    select r.id::text, r.name from resident r
    where r.village_id = ${villageId}::uuid and r.household_id = ${householdId}::uuid and r.left_on is null
      and not may_be_at_most(r.birth_year, r.relation, ${today}::date, 18)
    order by (r.relation <> 'HEAD'), r.birth_year nulls last, r.id`;
}

interface Row {
  id: string;
  code: string;
  group_name: string;
  head: string | null;
  is_five_guarantee: boolean;
  is_disabled: boolean;
  is_absent: boolean;
}

async function read(db: Db, villageId: string, condition: Prisma.Sql): Promise<HouseholdLine[]> {
  const rows = await db.$queryRaw<Row[]>`
    select h.id::text, h.code, g.name as group_name, h.is_five_guarantee, h.is_disabled, h.is_absent,
      (select r.name from resident r where r.village_id = h.village_id and r.household_id = h.id and r.relation = 'HEAD'
        and r.left_on is null) as head
    from household h join village_group g on g.village_id = h.village_id and g.id = h.group_id
    where h.village_id = ${villageId}::uuid and h.left_on is null and ${condition}
    order by h.code limit ${FOUND_MOST}`;
  return rows.map((row) => ({
    id: row.id,
    code: row.code,
    groupName: row.group_name,
    headName: row.head ?? '',
    isExempt: isExemptHousehold({
      isFiveGuarantee: row.is_five_guarantee,
      isDisabled: row.is_disabled,
      isAbsent: row.is_absent,
    }),
  }));
}
