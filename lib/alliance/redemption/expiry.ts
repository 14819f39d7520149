import 'server-only';
import { db } from '@/lib/platform/db';

// What is over by the clock. Each is ended in a statement of its own, so that nothing of two households or offers is
// ever held at once, no sale waits for more than one of them, and one that can't be ended holds back no other.

interface Over {
  villageId: string;
  id: string;
}

async function endEach(over: Over[], end: (one: Over) => Promise<{ ended: boolean }[]>): Promise<number> {
  let ended = 0;
  let fault: unknown = null;
  for (const one of over) {
    try {
      if ((await end(one))[0]?.ended) ended++;
    } catch (error) {
      fault ??= error;
    }
  }
  if (fault) throw fault;
  return ended;
}

/**
 * Ends what nobody confirmed within its minute, at most so many; the pieces return. Answers how many. Throws the first
 * fault, when all others are ended.
 */
export async function lapseRedemptions(now: Date, most: number): Promise<number> {
  const over = await db().$queryRaw<Over[]>`
    select village_id as "villageId", id from redemption
    where state = 'ASKED' and made_at <= ${now}::timestamptz - interval '1 minute' order by made_at, id limit ${most}`;
  return endEach(
    over,
    ({ villageId, id }) => db().$queryRaw`
      select redemption_expire(${villageId}::uuid, ${id}::uuid, ${now}::timestamptz) as ended`,
  );
}

/**
 * Ends orders that nobody fetched in time, at most so many; points and pieces return. Answers how many. Throws the first
 * fault, when all others are ended.
 */
export async function expireOrders(now: Date, most: number): Promise<number> {
  const over = await db().$queryRaw<Over[]>`
    select village_id as "villageId", id from redemption
    where state = 'HELD' and held_until <= ${now}::timestamptz order by held_until, id limit ${most}`;
  return endEach(
    over,
    ({ villageId, id }) => db().$queryRaw`
      select order_expire(${villageId}::uuid, ${id}::uuid, ${now}::timestamptz) as ended`,
  );
}

/** Removes codes nobody will ask for again, at most so many. Answers how many. */
export async function sweepPayCodes(now: Date, most: number): Promise<number> {
  const [row] = await db().$queryRaw<{ count: number }[]>`
    select pay_codes_sweep(${now}::timestamptz, ${most}::integer) as count`;
  return row?.count ?? 0;
}
