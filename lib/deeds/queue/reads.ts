import 'server-only';
import { dateToDay } from '@/lib/platform/clock';
import { type Db, Prisma } from '@/lib/platform/db';
import { isId } from '@/lib/platform/ids';
import { surnameOf } from '@/lib/residents/rules';
import type { Channel, DeedState } from '../types';
import { CHANNEL_NAMES, WAITED_STEPS } from './rules';
import { condition, queueWithout, queueWithWarnings, recusalOf, waitedDays } from './sql';
import type {
  Counted,
  Neighbours,
  QueueCounts,
  QueueFilter,
  QueueLine,
  QueuePage,
  Recusal,
  Viewer,
  Warning,
} from './types';

// The queue of a village: deeds that nobody has decided, oldest first. Every read names the village and the person
// who looks; one query each, whatever the queue's length.

/** Lines on a page. */
export const QUEUE_PER_PAGE = 30;

interface LineRow {
  id: string;
  item_name: string;
  household_code: string;
  head: string | null;
  deed_on: Date;
  submitted_at: Date;
  state: DeedState;
  channel: Channel;
  event_name: string | null;
  warnings: Warning[];
  recusal: Recusal | null;
}

function toLine(row: LineRow): QueueLine {
  return {
    id: row.id,
    itemName: row.item_name,
    householdCode: row.household_code,
    householdCall: row.head ? `${surnameOf(row.head)}家` : '',
    deedOn: dateToDay(row.deed_on),
    submittedAt: row.submitted_at,
    state: row.state,
    channel: row.channel,
    eventName: row.event_name,
    warnings: row.warnings,
    recusal: row.recusal,
  };
}

/** Where a page of the queue begins: behind a deed, before one, or a few lines above one so that it is seen. */
export type QueueFrom = { after: string } | { before: string } | { around: string } | null;

/** Lines shown above the deed that is open. */
const LEAD_LINES = 3;

/**
 * A page of the queue, oldest first. The deed to begin from need not be in the queue any more; one that is not of
 * this village counts as none. One query.
 */
export async function listQueue(
  db: Db,
  viewer: Viewer,
  filter: QueueFilter = {},
  from: QueueFrom = null,
): Promise<QueuePage> {
  const village = Prisma.sql`${viewer.villageId}::uuid`;
  const fromId = from ? Object.values(from)[0] : null;
  const cursor = isId(fromId)
    ? Prisma.sql`select d.submitted_at, d.id from deed d where d.village_id = ${village} and d.id = ${fromId}::uuid`
    : Prisma.sql`select null::timestamptz, null::uuid where false`;
  const back = from !== null && 'before' in from;
  const start =
    from === null || !isId(fromId)
      ? Prisma.sql`true`
      : back
        ? Prisma.sql`(q.submitted_at, q.id) < (select * from start)`
        : 'after' in from
          ? Prisma.sql`(q.submitted_at, q.id) > (select * from start)`
          : Prisma.sql`q.n >= (select coalesce(max(w.n), 0) from wanted w where (w.submitted_at, w.id) <= (select * from start)) - ${LEAD_LINES}::integer`;
  const rows = await db.$queryRaw<(LineRow & { n: number; total: number })[]>`
    with ${queueWithWarnings(viewer)}, start as (${cursor}),
    wanted as materialized (
      select q.*, (row_number() over (order by q.submitted_at, q.id))::integer as n, (count(*) over ())::integer as total
      from queue q where ${condition(filter, viewer.now)}
    ),
    page as (
      select q.* from wanted q where ${start}
      order by q.n ${back ? Prisma.sql`desc` : Prisma.sql`asc`} limit ${QUEUE_PER_PAGE}
    )
    select q.id, q.item_name, q.household_code, q.deed_on, q.submitted_at, q.state::text as state,
           q.channel::text as channel, q.warnings, q.n, q.total, e.name as event_name, ${recusalOf(viewer)} as recusal,
           (select r.name from resident r where r.village_id = ${village} and r.household_id = q.household_id
            and r.relation = 'HEAD' and r.left_on is null order by r.created_at limit 1) as head
    from page q
    left join event e on e.village_id = ${village} and e.id = q.event_id
    order by q.n`;
  const first = rows[0];
  const last = rows.at(-1);
  return {
    lines: rows.map(toLine),
    earlier: first && first.n > 1 ? first.id : null,
    later: last && last.n < last.total ? last.id : null,
  };
}

interface CountRow {
  all: number;
  warned: number;
  event: number;
  second: number;
  oldest: Date | null;
  items: Counted[] | null;
  groups: Counted[] | null;
  channels: { key: Channel; count: number }[] | null;
  waited: { key: number; count: number }[] | null;
}

