import { describe, expect, it } from 'vitest';
import { newId } from '@/lib/platform/ids';
import { TEST_NOW, type VillageBuilt } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import type { ShopBuilt } from '@/lib/testing/shop';
import {
  type Answer,
  balanceOf,
  callOff,
  code,
  expectWhole,
  handOver,
  market,
  order,
  pick,
  redeemVoucher,
  refund,
  scan,
  undo,
  vouchers,
} from '../testing/counter';

// Exactly once, for everything that moves points at a shop: five hundred of each, each asked for twice at once, by
// twenty who ask at the same time.

const { prisma, owner } = await testDb();
const ITEMS = 500;
const WORKERS = 20;
const HOUSEHOLDS = 10;
const later = new Date(TEST_NOW.getTime() + 86_400_000 * 2);

/** Everything is done twice at once, twenty at a time; answers what the pairs said. */
async function twice(act: (n: number) => Promise<Answer>): Promise<[Answer, Answer][]> {
  const answers: [Answer, Answer][] = [];
  let next = 0;
  const worker = async () => {
    for (let n = next++; n < ITEMS; n = next++) answers[n] = await Promise.all([act(n), act(n)]);
  };
  await Promise.all(Array.from({ length: WORKERS }, worker));
  return answers;
}

/** Each pair had one effect, and said the same. */
function expectOnce(answers: [Answer, Answer][], state: string): void {
  expect(answers).toHaveLength(ITEMS);
  for (const pair of answers) {
    expect(pair.map((one) => ('state' in one ? one.state : one.refused))).toEqual([state, state]);
    expect(pair.filter((one) => 'repeated' in one && !one.repeated)).toHaveLength(1);
    expect(new Set(pair.map((one) => 'receipt' in one && one.receipt)).size).toBe(1);
  }
}

const countStates = async (v: VillageBuilt) =>
  Object.fromEntries(
    (await prisma.redemption.groupBy({ by: ['state'], where: { villageId: v.id }, _count: true })).map(
      (one) => [one.state, one._count],
    ),
  );
const balances = (v: VillageBuilt) =>
  Promise.all(Array.from({ length: HOUSEHOLDS }, (_, n) => balanceOf(v, n)));
const ids = Array.from({ length: ITEMS }, () => newId());
const sum = (numbers: number[]) => numbers.reduce((all, one) => all + one, 0);

