import { describe, expect, test } from 'vitest';
import { isWorthALook, PATTERN_KINDS, PATTERN_WORDS, sayNumbers } from './rules';
import type { PatternCount } from './types';

type Case = [why: string, one: PatternCount, is: boolean];

const pair = (
  count: number,
  points: number,
  householdPoints: number,
  medianOfPairs: number,
): PatternCount => ({
  kind: 'PAIR',
  count,
  outOf: 100,
  points,
  householdPoints,
  medianOfPairs,
});
const of = (kind: PatternCount['kind'], count: number, outOf: number): PatternCount => ({
  kind,
  count,
  outOf,
});

describe('each threshold, on it, below it and above it', () => {
  const cases: Case[] = [
    ['a pair of four meetings', pair(4, 90, 100, 0.5), false],
    ['a pair of five', pair(5, 90, 100, 1), true],
    ['exactly four times the middle', pair(8, 90, 100, 2), false],
    ['more than four times', pair(9, 90, 100, 2), true],
    ['four times a middle between two', pair(6, 90, 100, 1.5), false],
    ['just over it', pair(7, 90, 100, 1.5), true],
    ['exactly 30 % of the household’s points', pair(9, 30, 100, 1), false],
    ['more than 30 %', pair(9, 31, 100, 1), true],
    ['a household that spent nothing', pair(9, 0, 0, 1), false],
    [
      'a pair with no middle to compare with',
      { kind: 'PAIR', count: 9, outOf: 9, points: 9, householdPoints: 9 },
      false,
    ],
    ['four taken back', of('UNDONE', 4, 5), false],
    ['five taken back of 25: exactly 20 %', of('UNDONE', 5, 25), false],
    ['five of 24', of('UNDONE', 5, 24), true],
    ['six of 30', of('UNDONE', 6, 30), false],
    ['two at night', of('NIGHT', 2, 2), false],
    ['three at night', of('NIGHT', 3, 500), true],
    ['four round amounts', of('ROUND', 4, 4), false],
    ['five of ten: half, and not most', of('ROUND', 5, 10), false],
    ['five of nine', of('ROUND', 5, 9), true],
    ['own household never', of('OWN', 0, 9), false],
    ['own household once', of('OWN', 1, 9), true],
  ];
  test.each(cases)('%s', (_why, one, is) => {
    expect(isWorthALook(one)).toBe(is);
  });
});

test('every kind says its numbers and what else it may be', () => {
  for (const kind of PATTERN_KINDS) {
    const said = sayNumbers({ ...pair(7, 40, 50, 1), kind, outOf: 9, households: 1 });
    expect(said, kind).toMatch(/7/);
    expect(said).toMatch(/^近 30 天/);
    expect(PATTERN_WORDS[kind].innocent.length).toBeGreaterThan(20);
  }
  expect(sayNumbers({ ...pair(7, 40, 50, 1), households: 1 })).toContain('占这户用掉的 80%');
  expect(sayNumbers({ ...pair(15, 40, 50, 1), households: 2 })).toContain('2 户');
});
