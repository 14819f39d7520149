import 'server-only';
import { type Day, dateToDay, type Quarter } from '@/lib/platform/clock';
import type { Db } from '@/lib/platform/db';
import type { YearEndPolicy } from '@/lib/platform/generated/enums';
import { keptOf, yearsAtHand } from '../rules';
import type { BoardNotices, OwnYearEnd, YearEndView, YearView } from '../types';

// The ends of years: what the rulebook says, what was announced, what was done.

interface YearRow {
  year: number;
  rule_policy: YearEndPolicy | null;
  rule_most: number | null;
  policy: YearEndPolicy | null;
  carry_most: number | null;
  announced_at: Date;
  announced_by: string | null;
  announced_by_id: string;
  due_on: Date;
  done_at: Date | null;
  done_by: string | null;
  households: number | null;
  points_closed: bigint | null;
  points_carried: bigint | null;
}

function toYearEnd(row: YearRow): YearEndView | null {
  if (!row.policy) return null;
  const orNull = (value: bigint | null) => (value === null ? null : Number(value));
  return {
    year: row.year,
    policy: row.policy,
    carryMost: row.carry_most,
    announcedAt: row.announced_at,
    announcedBy: row.announced_by ?? '',
    announcedById: row.announced_by_id,
    dueOn: dateToDay(row.due_on),
    doneAt: row.done_at,
    doneBy: row.done_by ?? '',
    households: row.households,
    pointsClosed: orNull(row.points_closed),
    pointsCarried: orNull(row.points_carried),
  };
}

/**
 * The years whose end is at hand on `today` or has been announced, newest first: each with what the rulebook in force
 * on its last day says. A year without a rulebook, or in which nobody had points yet, is left out. One query.
 */
export async function listYears(db: Db, villageId: string, today: Day): Promise<YearView[]> {
  const rows = await db.$queryRaw<YearRow[]>`
    select y.year, v.year_end_policy::text as rule_policy,
      case when v.year_end_policy = 'CARRY_UP_TO' then v.year_end_carry_most end as rule_most,
      e.policy::text as policy, e.carry_most, e.announced_at, a.name as announced_by, e.announced_by_id, e.due_on,
      e.done_at, d.name as done_by, e.households, e.points_closed, e.points_carried
    from (
      select unnest(${yearsAtHand(today)}::integer[]) as year
      union select n.year from year_end n where n.village_id = ${villageId}::uuid
    ) y
    left join rulebook_version v on v.village_id = ${villageId}::uuid
      and v.id = rulebook_version_on(${villageId}::uuid, make_date(y.year, 12, 31))
    left join year_end e on e.village_id = ${villageId}::uuid and e.year = y.year
    left join person a on a.id = e.announced_by_id left join person d on d.id = e.done_by_id
    where e.id is not null or (v.id is not null and (y.year = extract(year from ${today}::date) or exists (
      select 1 from posting p where p.village_id = ${villageId}::uuid and p.household_id is not null
        and p.credited_on <= make_date(y.year, 12, 31))))
    order by y.year desc limit 4`;
  return rows.map((row) => ({
    year: row.year,
    rule: row.rule_policy ? { year: row.year, policy: row.rule_policy, carryMost: row.rule_most } : null,
    end: toYearEnd(row),
  }));
}

/** What is told to everyone: quarters in publicity, and years announced and not done. One query. */
export async function findBoardNotices(db: Db, villageId: string, today: Day): Promise<BoardNotices> {
  const rows = await db.$queryRaw<
    {
      code: string | null;
      until: Date;
      year: number | null;
      policy: YearEndPolicy;
      carry_most: number | null;
    }[]
  >`
    select p.code, p.public_until as until, null::integer as year, null::text as policy, null::integer as carry_most
    from period p where p.village_id = ${villageId}::uuid and p.state = 'PUBLICITY' and p.public_until >= ${today}::date
    union all
    select null, y.due_on, y.year, y.policy::text, y.carry_most
    from year_end y where y.village_id = ${villageId}::uuid and y.done_at is null
    order by until`;
  return {
    publicity: rows.flatMap((row) =>
      row.code ? [{ code: row.code as Quarter, until: dateToDay(row.until) }] : [],
    ),
    years: rows.flatMap((row) =>
      row.year === null
        ? []
        : [{ year: row.year, policy: row.policy, carryMost: row.carry_most, dueOn: dateToDay(row.until) }],
    ),
  };
}

/** What a year's end that is announced will leave a household, as things stand; null when none is. One query. */
export async function findOwnYearEnd(
  db: Db,
  scope: { villageId: string; householdId: string },
): Promise<OwnYearEnd | null> {
  const rows = await db.$queryRaw<
    { year: number; policy: YearEndPolicy; carry_most: number | null; due_on: Date; points: bigint }[]
  >`
    select y.year, y.policy::text as policy, y.carry_most, y.due_on, r.points
    from year_end y
    cross join lateral year_remains(${scope.villageId}::uuid, y.year, ${scope.householdId}::uuid) r
    where y.village_id = ${scope.villageId}::uuid and y.done_at is null order by y.year limit 1`;
  const row = rows[0];
  if (!row) return null;
  const points = Number(row.points);
  return {
    year: row.year,
    policy: row.policy,
    carryMost: row.carry_most,
    dueOn: dateToDay(row.due_on),
    points,
    kept: keptOf(row.policy, row.carry_most, points),
  };
}

/** What closing a year by a policy would close and carry as things stand. One query. */
export async function previewYear(
  db: Db,
  villageId: string,
  rule: { year: number; policy: YearEndPolicy; carryMost: number | null },
): Promise<{ households: number; closed: number; carried: number }> {
  const rows = await db.$queryRaw<{ households: bigint; closed: bigint; carried: bigint }[]>`
    select count(*) as households, coalesce(sum(r.points), 0) as closed,
      coalesce(sum(year_kept(${rule.policy}::"YearEndPolicy", ${rule.carryMost}::integer, r.points)), 0) as carried
    from year_remains(${villageId}::uuid, ${rule.year}::integer) r where r.points > 0`;
  const row = rows[0];
  return {
    households: Number(row?.households ?? 0),
    closed: Number(row?.closed ?? 0),
    carried: Number(row?.carried ?? 0),
  };
}

/** How many households a village has, and how many of them get its news on a phone: those whose head signs in. One query. */
export async function countReached(
  db: Db,
  villageId: string,
): Promise<{ households: number; onPhone: number }> {
  const rows = await db.$queryRaw<{ households: number; reached: number }[]>`
    select count(*)::int as households,
      (count(*) filter (where exists (
        select 1 from resident r where r.village_id = h.village_id and r.household_id = h.id and r.relation = 'HEAD'
          and r.left_on is null and r.person_id is not null)))::int as reached
    from household h where h.village_id = ${villageId}::uuid and h.left_on is null`;
  return { households: rows[0]?.households ?? 0, onPhone: rows[0]?.reached ?? 0 };
}
