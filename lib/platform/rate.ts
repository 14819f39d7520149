import 'server-only';
import type { Db } from './db';

export interface RateLimit {
  /** what is counted, e.g. `command:submit-deed:<person>` */
  key: string;
  /** how many in a window */
  most: number;
  /** length of the window */
  seconds: number;
}

/**
 * Counts a hit in the database, or several, so that any number of web processes share the count. Answers 0 when it is
 * within the limit, else the seconds until the window ends.
 */
export async function hitRate(db: Db, limit: RateLimit, now: Date, hits = 1): Promise<number> {
  const windowMs = limit.seconds * 1000;
  const start = windowStart(limit, now);
  const rows = await db.$queryRaw<{ count: number }[]>`
    insert into rate_count as r (key, "window", count) values (${limit.key}, ${new Date(start)}, ${hits}::integer)
    on conflict (key, "window") do update set count = r.count + ${hits}::integer
    returning count`;
  if ((rows[0]?.count ?? hits) <= limit.most) return 0;
  return Math.max(1, Math.ceil((start + windowMs - now.getTime()) / 1000));
}

/**
 * Takes back a hit of the same moment: where only what failed counts, it is counted before it is tried, so that many at
 * once get no more tries than one after another, and taken back when it succeeds.
 */
export async function forgiveHit(db: Db, limit: RateLimit, now: Date): Promise<void> {
  await db.rateCount.updateMany({
    where: { key: limit.key, window: new Date(windowStart(limit, now)), count: { gt: 0 } },
    data: { count: { decrement: 1 } },
  });
}

function windowStart({ seconds }: RateLimit, now: Date): number {
  return Math.floor(now.getTime() / (seconds * 1000)) * seconds * 1000;
}
