import { describe, expect, test } from 'vitest';
import type { Day, Quarter } from '@/lib/platform/clock';
import { isQuarterOver, parseQuarter, quarterBefore, quarterEnd, sayStars, starsFor } from './rules';

describe('stars by thresholds', () => {
  const thresholds = [10, 20, 40, 60, 100];
  test.each([
    [-3, 0],
    [0, 0],
    [9, 0],
    [10, 1],
    [11, 1],
    [19, 1],
    [20, 2],
    [39, 2],
    [40, 3],
    [59, 3],
    [60, 4],
    [99, 4],
    [100, 5],
    [100_000, 5],
  ])('%i points are %i stars', (honour, stars) => {
    expect(starsFor(honour, thresholds)).toBe(stars);
  });

  test('fewer thresholds, fewer stars; none, none; never more than five', () => {
    expect(starsFor(500, [50])).toBe(1);
    expect(starsFor(49, [50])).toBe(0);
    expect(starsFor(500, [])).toBe(0);
    expect(starsFor(500, [1, 2, 3, 4, 5, 6])).toBe(5);
  });

  test('are said', () => {
    expect([1, 2, 3, 4, 5].map(sayStars)).toEqual(['一星', '二星', '三星', '四星', '五星']);
  });
});

describe('quarters', () => {
  test.each([
    ['2026Q1', '2026-03-31', '2025Q4'],
    ['2026Q2', '2026-06-30', '2026Q1'],
    ['2026Q3', '2026-09-30', '2026Q2'],
    ['2026Q4', '2026-12-31', '2026Q3'],
    ['2028Q1', '2028-03-31', '2027Q4'],
  ])('%s ends on %s and follows %s', (quarter, end, before) => {
    expect(quarterEnd(quarter as Quarter)).toBe(end);
    expect(quarterBefore(quarter as Quarter)).toBe(before);
  });

  test('is over from the day after its last', () => {
    expect(isQuarterOver('2026Q3' as Quarter, '2026-09-29' as Day)).toBe(false);
    expect(isQuarterOver('2026Q3' as Quarter, '2026-09-30' as Day)).toBe(false);
    expect(isQuarterOver('2026Q3' as Quarter, '2026-10-01' as Day)).toBe(true);
    expect(isQuarterOver('2026Q4' as Quarter, '2026-12-31' as Day)).toBe(false);
    expect(isQuarterOver('2026Q4' as Quarter, '2027-01-01' as Day)).toBe(true);
  });

  test('are read from addresses', () => {
    expect(parseQuarter('2026Q3')).toBe('2026Q3');
    for (const wrong of ['2026Q0', '2026Q5', '1926Q3', '2026q3', ' 2026Q3', '2026', '2026Q33', '']) {
      expect(parseQuarter(wrong), wrong).toBeNull();
    }
  });
});
