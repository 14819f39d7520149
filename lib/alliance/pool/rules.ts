import type { AllianceSolvency, PoolSource, TakingMonth } from './types';

// What a pool holds, owes and lasts. Pure; money in 分, integers in. What is divided is rounded down, so that nothing
// looks better than it is.

/** Months whose redemptions make the average. */
export const POOL_AVERAGE_MONTHS = 3;

type Sums = Pick<AllianceSolvency, 'entries' | 'paid' | 'statedFen' | 'unstatedFen'>;

/** What the pool holds: what went in less what was paid. */
export function poolHolds({ entries, paid }: Pick<Sums, 'entries' | 'paid'>): number {
  return entries - paid;
}

/** What merchants are owed, stated and not. */
export function poolOwed({ statedFen, unstatedFen }: Pick<Sums, 'statedFen' | 'unstatedFen'>): number {
  return statedFen + unstatedFen;
}

/** What of the pool is nobody's yet; below zero it does not reach. */
export function poolFree(sums: Sums): number {
  return poolHolds(sums) - poolOwed(sums);
}

/** 分 of money taken in the last whole months together; the current month is not over and does not count. */
export function takenLately(months: readonly TakingMonth[]): number {
  return Math.max(
    0,
    months.slice(-POOL_AVERAGE_MONTHS - 1, -1).reduce((sum, month) => sum + month.fen, 0),
  );
}

/**
 * How many months what is free lasts when as much is taken as lately, in tenths, rounded down; 0 when nothing is free,
 * null when nothing was taken.
 */
export function monthsPoolCovers(free: number, takenFen: number): number | null {
  if (takenFen <= 0) return null;
  return Math.floor((Math.max(0, free) * POOL_AVERAGE_MONTHS * 10) / takenFen) / 10;
}

/** Whether no new offers open: less is free than the village has set. The same as alliance_pool_short in SQL. */
export function isPoolShort(figures: Sums & Pick<AllianceSolvency, 'poolLeastFen'>): boolean {
  return figures.poolLeastFen !== null && poolFree(figures) < figures.poolLeastFen;
}

export const SOURCE_NAMES: Record<PoolSource, string> = {
  GRANT: '上级拨款',
  COLLECTIVE: '集体收入',
  SPONSOR: '赞助',
  CORRECTION: '更正',
};

/** Sources that put money in. */
export const POOL_SOURCES = ['GRANT', 'COLLECTIVE', 'SPONSOR'] as const;

/** 分 of money from yuan as people write them: 1,234.5, ￥80, １２元; null when it is none, or has more than 分. */
export function fenOfYuan(text: string): number | null {
  const plain = text
    .normalize('NFKC')
    .replace(/[。]/g, '.')
    .replace(/^\s*[¥￥]?\s*|\s*元?\s*$/g, '')
    .replace(/,(?=\d{3}(\D|$))/g, '');
  const parts = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(plain);
  if (!parts) return null;
  return Number(parts[1]) * 100 + Number((parts[2] ?? '').padEnd(2, '0'));
}
