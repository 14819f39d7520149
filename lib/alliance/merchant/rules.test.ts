import { describe, expect, it } from 'vitest';
import { MERCHANT_WAYS, mayBecome, sayYuan } from './rules';
import type { MerchantState } from './types';

describe('a merchant', () => {
  it('goes along its ways and no other', () => {
    const states = Object.keys(MERCHANT_WAYS) as MerchantState[];
    const ways = states.flatMap((from) =>
      states.filter((to) => mayBecome(from, to)).map((to) => `${from} ${to}`),
    );
    expect(ways.sort()).toEqual([
      'ADMITTED LEFT',
      'ADMITTED SUSPENDED',
      'APPLIED ADMITTED',
      'APPLIED REJECTED',
      'SUSPENDED ADMITTED',
      'SUSPENDED LEFT',
    ]);
  });
});

describe('money', () => {
  it.each([
    [100, '1 元'],
    [85, '0.85 元'],
    [80, '0.8 元'],
    [1, '0.01 元'],
    [1000, '10 元'],
    [0, '0 元'],
  ])('%s 分 is %s', (fen, said) => {
    expect(sayYuan(fen)).toBe(said);
  });
});
