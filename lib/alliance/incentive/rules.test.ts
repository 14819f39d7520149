import { describe, expect, test } from 'vitest';
import type { Day } from '@/lib/platform/clock';
import { INCENTIVE_KINDS, sayFen, stateOf, takesAmount, titleOf } from './rules';
import { giveIncentiveInput } from './schema';

const day = (text: string) => text as Day;

describe('an incentive', () => {
  test('holds from its first to its last day, unless it was taken back', () => {
    const one = { fromDay: day('2026-03-01'), untilDay: day('2026-03-31'), revokedOn: null };
    const cases: [string, string][] = [
      ['2026-02-28', 'AHEAD'],
      ['2026-03-01', 'HOLDS'],
      ['2026-03-31', 'HOLDS'],
      ['2026-04-01', 'OVER'],
    ];
    for (const [today, state] of cases) expect(stateOf(one, day(today)), today).toBe(state);
    expect(stateOf({ ...one, untilDay: null }, day('2099-01-01'))).toBe('HOLDS');
    expect(stateOf({ ...one, revokedOn: day('2026-03-05') }, day('2026-03-04'))).toBe('REVOKED');
  });

  test('has an amount only where money is', () => {
    expect(INCENTIVE_KINDS.filter(takesAmount)).toEqual(['RENT', 'TAX', 'SUBSIDY']);
    expect(titleOf('RENT', '')).toBe('减租');
    expect(titleOf('RENT', '免半年摊位费')).toBe('免半年摊位费');
  });
});

test('money is written in yuan', () => {
  const cases: [number, string][] = [
    [0, '0 元'],
    [50, '0.50 元'],
    [105, '1.05 元'],
    [120_000, '1,200 元'],
    [-2_550, '−25.50 元'],
  ];
  for (const [fen, said] of cases) expect(sayFen(fen)).toBe(said);
});

describe('what is typed as yuan', () => {
  const input = (amount: unknown) =>
    giveIncentiveInput.safeParse({
      merchantId: '01900000-0000-7000-8000-000000000001',
      kind: 'RENT',
      fromDay: '2026-11-24',
      amount,
    });
  test('becomes 分, full-width digits too', () => {
    const cases: [unknown, number | null][] = [
      ['', null],
      [undefined, null],
      ['1200', 120_000],
      ['１２００．５', 120_050],
      ['0.05', 5],
      [19.99, 1999],
      ['10000000', 1_000_000_000],
    ];
    for (const [amount, fen] of cases) expect(input(amount).data?.amount, String(amount)).toBe(fen);
  });
  test('is refused where it is no amount', () => {
    for (const amount of ['0', '0.00', '-1', '1.234', '1e3', '10000000.01', 'abc', true, ['5']]) {
      expect(input(amount).success, String(amount)).toBe(false);
    }
  });
});
