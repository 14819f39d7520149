import 'server-only';
import { answersTo } from '@/lib/deductions/subject/reads';
import { CHANGE, type EntryRow, entriesOf, toEntry } from '@/lib/ledger/reads';
import { type Quarter, startOfDay } from '@/lib/platform/clock';
import { type Db, Prisma } from '@/lib/platform/db';
import { maskName } from '@/lib/residents/rules';
import { quarterBounds } from '../rules';
import type { HouseholdSum, PublicLine, PublicPage, QuarterSum } from '../types';

// What a quarter's publicity shows: every line that counts for it, and what each household's add up to. Masked, and
// what happened at a year's end is no part of it, nor what a household spent and got back.

/** Lines on a page. */
export const LINES_PER_PAGE = 30;

/**
 * The household lines of a quarter. Nothing is recorded before the day it counts for, so the index by time of
 * recording finds them.
 */
function ofQuarter(villageId: string, quarter: Quarter): Prisma.Sql {
  const { from, before } = quarterBounds(quarter);
  return Prisma.sql`p.village_id = ${villageId}::uuid and p.posted_at >= ${startOfDay(from)}
    and p.household_id is not null and p.kind not in ('YEAR_CLOSE', 'YEAR_CARRY', 'REDEMPTION')
    and not (p.kind = 'REVERSAL' and p.item_id is null and p.honour = 0)
    and p.credited_on >= ${from}::date and p.credited_on < ${before}::date`;
}

function pageOf<Line>(lines: Line[], total: number, page: number): PublicPage<Line> {
  return { lines, total, page, pages: Math.max(1, Math.ceil(total / LINES_PER_PAGE)) };
}

const skipOf = (page: number) => (Math.max(1, Math.min(page, 100_000)) - 1) * LINES_PER_PAGE;

/**
 * Lines of a quarter by the day they count for, and what is said against each; with `whose` those of the households that
 * answer this search. One query.
 */
export async function listPublicLines(
  db: Db,
  villageId: string,
  quarter: Quarter,
  page = 1,
  whose = '',
): Promise<PublicPage<PublicLine>> {
  const answers = answersTo(whose);
  const ofThese = answers
    ? Prisma.sql`and p.household_id in (
        select h.id from household h where h.village_id = ${villageId}::uuid and ${answers})`
    : Prisma.empty;
  const found = Prisma.sql`
    select p.*, count(*) over () as total, row_number() over (order by p.credited_on, p.posted_at, p.id) as place
    from posting p where ${ofQuarter(villageId, quarter)} ${ofThese}`;
  const rows = await db.$queryRaw<(EntryRow & { objection: PublicLine['objection']; total: bigint })[]>`
    with chosen as (
      select * from (${found}) f where f.place > ${skipOf(page)} order by f.place limit ${LINES_PER_PAGE}
    )
    select e.*, c.total, (
      select o.state::text from objections_of_posting(${villageId}::uuid, e.id) o where o.state <> 'WITHDRAWN'
      order by o.state = 'OPEN' desc, o.opened_at desc limit 1) as objection
    from (${entriesOf(Prisma.sql`select * from chosen`, Prisma.empty)}) e join chosen c on c.id = e.id
    order by c.place`;
  const lines = rows.map((row) => ({ ...toEntry(row), objection: row.objection }));
  return pageOf(lines, Number(rows[0]?.total ?? 0), page);
}

/** What each household's lines of a quarter add up to, by household code. One query. */
export async function listHouseholdSums(
  db: Db,
  villageId: string,
  quarter: Quarter,
  page = 1,
): Promise<PublicPage<HouseholdSum>> {
  const rows = await db.$queryRaw<
    { code: string; name: string | null; entries: bigint; points: bigint; honour: bigint; total: bigint }[]
  >`
    select h.code, s.entries, s.points, s.honour, count(*) over () as total,
      (select r.name from resident r where r.village_id = h.village_id and r.household_id = h.id
       and r.left_on is null and r.relation = 'HEAD' order by r.created_at, r.id limit 1) as name
    from (
      select p.household_id, count(*) as entries, sum(${CHANGE}) as points, sum(p.honour) as honour
      from posting p where ${ofQuarter(villageId, quarter)} group by 1
    ) s
    join household h on h.village_id = ${villageId}::uuid and h.id = s.household_id
    order by h.code offset ${skipOf(page)} limit ${LINES_PER_PAGE}`;
  const lines = rows.map((row) => ({
    householdCode: row.code,
    name: row.name ? maskName(row.name) : '',
    entries: Number(row.entries),
    points: Number(row.points),
    honour: Number(row.honour),
  }));
  return pageOf(lines, Number(rows[0]?.total ?? 0), page);
}

/** What the lines of a quarter add up to. One query. */
export async function sumQuarter(db: Db, villageId: string, quarter: Quarter): Promise<QuarterSum> {
  const rows = await db.$queryRaw<{ entries: bigint; households: bigint; points: bigint; honour: bigint }[]>`
    select count(*) as entries, count(distinct p.household_id) as households,
      coalesce(sum(${CHANGE}), 0) as points, coalesce(sum(p.honour), 0) as honour
    from posting p where ${ofQuarter(villageId, quarter)}`;
  const row = rows[0];
  return {
    entries: Number(row?.entries ?? 0),
    households: Number(row?.households ?? 0),
    points: Number(row?.points ?? 0),
    honour: Number(row?.honour ?? 0),
  };
}
