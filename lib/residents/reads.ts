import 'server-only';
import { type Db, Prisma } from '@/lib/platform/db';
import { parseHouseholdCode } from './rules';
import type { GroupView, HouseholdLine, ResidentChoice, RosterCounts, RosterPage } from './types';

/** Lines of a list on one page. */
export const ROSTER_PAGE = 30;
/** The longest search that is looked for. */
const SEARCH_CHARACTERS_MOST = 20;

/** The groups of a village by number. */
export async function listGroups(db: Db, villageId: string): Promise<GroupView[]> {
  return db.group.findMany({
    where: { villageId },
    orderBy: { number: 'asc' },
    select: { id: true, number: true, name: true },
  });
}

/** How many households and residents live in a village. */
export async function countRoster(db: Db, villageId: string): Promise<RosterCounts> {
  const rows = await db.$queryRaw<RosterCounts[]>`
    select count(*)::int as households, coalesce(sum(members), 0)::int as residents,
      count(*) filter (where phones = 0)::int as "withoutPhone"
    from (
      select count(r.id) as members, count(r.person_id) as phones
      from household h
      left join resident r on r.village_id = h.village_id and r.household_id = h.id and r.left_on is null
      where h.village_id = ${villageId}::uuid and h.left_on is null
      group by h.id
    ) each_household`;
  return rows[0] ?? { households: 0, residents: 0, withoutPhone: 0 };
}

interface LineRow {
  id: string;
  code: string;
  door_number: string;
  is_five_guarantee: boolean;
  is_disabled: boolean;
  is_absent: boolean;
  has_left: boolean;
  head_name: string | null;
  members: number;
  phones: number;
  found_by: string[];
  total: number;
}

/**
 * Households of a village by code, thirty a page: all, a group's, or those found by a code, a name, its pinyin or its
 * initials. Households that have left come only when searched for. One query.
 */
export async function listRoster(
  db: Db,
  villageId: string,
  { search = '', groupId = null, page = 1 }: { search?: string; groupId?: string | null; page?: number },
): Promise<RosterPage> {
  const wanted = tidySearch(search);
  const { nameLike, codeLike } = patternsOf(wanted);
  const inGroup = groupId ? Prisma.sql`and h.group_id = ${groupId}::uuid` : Prisma.empty;
  const found = wanted
    ? Prisma.sql`and (h.code like ${codeLike} or cardinality(found.names) > 0)`
    : Prisma.sql`and h.left_on is null`;
  const rows = await db.$queryRaw<LineRow[]>`
    select h.id, h.code, h.door_number, h.is_five_guarantee, h.is_disabled, h.is_absent,
      h.left_on is not null as has_left, who.head_name, who.members, who.phones,
      found.names as found_by, (count(*) over ())::int as total
    from household h
    cross join lateral (
      select max(r.name) filter (where r.relation = 'HEAD') as head_name, count(*)::int as members,
        count(r.person_id)::int as phones
      from resident r where r.village_id = h.village_id and r.household_id = h.id and r.left_on is null
    ) who
    cross join lateral (
      select coalesce(array_agg(r.name order by r.created_at, r.id) filter (where r.relation <> 'HEAD'
          or r.left_on is not null), '{}') || coalesce(array_agg(''::text) filter (where r.relation = 'HEAD'
          and r.left_on is null), '{}') as names
      from resident r
      where r.village_id = h.village_id and r.household_id = h.id and ${wanted !== ''}
        and (r.name like ${nameLike} or r.pinyin like ${nameLike} or r.initials like ${nameLike})
    ) found
    where h.village_id = ${villageId}::uuid ${inGroup} ${found}
    order by h.code
    limit ${ROSTER_PAGE} offset ${(page - 1) * ROSTER_PAGE}`;
  const total = rows[0]?.total ?? 0;
  return { lines: rows.map(lineOf), total, page, pages: Math.max(1, Math.ceil(total / ROSTER_PAGE)) };
}

/** What is looked for in a search, without what can't be found anyway. */
export function tidySearch(search: string): string {
  const text = search.isWellFormed() ? search.normalize('NFKC').replaceAll('\u0000', '').trim() : '';
  return [...text.toLowerCase()].slice(0, SEARCH_CHARACTERS_MOST).join('');
}

function patternsOf(wanted: string): { nameLike: string; codeLike: string } {
  const literal = wanted.replace(/[\\%_]/g, '\\$&');
  const code = parseHouseholdCode(wanted);
  // Pinyin is kept without spaces; ü is typed as v or u.
  const name = literal.replace(/(?<=[a-z])['\s]+(?=[a-z])/g, '').replaceAll('ü', 'v');
  return { nameLike: `%${name}%`, codeLike: code ?? (/^\d/.test(wanted) ? `${literal}%` : '') };
}

function lineOf(row: LineRow): HouseholdLine {
  return {
    id: row.id,
    code: row.code,
    doorNumber: row.door_number,
    headName: row.head_name ?? '',
    members: row.members,
    phones: row.phones,
    flags: {
      isFiveGuarantee: row.is_five_guarantee,
      isDisabled: row.is_disabled,
      isAbsent: row.is_absent,
    },
    hasLeft: row.has_left,
    foundBy: row.found_by.filter((name) => name !== ''),
  };
}

/** Residents of a village to choose from, found like the roster; at most twenty. */
export async function searchResidents(db: Db, villageId: string, search: string): Promise<ResidentChoice[]> {
  const wanted = tidySearch(search);
  if (wanted === '') return [];
  const { nameLike, codeLike } = patternsOf(wanted);
  return db.$queryRaw<ResidentChoice[]>`
    select r.id, r.name, h.code as "householdCode"
    from resident r join household h on h.village_id = r.village_id and h.id = r.household_id
    where r.village_id = ${villageId}::uuid and r.left_on is null
      and (r.name like ${nameLike} or r.pinyin like ${nameLike} or r.initials like ${nameLike}
        or h.code like ${codeLike})
    order by h.code, r.created_at, r.id limit 20`;
}
