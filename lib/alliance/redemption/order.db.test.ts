import { describe, expect, it } from 'vitest';
import { listEntries } from '@/lib/ledger/reads';
import { sayEntry } from '@/lib/ledger/rules';
import { newId } from '@/lib/platform/ids';
import { findSolvency } from '@/lib/solvency/reads';
import { TEST_NOW, type VillageBuilt } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { aShop } from '@/lib/testing/shop';
import {
  announceYearEnd,
  closeYear,
  endTerms,
  setMerchant,
  setQuarter,
  setStopped,
} from '../testing/alliance';
import {
  type Answer,
  answer,
  balanceOf,
  callOff,
  code,
  expectWhole,
  handOver,
  market,
  order,
  refund,
  scan,
  undo,
} from '../testing/counter';
import { expireOrders } from './expiry';
import { ORDER_DAYS, ORDERS_MOST } from './rules';

// Orders: points lie aside until the goods are fetched, and end up on one side, once.

const { prisma, owner } = await testDb();
/** the last moment of an order of the 24th, and the first after it */
const LAST = new Date('2026-11-27T23:59:59+08:00');
const OVER = new Date('2026-11-28T00:00:00+08:00');

const stockOf = async (v: VillageBuilt, id: string) =>
  (await prisma.offer.findFirstOrThrow({ where: { villageId: v.id, id } })).stock;
const codes = (answers: Answer[]) => answers.map((one) => ('state' in one ? one.state : one.refused)).sort();

/** A household with 50 points that has ordered one of three pieces for 20. */
async function ordered(terms: Parameters<typeof market>[3] = {}, households = 2) {
  const { v, at } = await market(owner, 50, households, terms);
  const soap = await at.offer('香皂', { points: 20, stock: 3 });
  const id = newId();
  expect(await order(v, 0, soap, id, at)).toMatchObject({ state: 'HELD', points: 20, repeated: false });
  return { v, at, soap, id, head: v.household(0).head.personId };
}

