import type { Solvency, SolvencyMonth } from './types';

// What the figures of a village's points mean. Pure, integers in; what is divided is rounded down, so that nothing
// looks better than it is.

/** Months whose awards make the average. */
export const AVERAGE_MONTHS = 3;

/** What the points would come to at the village's reference, in whole yuan. */
export function referenceYuan(points: number, referenceFen: number): number {
  return Math.floor((points * referenceFen) / 100);
}

/** 1 分约 1 元, 1 分约 0.5 元. */
export function sayReference(referenceFen: number): string {
  return `1 分约 ${referenceFen % 100 === 0 ? referenceFen / 100 : (referenceFen / 100).toFixed(2).replace(/0$/, '')} 元`;
}

/** Points given in the last whole months together; the current month is not over and does not count. */
export function givenLately(months: readonly SolvencyMonth[]): number {
  return months.slice(-AVERAGE_MONTHS - 1, -1).reduce((sum, month) => sum + Math.max(0, month.given), 0);
}

/**
 * How many months what is left lasts when as much is given as lately, in tenths, rounded down; null when nothing was
 * given or there is no budget.
 */
export function monthsCovered(left: number | null, given: number): number | null {
  if (left === null || given <= 0) return null;
  return Math.floor((left * AVERAGE_MONTHS * 10) / given) / 10;
}

/** Points outstanding at the end of each month, from what is outstanding now and the changes after it. */
export function outstandingByMonth(
  outstanding: number,
  months: readonly SolvencyMonth[],
): { month: string; points: number }[] {
  let points = outstanding;
  return [...months]
    .reverse()
    .map(({ month, change }) => {
      const atEnd = points;
      points -= change;
      return { month, points: atEnd };
    })
    .reverse();
}

/** The months to draw: those before the village's first points are left out, but six are shown at least. */
export function monthsToShow(months: readonly SolvencyMonth[]): SolvencyMonth[] {
  const first = months.findIndex((month) => month.given !== 0 || month.change !== 0);
  return months.slice(Math.min(first < 0 ? months.length : first, Math.max(0, months.length - 6)));
}

/** How much of `most` is used, in whole percent rounded down; 0 of nothing. */
export function percentOf(used: number, most: number): number {
  return most > 0 ? Math.floor((used * 100) / most) : 0;
}

/** From how much of a budget or brake on the office should talk about it. */
export const NEAR_PERCENT = 80;

/** Whether the brake holds back an award of `points`. */
export function isBraked(
  figures: Pick<Solvency, 'outstanding' | 'outstandingMost'>,
  points: number,
): boolean {
  const { outstanding, outstandingMost } = figures;
  return outstandingMost !== null && points > 0 && outstanding + points > outstandingMost;
}
