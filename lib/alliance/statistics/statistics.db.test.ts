import { beforeAll, describe, expect, test } from 'vitest';
import { addDays, type Day, dayOf } from '@/lib/platform/clock';
import { runCommand } from '@/lib/platform/command';
import { newId } from '@/lib/platform/ids';
import {
  actorFor,
  anAppointment,
  aPerson,
  TEST_DAY,
  TEST_NOW,
  type VillageBuilt,
} from '@/lib/testing/builders';
import { countQueries } from '@/lib/testing/count-queries';
import { testDb } from '@/lib/testing/database';
import type { ShopBuilt } from '@/lib/testing/shop';
import { refusalOf } from '@/lib/testing/working-village';
import { code, expectWhole, market, scan, undo } from '../testing/counter';
import { countOtherSales } from './commands';
import { monthsCsv } from './csv';
import { findShopHome, findShopStanding, listMonths, listOffersTaken, listVillagesTaken } from './reads';
import { netPoints, sumTakings } from './rules';

const { prisma, owner } = await testDb();

/** A moment of a Shanghai day. */
const at = (day: string, time = '10:00') => new Date(`${day}T${time}:00+08:00`);

async function sell(
  v: VillageBuilt,
  shop: ShopBuilt,
  household: number,
  points: number,
  now: Date,
  offer: string | null = null,
): Promise<string> {
  const id = newId();
  const digits = await code(v, household, now);
  const said = await scan(v, { id, digits, at: shop, points, offer, now });
  expect(said).toMatchObject({ state: 'POSTED' });
  return id;
}

/** What the merchant's accounts have come to by the ledger, all villages and times together. */
async function ledgerOf(merchantId: string): Promise<number> {
  const { rows } = await owner.query(
    `select coalesce(sum(case when credit_id = $1 then points else -points end), 0)::integer as n
     from posting where $1 in (credit_id, debit_id)`,
    [merchantId],
  );
  return rows[0].n;
}

async function countOther(
  shop: ShopBuilt,
  day: string,
  otherSales: unknown,
  now = TEST_NOW,
  who = shop.staff,
) {
  return runCommand(countOtherSales, {
    actor: await actorFor(who, { at: now }),
    id: newId(),
    input: { day, otherSales },
    now,
  });
}

let v: VillageBuilt;
let shop: ShopBuilt;
let oil: string;
beforeAll(async () => {
  ({ v, at: shop } = await market(owner, 5000, 4));
  oil = await shop.offer('菜油一桶', { points: 50 });
  const yesterday = addDays(TEST_DAY, -1);
  // last year and summer
  await sell(v, shop, 0, 7, at('2025-11-30'));
  await sell(v, shop, 0, 11, at('2025-12-01', '00:00'));
  await sell(v, shop, 1, 20, at('2026-07-31', '23:59'));
  await sell(v, shop, 1, 30, at('2026-08-01', '00:01'));
  // these ninety days
  await sell(v, shop, 0, 50, at('2026-10-10'), oil);
  await sell(v, shop, 1, 50, at('2026-10-10'), oil);
  await sell(v, shop, 2, 15, at(yesterday));
  await sell(v, shop, 0, 25, at(TEST_DAY, '00:00'));
  const wrong = await sell(v, shop, 0, 60, at(TEST_DAY, '09:00'));
  await undo(v, wrong, shop.staff.id, at(TEST_DAY, '09:30'));
});

