import 'server-only';
import { type Day, dateToDay, dayOf, type Quarter } from '@/lib/platform/clock';
import { type Db, Prisma } from '@/lib/platform/db';
import { NAME_COLUMNS, type NameRow } from '../household/sql';
import type { QuarterToRate, RewardList, RewardRow } from './types';

/** How many quarters back the office looks. */
const QUARTERS_MOST = 6;
const LISTS_MOST = 20;

/** The quarters that are over, the latest first, with what is to be rated. One query. */
export async function listQuartersToRate(db: Db, villageId: string, today: Day): Promise<QuarterToRate[]> {
  const rows = await db.$queryRaw<{ quarter: Quarter; due: number; rated: number; is_public: boolean }[]>`
    with quarter as (
      select distinct s.period from standing s
      where s.village_id = ${villageId}::uuid and star_quarter_end(s.period) < ${today}::date
      order by s.period desc limit ${QUARTERS_MOST}
    )
    select q.period as quarter,
      (select count(*)::integer from star_due(${villageId}::uuid, q.period)) as due,
      (select count(*)::integer from star_rating r
       where r.village_id = ${villageId}::uuid and r.period = q.period and r.revoked_at is null) as rated,
      exists (select 1 from period p
              where p.village_id = ${villageId}::uuid and p.code = q.period and p.state = 'PUBLICITY') as is_public
    from quarter q order by q.period desc`;
  return rows.map((row) => ({
    quarter: row.quarter,
    due: row.due,
    rated: row.rated,
    isInPublicity: row.is_public,
  }));
}

interface ListRow {
  id: string;
  period: Quarter;
  subject: 'HOUSEHOLD' | 'RESIDENT';
  state: 'FINAL' | 'EXPIRED' | 'WITHDRAWN';
  final_at: Date | null;
  expires_on: Date | null;
  standing: number;
  plaques: number;
  batches: number;
}

function lists(villageId: string, which: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    select x.* from (
      select l.id, l.period, l.subject::text as subject, l.state::text as state, l.final_at, l.expires_on,
        (select count(*)::integer from list_row r where r.village_id = l.village_id and r.list_id = l.id
           and r.state = 'STANDING') as standing,
        (select count(*)::integer from plaque p where p.village_id = l.village_id and p.list_id = l.id
           and p.revoked_at is null) as plaques,
        (select count(*)::integer from voucher_batch b where b.village_id = l.village_id and b.list_id = l.id
           and b.dropped_at is null) as batches
      from village_list l
      where l.village_id = ${villageId}::uuid and l.kind = 'RED' and l.subject in ('HOUSEHOLD', 'RESIDENT') and ${which}
    ) x
    where x.state = 'FINAL' or x.plaques > 0 or x.batches > 0
    order by x.final_at desc nulls last, x.id limit ${LISTS_MOST}`;
}

function listOf(row: ListRow): RewardList {
  return {
    id: row.id,
    quarter: row.period,
    subject: row.subject,
    state: row.state,
    finalOn: row.final_at ? dayOf(row.final_at) : null,
    expiresOn: row.expires_on ? dateToDay(row.expires_on) : null,
    standing: row.standing,
    plaques: row.plaques,
    batches: row.batches,
  };
}

const WAS_FINAL = Prisma.sql`l.state in ('FINAL', 'EXPIRED', 'WITHDRAWN')`;

/** Red lists that rewards can be given for, and those that were; the latest first. One query. */
export async function listRewardLists(db: Db, villageId: string): Promise<RewardList[]> {
  return (await db.$queryRaw<ListRow[]>(lists(villageId, WAS_FINAL))).map(listOf);
}

/** One of them; null when there is none in this village, or when it isn't final yet. One query. */
export async function findRewardList(db: Db, villageId: string, listId: string): Promise<RewardList | null> {
  const which = Prisma.sql`${WAS_FINAL} and l.id = ${listId}::uuid`;
  const [row] = await db.$queryRaw<ListRow[]>(lists(villageId, which));
  return row ? listOf(row) : null;
}

/** The rows of a red list by rank, with their plaques. One query. */
export async function listRewardRows(db: Db, villageId: string, listId: string): Promise<RewardRow[]> {
  type Row = NameRow & {
    id: string;
    rank: number;
    household_id: string;
    household_code: string;
    resident_name: string | null;
    points: number;
    is_standing: boolean;
    plaque_id: string | null;
    number: string | null;
    is_revoked: boolean | null;
  };
  const rows = await db.$queryRaw<Row[]>`
    select lr.id, lr.rank, lr.household_id, h.code as household_code, p1.name as resident_name, lr.points,
      lr.state = 'STANDING' and h.left_on is null as is_standing, p.id as plaque_id, p.number,
      p.revoked_at is not null as is_revoked, ${NAME_COLUMNS}
    from list_row lr
    join household h on h.village_id = lr.village_id and h.id = lr.household_id
    left join resident p1 on p1.village_id = lr.village_id and p1.id = lr.resident_id
    left join plaque p on p.village_id = lr.village_id and p.row_id = lr.id
    where lr.village_id = ${villageId}::uuid and lr.list_id = ${listId}::uuid
    order by lr.rank, h.code, lr.id`;
  return rows.map((row) => ({
    id: row.id,
    rank: row.rank,
    householdId: row.household_id,
    householdCode: row.household_code,
    headName: row.head_name,
    residentName: row.resident_name ?? '',
    points: row.points,
    isStanding: row.is_standing,
    plaque:
      row.plaque_id && row.number
        ? { id: row.plaque_id, number: row.number, isRevoked: row.is_revoked ?? false }
        : null,
  }));
}
