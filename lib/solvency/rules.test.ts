import { describe, expect, test } from 'vitest';
import type { Day } from '@/lib/platform/clock';
import {
  coverOf,
  isBraked,
  monthsToShow,
  outstandingByMonth,
  percentOf,
  recentUse,
  referenceYuan,
  sayReference,
} from './rules';

const month = (name: string, given: number, change = given) => ({ month: name, given, change });

describe('how long the budget lasts', () => {
  const day = (text: string) => text as Day;
  /** so much in each of the whole months before the current one */
  const figures = (
    quarter: string,
    budget: number | null,
    budgetLeft: number | null,
    given: number[] = [100, 200, 300],
  ) => ({
    quarter,
    budget,
    budgetLeft,
    months: [...given.map((one, index) => month(`2026-0${index + 1}`, one)), month('2026-09', 999)],
  });

  test.each([
    // near a quarter's end the rest of it is much against its days, but the year is not over for long
    ['the quarter’s end, enough', figures('2026Q4', 3000, 2622), '2026-11-27', 'TO_YEAR_END', null],
    ['the quarter’s end, later ones do', figures('2026Q3', 600, 20), '2026-09-30', 'TO_YEAR_END', null],
    ['the year’s last day', figures('2026Q4', 600, 7), '2026-12-31', 'TO_YEAR_END', null],
    ['the year’s last day, short', figures('2026Q4', 600, 6), '2026-12-31', 'SHORT', 0],
    ['the year’s first day, just enough', figures('2027Q1', 600, 600), '2027-01-01', 'TO_YEAR_END', null],
    ['this quarter falls short', figures('2026Q2', 600, 100), '2026-04-01', 'SHORT', 0.5],
    ['nothing left', figures('2026Q2', 600, 0), '2026-06-30', 'SHORT', 0],
    ['the next quarter falls short', figures('2026Q2', 500, 500), '2026-06-16', 'SHORT', 3],
    ['leap day', figures('2028Q1', 600, 206), '2028-02-29', 'SHORT', 1],
    ['nothing used', figures('2026Q2', 600, 600, [0, 0, 0]), '2026-04-01', 'NO_USE', null],
    ['more taken back than given', figures('2026Q2', 600, 600, [-5]), '2026-04-01', 'NO_USE', null],
    ['no budget', figures('2026Q2', null, null), '2026-04-01', 'NO_BUDGET', null],
  ] as const)('%s', (_, of, today, kind, months) => {
    const cover = coverOf(of, day(today));
    expect(cover.kind).toBe(kind);
    if (cover.kind === 'SHORT') expect(cover.months).toBe(months);
    // never more than what is left of the year
    if (cover.kind === 'SHORT') expect(cover.months).toBeLessThan(12);
  });

  test('names the quarter that falls short, what is left of the year, and the months of the average', () => {
    expect(coverOf(figures('2026Q2', 500, 500), day('2026-06-16'))).toEqual({
      kind: 'SHORT',
      months: 3,
      quarter: '2026Q3',
      yearLeft: 1500,
      later: 2,
      use: { months: ['2026-01', '2026-02', '2026-03'], given: 600 },
    });
  });

  test('goes by the last three whole months, none of them before the village’s first points', () => {
    const whole = [month('2026-05', 0), month('2026-06', 900), month('2026-07', 100), month('2026-08', 200)];
    expect(recentUse([...whole, month('2026-09', 300), month('2026-10', 999)])).toEqual({
      months: ['2026-07', '2026-08', '2026-09'],
      given: 600,
    });
    expect(recentUse([month('2026-07', 0), month('2026-08', 40), month('2026-09', 9)])).toEqual({
      months: ['2026-08'],
      given: 40,
    });
    expect(recentUse([month('2026-09', 9)])).toEqual({ months: [], given: 0 });
    expect(recentUse([])).toEqual({ months: [], given: 0 });
  });
});

test('what was outstanding at the end of each month follows from now and the changes', () => {
  const months = [month('2026-09', 10), month('2026-10', 20, 15), month('2026-11', 5, -3)];
  expect(outstandingByMonth(112, months)).toEqual([
    { month: '2026-09', points: 100 },
    { month: '2026-10', points: 115 },
    { month: '2026-11', points: 112 },
  ]);
});

test('the reference is said as one, and rounded down', () => {
  expect(sayReference(100)).toBe('1 分约 1 元');
  expect(sayReference(50)).toBe('1 分约 0.5 元');
  expect(sayReference(25)).toBe('1 分约 0.25 元');
  expect(referenceYuan(1999, 50)).toBe(999);
  expect(percentOf(799, 1000)).toBe(79);
  expect(percentOf(800, 1000)).toBe(80);
  expect(percentOf(5, 0)).toBe(0);
});

test('the brake: below, on and above it', () => {
  const at = (outstanding: number, outstandingMost: number | null = 100) => ({
    outstanding,
    outstandingMost,
  });
  expect(isBraked(at(97), 2)).toBe(false);
  expect(isBraked(at(98), 2)).toBe(false);
  expect(isBraked(at(99), 2)).toBe(true);
  expect(isBraked(at(100), 0)).toBe(false);
  expect(isBraked(at(100_000, null), 2)).toBe(false);
});

test('months before the first points are not drawn, but six are', () => {
  const of = (given: number[]) => given.map((one, index) => month(`m${index}`, one));
  const shown = (given: number[]) => monthsToShow(of(given)).length;
  expect(shown([0, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 1])).toBe(8);
  expect(shown([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1])).toBe(6);
  expect(shown([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1])).toBe(12);
  expect(shown(Array(12).fill(0))).toBe(6);
});