describe(`${ITEMS} of each, sent twice at once`, () => {
  let v: VillageBuilt;
  let at: ShopBuilt;
  const fresh = async (points = 1000) => {
    ({ v, at } = await market(owner, points, HOUSEHOLDS));
  };

  it('codes read, then undone', async () => {
    await fresh();
    const digits = await Promise.all(ids.map((_, n) => code(v, n % HOUSEHOLDS)));
    expectOnce(
      await twice((n) => scan(v, { id: ids[n] ?? '', digits: digits[n] ?? '', at, points: 3 })),
      'POSTED',
    );
    expect(sum(await balances(v))).toBe(HOUSEHOLDS * 1000 - ITEMS * 3);
    await expectWhole(v);
    expectOnce(await twice((n) => undo(v, ids[n] ?? '', at.staff.id)), 'UNDONE');
    expect(sum(await balances(v))).toBe(HOUSEHOLDS * 1000);
    expect(await countStates(v)).toEqual({ UNDONE: ITEMS });
    await expectWhole(v);
  });

  it('taken from the shelf, then asked to be refunded, and agreed', async () => {
    await fresh();
    const soap = await at.offer('香皂', { points: 2, stock: ITEMS });
    expectOnce(await twice((n) => pick(v, n % HOUSEHOLDS, soap, ids[n] ?? '', at)), 'POSTED');
    const stock = async () => (await prisma.offer.findFirstOrThrow({ where: { villageId: v.id } })).stock;
    expect(await stock()).toBe(0);
    expect(sum(await balances(v))).toBe(HOUSEHOLDS * 1000 - ITEMS * 2);
    expectOnce(await twice((n) => refund(v, ids[n] ?? '', 'SHOP', at.staff.id, { now: later })), 'POSTED');
    const agree = (n: number) =>
      refund(v, ids[n] ?? '', 'HOUSEHOLD', v.household(n % HOUSEHOLDS).head.personId, { now: later });
    expectOnce(await twice(agree), 'REFUNDED');
    expect(await stock()).toBe(ITEMS);
    expect(sum(await balances(v))).toBe(HOUSEHOLDS * 1000);
    await expectWhole(v);
  });

  it('ordered, then handed over or called off', async () => {
    await fresh();
    const soap = await at.offer('香皂', { points: 2 });
    // so many orders are open at a time only here
    await owner.query(
      `create or replace function orders_most() returns integer language sql immutable as 'select 1000'`,
    );
    try {
      expectOnce(await twice((n) => order(v, n % HOUSEHOLDS, soap, ids[n] ?? '', at)), 'HELD');
    } finally {
      await owner.query(
        `create or replace function orders_most() returns integer language sql immutable as 'select 5'`,
      );
    }
    await expectWhole(v);
    const end = (n: number) =>
      n % 2 ? handOver(v, ids[n] ?? '', at.staff.id) : callOff(v, ids[n] ?? '', 'SHOP', at.staff.id);
    const answers = await twice(end);
    expect(answers.flat().filter((one) => 'repeated' in one && !one.repeated)).toHaveLength(ITEMS);
    expect(await countStates(v)).toEqual({ POSTED: ITEMS / 2, VOIDED: ITEMS / 2 });
    expect(sum(await balances(v))).toBe(HOUSEHOLDS * 1000 - ITEMS);
    await expectWhole(v);
  });

  it('vouchers', async () => {
    await fresh(0);
    const digits = await vouchers(owner, v, { count: ITEMS });
    expectOnce(await twice((n) => redeemVoucher(at, digits[n] ?? '', ids[n] ?? '')), 'POSTED');
    expect(await prisma.voucher.count({ where: { villageId: v.id, state: 'REDEEMED' } })).toBe(ITEMS);
    expect(sum(await balances(v))).toBe(0);
    await expectWhole(v);
  });
});

describe('one of it is there', () => {
  for (const many of [10, 50, 200]) {
    it(`and ${many} ask for it at once`, async () => {
      const { v, at } = await market(owner, 10, HOUSEHOLDS);
      const last = await at.offer('最后一件', { points: 1, stock: 1 });
      const dear = await at.offer('电饭锅', { points: 10 });
      const taken = (answers: Answer[]) => answers.filter((one) => 'state' in one);
      const all = (act: (n: number) => Promise<Answer>) =>
        Promise.all(Array.from({ length: many }, (_, n) => act(n)));
      // the last piece: by code, from the shelf and ordered
      const digits = await Promise.all(Array.from({ length: many }, (_, n) => code(v, n % HOUSEHOLDS)));
      const pieces = await all((n) =>
        n % 3 === 0
          ? scan(v, { digits: digits[n] ?? '', offer: last, at })
          : n % 3 === 1
            ? pick(v, n % HOUSEHOLDS, last, newId(), at)
            : order(v, n % HOUSEHOLDS, last, newId(), at),
      );
      expect(taken(pieces)).toHaveLength(1);
      // what a household has: enough for one
      const poor = pieces.findIndex((one) => 'refused' in one) % HOUSEHOLDS;
      const balance = await balanceOf(v, poor);
      const spends = await all((n) =>
        n % 2 ? pick(v, poor, dear, newId(), at) : order(v, poor, dear, newId(), at),
      );
      expect(taken(spends)).toHaveLength(balance === 10 ? 1 : 0);
      // a voucher
      const [voucher = ''] = await vouchers(owner, v);
      expect(taken(await all(() => redeemVoucher(at, voucher)))).toHaveLength(1);
      // a code, of another household: it has at least nine
      await expectWhole(v);
      const one = await code(v, (poor + 1) % HOUSEHOLDS);
      expect(taken(await all(() => scan(v, { digits: one, at, points: 1 })))).toHaveLength(1);
      await expectWhole(v);
    });
  }
});
