import 'server-only';
import { dateToDay } from '@/lib/platform/clock';
import { type Db, Prisma } from '@/lib/platform/db';
import { isId } from '@/lib/platform/ids';
import type { Recusal, Viewer } from '../queue/types';
import { SHEET_MOST } from '../schema';
import type { DeedState } from '../types';
import type { BatchOutcome, EventLine, EventPage, EventSheet } from './types';

// Events and the people on their sheets.

export const EVENTS_PER_PAGE = 30;

/** The village's events, the latest day first, behind the event `after`. One query. */
export async function listEvents(db: Db, villageId: string, after: string | null = null): Promise<EventPage> {
  const village = Prisma.sql`${villageId}::uuid`;
  const start = isId(after)
    ? Prisma.sql`and (e.held_on, e.id) < (select c.held_on, c.id from event c
                                          where c.village_id = ${village} and c.id = ${after}::uuid)`
    : Prisma.empty;
  const rows = await db.$queryRaw<(Omit<EventLine, 'heldOn'> & { held_on: Date })[]>`
    with page as (
      select e.* from event e where e.village_id = ${village} ${start}
      order by e.held_on desc, e.id desc limit ${EVENTS_PER_PAGE + 1}
    )
    select e.id, e.name, e.held_on, coalesce(pe.name, '') as "createdBy", coalesce(max(i.name), '') as "itemName",
      count(d.id)::integer as people,
      count(d.id) filter (where d.state in ('SUBMITTED', 'AWAITING_SECOND'))::integer as open,
      count(d.id) filter (where d.state = 'APPROVED')::integer as approved,
      count(d.id) filter (where d.state = 'RETURNED')::integer as returned
    from page e
    left join person pe on pe.id = e.created_by_id
    left join deed d on d.village_id = ${village} and d.event_id = e.id
    left join item i on i.village_id = ${village} and i.id = d.item_id
    group by e.id, e.name, e.held_on, pe.name
    order by e.held_on desc, e.id desc`;
  const lines = rows
    .slice(0, EVENTS_PER_PAGE)
    .map(({ held_on, ...row }) => ({ ...row, heldOn: dateToDay(held_on) }));
  return { lines, older: rows.length > EVENTS_PER_PAGE ? (lines.at(-1)?.id ?? null) : null };
}

/** An event's sheet; null when the village has no such event. Three queries. */
export async function findSheet(db: Db, viewer: Viewer, eventId: string): Promise<EventSheet | null> {
  if (!isId(eventId)) return null;
  const village = Prisma.sql`${viewer.villageId}::uuid`;
  const person = Prisma.sql`${viewer.personId}::uuid`;
  const event = await db.event.findUnique({
    where: { villageId_id: { villageId: viewer.villageId, id: eventId } },
    select: { id: true, name: true, heldOn: true, createdById: true, createdAt: true },
  });
  if (!event) return null;
  const [lines, facts] = await Promise.all([
    db.$queryRaw<
      {
        deed_id: string;
        household_code: string;
        group_name: string;
        resident_name: string;
        state: DeedState;
        honour: number | null;
        recusal: Recusal | null;
      }[]
    >`
      select d.id as deed_id, h.code as household_code, g.name as group_name, r.name as resident_name,
        d.state::text as state, d.honour_awarded as honour,
        coalesce(
          recusal(${village}, d.household_id, d.resident_id, ${person}),
          case when d.reporter_id = ${person} then 'OWN_REPORT' end,
          case when d.state = 'AWAITING_SECOND' and d.first_by_id = ${person} then 'SAME_PERSON_TWICE' end) as recusal
      from deed d
      join household h on h.village_id = d.village_id and h.id = d.household_id
      join village_group g on g.village_id = h.village_id and g.id = h.group_id
      join resident r on r.village_id = d.village_id and r.id = d.resident_id
      where d.village_id = ${village} and d.event_id = ${eventId}::uuid
      order by h.code, r.id limit ${SHEET_MOST}`,
    db.$queryRaw<
      {
        item_name: string | null;
        points: number | null;
        note: string | null;
        created_by: string | null;
        photos: EventSheet['photos'] | null;
      }[]
    >`
      select i.name as item_name, d.points_asked as points, d.note, pe.name as created_by,
        (select json_agg(json_build_object('id', p.id, 'width', p.width, 'height', p.height) order by dp.sort_order)
         from deed_photo dp join photo p on p.village_id = dp.village_id and p.id = dp.photo_id
         where dp.village_id = ${village} and dp.deed_id = d.id) as photos
      from (select * from deed where village_id = ${village} and event_id = ${eventId}::uuid order by id limit 1) d
      join item i on i.village_id = d.village_id and i.id = d.item_id
      left join person pe on pe.id = ${event.createdById}::uuid`,
  ]);
  const fact = facts[0];
  return {
    id: event.id,
    name: event.name,
    heldOn: dateToDay(event.heldOn),
    itemName: fact?.item_name ?? '',
    points: fact?.points ?? 0,
    note: fact?.note ?? '',
    createdBy: fact?.created_by ?? '',
    createdAt: event.createdAt,
    photos: fact?.photos ?? [],
    lines: lines.map((line) => ({
      deedId: line.deed_id,
      householdCode: line.household_code,
      group: line.group_name,
      residentName: line.resident_name,
      state: line.state,
      honour: line.honour,
      recusal: line.recusal,
    })),
  };
}

/** What a batch answered: the command of that id, if this person sent it. One query. */
export async function findBatchOutcome(
  db: Db,
  viewer: Viewer,
  commandId: string,
): Promise<BatchOutcome | null> {
  if (!isId(commandId)) return null;
  const row = await db.commandLog.findFirst({
    where: { villageId: viewer.villageId, id: commandId, personId: viewer.personId, name: 'approve-batch' },
    select: { outcome: true },
  });
  return row ? (row.outcome as unknown as BatchOutcome) : null;
}
