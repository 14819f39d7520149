import 'server-only';
import { type Day, dateToDay, dayOf, monthOf, periodBounds, startOfDay } from '@/lib/platform/clock';
import { type Db, Prisma } from '@/lib/platform/db';
import { isId } from '@/lib/platform/ids';
import { surnameOf } from '@/lib/residents/rules';
import type { DecidedChoices, DecidedFilter, DecidedPage, DecidedState } from './types';

// Deeds that are no longer in the queue, the latest decision first.

/** Lines on a page. */
export const DECIDED_PER_PAGE = 30;

/** A page of decided deeds, newest first, behind the deed `after`. One query. */
export async function listDecided(
  db: Db,
  villageId: string,
  filter: DecidedFilter = {},
  after: string | null = null,
): Promise<DecidedPage> {
  const village = Prisma.sql`${villageId}::uuid`;
  const parts = [
    Prisma.sql`d.village_id = ${village}`,
    filter.state
      ? Prisma.sql`d.state = ${filter.state}::"DeedState"`
      : Prisma.sql`d.state in ('APPROVED', 'RETURNED', 'WITHDRAWN')`,
  ];
  if (filter.itemCode) {
    parts.push(
      Prisma.sql`d.item_id in (select id from item where village_id = ${village} and code = ${filter.itemCode})`,
    );
  }
  if (filter.month) {
    const { from, before } = periodBounds(`${filter.month}-01` as Day, 'MONTH');
    parts.push(
      Prisma.sql`d.decided_at >= ${startOfDay(from)}::timestamptz and d.decided_at < ${startOfDay(before)}::timestamptz`,
    );
  }
  if (filter.byPersonId) parts.push(Prisma.sql`d.decided_by_id = ${filter.byPersonId}::uuid`);
  if (isId(after)) {
    parts.push(Prisma.sql`(d.decided_at, d.id) < (
      select c.decided_at, c.id from deed c where c.village_id = ${village} and c.id = ${after}::uuid)`);
  }
  const rows = await db.$queryRaw<
    {
      id: string;
      state: DecidedState;
      item_name: string;
      household_code: string;
      head: string | null;
      deed_on: Date;
      decided_at: Date;
      by: string | null;
      honour: number | null;
      reason: string;
    }[]
  >`
    with page as (
      select d.* from deed d where ${Prisma.join(parts, ' and ')}
      order by d.decided_at desc, d.id desc limit ${DECIDED_PER_PAGE + 1}
    )
    select d.id, d.state::text as state, i.name as item_name, h.code as household_code, d.deed_on, d.decided_at,
      (select r.name from resident r where r.village_id = ${village} and r.household_id = d.household_id
       and r.relation = 'HEAD' and r.left_on is null order by r.created_at limit 1) as head,
      pe.name as by, d.honour_awarded as honour, d.reason
    from page d
    join item i on i.village_id = ${village} and i.id = d.item_id
    join household h on h.village_id = ${village} and h.id = d.household_id
    left join person pe on pe.id = d.decided_by_id
    order by d.decided_at desc, d.id desc`;
  const lines = rows.slice(0, DECIDED_PER_PAGE).map((row) => ({
    id: row.id,
    state: row.state,
    itemName: row.item_name,
    householdCode: row.household_code,
    householdCall: row.head ? `${surnameOf(row.head)}家` : '',
    deedOn: dateToDay(row.deed_on),
    decidedAt: row.decided_at,
    by: row.by ?? '',
    honour: row.honour,
    reason: row.reason,
  }));
  return { lines, older: rows.length > DECIDED_PER_PAGE ? (lines.at(-1)?.id ?? null) : null };
}

/** Months that are offered, back from the latest. */
const MONTHS_MOST = 24;

/** Items and months that have decided deeds, for the filter. One query. */
export async function listDecidedChoices(db: Db, villageId: string): Promise<DecidedChoices> {
  const rows = await db.$queryRaw<
    { items: DecidedChoices['items'] | null; first: Date | null; last: Date | null }[]
  >`
    with decided as materialized (
      select d.item_id, min(d.decided_at) as first, max(d.decided_at) as last from deed d
      where d.village_id = ${villageId}::uuid and d.state in ('APPROVED', 'RETURNED', 'WITHDRAWN') group by 1
    )
    select (select json_agg(x) from (
        select i.code, max(i.name) as name from decided d
        join item i on i.village_id = ${villageId}::uuid and i.id = d.item_id
        group by i.code order by i.code) x) as items,
      (select min(first) from decided) as first, (select max(last) from decided) as last`;
  const row = rows[0];
  return { items: row?.items ?? [], months: monthsBack(row?.first ?? null, row?.last ?? null) };
}

function monthsBack(first: Date | null, last: Date | null): string[] {
  if (!first || !last) return [];
  const earliest = monthOf(dayOf(first));
  const months: string[] = [];
  let [year, month] = monthOf(dayOf(last)).split('-').map(Number) as [number, number];
  for (let n = 0; n < MONTHS_MOST; n++) {
    const name = `${year}-${String(month).padStart(2, '0')}`;
    if (name < earliest) break;
    months.push(name);
    month -= 1;
    if (month === 0) [year, month] = [year - 1, 12];
  }
  return months;
}
