import { describe, expect, test } from 'vitest';
import type { Day } from '@/lib/platform/clock';
import {
  countableDays,
  fillMonths,
  monthsUntil,
  NO_TAKINGS,
  netPoints,
  sayFraction,
  sayMonth,
  sharePercent,
  sumShares,
  sumTakings,
} from './rules';

const day = (text: string) => text as Day;

test('the last twelve months go over the year’s end', () => {
  const months = monthsUntil(day('2026-02-28'));
  expect(months).toHaveLength(12);
  expect([months[0], months[9], months[10], months[11]]).toEqual([
    '2025-03',
    '2025-12',
    '2026-01',
    '2026-02',
  ]);
  expect(monthsUntil(day('2026-12-01'))[0]).toBe('2026-01');
  expect(sayMonth('2026-11', day('2026-12-01'))).toBe('11月');
  expect(sayMonth('2025-11', day('2026-12-01'))).toBe('2025年11月');
});

test('a count may be typed for today and yesterday', () => {
  expect(countableDays(day('2026-03-01'))).toEqual(['2026-03-01', '2026-02-28']);
});

describe('the share of sales with points', () => {
  const share = (pointSales: number, otherSales: number, from = '2026-11-01', to = '2026-11-03') => ({
    days: 3,
    firstDay: day(from),
    lastDay: day(to),
    pointSales,
    otherSales,
  });
  test('is whole percent, nothing where nothing was sold or counted', () => {
    const cases: [number, number, number | null][] = [
      [0, 0, null],
      [0, 8, 0],
      [5, 0, 100],
      [1, 3, 25],
      [1, 2, 33],
      [2, 1, 67],
      [1, 199, 1],
      [1, 249, 0],
    ];
    for (const [point, other, percent] of cases) expect(sharePercent(share(point, other))).toBe(percent);
    expect(sharePercent(null)).toBeNull();
  });
  test('of several months together leaves out what was not counted', () => {
    expect(sumShares([null, null])).toBeNull();
    expect(sumShares([share(1, 3), null, share(2, 4, '2026-10-01', '2026-10-09')])).toEqual({
      days: 6,
      firstDay: '2026-10-01',
      lastDay: '2026-11-03',
      pointSales: 3,
      otherSales: 7,
    });
  });
  test('is said as a fraction where one is near', () => {
    expect([24, 25, 26, 27, 50, 42].map(sayFraction)).toEqual([
      '四分之一',
      '四分之一',
      '四分之一',
      null,
      '一半',
      null,
    ]);
  });
});

test('months without a sale have their place, and sums are sums', () => {
  const one = { sales: 3, points: 30, backSales: 1, backPoints: 40 };
  const months = fillMonths(day('2026-11-24'), new Map([['2026-10', one]]), new Map());
  expect(months).toHaveLength(12);
  expect(months[10]).toEqual({ month: '2026-10', ...one, share: null });
  expect(months[11]).toEqual({ month: '2026-11', ...NO_TAKINGS, share: null });
  expect(sumTakings(months)).toEqual(one);
  expect(netPoints(one)).toBe(-10);
});
