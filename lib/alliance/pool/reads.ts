import 'server-only';
import { dateToDay } from '@/lib/platform/clock';
import type { Db } from '@/lib/platform/db';
import type { AllianceSolvency, PoolEntryView, TakingMonth } from './types';

interface Row {
  is_member: boolean;
  entries: bigint;
  paid: bigint;
  stated_points: bigint;
  stated_fen: bigint;
  unstated_points: bigint;
  unstated_fen: bigint;
  months: TakingMonth[];
  overdue: number;
  oldest_due: Date | null;
  pool_least_fen: number | null;
  stopped_at: Date | null;
  stop_why: string;
}

/** All figures of a village's alliance at a moment, from one snapshot (prisma/functions/shop_solvency.sql). One query. */
export async function findAllianceSolvency(db: Db, villageId: string, at: Date): Promise<AllianceSolvency> {
  const rows = await db.$queryRaw<Row[]>`
    select * from alliance_solvency(${villageId}::uuid, ${at}::timestamptz)`;
  const row = rows[0];
  if (!row) throw new Error('alliance_solvency answered nothing');
  return {
    at,
    isMember: row.is_member,
    entries: Number(row.entries),
    paid: Number(row.paid),
    statedPoints: Number(row.stated_points),
    statedFen: Number(row.stated_fen),
    unstatedPoints: Number(row.unstated_points),
    unstatedFen: Number(row.unstated_fen),
    months: row.months,
    overdue: row.overdue,
    oldestDue: row.oldest_due && dateToDay(row.oldest_due),
    poolLeastFen: row.pool_least_fen,
    stoppedAt: row.stopped_at,
    stopWhy: row.stop_why,
  };
}

/** Whether a village has stopped all taking of points, since when and why; as of `at`. One query. */
export async function findStop(
  db: Db,
  villageId: string,
  at: Date,
): Promise<Pick<AllianceSolvency, 'stoppedAt' | 'stopWhy' | 'at'>> {
  const brake = await db.allianceBrake.findUnique({
    where: { villageId },
    select: { stoppedAt: true, stopWhy: true },
  });
  return { at, stoppedAt: brake?.stoppedAt ?? null, stopWhy: brake?.stopWhy ?? '' };
}

/** Entries of the pool on one page. */
export const ENTRIES_A_PAGE = 30;

/** The pool's book, newest first, a page of it from `from` on. One query. */
export async function listPoolEntries(db: Db, villageId: string, from: number): Promise<PoolEntryView[]> {
  const rows = await db.$queryRaw<(Omit<PoolEntryView, 'onDay'> & { onDay: Date })[]>`
    select e.id, e.source::text as source, e.fen, e.on_day as "onDay", e.note, p.name as "recordedBy",
      e.recorded_at as "recordedAt",
      exists (select 1 from pool_entry c where c.village_id = e.village_id and c.corrects_id = e.id) as "isCorrected"
    from pool_entry e join person p on p.id = e.recorded_by_id
    where e.village_id = ${villageId}::uuid
    order by e.recorded_at desc, e.id desc limit ${ENTRIES_A_PAGE} offset ${from}`;
  return rows.map((row) => ({ ...row, onDay: dateToDay(row.onDay) }));
}
