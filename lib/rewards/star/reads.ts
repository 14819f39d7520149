import 'server-only';
import { dayOf, type Quarter } from '@/lib/platform/clock';
import type { Db } from '@/lib/platform/db';
import { NAME_COLUMNS, type NameRow } from '../household/sql';
import type { StarCount, StarLine, StarQuarter, StarView } from './types';

/** Lines of a quarter's ratings on one page of the office. */
const LINES_PER_PAGE = 60;

interface StarRow {
  id: string;
  period: Quarter;
  stars: number;
  honour: number;
  awarded_at: Date;
  revoked_at: Date | null;
  revoked_why: string;
}

function viewOf(row: StarRow): StarView {
  return {
    id: row.id,
    quarter: row.period,
    stars: row.stars,
    honour: row.honour,
    awardedOn: dayOf(row.awarded_at),
    revokedOn: row.revoked_at ? dayOf(row.revoked_at) : null,
    revokedWhy: row.revoked_why,
  };
}

/** A household's ratings, the latest quarter first, revoked ones among them: for itself and the office. One query. */
export async function listStarsOfHousehold(
  db: Db,
  villageId: string,
  householdId: string,
): Promise<StarView[]> {
  const rows = await db.starRating.findMany({
    where: { villageId, householdId },
    orderBy: { period: 'desc' },
    select: {
      id: true,
      period: true,
      stars: true,
      honour: true,
      awardedAt: true,
      revokedAt: true,
      revokedWhy: true,
    },
  });
  return rows.map((row) => ({
    id: row.id,
    quarter: row.period as Quarter,
    stars: row.stars,
    honour: row.honour,
    awardedOn: dayOf(row.awardedAt),
    revokedOn: row.revokedAt ? dayOf(row.revokedAt) : null,
    revokedWhy: row.revokedWhy,
  }));
}

type LineRow = StarRow &
  NameRow & { household_id: string; household_code: string; honour_now: bigint; total: bigint };

function lineOf(row: LineRow): StarLine {
  return {
    ...viewOf(row),
    householdId: row.household_id,
    householdCode: row.household_code,
    headName: row.head_name,
    honourNow: Number(row.honour_now),
  };
}

/** One rating, for the office; null when there is none in this village. One query. */
export async function findStar(db: Db, villageId: string, starId: string): Promise<StarLine | null> {
  const [row] = await db.$queryRaw<LineRow[]>`
    select r.*, h.code as household_code, ${NAME_COLUMNS}, 0::bigint as total, (
      select coalesce(sum(s.honour), 0)::bigint from standing s
      where s.village_id = r.village_id and s.period = r.period and s.household_id = r.household_id) as honour_now
    from star_rating r join household h on h.village_id = r.village_id and h.id = r.household_id
    where r.village_id = ${villageId}::uuid and r.id = ${starId}::uuid`;
  return row ? lineOf(row) : null;
}

/** A quarter as the office sees it: who would be rated now, and who is. Four queries. */
export async function findStarQuarter(
  db: Db,
  villageId: string,
  quarter: Quarter,
  page = 1,
): Promise<StarQuarter> {
  const [due, awarded, [facts]] = await Promise.all([
    db.$queryRaw<{ stars: number; households: number }[]>`
      select d.stars, count(*)::integer as households from star_due(${villageId}::uuid, ${quarter}) d
      group by d.stars order by d.stars desc`,
    db.$queryRaw<{ stars: number; households: number; revoked: number }[]>`
      select r.stars, (count(*) filter (where r.revoked_at is null))::integer as households,
        (count(*) filter (where r.revoked_at is not null))::integer as revoked
      from star_rating r where r.village_id = ${villageId}::uuid and r.period = ${quarter}
      group by r.stars order by r.stars desc`,
    db.$queryRaw<{ is_public: boolean; number: number | null; thresholds: number[] | null }[]>`
      select exists (select 1 from period p where p.village_id = ${villageId}::uuid and p.code = ${quarter}
          and p.state = 'PUBLICITY') as is_public, v.number, v.star_thresholds as thresholds
      from (select 1) x
      left join rulebook_version v on v.village_id = ${villageId}::uuid
        and v.id = star_version(${villageId}::uuid, ${quarter})`,
  ]);
  const total = awarded.reduce((sum, row) => sum + row.households + row.revoked, 0);
  const pages = Math.max(1, Math.ceil(total / LINES_PER_PAGE));
  const wanted = Math.max(1, Math.min(Math.trunc(page) || 1, pages));
  const rows = await db.$queryRaw<LineRow[]>`
    select r.*, h.code as household_code, ${NAME_COLUMNS}, 0::bigint as total,
      coalesce(s.honour, 0)::bigint as honour_now
    from star_rating r
    join household h on h.village_id = r.village_id and h.id = r.household_id
    left join (
      select st.household_id, sum(st.honour) as honour from standing st
      where st.village_id = ${villageId}::uuid and st.period = ${quarter} group by st.household_id
    ) s on s.household_id = r.household_id
    where r.village_id = ${villageId}::uuid and r.period = ${quarter}
    order by r.stars desc, r.honour desc, h.code
    limit ${LINES_PER_PAGE} offset ${(wanted - 1) * LINES_PER_PAGE}`;
  return {
    quarter,
    isInPublicity: facts?.is_public ?? false,
    thresholds: facts?.thresholds ?? [],
    versionNumber: facts?.number ?? null,
    due: due.map(countOf),
    awarded: awarded.filter((row) => row.households > 0).map(countOf),
    lines: rows.map(lineOf),
    total,
    page: wanted,
    pages,
  };
}

function countOf(row: { stars: number; households: number }): StarCount {
  return { stars: row.stars, households: row.households };
}
