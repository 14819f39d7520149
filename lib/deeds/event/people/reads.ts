import 'server-only';
import { type Db, Prisma } from '@/lib/platform/db';
import { isId } from '@/lib/platform/ids';
import type { PersonLine } from '../types';

// Whom a deed can be recorded for.

/** People a page can offer to tick. */
export const PEOPLE_MOST = 1500;

/** Who lives in the village, by household; of chosen groups only, when any are given. One query. */
export async function listPeople(
  db: Db,
  villageId: string,
  groupNumbers: readonly number[] = [],
): Promise<PersonLine[]> {
  return readPeople(
    db,
    villageId,
    groupNumbers.length > 0 ? Prisma.sql`g.number in (${Prisma.join([...groupNumbers])})` : Prisma.sql`true`,
    PEOPLE_MOST,
  );
}

/** How many people a search answers with. */
const FOUND_MOST = 40;

/**
 * Who answers a search: a household's code, or the beginning of a name, its pinyin or its initials; and with a
 * household's code everyone of that household. One query.
 */
export async function findPeople(db: Db, villageId: string, typed: string): Promise<PersonLine[]> {
  const text = typed
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s%_\\]/g, '');
  if (text === '') return [];
  const starts = `${text}%`;
  const inside = `%${text}%`;
  return readPeople(
    db,
    villageId,
    Prisma.sql`(r.name like ${inside} or r.pinyin like ${starts} or r.initials like ${starts}
      or h.code like ${starts} or ltrim(h.code, '0') like ${starts} or h.door_number like ${inside})`,
    FOUND_MOST,
  );
}

/** One person of the village; null when there is none. One query. */
export async function findPersonLine(
  db: Db,
  villageId: string,
  residentId: string,
): Promise<PersonLine | null> {
  if (!isId(residentId)) return null;
  const [found] = await readPeople(db, villageId, Prisma.sql`r.id = ${residentId}::uuid`, 1);
  return found ?? null;
}

async function readPeople(
  db: Db,
  villageId: string,
  condition: Prisma.Sql,
  most: number,
): Promise<PersonLine[]> {
  return db.$queryRaw<PersonLine[]>`
    select r.id as "residentId", r.name, r.pinyin, r.initials, h.id as "householdId", h.code as "householdCode",
      g.number as "groupNumber", g.name as "groupName", r.person_id is not null as "hasPhone"
    from resident r
    join household h on h.village_id = r.village_id and h.id = r.household_id and h.left_on is null
    join village_group g on g.village_id = h.village_id and g.id = h.group_id
    where r.village_id = ${villageId}::uuid and r.left_on is null and ${condition}
    order by h.code, (r.relation <> 'HEAD'), r.birth_year nulls last, r.id
    limit ${most}`;
}

/** The groups of a village with how many people live in each, in order. One query. */
export async function listGroups(
  db: Db,
  villageId: string,
): Promise<{ number: number; name: string; people: number }[]> {
  return db.$queryRaw`
    select g.number, g.name, count(r.id)::integer as people
    from village_group g
    left join household h on h.village_id = g.village_id and h.group_id = g.id and h.left_on is null
    left join resident r on r.village_id = h.village_id and r.household_id = h.id and r.left_on is null
    where g.village_id = ${villageId}::uuid group by g.number, g.name order by g.number`;
}
