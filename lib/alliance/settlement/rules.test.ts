import { describe, expect, test } from 'vitest';
import type { Day } from '@/lib/platform/clock';
import { monthToState, sayHint, sayState, sayStatement, sayStateToShop, sayYuan, turnOf } from './rules';

test.each([
  [0, '0.00'],
  [5, '0.05'],
  [100, '1.00'],
  [123450, '1,234.50'],
  [-3000, '−30.00'],
  [-1, '−0.01'],
])('%i 分 of money is %s yuan', (fen, said) => expect(sayYuan(fen)).toBe(said));

test('a statement is named by its month, and its number from the second on', () => {
  expect(sayStatement({ month: '2026-11', number: 1 })).toBe('2026年11月结算单');
  expect(sayStatement({ month: '2026-02', number: 2 })).toBe('2026年2月第 2 张结算单');
});

test.each([
  ['2026-12-01', '2026-11'],
  ['2027-01-01', '2026-12'],
  ['2027-01-31', '2026-12'],
])('on %s the month to state is %s', (today, month) => expect(monthToState(today as Day)).toBe(month));

describe('a state in words', () => {
  test.each([
    [{ state: 'AGREED', fen: 1, isMissed: false }, '商户同意了，等村里付款', 'VILLAGE'],
    [{ state: 'AGREED', fen: -1, isMissed: false }, '商户同意了，从下一张里扣', null],
    [{ state: 'PAID', fen: 1, isMissed: false }, '村里付了，等商户确认', 'SHOP'],
    [{ state: 'PAID', fen: 1, isMissed: true }, '有争议：商户说没收到', 'SHOP'],
    [{ state: 'MADE', fen: -1, isMissed: false }, '等商户核对', 'SHOP'],
    [{ state: 'DISPUTED', fen: 1, isMissed: false }, '商户有疑问，等村里答复', 'VILLAGE'],
    [{ state: 'CONFIRMED', fen: 0, isMissed: false }, '结清了', null],
  ] as const)('%o', (one, said, turn) => {
    expect(sayState(one)).toBe(said);
    expect(turnOf(one)).toBe(turn);
  });
});

test('the shop is told the same as its own', () => {
  const said = (state: 'MADE' | 'DISPUTED' | 'AGREED' | 'PAID' | 'CONFIRMED', fen = 1, isMissed = false) =>
    sayStateToShop({ state, fen, isMissed });
  expect(said('MADE')).toBe('等您核对');
  expect(said('DISPUTED')).toBe('等村里答复您');
  expect([said('AGREED'), said('AGREED', -1)]).toEqual(['您同意了，等村里付款', '从下一张里扣']);
  expect([said('PAID'), said('PAID', 1, true)]).toEqual(['村里付了，等您确认', '您说没收到，有争议']);
  expect(said('CONFIRMED')).toBe('结清了');
});

test('hints say what and how long', () => {
  expect(sayHint('OVERDUE', 3)).toBe('过期 3 天没付');
  expect(sayHint('MISSED', 0)).toBe('商户说没收到钱');
  expect(sayHint('MISSED', 2)).toBe('商户说没收到钱，2 天没答复');
  expect(sayHint('DISPUTE_SLOW', 8)).toBe('商户的疑问 8 天没答复');
  expect(sayHint('MERCHANT_SLOW', 11)).toBe('等了商户 11 天');
});
