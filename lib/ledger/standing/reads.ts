import 'server-only';
import { type Db, Prisma } from '@/lib/platform/db';
import { LISTED_FROM_AGE, maskName, SURELY_GROWN } from '@/lib/residents/rules';
import type { OwnRank, RankedBy, RankPage, RankView } from './types';

// Rankings by honour score: of a quarter '2026Q4', a year '2026', or 'ALL'. Everyone who lives in the village now is
// ranked, with nothing to show too; ties are equal. A household's score is the sum of its people's. Under-14s count
// for their household and are never listed themselves (product.md, "Privacy and law").

export const RANKS_PER_PAGE = 30;

interface RankRow {
  id: string;
  code: string;
  name: string | null;
  honour: bigint;
  place: bigint;
  position: bigint;
  total: bigint;
  most: bigint;
}

/** id, code and honour of all that are ranked. `year` is the one in which nobody who turns 14 is listed yet. */
function scores(by: RankedBy, villageId: string, period: string, year: number): Prisma.Sql {
  if (by === 'household') {
    return Prisma.sql`
      select h.id, h.code, coalesce(s.honour, 0)::bigint as honour
      from household h
      left join (
        select st.household_id, sum(st.honour)::bigint as honour from standing st
        where st.village_id = ${villageId}::uuid and st.period = ${period} group by st.household_id
      ) s on s.household_id = h.id
      where h.village_id = ${villageId}::uuid and h.left_on is null`;
  }
  const grown = Prisma.join([...SURELY_GROWN].map((relation) => Prisma.sql`${relation}::"Relation"`));
  return Prisma.sql`
    select r.id, h.code, coalesce(s.honour, 0)::bigint as honour
    from resident r
    join household h on h.village_id = r.village_id and h.id = r.household_id and h.left_on is null
    left join (
      select st.resident_id, sum(st.honour)::bigint as honour from standing st
      where st.village_id = ${villageId}::uuid and st.period = ${period} group by st.resident_id
    ) s on s.resident_id = r.id
    where r.village_id = ${villageId}::uuid and r.left_on is null
      and case when r.birth_year is null then r.relation in (${grown})
               else ${year} - r.birth_year > ${LISTED_FROM_AGE} end`;
}

function ranked(by: RankedBy, villageId: string, period: string, year: number): Prisma.Sql {
  return Prisma.sql`
    select x.id, x.code, x.honour,
      rank() over (order by x.honour desc) as place,
      row_number() over (order by x.honour desc, x.code, x.id) as position,
      count(*) over () as total,
      max(x.honour) over () as most
    from (${scores(by, villageId, period, year)}) x`;
}

/** A line's name: a resident's own, a household's head's. Looked up for the lines of a page only. */
function nameOf(by: RankedBy, villageId: string): Prisma.Sql {
  return by === 'resident'
    ? Prisma.sql`select r.name from resident r where r.village_id = ${villageId}::uuid and r.id = k.id`
    : Prisma.sql`
        select r.name from resident r
        where r.village_id = ${villageId}::uuid and r.household_id = k.id and r.left_on is null and r.relation = 'HEAD'
        order by r.created_at, r.id limit 1`;
}

function toLine(row: RankRow): RankView {
  return {
    id: row.id,
    place: Number(row.place),
    householdCode: row.code,
    name: row.name ? maskName(row.name) : '',
    honour: Number(row.honour),
  };
}

/**
 * A page of a ranking. `year` is the current business year. Asks for a page beyond the last are answered with the
 * last. One query, two when beyond.
 */
export async function findStandings(
  db: Db,
  villageId: string,
  by: RankedBy,
  period: string,
  year: number,
  page = 1,
  perPage = RANKS_PER_PAGE,
): Promise<RankPage> {
  const wanted = Math.max(1, Math.min(Math.trunc(page) || 1, 1_000_000));
  const rows = await readPage(db, villageId, by, period, year, (wanted - 1) * perPage, perPage);
  const first = rows[0];
  if (!first && wanted > 1) {
    const top = await readPage(db, villageId, by, period, year, 0, perPage);
    const total = Number(top[0]?.total ?? 0);
    const pages = Math.max(1, Math.ceil(total / perPage));
    if (pages === 1) return toPage(top, 1, perPage);
    return toPage(
      await readPage(db, villageId, by, period, year, (pages - 1) * perPage, perPage),
      pages,
      perPage,
    );
  }
  return toPage(rows, wanted, perPage);
}

function toPage(rows: RankRow[], page: number, perPage: number): RankPage {
  const total = Number(rows[0]?.total ?? 0);
  return {
    lines: rows.map(toLine),
    total,
    most: Number(rows[0]?.most ?? 0),
    page,
    pages: Math.max(1, Math.ceil(total / perPage)),
  };
}

async function readPage(
  db: Db,
  villageId: string,
  by: RankedBy,
  period: string,
  year: number,
  skip: number,
  take: number,
): Promise<RankRow[]> {
  return db.$queryRaw<RankRow[]>`
    select k.*, (${nameOf(by, villageId)}) as name
    from (select * from (${ranked(by, villageId, period, year)}) w order by w.position offset ${skip} limit ${take}) k
    order by k.position`;
}

/** Where one household or resident stands; null when not ranked (left, under 14, of another village). One query. */
export async function findOwnRank(
  db: Db,
  villageId: string,
  by: RankedBy,
  period: string,
  year: number,
  id: string,
  perPage = RANKS_PER_PAGE,
): Promise<OwnRank | null> {
  const rows = await db.$queryRaw<RankRow[]>`
    select w.* from (${ranked(by, villageId, period, year)}) w where w.id = ${id}::uuid`;
  const row = rows[0];
  if (!row) return null;
  return {
    place: Number(row.place),
    page: Math.ceil(Number(row.position) / perPage),
    honour: Number(row.honour),
    total: Number(row.total),
  };
}