describe('the figures of a shop', () => {
  test('are those of the ledger, by Shanghai days and months', async () => {
    const months = await listMonths(prisma, shop.id, TEST_DAY);
    const of = (month: string) => months.find((one) => one.month === month);
    expect(months).toHaveLength(12);
    expect(of('2025-12')).toMatchObject({ sales: 1, points: 11 });
    expect(of('2026-07')).toMatchObject({ sales: 1, points: 20 });
    expect(of('2026-08')).toMatchObject({ sales: 1, points: 30 });
    expect(of('2026-09')).toMatchObject({ sales: 0, points: 0, backPoints: 0 });
    expect(of('2026-11')).toMatchObject({ sales: 3, points: 100, backSales: 1, backPoints: 60 });
    // November of last year is not shown; with it the sum is the account's
    expect(netPoints(sumTakings(months)) + 7).toBe(await ledgerOf(shop.id));
    await expectWhole(v);
  });

  test('of today take off what was given back today', async () => {
    const home = await findShopHome(prisma, shop.id, TEST_DAY);
    expect(home.today).toEqual({ sales: 2, points: 85, backSales: 1, backPoints: 60 });
    expect(home.offers).toEqual([
      { title: '菜油一桶', isVoucher: false, sales: 2, points: 100 },
      { title: '', isVoucher: false, sales: 2, points: 40 },
    ]);
    // household 0 twice, 1 and 2 once each in ninety days
    expect(home.households).toEqual({ all: 3, repeat: 1 });
    expect(home.openOrders).toEqual({ orders: 0, points: 0 });
    expect(home.months.at(-1)?.month).toBe('2026-11');
  });

  test('by village say the money of the rate under which each was taken', async () => {
    const [one, ...more] = await listVillagesTaken(prisma, shop.id, TEST_DAY);
    expect(more).toEqual([]);
    expect(one).toMatchObject({ villageId: v.id, sales: 8, points: 261, backPoints: 60, fen: 20_100 });
  });

  test('cost a constant number of queries', async () => {
    const quiet = await market(owner, 0);
    const [busy, empty] = await Promise.all([
      countQueries((db) => findShopHome(db, shop.id, TEST_DAY)),
      countQueries((db) => findShopHome(db, quiet.at.id, TEST_DAY)),
    ]);
    expect([busy, empty]).toEqual([7, 7]);
    expect(await countQueries((db) => findShopStanding(db, shop.id))).toBe(1);
  });

  test('of a shop on its first day are nought', async () => {
    const { v: village, at: fresh } = await market(owner, 0);
    const home = await findShopHome(prisma, fresh.id, TEST_DAY);
    expect(home.today).toEqual({ sales: 0, points: 0, backSales: 0, backPoints: 0 });
    expect([home.offers, home.counted, home.households]).toEqual([[], [], { all: 0, repeat: 0 }]);
    expect(home.months.every((month) => month.points === 0 && month.share === null)).toBe(true);
    expect(await listOffersTaken(prisma, fresh.id, TEST_DAY)).toEqual([]);
    expect(await findShopStanding(prisma, fresh.id)).toMatchObject({
      state: 'ADMITTED',
      isCharity: false,
      villages: [{ code: village.code }],
      offered: [],
    });
    expect(await findShopStanding(prisma, newId())).toBeNull();
  });

  test('are of this shop alone', async () => {
    const other = await market(owner, 100);
    await sell(other.v, other.at, 0, 40, at(TEST_DAY, '08:00'));
    expect((await findShopHome(prisma, shop.id, TEST_DAY)).today.points).toBe(85);
    expect((await findShopHome(prisma, other.at.id, TEST_DAY)).today.points).toBe(40);
  });
});

