import 'server-only';
import { type Day, periodBounds } from '@/lib/platform/clock';
import type { Db } from '@/lib/platform/db';
import type { CapPeriod, ItemSubject } from '@/lib/platform/generated/enums';
import { RELATION_NAMES, type Relation } from '@/lib/residents/types';
import type { HouseholdScope } from '../home/types';
import type { ItemShelf, ItemUse, MemberView } from './types';

// What 记一件好事 needs to know of a household: what to offer first, for whom, and what the caps leave.

const SHELF_RECENT_MOST = 6;
const SHELF_POPULAR_MOST = 8;

/**
 * Codes of the items to offer first: starred, lately logged by the household, often approved in the village. One
 * query. Codes that the version in force has no more are the caller's to drop.
 */
export async function findItemShelf(db: Db, scope: HouseholdScope): Promise<ItemShelf> {
  const { villageId, householdId } = scope;
  const rows = await db.$queryRaw<{ part: keyof ItemShelf; code: string }[]>`
    (select 'favourites' as part, f.item_code as code, row_number() over (order by f.created_at, f.id) as place
     from favourite_item f where f.village_id = ${villageId}::uuid and f.household_id = ${householdId}::uuid)
    union all
    (select 'recent', l.code, row_number() over (order by max(l.submitted_at) desc)
     from (select i.code, d.submitted_at from deed d join item i on i.village_id = d.village_id and i.id = d.item_id
           where d.village_id = ${villageId}::uuid and d.household_id = ${householdId}::uuid
           order by d.submitted_at desc limit 40) l
     group by l.code order by 3 limit ${SHELF_RECENT_MOST})
    union all
    (select 'popular', l.code, row_number() over (order by count(*) desc, l.code)
     from (select i.code from deed d join item i on i.village_id = d.village_id and i.id = d.item_id
           where d.village_id = ${villageId}::uuid and d.state = 'APPROVED'
           order by d.submitted_at desc limit 300) l
     group by l.code order by 3 limit ${SHELF_POPULAR_MOST})
    order by part, place`;
  const codes = (part: keyof ItemShelf) => rows.filter((row) => row.part === part).map((row) => row.code);
  return { favourites: codes('favourites'), recent: codes('recent'), popular: codes('popular') };
}

/** How much of an item's cap the household has used in the cap's period around a day, and what waits. One query. */
export async function findItemUse(
  db: Db,
  scope: HouseholdScope,
  item: { code: string; subject: ItemSubject; capPer: CapPeriod },
  day: Day,
): Promise<ItemUse> {
  const { villageId, householdId } = scope;
  const { from, before } = periodBounds(day, item.capPer);
  const rows = await db.$queryRaw<{ resident_id: string | null; used: number; waiting: number }[]>`
    select p.resident_id, sum(p.honour)::int as used, 0 as waiting
    from posting p
    where p.village_id = ${villageId}::uuid and p.household_id = ${householdId}::uuid and p.item_code = ${item.code}
      and p.credited_on >= ${from}::date and p.credited_on < ${before}::date
    group by p.resident_id
    union all
    select null, 0, count(*)::int
    from deed d join item i on i.village_id = d.village_id and i.id = d.item_id
    where d.village_id = ${villageId}::uuid and d.household_id = ${householdId}::uuid and i.code = ${item.code}
      and d.state in ('SUBMITTED', 'AWAITING_SECOND')
      and d.deed_on >= ${from}::date and d.deed_on < ${before}::date`;
  const used: Record<string, number> = {};
  let sum = 0;
  let waiting = 0;
  for (const row of rows) {
    if (row.resident_id) used[row.resident_id] = row.used;
    sum += row.used;
    waiting += row.waiting;
  }
  return { subject: item.subject, used: { ...used, '': sum }, waiting };
}

/** The people of the household, `firstId` (whoever looks) before the others. One query. */
export async function listMembers(db: Db, scope: HouseholdScope, firstId: string): Promise<MemberView[]> {
  const rows = await db.$queryRaw<{ id: string; name: string; relation: Relation }[]>`
    select r.id, r.name, r.relation::text as relation from resident r
    where r.village_id = ${scope.villageId}::uuid and r.household_id = ${scope.householdId}::uuid and r.left_on is null
    order by r.id = ${firstId}::uuid desc, r.relation, r.created_at, r.id`;
  return rows.map((row) => ({ id: row.id, name: row.name, relation: RELATION_NAMES[row.relation] }));
}

/** How many days back a deed may be logged in this village. One query. */
export async function findDeedAgeMost(db: Db, villageId: string): Promise<number> {
  const village = await db.village.findUniqueOrThrow({
    where: { id: villageId },
    select: { deedAgeDaysMax: true },
  });
  return village.deedAgeDaysMax;
}