describe('an order', () => {
  it('takes points and piece at once, and gives them to the shop when it is handed over, once', async () => {
    const { v, at, soap, id } = await ordered();
    expect(await balanceOf(v, 0)).toBe(30);
    expect(await stockOf(v, soap)).toBe(2);
    expect(await order(v, 0, soap, id, at)).toMatchObject({ state: 'HELD', repeated: true });
    expect(await order(v, 1, soap, id, at)).toEqual({ refused: 'SAME_ID_OTHER_CONTENT' });
    await expectWhole(v);
    const all = await Promise.all(Array.from({ length: 10 }, () => handOver(v, id, at.staff.id, LAST)));
    expect(all.filter((one) => 'repeated' in one && !one.repeated)).toMatchObject([{ state: 'POSTED' }]);
    expect(codes(all)).toEqual(Array(10).fill('POSTED'));
    expect(await callOff(v, id, 'SHOP', at.staff.id)).toEqual({ refused: 'REDEMPTION_DECIDED' });
    expect(await balanceOf(v, 0)).toBe(30);
    await expectWhole(v);
    const page = await listEntries(prisma, v.id);
    expect(page?.entries.map((entry) => [sayEntry(entry), entry.points])).toEqual([
      ['兑换预留', -20],
      ['', 50],
      ['', 50],
    ]);
  });

  it('is kept as long and as often as the rules say', async () => {
    const { v, at, id } = await ordered();
    const row = await prisma.redemption.findFirstOrThrow({ where: { villageId: v.id, id } });
    expect(row.heldUntil).toEqual(OVER);
    expect(OVER.getTime() - new Date('2026-11-24T00:00+08:00').getTime()).toBe((ORDER_DAYS + 1) * 86_400_000);
    const salt = await at.offer('盐', { points: 1 });
    for (let open = 1; open < ORDERS_MOST; open++) {
      expect(await order(v, 0, salt, newId(), at)).toMatchObject({ state: 'HELD' });
    }
    expect(await order(v, 0, salt, newId(), at)).toEqual({ refused: 'ORDERS_MOST' });
    await callOff(v, id, 'HOUSEHOLD', v.household(0).head.personId);
    expect(await order(v, 0, salt, newId(), at)).toMatchObject({ state: 'HELD' });
    const both = await Promise.all(Array.from({ length: 12 }, () => order(v, 1, salt, newId(), at)));
    expect(codes(both)).toEqual([...Array(5).fill('HELD'), ...Array(7).fill('ORDERS_MOST')]);
    await expectWhole(v);
  });

  it('counts against what a household may have in a month, until it comes back', async () => {
    const { v, at } = await market(owner, 50, 1, { householdMonthMost: 12 });
    const soap = await at.offer('香皂', { points: 10, perHouseholdMonth: 1 });
    const id = newId();
    await order(v, 0, soap, id, at);
    expect(await order(v, 0, soap, newId(), at)).toEqual({ refused: 'OFFER_HAD' });
    expect(await scan(v, { digits: await code(v, 0), at, points: 3 })).toEqual({ refused: 'MONTH_MOST' });
    await callOff(v, id, 'SHOP', at.staff.id);
    expect(await order(v, 0, soap, newId(), at)).toMatchObject({ state: 'HELD' });
  });

  it('is called off by either side, with points and piece back, once', async () => {
    for (const side of ['SHOP', 'HOUSEHOLD'] as const) {
      const { v, at, soap, id, head } = await ordered();
      const who = side === 'SHOP' ? at.staff.id : head;
      expect(await callOff(v, id, side, v.household(1).head.personId)).toEqual({ refused: 'NOT_FOUND' });
      expect(await callOff(v, id, side, (await aShop(v)).staff.id)).toEqual({ refused: 'NOT_FOUND' });
      const all = await Promise.all(Array.from({ length: 10 }, () => callOff(v, id, side, who)));
      expect(codes(all)).toEqual(Array(10).fill('VOIDED'));
      expect(all.filter((one) => 'repeated' in one && !one.repeated)).toHaveLength(1);
      expect(await handOver(v, id, at.staff.id)).toEqual({ refused: 'REDEMPTION_DECIDED' });
      expect(await balanceOf(v, 0)).toBe(50);
      expect(await stockOf(v, soap)).toBe(3);
      await expectWhole(v);
    }
  });

  it('is over after its days: whoever asks first ends it, and no point moves but back', async () => {
    const ends: ((one: Awaited<ReturnType<typeof ordered>>) => Promise<unknown>)[] = [
      (one) => handOver(one.v, one.id, one.at.staff.id, OVER),
      (one) => callOff(one.v, one.id, 'HOUSEHOLD', one.head, OVER),
      (one) => callOff(one.v, one.id, 'SHOP', one.at.staff.id, OVER),
      () => expireOrders(OVER, 1000),
    ];
    for (const end of ends) {
      const one = await ordered();
      await end(one);
      expect(await handOver(one.v, one.id, one.at.staff.id, OVER)).toMatchObject({
        state: 'EXPIRED',
        repeated: true,
      });
      expect(await balanceOf(one.v, 0)).toBe(50);
      expect(await stockOf(one.v, one.soap)).toBe(3);
      await expectWhole(one.v);
    }
    const kept = await ordered();
    await expireOrders(LAST, 1000);
    expect(await balanceOf(kept.v, 0)).toBe(30);
  });

  it('ends once when it is handed over, called off by both and expired at the same moment', async () => {
    for (let round = 0; round < 8; round++) {
      const { v, at, id, head } = await ordered({}, 1);
      await Promise.all([
        handOver(v, id, at.staff.id, LAST),
        callOff(v, id, 'SHOP', at.staff.id, LAST),
        callOff(v, id, 'HOUSEHOLD', head, LAST),
        expireOrders(OVER, 50),
      ]);
      const row = await prisma.redemption.findFirstOrThrow({ where: { villageId: v.id, id } });
      expect(['POSTED', 'VOIDED', 'EXPIRED']).toContain(row.state);
      expect(await balanceOf(v, 0)).toBe(row.state === 'POSTED' ? 30 : 50);
      await expectWhole(v);
    }
  });

  it('that was handed over goes back the way it came: undone today, refunded later', async () => {
    for (const late of [false, true]) {
      const { v, at, soap, id, head } = await ordered();
      await handOver(v, id, at.staff.id);
      if (late) {
        await refund(v, id, 'HOUSEHOLD', head, { now: OVER });
        expect(await refund(v, id, 'SHOP', at.staff.id, { now: OVER })).toMatchObject({ state: 'REFUNDED' });
      } else {
        expect(await undo(v, id, at.staff.id)).toMatchObject({ state: 'UNDONE' });
      }
      expect(await balanceOf(v, 0)).toBe(50);
      expect(await stockOf(v, soap)).toBe(3);
      await expectWhole(v);
    }
  });

  it('is handed over though the village has stopped or the terms have ended; a suspended shop only gives back', async () => {
    const stopped = await ordered();
    await setStopped(owner, stopped.v, '资金要先补上');
    expect(await order(stopped.v, 0, stopped.soap, newId(), stopped.at)).toEqual({
      refused: 'VILLAGE_STOPPED',
    });
    expect(await handOver(stopped.v, stopped.id, stopped.at.staff.id)).toMatchObject({ state: 'POSTED' });
    const ended = await ordered();
    await endTerms(owner, ended.v, ended.at.id);
    expect(await order(ended.v, 0, ended.soap, newId(), ended.at)).toEqual({
      refused: 'MERCHANT_TAKES_NOTHING',
    });
    expect(await handOver(ended.v, ended.id, ended.at.staff.id)).toMatchObject({ state: 'POSTED' });
    const suspended = await ordered();
    await setMerchant(owner, suspended.at.id, 'SUSPENDED');
    expect(await handOver(suspended.v, suspended.id, suspended.at.staff.id)).toEqual({
      refused: 'MERCHANT_TAKES_NOTHING',
    });
    expect(await callOff(suspended.v, suspended.id, 'HOUSEHOLD', suspended.head)).toMatchObject({
      state: 'VOIDED',
    });
    for (const one of [stopped, ended, suspended]) await expectWhole(one.v);
  });
});