describe('a shop’s own count', () => {
  test('makes the share, over the days that were counted and no others', async () => {
    const { v: village, at: store } = await market(owner, 500, 2);
    const yesterday = addDays(TEST_DAY, -1);
    await sell(village, store, 0, 10, at(addDays(TEST_DAY, -2)));
    await sell(village, store, 0, 10, at(yesterday));
    await sell(village, store, 1, 10, at(TEST_DAY, '08:00'));
    const back = await sell(village, store, 1, 10, at(TEST_DAY, '08:30'));
    await undo(village, back, store.staff.id, at(TEST_DAY, '08:40'));
    expect((await listMonths(prisma, store.id, TEST_DAY)).at(-1)?.share).toBeNull();
    expect(await countOther(store, yesterday, 2)).toMatchObject({ ok: true });
    expect(await countOther(store, TEST_DAY, 4)).toMatchObject({ ok: true });
    // one yesterday and one today; what was taken back is none, and the day before was not counted
    expect((await listMonths(prisma, store.id, TEST_DAY)).at(-1)?.share).toEqual({
      days: 2,
      firstDay: yesterday,
      lastDay: TEST_DAY,
      pointSales: 2,
      otherSales: 6,
    });
    const lines = monthsCsv(await listMonths(prisma, store.id, TEST_DAY)).split('\r\n');
    expect(lines).toHaveLength(14);
    expect(lines[12]).toBe('2026-11,4,40,1,10,30,2,2,6,25');
    expect(lines[11]).toBe('2026-10,0,0,0,0,0,0,,,');
  });

  test('is put right on its day and the next, and not later; not before it comes', async () => {
    const { at: store } = await market(owner, 0);
    expect(await countOther(store, TEST_DAY, 40)).toMatchObject({ ok: true });
    const next = at(addDays(TEST_DAY, 1), '23:59');
    expect(await countOther(store, TEST_DAY, '４１', next)).toMatchObject({ ok: true });
    const after = at(addDays(TEST_DAY, 2), '00:00');
    expect(refusalOf(await countOther(store, TEST_DAY, 42, after))).toBe('SHOP_DAY_CLOSED');
    expect(refusalOf(await countOther(store, addDays(TEST_DAY, 1), 42))).toBe('SHOP_DAY_CLOSED');
    for (const bad of [-1, 100_001, 1.5, 'viel', null]) {
      expect(refusalOf(await countOther(store, TEST_DAY, bad)), String(bad)).toBe('BAD_INPUT');
    }
    const rows = await prisma.shopDay.findMany({ where: { merchantId: store.id } });
    expect(rows).toMatchObject([{ otherSales: 41, byId: store.staff.id }]);
  });

  test('is its staff’s alone, whoever writes', async () => {
    const { v: village, at: store } = await market(owner, 0);
    const insert = (by: string, day = TEST_DAY, now = TEST_NOW, sales = 3) =>
      owner.query(
        'insert into shop_day (merchant_id, day, other_sales, by_id, at) values ($1, $2, $3, $4, $5)',
        [store.id, day, sales, by, now],
      );
    await expect(insert(village.secretary.id)).rejects.toThrow('NOT_ALLOWED');
    await expect(insert(shop.staff.id)).rejects.toThrow('NOT_ALLOWED');
    await expect(insert(store.staff.id, addDays(TEST_DAY, -2))).rejects.toThrow('SHOP_DAY_CLOSED');
    await expect(insert(store.staff.id, TEST_DAY, TEST_NOW, -1)).rejects.toThrow('shop_day_other_sales');
    await insert(store.staff.id);
    await expect(owner.query('delete from shop_day where merchant_id = $1', [store.id])).rejects.toThrow(
      'not deleted',
    );
    await expect(
      prisma.shopDay.updateMany({ where: { merchantId: store.id }, data: { otherSales: 9 } }),
    ).rejects.toThrow(/permission denied/);
    // a clerk may put right what the owner typed; who has left may not
    const clerk = await aPerson('店员');
    await anAppointment(clerk.id, 'MERCHANT', { merchantId: store.id }, { until: TEST_DAY });
    expect(await countOther(store, TEST_DAY, 5, TEST_NOW, clerk)).toMatchObject({ ok: true });
    const tomorrow = at(addDays(TEST_DAY, 1));
    expect(dayOf(tomorrow)).toBe(addDays(TEST_DAY, 1) as Day);
    expect(refusalOf(await countOther(store, TEST_DAY, 6, tomorrow, clerk))).toBe('NOT_ALLOWED');
  });
});
