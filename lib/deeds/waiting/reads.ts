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

/** What happened in a village on one business day. */
export interface DayFigures {
  /** deeds sent in */
  sent: number;
  approved: number;
  returned: number;
}

/** Counts a village's deeds sent and decided since a moment, the beginning of a day. One query. */
export async function countSince(db: Db, villageId: string, since: Date): Promise<DayFigures> {
  const rows = await db.$queryRaw<DayFigures[]>`
    select
      (select count(*)::int from deed d
        where d.village_id = ${villageId}::uuid and d.submitted_at >= ${since}) as sent,
      (count(*) filter (where d.state = 'APPROVED'))::int as approved,
      (count(*) filter (where d.state = 'RETURNED'))::int as returned
    from deed d
    where d.village_id = ${villageId}::uuid and d.state in ('APPROVED', 'RETURNED') and d.decided_at >= ${since}`;
  return rows[0] ?? { sent: 0, approved: 0, returned: 0 };
}
