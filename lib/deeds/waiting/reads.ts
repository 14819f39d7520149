import 'server-only';
import type { Db } from '@/lib/platform/db';

/** What of a village waits for a decision. */
export interface Waiting {
  /** deeds nobody or only the first of two has looked at */
  deeds: number;
  /** of them, those that wait for the second person */
  seconds: number;
  /** when the longest-waiting one was sent; null when none waits */
  oldestAt: Date | null;
}

/** Counts the deeds of a village that wait; one query on the queue's index. */
export async function countWaiting(db: Db, villageId: string): Promise<Waiting> {
  const groups = await db.deed.groupBy({
    by: ['state'],
    where: { villageId, state: { in: ['SUBMITTED', 'AWAITING_SECOND'] } },
    _count: true,
    _min: { submittedAt: true },
  });
  const times = groups.flatMap((group) => (group._min.submittedAt ? [group._min.submittedAt] : []));
  return {
    deeds: groups.reduce((sum, group) => sum + group._count, 0),
    seconds: groups.find((group) => group.state === 'AWAITING_SECOND')?._count ?? 0,
    oldestAt: times.sort((a, b) => a.getTime() - b.getTime())[0] ?? null,
  };
}
