import { describe, expect, test } from 'vitest';
import {
  givenLately,
  isBraked,
  monthsCovered,
  monthsToShow,
  outstandingByMonth,
  percentOf,
  referenceYuan,
  sayReference,
} from './rules';

const month = (name: string, given: number, change = given) => ({ month: name, given, change });

describe('the months a budget covers', () => {
  test('are what is left by the average of the last three whole months', () => {
    const months = [
      month('2026-07', 900),
      month('2026-08', 100),
      month('2026-09', 200),
      month('2026-10', 300),
      month('2026-11', 999),
    ];
    expect(givenLately(months)).toBe(600);
    expect(monthsCovered(400, 600)).toBe(2);
    expect(monthsCovered(399, 600)).toBe(1.9);
    expect(monthsCovered(0, 600)).toBe(0);
  });

  test('are unknown without a budget or awards', () => {
    expect(monthsCovered(null, 600)).toBeNull();
    expect(monthsCovered(400, 0)).toBeNull();
    expect(givenLately([month('2026-11', 5)])).toBe(0);
    expect(givenLately([month('2026-10', -5), month('2026-11', 5)])).toBe(0);
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