/** How many deeds wait behind each filter. One query. */
export async function countQueue(db: Db, viewer: Viewer): Promise<QueueCounts> {
  const rows = await db.$queryRaw<CountRow[]>`
    with ${queueWithWarnings(viewer)}
    select count(*)::integer as all,
      count(*) filter (where cardinality(q.warnings) > 0)::integer as warned,
      count(*) filter (where q.event_id is not null)::integer as event,
      count(*) filter (where q.state = 'AWAITING_SECOND')::integer as second,
      min(q.submitted_at) as oldest,
      (select json_agg(x) from (select item_code as key, min(item_name) as name, count(*)::integer as count
         from queue group by 1 order by 3 desc, 1) x) as items,
      (select json_agg(x) from (select g.id as key, g.name, count(*)::integer as count
         from queue o join village_group g on g.village_id = ${viewer.villageId}::uuid and g.id = o.group_id
         group by 1, 2, g.number order by g.number) x) as groups,
      (select json_agg(x) from (select channel::text as key, count(*)::integer as count
         from queue group by 1 order by 1) x) as channels,
      (select json_agg(x) from (select w as key,
         (select count(*)::integer from queue q where ${waitedDays(viewer.now)} >= w) as count
         from unnest(array[${Prisma.join([...WAITED_STEPS])}]::integer[]) w) x) as waited
    from queue q`;
  const row = rows[0];
  if (!row) throw new Error('a count without a row');
  return {
    all: row.all,
    warned: row.warned,
    event: row.event,
    second: row.second,
    oldestAt: row.oldest,
    items: row.items ?? [],
    groups: row.groups ?? [],
    channels: (row.channels ?? []).map((one) => ({ ...one, name: CHANNEL_NAMES[one.key] })),
    waited: (row.waited ?? []).map(({ key, count }) => ({
      key: String(key),
      name: key === 1 ? '昨天或更早' : `${key} 天以上`,
      count,
    })),
  };
}

/** How many deeds wait, for the menu. One query on an index. */
export async function countOpenDeeds(db: Db, villageId: string): Promise<number> {
  return db.deed.count({ where: { villageId, state: { in: ['SUBMITTED', 'AWAITING_SECOND'] } } });
}

/** How many of those that may be decided are looked through for the next one. */
const LOOK_AHEAD = 200;

/** What stands around a deed in the queue as filtered, whether or not the deed is still in it. One query. */
export async function findNeighbours(
  db: Db,
  viewer: Viewer,
  filter: QueueFilter,
  deedId: string,
): Promise<Neighbours> {
  const queue = filter.show === 'WARNED' ? queueWithWarnings(viewer) : queueWithout(viewer);
  const rows = await db.$queryRaw<
    {
      next: string | null;
      previous: string | null;
      to_decide: string | null;
      before: number;
      total: number;
    }[]
  >`
    with ${queue},
    start as (
      select d.submitted_at, d.id from deed d
      where d.village_id = ${viewer.villageId}::uuid and d.id = ${deedId}::uuid
    ),
    wanted as materialized (select q.* from queue q where ${condition(filter, viewer.now)}),
    behind as materialized (
      select * from wanted q where (q.submitted_at, q.id) > (select * from start)
      order by q.submitted_at, q.id limit ${LOOK_AHEAD}
    )
    select
      (select q.id from behind q order by q.submitted_at, q.id limit 1) as next,
      (select q.id from wanted q where (q.submitted_at, q.id) < (select * from start)
       order by q.submitted_at desc, q.id desc limit 1) as previous,
      (select q.id from behind q where ${recusalOf(viewer)} is null order by q.submitted_at, q.id limit 1) as to_decide,
      (select count(*)::integer from wanted q where (q.submitted_at, q.id) < (select * from start)) as before,
      (select count(*)::integer from wanted) as total`;
  const row = rows[0];
  return {
    next: row?.next ?? null,
    previous: row?.previous ?? null,
    nextToDecide: row?.to_decide ?? null,
    before: row?.before ?? 0,
    total: row?.total ?? 0,
  };
}

/** The oldest deed of the queue as filtered that this person may decide, else the oldest; null when it is empty. */
export async function findFirst(db: Db, viewer: Viewer, filter: QueueFilter): Promise<string | null> {
  const queue = filter.show === 'WARNED' ? queueWithWarnings(viewer) : queueWithout(viewer);
  const rows = await db.$queryRaw<{ id: string }[]>`
    with ${queue},
    front as materialized (
      select q.* from queue q where ${condition(filter, viewer.now)}
      order by q.submitted_at, q.id limit ${LOOK_AHEAD}
    )
    select q.id from front q order by (${recusalOf(viewer)} is not null), q.submitted_at, q.id limit 1`;
  return rows[0]?.id ?? null;
}

/** What a deed is called: its item and household; null when the village has none of that id. One query. */
export async function findDeedCall(db: Db, villageId: string, deedId: string): Promise<string | null> {
  if (!isId(deedId)) return null;
  const deed = await db.deed.findUnique({
    where: { villageId_id: { villageId, id: deedId } },
    select: { item: { select: { name: true } }, household: { select: { code: true } } },
  });
  return deed ? `${deed.item.name}，${deed.household.code}` : null;
}
