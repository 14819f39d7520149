import { describe, expect, test } from 'vitest';
import {
  fenOfYuan,
  isPoolShort,
  monthsPoolCovers,
  poolFree,
  poolHolds,
  poolOwed,
  takenLately,
} from './rules';

const month = (name: string, fen: number) => ({ month: name, fen, points: fen / 100, taken: 1 });
const sums = { entries: 100_00, paid: 30_00, statedFen: 20_00, unstatedFen: 5_00 };

test('what a pool holds, owes and has free', () => {
  expect([poolHolds(sums), poolOwed(sums), poolFree(sums)]).toEqual([70_00, 25_00, 45_00]);
  // a merchant that owes makes more free
  expect(poolFree({ ...sums, statedFen: -20_00 })).toBe(85_00);
});

describe('the months a pool covers', () => {
  test.each([
    [0, 0, null],
    [100, 0, null],
    [0, 600, 0],
    [-500, 600, 0],
    [399, 600, 1.9],
    [400, 600, 2],
    [401, 600, 2],
    [599, 600, 2.9],
    [600, 600, 3],
    [1, 3_000_000, 0],
  ])('%i free, %i taken in three months: %s', (free, taken, covers) =>
    expect(monthsPoolCovers(free, taken)).toBe(covers),
  );

  test.each([
    [[900, 100, 200, 300, 999], 600],
    [[100, 200, 300, 999], 600],
    [[300, 999], 300],
    [[999], 0],
    [[], 0],
    [[0, 0, 0, 5], 0],
    // more was given back than taken
    [[-50, 10, 20, 5], 0],
    [[-50, 100, 20, 5], 70],
  ])('%j takes the last three whole months: %i', (fens, taken) =>
    expect(takenLately(fens.map((fen, index) => month(`m${index}`, fen)))).toBe(taken),
  );
});

test.each([
  [null, false],
  [0, false],
  [44_99, false],
  [45_00, false],
  [45_01, true],
])('with %s as the least it is short: %s', (poolLeastFen, short) =>
  expect(isPoolShort({ ...sums, poolLeastFen })).toBe(short),
);

test.each([
  ['80', 8000],
  ['80.5', 8050],
  ['80.05', 8005],
  ['１２３', 12300],
  ['￥1,234.50', 123450],
  ['1,234,567', 123456700],
  [' 80 元', 8000],
  ['80。5', 8050],
  ['0', 0],
  ['80.055', null],
  ['-5', null],
  ['1,23', null],
  ['八十', null],
  ['', null],
  ['1e5', null],
  ['1234567890', null],
])('%s is %s 分', (text, fen) => expect(fenOfYuan(text)).toBe(fen));
