import 'server-only';
import { dayOf } from '@/lib/platform/clock';
import { Prisma } from '@/lib/platform/db';
import { MANY_IN_A_DAY, TAKEN_BEFORE_DAYS } from './rules';
import type { QueueFilter, Viewer } from './types';

// The queue in SQL: what the reads beside this file begin with.

/** Warnings are worked out for so many of the oldest: the rest wait for their turn. */
const WARNED_MOST = 300;

const OPEN = Prisma.sql`('SUBMITTED', 'AWAITING_SECOND')`;

/** `queue`: the open deeds with their warnings. */
export function queueWithWarnings({ villageId }: Viewer): Prisma.Sql {
  const village = Prisma.sql`${villageId}::uuid`;
  const takenOn = Prisma.sql`(s.taken_at at time zone 'Asia/Shanghai')::date`;
  return Prisma.sql`
    open as materialized (${openDeeds(village)}),
    judged as materialized (select * from open order by submitted_at, id limit ${WARNED_MOST}),
    shot as materialized (
      select j.id as deed_id, j.event_id, j.deed_on, p.id, p.taken_at
      from judged j
      join deed_photo dp on dp.village_id = ${village} and dp.deed_id = j.id
      join photo p on p.village_id = ${village} and p.id = dp.photo_id
    ),
    seen as materialized (
      select distinct s.deed_id
      from shot s
      join photo_likeness l on l.village_id = ${village} and l.photo_id = s.id
      join deed_photo dq on dq.village_id = ${village} and dq.photo_id = l.other_id and dq.deed_id <> s.deed_id
      join deed o on o.village_id = ${village} and o.id = dq.deed_id
        and (o.event_id is null or o.event_id is distinct from s.event_id)
    ),
    busy as materialized (
      select d.household_id, d.deed_on from deed d
      where d.village_id = ${village} and d.state <> 'WITHDRAWN' and d.channel <> 'EVENT'
        and (d.household_id, d.deed_on) in (select household_id, deed_on from judged)
      group by 1, 2 having count(*) >= ${MANY_IN_A_DAY}
    ),
    queue as materialized (
      select o.*, array_remove(array[
        case when o.id in (select deed_id from seen) then 'PHOTO_SEEN' end,
        case when exists (select from shot s where s.deed_id = o.id
                          and ${takenOn} < o.deed_on - ${TAKEN_BEFORE_DAYS}::integer) then 'TAKEN_BEFORE' end,
        case when exists (select from shot s where s.deed_id = o.id and ${takenOn} > o.deed_on) then 'TAKEN_AFTER' end,
        case when o.channel <> 'EVENT' and (o.household_id, o.deed_on) in (select household_id, deed_on from busy)
             then 'MANY_IN_A_DAY' end,
        case when (o.submitted_at at time zone 'Asia/Shanghai')::date - o.deed_on
                  >= (select v.deed_age_days_max from village v where v.id = ${village}) then 'LAST_DAY' end
      ], null) as warnings
      from open o
    )`;
}

/** `queue`: the open deeds alone, for questions that no warning bears on. */
export function queueWithout({ villageId }: Viewer): Prisma.Sql {
  return Prisma.sql`queue as materialized (
    select o.*, '{}'::text[] as warnings from (${openDeeds(Prisma.sql`${villageId}::uuid`)}) o)`;
}

function openDeeds(village: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    select d.id, d.household_id, d.resident_id, d.reporter_id, d.event_id, d.channel, d.state, d.deed_on,
           d.submitted_at, d.first_by_id, i.code as item_code, i.name as item_name,
           h.code as household_code, h.group_id
    from deed d
    join item i on i.village_id = d.village_id and i.id = d.item_id
    join household h on h.village_id = d.village_id and h.id = d.household_id
    where d.village_id = ${village} and d.state in ${OPEN}`;
}

/** What a filter asks of a deed `q` of the queue. */
export function condition(filter: QueueFilter, now: Date): Prisma.Sql {
  const parts = [Prisma.sql`true`];
  if (filter.show === 'WARNED') parts.push(Prisma.sql`cardinality(q.warnings) > 0`);
  if (filter.show === 'EVENT') parts.push(Prisma.sql`q.event_id is not null`);
  if (filter.show === 'SECOND') parts.push(Prisma.sql`q.state = 'AWAITING_SECOND'`);
  if (filter.itemCode) parts.push(Prisma.sql`q.item_code = ${filter.itemCode}`);
  if (filter.groupId) parts.push(Prisma.sql`q.group_id = ${filter.groupId}::uuid`);
  if (filter.channel) parts.push(Prisma.sql`q.channel = ${filter.channel}::"Channel"`);
  if (filter.waitedDays) parts.push(Prisma.sql`${waitedDays(now)} >= ${filter.waitedDays}`);
  return Prisma.join(parts, ' and ');
}

/** Business days a deed has waited. */
export function waitedDays(now: Date): Prisma.Sql {
  return Prisma.sql`(${dayOf(now)}::date - (q.submitted_at at time zone 'Asia/Shanghai')::date)`;
}

/** Why `personId` may not approve the deed `q`, or null. Says what prisma/functions/deed.sql enforces. */
export function recusalOf({ villageId, personId }: Viewer): Prisma.Sql {
  return Prisma.sql`coalesce(
    recusal(${villageId}::uuid, q.household_id, q.resident_id, ${personId}::uuid),
    case when q.reporter_id = ${personId}::uuid then 'OWN_REPORT' end,
    case when q.state = 'AWAITING_SECOND' and q.first_by_id = ${personId}::uuid then 'SAME_PERSON_TWICE' end)`;
}
