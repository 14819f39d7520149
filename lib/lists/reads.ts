import 'server-only';
import { type Day, dateToDay, dayToDate } from '@/lib/platform/clock';
import { type Db, Prisma } from '@/lib/platform/db';
import type { DocumentKind } from '@/lib/platform/generated/enums';
import { type Paged, paged, partOf } from '@/lib/platform/paging';
import type { ListAudience, ListKind, ListLine, ListState, ListSubject } from './types';

interface LineRecord {
  id: string;
  kind: ListKind;
  subject: ListSubject;
  period: string;
  state: ListState;
  audience: ListAudience;
  as_of: Date;
  public_from: Date | null;
  public_until: Date | null;
  last_day: Date | null;
  standing: number;
  rows: number;
}

/** That a list of the query is borne by the rulebook in force on a day. */
export const holdsOn = (today: Day) =>
  Prisma.sql`(l.kind = 'RED' or list_fallen(l.village_id, l.id, ${today}::date) is null)`;

const audienceOn = (today: Day) =>
  Prisma.sql`list_audience_on(l.village_id, l.kind, l.audience, ${today}::date)`;

/** The last day on which a list is shown, over village_list l. */
const LAST_DAY = Prisma.sql`list_last_day(l)`;

/** That a list is before the public on a day (isShown of rules.ts), over the same. */
export const isUpOn = (today: Day) =>
  Prisma.sql`(l.state in ('PUBLICITY', 'FINAL') and ${LAST_DAY} >= ${dayToDate(today)}::date) is true`;

/** Lists of a village as lines as of a day, newest period first; `where` is over village_list l, rulebook_version v. */
export async function readLines(
  db: Db,
  where: Prisma.Sql,
  { today, most, skip = 0 }: { today: Day; most: number; skip?: number },
): Promise<ListLine[]> {
  const rows = await db.$queryRaw<LineRecord[]>`
    select l.id, l.kind, l.subject, l.period, l.state, ${audienceOn(today)} as audience, l.as_of, l.public_from, l.public_until,
      ${LAST_DAY} as last_day,
      count(r.id) filter (where r.state = 'STANDING')::int as standing,
      count(r.id) filter (where r.state <> 'GONE')::int as rows
    from village_list l
    join rulebook_version v on v.village_id = l.village_id and v.id = l.version_id
    left join list_row r on r.village_id = l.village_id and r.list_id = l.id
    where ${where}
    group by l.village_id, l.id, v.village_id, v.id
    order by l.period desc, l.kind desc, l.subject, l.drafted_at desc, l.id limit ${most} offset ${skip}`;
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    subject: row.subject,
    period: row.period,
    state: row.state,
    audience: row.audience,
    asOf: row.as_of,
    publicFrom: row.public_from ? dateToDay(row.public_from) : null,
    publicUntil: row.public_until ? dateToDay(row.public_until) : null,
    lastDay: row.last_day ? dateToDay(row.last_day) : null,
    standing: row.standing,
    rows: row.rows,
  }));
}

/** More than can be prepared or up at once: a kind, subject and quarter has one of them, and ends. */
export const STANDING_MOST = 500;

/** A page of the lists that fit a condition, newest period first. One query. */
export async function readPage(
  db: Db,
  where: Prisma.Sql,
  { today, page }: { today: Day; page: number },
): Promise<Paged<ListLine>> {
  const { take, skip } = partOf(page);
  return paged(await readLines(db, where, { today, most: take, skip }), page);
}

/**
 * The lists of a village that are before the public on a day, and a page of the red ones that once were: of these only
 * that they were. Black lists of the village's own people come with `isOfVillage`; what ended of them leaves no trace.
 * Two queries.
 */
export async function listPublished(
  db: Db,
  villageId: string,
  { today, isOfVillage, page = 1 }: { today: Day; isOfVillage: boolean; page?: number },
): Promise<{ shown: ListLine[]; past: Paged<ListLine> }> {
  const audience = isOfVillage ? Prisma.empty : Prisma.sql`and ${audienceOn(today)} = 'EVERYONE'`;
  const published = Prisma.sql`
    l.village_id = ${villageId}::uuid and l.public_from is not null ${audience} and ${holdsOn(today)}`;
  const [shown, past] = await Promise.all([
    readLines(db, Prisma.sql`${published} and ${isUpOn(today)}`, { today, most: STANDING_MOST }),
    readPage(db, Prisma.sql`${published} and l.kind = 'RED' and not ${isUpOn(today)}`, { today, page }),
  ]);
  return { shown, past };
}

/** The public lists on which a household stands on a day. One query. */
export async function listOfHousehold(
  db: Db,
  villageId: string,
  householdId: string,
  today: Day,
): Promise<ListLine[]> {
  return readLines(
    db,
    Prisma.sql`l.village_id = ${villageId}::uuid and ${isUpOn(today)}
      and exists (select 1 from list_row x where x.village_id = l.village_id and x.list_id = l.id
                  and x.household_id = ${householdId}::uuid and x.state = 'STANDING')
      and ${holdsOn(today)}`,
    { today, most: STANDING_MOST },
  );
}

/** The kinds of documents that are out of some lists, by list. One query. */
export async function listDocumentKinds(
  db: Db,
  villageId: string,
  listIds: string[],
): Promise<Map<string, Set<DocumentKind>>> {
  const rows = await db.listDocument.findMany({
    where: { villageId, listId: { in: listIds }, retiredAt: null },
    select: { listId: true, kind: true },
  });
  const byList = new Map<string, Set<DocumentKind>>();
  for (const { listId, kind } of rows) byList.set(listId, (byList.get(listId) ?? new Set()).add(kind));
  return byList;
}