describe('points in an order', () => {
  it('are no part of what a year’s end clears, and the household’s when they come back', async () => {
    const { v, at, id } = await ordered();
    const later = newId();
    await announceYearEnd(owner, v);
    const december = new Date('2026-12-30T10:00+08:00');
    expect(await order(v, 0, await at.offer('灯', { points: 10 }), later, at, december)).toMatchObject({
      state: 'HELD',
    });
    await callOff(v, id, 'SHOP', at.staff.id, new Date('2026-11-25T10:00+08:00'));
    expect(await balanceOf(v, 0)).toBe(40);
    await closeYear(v, new Date('2027-01-01T00:30+08:00'));
    expect(await balanceOf(v, 0)).toBe(0);
    await expectWhole(v);
    expect(await callOff(v, later, 'SHOP', at.staff.id, new Date('2027-01-01T09:00+08:00'))).toMatchObject({
      state: 'VOIDED',
    });
    expect(await balanceOf(v, 0)).toBe(10);
    await expectWhole(v);
  });

  it('come back out of a quarter that is public or locked', async () => {
    for (const state of ['PUBLICITY', 'LOCKED'] as const) {
      const { v, at, id } = await ordered();
      await setQuarter(owner, v, '2026Q4', state);
      expect(await callOff(v, id, 'SHOP', at.staff.id)).toMatchObject({ state: 'VOIDED' });
      expect(await order(v, 0, await at.offer('灯'), newId(), at)).toMatchObject({ state: 'HELD' });
      await expectWhole(v);
    }
  });

  it('are owed until they are fetched', async () => {
    const { v, at, id } = await ordered();
    const owed = async () => {
      const seen = await findSolvency(prisma, v.id, TEST_NOW);
      return [seen.outstanding, seen.months.at(-1)?.change];
    };
    expect(await owed()).toEqual([100, 100]);
    await handOver(v, id, at.staff.id);
    expect(await owed()).toEqual([80, 80]);
    await undo(v, id, at.staff.id);
    expect(await owed()).toEqual([100, 100]);
    await order(v, 0, await at.offer('灯'), newId(), at);
    expect(await owed()).toEqual([100, 100]);
  });
});

describe('two at once', () => {
  const twoFor100 = async (freeMost = 100_000) => {
    const { v, at } = await market(owner, 100, 1, { freeMost });
    return { v, at, dear: await at.offer('电饭锅', { points: 100 }) };
  };

  it('two orders confirmed at once never leave −100', async () => {
    for (let round = 0; round < 5; round++) {
      const { v, at, dear } = await twoFor100();
      const both = await Promise.all([order(v, 0, dear, newId(), at), order(v, 0, dear, newId(), at)]);
      expect(codes(both)).toEqual(['HELD', 'NOT_ENOUGH_POINTS']);
      expect(await balanceOf(v, 0)).toBe(0);
      await expectWhole(v);

      const asked = await twoFor100(5);
      const ids = [newId(), newId()];
      for (const id of ids) {
        expect(
          await scan(asked.v, { id, digits: await code(asked.v, 0), at: asked.at, points: 100 }),
        ).toMatchObject({ state: 'ASKED' });
      }
      const soon = new Date(TEST_NOW.getTime() + 5000);
      const confirmed = await Promise.all(ids.map((id) => answer(asked.v, id, 0, true, soon)));
      expect(codes(confirmed)).toEqual(['NOT_ENOUGH_POINTS', 'POSTED']);
      expect(await balanceOf(asked.v, 0)).toBe(0);
      await expectWhole(asked.v);
    }
  });
});

describe('whoever writes past the functions', () => {
  it('cannot hand an order over without its posting, nor end it twice', async () => {
    const { v, at, id } = await ordered();
    const set = (sql: string) =>
      owner.query(`update redemption set ${sql} where village_id = $1 and id = $2`, [v.id, id]);
    await expect(set(`state = 'POSTED', posted_at = now()`)).rejects.toThrow('has the postings');
    await expect(set(`state = 'EXPIRED', ended_at = now()`)).rejects.toThrow('has the postings');
    await expect(set(`state = 'VOIDED', ended_at = now()`)).rejects.toThrow('redemption_voided_why');
    await expect(set(`held_until = now() + interval '1 year'`)).rejects.toThrow('goes from');
    await callOff(v, id, 'SHOP', at.staff.id);
    await expect(set(`state = 'HELD', ended_at = null`)).rejects.toThrow('goes from');
    await expect(
      prisma.$queryRaw`select order_end(r, 'EXPIRED', '', '', null, r.id, now())::text from redemption r`,
    ).rejects.toThrow(/permission denied/);
  });
});
