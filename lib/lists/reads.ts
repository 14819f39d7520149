import 'server-only';
import { type Day, dateToDay, dayToDate } from '@/lib/platform/clock';
import { type Db, Prisma } from '@/lib/platform/db';
import type { DocumentKind } from '@/lib/platform/generated/enums';
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
const holdsOn = (today: Day) =>
  Prisma.sql`(l.kind = 'RED' or list_fallen(l.village_id, l.id, ${today}::date) is null)`;

const audienceOn = (today: Day) =>
  Prisma.sql`list_audience_on(l.village_id, l.kind, l.audience, ${today}::date)`;

/** Lists of a village as lines as of a day; `where` is over village_list l, rulebook_version v. */
export async function readLines(
  db: Db,
  where: Prisma.Sql,
  { today, most }: { today: Day; most: number },
): Promise<ListLine[]> {
  const rows = await db.$queryRaw<LineRecord[]>`
    select l.id, l.kind, l.subject, l.period, l.state, ${audienceOn(today)} as audience, l.as_of, l.public_from, l.public_until,
      list_last_day(l) as last_day,
      count(r.id) filter (where r.state = 'STANDING')::int as standing,
      count(r.id) filter (where r.state <> 'GONE')::int as rows
    from village_list l
    join rulebook_version v on v.village_id = l.village_id and v.id = l.version_id
    left join list_row r on r.village_id = l.village_id and r.list_id = l.id
    where ${where}
    group by l.village_id, l.id, v.village_id, v.id
    order by l.period desc, l.kind desc, l.subject, l.drafted_at desc limit ${most}`;
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

const LINES_MOST = 60;

/**
 * The lists of a village that are before the public on a day, and the red ones that once were: of these only that
 * they were. Black lists of the village's own people come with `isOfVillage`; what ended of them leaves no trace.
 */
export async function listPublished(
  db: Db,
  villageId: string,
  { today, isOfVillage }: { today: Day; isOfVillage: boolean },
): Promise<{ shown: ListLine[]; past: ListLine[] }> {
  const audience = isOfVillage ? Prisma.empty : Prisma.sql`and ${audienceOn(today)} = 'EVERYONE'`;
  const lines = await readLines(
    db,
    Prisma.sql`l.village_id = ${villageId}::uuid and l.public_from is not null ${audience} and ${holdsOn(today)}`,
    { today, most: LINES_MOST },
  );
  const isUp = (line: ListLine) =>
    (line.state === 'PUBLICITY' || line.state === 'FINAL') && line.lastDay !== null && today <= line.lastDay;
  return {
    shown: lines.filter(isUp),
    past: lines.filter((line) => !isUp(line) && line.kind === 'RED'),
  };
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
    Prisma.sql`l.village_id = ${villageId}::uuid and l.state in ('PUBLICITY', 'FINAL')
      and list_last_day(l) >= ${dayToDate(today)}::date
      and exists (select 1 from list_row x where x.village_id = l.village_id and x.list_id = l.id
                  and x.household_id = ${householdId}::uuid and x.state = 'STANDING')
      and ${holdsOn(today)}`,
    { today, most: LINES_MOST },
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
