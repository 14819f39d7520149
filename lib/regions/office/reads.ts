import 'server-only';
import type { OfficeSeat } from '@/lib/auth/types';
import type { Quarter } from '@/lib/platform/clock';
import { type Db, Prisma } from '@/lib/platform/db';

/** How a village of a township or district is doing. */
export interface VillageFigures {
  id: string;
  code: string;
  name: string;
  townshipId: string;
  townshipName: string;
  households: number;
  /** honour credited in the quarter, deductions taken off */
  honour: number;
  /** households that were credited any */
  active: number;
  /** deeds that wait for a decision, and since when */
  waiting: number;
  oldestAt: Date | null;
}

/** More than a district has. */
const VILLAGES_MOST = 500;

/**
 * The villages of an office with their figures of a quarter, by township and name. One query: standings, households
 * and waiting deeds are each counted by village on their own index.
 */
export async function listOfficeVillages(
  db: Db,
  office: OfficeSeat,
  quarter: Quarter,
): Promise<VillageFigures[]> {
  const mine =
    office.level === 'DISTRICT'
      ? Prisma.sql`t.district_id = ${office.id}::uuid`
      : Prisma.sql`t.id = ${office.id}::uuid`;
  const rows = await db.$queryRaw<VillageFigures[]>`
    with mine as (
      select v.id, v.code, v.name, t.id as township_id, t.name as township_name, t.created_at
      from village v join township t on t.id = v.township_id where ${mine} limit ${VILLAGES_MOST}
    ), households as (
      select village_id, count(*)::int as n from household
      where village_id in (select id from mine) and left_on is null group by village_id
    ), honour as (
      select village_id, sum(honour)::int as n, count(distinct household_id) filter (where honour > 0)::int as active
      from standing where village_id in (select id from mine) and period = ${quarter} group by village_id
    ), waiting as (
      select village_id, count(*)::int as n, min(submitted_at) as oldest from deed
      where village_id in (select id from mine) and state in ('SUBMITTED', 'AWAITING_SECOND') group by village_id
    )
    select m.id, m.code, m.name, m.township_id as "townshipId", m.township_name as "townshipName",
      coalesce(h.n, 0) as households, coalesce(s.n, 0) as honour, coalesce(s.active, 0) as active,
      coalesce(w.n, 0) as waiting, w.oldest as "oldestAt"
    from mine m
    left join households h on h.village_id = m.id
    left join honour s on s.village_id = m.id
    left join waiting w on w.village_id = m.id
    order by m.created_at, m.township_id, m.name, m.id`;
  return rows;
}
