import { addDays, type Day, monthOf } from '@/lib/platform/clock';
import type { MonthFigures, PointShare, Takings } from './types';

/** how far back offers and households are looked at */
export const RECENT_DAYS = 90;
export const MONTHS_SHOWN = 12;

export const NO_TAKINGS: Takings = { sales: 0, points: 0, backSales: 0, backPoints: 0 };

/** Points that stay: taken less given back. Below zero on a day on which more came back than came in. */
export function netPoints({ points, backPoints }: Takings): number {
  return points - backPoints;
}

/** The sum of takings. */
export function sumTakings(all: readonly Takings[]): Takings {
  return all.reduce(
    (sum, one) => ({
      sales: sum.sales + one.sales,
      points: sum.points + one.points,
      backSales: sum.backSales + one.backSales,
      backPoints: sum.backPoints + one.backPoints,
    }),
    NO_TAKINGS,
  );
}

/** The last twelve months of a day, oldest first: 2025-12 … 2026-11. */
export function monthsUntil(today: Day, count = MONTHS_SHOWN): string[] {
  const year = Number(today.slice(0, 4));
  const month = Number(today.slice(5, 7));
  return Array.from({ length: count }, (_, index) => {
    const number = year * 12 + (month - 1) - (count - 1 - index);
    return `${Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, '0')}`;
  });
}

/** Days a count may be typed for: today and yesterday. */
export function countableDays(today: Day): Day[] {
  return [today, addDays(today, -1)];
}

/** Sales with points as whole percent of all, halves up; null where nothing was sold. */
export function sharePercent(share: Pick<PointShare, 'pointSales' | 'otherSales'> | null): number | null {
  if (!share) return null;
  const all = share.pointSales + share.otherSales;
  return all === 0 ? null : Math.round((share.pointSales * 100) / all);
}

const earlier = (one: Day, other: Day) => [one, other].sort()[0] ?? one;
const later = (one: Day, other: Day) => [one, other].sort()[1] ?? one;

/** The share of several stretches together; null where none was counted. */
export function sumShares(shares: readonly (PointShare | null)[]): PointShare | null {
  const counted = shares.filter((share) => share !== null);
  const [first] = counted;
  if (!first) return null;
  return counted.slice(1).reduce(
    (sum, one) => ({
      days: sum.days + one.days,
      firstDay: earlier(one.firstDay, sum.firstDay),
      lastDay: later(one.lastDay, sum.lastDay),
      pointSales: sum.pointSales + one.pointSales,
      otherSales: sum.otherSales + one.otherSales,
    }),
    first,
  );
}

/** Months without a posting filled in, so that a chart has a place for each. */
export function fillMonths(
  today: Day,
  takings: ReadonlyMap<string, Takings>,
  shares: ReadonlyMap<string, PointShare>,
): MonthFigures[] {
  return monthsUntil(today).map((month) => ({
    month,
    ...(takings.get(month) ?? NO_TAKINGS),
    share: shares.get(month) ?? null,
  }));
}

/** A month as people say it beside others: 11月, and with the year where it is not this one's: 2025年12月. */
export function sayMonth(month: string, today: Day): string {
  const said = `${Number(month.slice(5, 7))}月`;
  return month.slice(0, 4) === monthOf(today).slice(0, 4) ? said : `${month.slice(0, 4)}年${said}`;
}

/** In words, which part of sales used points: 四分之一 for 25 %; null where no simple fraction is near. */
export function sayFraction(percent: number): string | null {
  const near: [number, string][] = [
    [10, '十分之一'],
    [20, '五分之一'],
    [25, '四分之一'],
    [33, '三分之一'],
    [50, '一半'],
    [67, '三分之二'],
    [75, '四分之三'],
  ];
  return near.find(([value]) => Math.abs(value - percent) <= 1)?.[1] ?? null;
}
