import 'server-only';
import { dateToDay, type Quarter } from '@/lib/platform/clock';
import type { Db } from '@/lib/platform/db';
import { NAME_COLUMNS, type NameRow, publicName } from '../household/sql';
import type { Honours } from './types';

/** More lines than any village has households with a star. */
const LINES_MOST = 2000;
const PLAQUES_MOST = 300;

/**
 * What everybody may see of a village's honours: stars of a quarter (the latest unless another is asked for), and
 * plaques. What was revoked isn't there, nor who has moved away; names are masked. Three
 * queries.
 */
export async function findHonours(db: Db, villageId: string, asked: Quarter | null): Promise<Honours> {
  const found = await db.$queryRaw<{ period: Quarter }[]>`
    select distinct r.period from star_rating r
    where r.village_id = ${villageId}::uuid and r.revoked_at is null order by r.period desc limit 40`;
  const quarters = found.map((row) => row.period);
  const quarter = quarters.find((one) => one === asked) ?? quarters[0] ?? null;
  type Row = NameRow & { id: string; code: string };
  const [starred, plaques] = await Promise.all([
    quarter
      ? db.$queryRaw<(Row & { stars: number })[]>`
          select r.id, h.code, r.stars, ${NAME_COLUMNS}
          from star_rating r
          join household h on h.village_id = r.village_id and h.id = r.household_id and h.left_on is null
          where r.village_id = ${villageId}::uuid and r.period = ${quarter} and r.revoked_at is null
          order by r.stars desc, h.code limit ${LINES_MOST}`
      : [],
    db.$queryRaw<(Row & { number: string; certificate: string; period: Quarter; awarded_on: Date })[]>`
      select p.id, h.code, p.number, p.code as certificate, l.period, p.awarded_on, ${NAME_COLUMNS}
      from plaque p
      join village_list l on l.village_id = p.village_id and l.id = p.list_id
      join household h on h.village_id = p.village_id and h.id = p.household_id and h.left_on is null
      where p.village_id = ${villageId}::uuid and p.revoked_at is null
      order by p.awarded_on desc, length(p.number) desc, p.number desc limit ${PLAQUES_MOST}`,
  ]);
  return {
    quarters,
    quarter,
    starred: starred.map((row) => ({
      id: row.id,
      householdCode: row.code,
      name: publicName(row),
      stars: row.stars,
    })),
    plaques: plaques.map((row) => ({
      id: row.id,
      householdCode: row.code,
      name: publicName(row),
      number: row.number,
      certificate: row.certificate,
      quarter: row.period,
      awardedOn: dateToDay(row.awarded_on),
    })),
  };
}

/** How many households have a star in the latest quarter, and how many hold a plaque: for the notice board. */
export async function countHonours(
  db: Db,
  villageId: string,
): Promise<{ quarter: Quarter | null; starred: number; plaques: number }> {
  const [row] = await db.$queryRaw<{ quarter: Quarter | null; starred: number; plaques: number }[]>`
    with latest as (
      select max(r.period) as period from star_rating r
      where r.village_id = ${villageId}::uuid and r.revoked_at is null
    )
    select l.period as quarter,
      (select count(*)::integer from star_rating r
       join household h on h.village_id = r.village_id and h.id = r.household_id and h.left_on is null
       where r.village_id = ${villageId}::uuid and r.period = l.period and r.revoked_at is null) as starred,
      (select count(distinct p.household_id)::integer from plaque p
       join household h on h.village_id = p.village_id and h.id = p.household_id and h.left_on is null
       where p.village_id = ${villageId}::uuid and p.revoked_at is null) as plaques
    from latest l`;
  return row ?? { quarter: null, starred: 0, plaques: 0 };
}
