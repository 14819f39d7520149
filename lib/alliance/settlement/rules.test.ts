import { describe, expect, test } from 'vitest';
import {
  addressAt,
  DESK_FILTERS,
  filterOf,
  offsetOf,
  SHOP_FILTERS,
} from '@/components/alliance/settlement/filters';
import type { Day } from '@/lib/platform/clock';
import {
  countTurn,
  monthToState,
  sayHint,
  sayState,
  sayStatement,
  sayStateToShop,
  sayYuan,
  turnOf,
  whyNoHandBack,
} from './rules';

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
    [{ state: 'AGREED', fen: 1 }, '商户同意了，等村里付款', '您同意了，等村里付款', 'VILLAGE'],
    [{ state: 'AGREED', fen: -1 }, '商户同意了，从下一张里扣', '从下一张里扣', null],
    [{ state: 'PAID', fen: 1, paidFen: 1 }, '村里付了，等商户确认', '村里付了，等您确认', 'SHOP'],
    [
      { state: 'PAID', fen: 1, paidFen: 1, isMissed: true },
      '有争议：商户说没收到',
      '您说没收到，有争议',
      'SHOP',
    ],
    // what a payment covers together with others is said of the payment, whatever the statement alone comes to
    [{ state: 'PAID', fen: -3, paidFen: 5 }, '村里付了，等商户确认', '村里付了，等您确认', 'SHOP'],
    [{ state: 'PAID', fen: 100, paidFen: -200 }, '记了商户退钱，等商户确认', '记了您退钱，等您确认', 'SHOP'],
    [
      { state: 'PAID', fen: 100, paidFen: -200, isMissed: true },
      '有争议：商户说不对',
      '您说不对，有争议',
      'SHOP',
    ],
    [{ state: 'PAID', fen: 100, paidFen: 0 }, '互相抵掉了，等商户确认', '互相抵掉了，等您确认', 'SHOP'],
    [{ state: 'MADE', fen: -1 }, '等商户核对', '等您核对', 'SHOP'],
    [{ state: 'DISPUTED', fen: 1 }, '商户有疑问，等村里答复', '等村里答复您', 'VILLAGE'],
    [{ state: 'CONFIRMED', fen: 0 }, '结清了', '结清了', null],
  ] as const)('%o', (more, said, toShop, turn) => {
    const one = { paidFen: null, isMissed: false, ...more };
    expect([sayState(one), sayStateToShop(one), turnOf(one)]).toEqual([said, toShop, turn]);
  });
});

test('whose turn it is counts only what can be done now', () => {
  const counts = { MADE: 1, DISPUTED: 2, AGREED: 4, SET_OFF: 8, PAID: 16, BACK: 32, CONFIRMED: 64 };
  expect([countTurn(counts, 'VILLAGE'), countTurn(counts, 'SHOP')]).toEqual([6, 49]);
  const phasesOf = (filters: typeof DESK_FILTERS, key: string) => filterOf(filters, key).phases;
  expect(phasesOf(DESK_FILTERS, 'mine')).toEqual(['DISPUTED', 'AGREED']);
  expect(phasesOf(SHOP_FILTERS, 'village')).toEqual(['DISPUTED', 'AGREED']);
  expect(phasesOf(SHOP_FILTERS, 'mine')).toEqual(['MADE', 'PAID', 'BACK']);
  expect(phasesOf(DESK_FILTERS, 'open')).toContain('SET_OFF');
});

test('a line on a later page keeps its page in its address, there and back', () => {
  const of = (from: number, line?: string) => addressAt('/shop/statements/qingzhu/1', from, 100, line);
  expect(of(0)).toBe('/shop/statements/qingzhu/1');
  expect(of(0, 'a')).toBe('/shop/statements/qingzhu/1?line=a');
  expect(of(100)).toBe('/shop/statements/qingzhu/1?page=2');
  expect(of(100, 'a')).toBe('/shop/statements/qingzhu/1?page=2&line=a');
  const query = new URL(of(200, 'a'), 'http://x').searchParams;
  expect(offsetOf(query.get('page'), 100)).toBe(200);
});

test('a merchant hands back only when nothing else is open', () => {
  expect(whyNoHandBack({ unstated: 0, open: 0 })).toBeNull();
  expect(whyNoHandBack({ unstated: 2, open: 0 })).toContain('2 笔没进结算单');
  expect(whyNoHandBack({ unstated: 0, open: 1 })).toContain('1 张结算单没办完');
});

test('hints say what and how long', () => {
  expect(sayHint('OVERDUE', 3)).toBe('过期 3 天没付');
  expect(sayHint('MISSED', 0)).toBe('商户说没收到钱');
  expect(sayHint('MISSED', 2)).toBe('商户说没收到钱，2 天没答复');
  expect(sayHint('DENIED', 0)).toBe('商户说记的不对');
  expect(sayHint('DENIED', 2)).toBe('商户说记的不对，2 天没答复');
  expect(sayHint('DISPUTE_SLOW', 8)).toBe('商户的疑问 8 天没答复');
  expect(sayHint('MERCHANT_SLOW', 11)).toBe('等了商户 11 天');
});
