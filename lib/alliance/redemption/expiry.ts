import 'server-only';
import { db } from '@/lib/platform/db';

// What is over by the clock. Each is ended in a statement of its own, so that nothing of two households or offers is
// ever held at once and no sale waits for more than one of them.

async function untilNone(end: () => Promise<number>, most: number): Promise<number> {
  let ended = 0;
  while (ended < most) {
    const count = await end();
    if (count === 0) break;
    ended += count;
  }
  return ended;
}

/** Ends what nobody confirmed within its minute, at most so many; the pieces return. Answers how many. */
export function lapseRedemptions(now: Date, most: number): Promise<number> {
  return untilNone(async () => {
    const [row] = await db().$queryRaw<{ count: number }[]>`
      select redemptions_lapse(${now}::timestamptz, 1) as count`;
    return row?.count ?? 0;
  }, most);
}

/** Ends orders that nobody fetched in time, at most so many; points and pieces return. Answers how many. */
export function expireOrders(now: Date, most: number): Promise<number> {
  return untilNone(async () => {
    const [row] = await db().$queryRaw<{ count: number }[]>`
      select orders_expire(${now}::timestamptz, 1) as count`;
    return row?.count ?? 0;
  }, most);
}

/** Removes codes nobody will ask for again, at most so many. Answers how many. */
export async function sweepPayCodes(now: Date, most: number): Promise<number> {
  const [row] = await db().$queryRaw<{ count: number }[]>`
    select pay_codes_sweep(${now}::timestamptz, ${most}::integer) as count`;
  return row?.count ?? 0;
}
