import 'server-only';
import type { OfficeSeat } from '@/lib/auth/types';
import { type Day, dateToDay, dayToDate } from '@/lib/platform/clock';
import { type Db, Prisma } from '@/lib/platform/db';
import { type Paged, paged, partOf, withLines } from '@/lib/platform/paging';
import type { OverdueLine } from '../types';

// What township and district see of what households of their villages said, objections, answers and repairs: that one is
// overdue, of which village, under which number and since when. Not what it says.

/** What is overdue in an office's villages; `v`, `t` and `o` are village, township, and what was said. */
const overdueOf = (office: OfficeSeat, today: Day) => Prisma.sql`
  village v join township t on t.id = v.township_id
  join (
    select village_id, id, number, subject_kind::text as kind, opened_at, due_on from objection where state = 'OPEN'
    union all
    select village_id, id, null, case state when 'POSTED' then 'REPAIR' else 'ANSWER' end,
      case state when 'POSTED' then repair_claimed_at else answered_at end, said_due_on
    from deduction where state in ('CONTESTED', 'POSTED') and said_due_on is not null
  ) o on o.village_id = v.id and o.due_on < ${dayToDate(today)}::date
  where ${
    office.level === 'DISTRICT'
      ? Prisma.sql`t.district_id = ${office.id}::uuid`
      : Prisma.sql`t.id = ${office.id}::uuid`
  }`;

/** How many objections, answers and repairs of an office's villages are overdue. One query. */
export async function countOverdue(db: Db, office: OfficeSeat, today: Day): Promise<number> {
  const rows = await db.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from ${overdueOf(office, today)}`;
  return rows[0]?.count ?? 0;
}

/** A page of what is overdue in an office's villages, the longest overdue first. One query. */
export async function listOverdue(
  db: Db,
  office: OfficeSeat,
  today: Day,
  page = 1,
): Promise<Paged<OverdueLine>> {
  const { take, skip } = partOf(page);
  const rows = await db.$queryRaw<(Omit<OverdueLine, 'dueOn'> & { dueOn: Date })[]>`
    select o.id::text, v.code as "villageCode", v.name as "villageName", t.name as "townshipName", o.number,
      o.kind, o.opened_at as "openedAt", o.due_on as "dueOn"
    from ${overdueOf(office, today)}
    order by o.due_on, v.name, v.id, o.number, o.id limit ${take} offset ${skip}`;
  const shown = paged(rows, page);
  return withLines(
    shown,
    shown.lines.map((row) => ({ ...row, dueOn: dateToDay(row.dueOn) })),
  );
}

/** What is overdue in an office's villages: how many and the oldest's last day, by village. One query. */
export async function listOverdueVillages(
  db: Db,
  office: OfficeSeat,
  today: Day,
): Promise<Map<string, { count: number; oldestDue: Day }>> {
  const rows = await db.$queryRaw<{ id: string; count: number; oldest: Date }[]>`
    select v.id::text, count(*)::int as count, min(o.due_on) as oldest
    from ${overdueOf(office, today)} group by v.id`;
  return new Map(rows.map((row) => [row.id, { count: row.count, oldestDue: dateToDay(row.oldest) }]));
}
