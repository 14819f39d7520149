import type { Day, Quarter } from '@/lib/platform/clock';
import type { Cover, Solvency, SolvencyMonth } from './types';

// What the figures of a village's points mean. Pure, integers in; what is divided is rounded down, so that nothing
// looks better than it is.

/** Months whose awards make the average, at most. */
export const AVERAGE_MONTHS = 3;

/** What the points would come to at the village's reference, in whole yuan. */
export function referenceYuan(points: number, referenceFen: number): number {
  return Math.floor((points * referenceFen) / 100);
}

/** 1 分约 1 元, 1 分约 0.5 元. */
export function sayReference(referenceFen: number): string {
  return `1 分约 ${referenceFen % 100 === 0 ? referenceFen / 100 : (referenceFen / 100).toFixed(2).replace(/0$/, '')} 元`;
}

/**
 * What was given in the last whole months, by which a budget is measured: the current month is not over and does not
 * count, nor do months before the village's first points.
 */
export function recentUse(months: readonly SolvencyMonth[]): { months: string[]; given: number } {
  const first = months.findIndex((month) => month.given !== 0 || month.change !== 0);
  const whole = first < 0 ? [] : months.slice(first, -1).slice(-AVERAGE_MONTHS);
  return {
    months: whole.map((one) => one.month),
    given: whole.reduce((sum, month) => sum + Math.max(0, month.given), 0),
  };
}

/** How many months are left of a quarter or year that ends with month number `last`, today's included. */
function monthsTo(today: Day, last: number): number {
  const [year = 0, month = 0, day = 0] = today.split('-').map(Number);
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return last - month + (days - day + 1) / days;
}

/**
 * Whether the budget lasts to the year's end when as much is given as lately. A quarter's budget can't be spent in
 * another, so it goes by quarters: the first that falls short says how many months there are until then, in tenths,
 * rounded down. What is left of the year is the rest of this quarter's budget and the whole of the later ones'.
 */
export function coverOf(
  figures: Pick<Solvency, 'budget' | 'budgetLeft' | 'quarter' | 'months'>,
  today: Day,
): Cover {
  const { budget, budgetLeft, quarter } = figures;
  if (budget === null || budgetLeft === null) return { kind: 'NO_BUDGET' };
  const use = recentUse(figures.months);
  const number = Number(quarter.slice(5));
  const later = 4 - number;
  const yearLeft = budgetLeft + later * budget;
  if (use.given <= 0) return { kind: 'NO_USE', yearLeft, later, use };
  const perMonth = use.given / use.months.length;
  const rest = monthsTo(today, number * 3);
  const short = (before: number, left: number, inQuarter: number): Cover => ({
    kind: 'SHORT',
    months: Math.floor((before + left / perMonth) * 10) / 10,
    quarter: `${quarter.slice(0, 4)}Q${inQuarter}` as Quarter,
    yearLeft,
    later,
    use,
  });
  if (budgetLeft < perMonth * rest) return short(0, budgetLeft, number);
  // the later quarters are alike: the first of them falls short, or none
  if (later > 0 && budget < perMonth * 3) return short(rest, budget, number + 1);
  return { kind: 'TO_YEAR_END', yearLeft, later, use };
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
