import 'server-only';
import type { Actor } from '@/lib/auth/types';
import { dayOf, sayDay, timeOf } from '@/lib/platform/clock';
import { type Db, Prisma } from '@/lib/platform/db';
import { stateAt } from './rules';
import type { RedemptionState, RedemptionView } from './types';

interface Row {
  village_id: string;
  state: RedemptionState;
  receipt: string;
  points: number;
  asked_points: number;
  title: string;
  made_at: Date;
  held_until: Date | null;
  merchant_name: string;
}

/**
 * What became of a redemption, for the two who take part in it: the shop whose it is (any of the actor's, for a counter
 * may still ask when he has gone on to another) and residents of the household. Null to everyone else, as where there is
 * none. It creates nothing. One query.
 */
export async function findRedemption(
  db: Db,
  actor: Actor,
  id: string,
  villageId: string | null,
  now: Date,
): Promise<RedemptionView | null> {
  const homes = actor.residents;
  const shops = actor.shops.map((shop) => shop.merchantId);
  if (homes.length === 0 && shops.length === 0) return null;
  const villageIds = homes.map((home) => home.villageId);
  const householdIds = homes.map((home) => home.householdId);
  const household = Prisma.sql`(r.village_id, r.household_id) in (
    select * from unnest(${villageIds}::uuid[], ${householdIds}::uuid[]))`;
  // only villages the asker has to do with, so that the key is used
  const villages = Prisma.sql`
    select t.village_id from alliance_terms t where t.merchant_id = any (${shops}::uuid[])
    union select unnest(${villageIds}::uuid[])`;
  const rows = await db.$queryRaw<Row[]>`
    select r.village_id, r.state::text, r.receipt, r.points, r.asked_points, r.title, r.made_at, r.held_until,
      m.name as merchant_name
    from (${villages}) v(id)
    join redemption r on r.village_id = v.id and r.id = ${id}::uuid
    join merchant m on m.id = r.merchant_id
    where (${villageId}::uuid is null or r.village_id = ${villageId}::uuid) and (${household} or r.merchant_id = any (${shops}::uuid[]))
    limit 1`;
  const row = rows[0];
  if (!row) return null;
  return {
    villageId: row.village_id,
    state: stateAt({ state: row.state, madeAt: row.made_at, heldUntil: row.held_until }, now),
    receipt: row.receipt,
    points: row.points,
    askedPoints: row.asked_points,
    title: row.title,
    merchantName: row.merchant_name,
    secondsAgo: Math.max(0, Math.floor((now.getTime() - row.made_at.getTime()) / 1000)),
    when: `${sayDay(dayOf(row.made_at), dayOf(now))} ${timeOf(row.made_at)}`,
    ...(row.held_until ? { heldUntil: row.held_until.toISOString() } : {}),
  };
}
