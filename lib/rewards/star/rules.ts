import { addDays, type Day, type Quarter, quarterOf } from '@/lib/platform/clock';

/** The most stars there are. */
export const STARS_MOST = 5;

/**
 * How many stars an honour score of a quarter has reached by the thresholds of the rulebook (rising, at most five).
 * prisma/functions/reward_star.sql says the same; a test holds the two together.
 */
export function starsFor(honour: number, thresholds: readonly number[]): number {
  return Math.min(STARS_MOST, thresholds.filter((threshold) => honour >= threshold).length);
}

/** `text` as a quarter 2026Q3, or null. */
export function parseQuarter(text: string): Quarter | null {
  return /^20\d\dQ[1-4]$/.test(text) ? (text as Quarter) : null;
}

/** The last day of a quarter. */
export function quarterEnd(quarter: Quarter): Day {
  const year = Number(quarter.slice(0, 4));
  const next = Number(quarter.slice(5)) * 3 + 1;
  const first = next > 12 ? `${year + 1}-01-01` : `${year}-${String(next).padStart(2, '0')}-01`;
  return addDays(first as Day, -1);
}

/** Whether a quarter has ended before `today`: stars are given from the day after its last. */
export function isQuarterOver(quarter: Quarter, today: Day): boolean {
  return quarterEnd(quarter) < today;
}

/** The quarter before. */
export function quarterBefore(quarter: Quarter): Quarter {
  const first =
    `${quarter.slice(0, 4)}-${String(Number(quarter.slice(5)) * 3 - 2).padStart(2, '0')}-01` as Day;
  return quarterOf(addDays(first, -1));
}

/** Stars as they are said: 四星. */
export function sayStars(stars: number): string {
  return `${'零一二三四五'[stars] ?? stars}星`;
}
