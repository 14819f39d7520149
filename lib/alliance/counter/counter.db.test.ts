import { describe, expect, it } from 'vitest';
import { addDays, dayOf } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { newId } from '@/lib/platform/ids';
import { aVillage, TEST_DAY, TEST_NOW } from '@/lib/testing/builders';
import { countQueries } from '@/lib/testing/count-queries';
import { testDb } from '@/lib/testing/database';
import { pastAllRules } from '@/lib/testing/red-list';
import { aShop } from '@/lib/testing/shop';
import {
  answer,
  code,
  give,
  market,
  order,
  pick,
  redeemVoucher,
  refund,
  scan,
  undo,
  vouchers,
} from '../testing/counter';
import {
  findBalance,
  findCodeNews,
  findFreeLimit,
  findJustMade,
  findOfHousehold,
  findShelf,
  findShownCode,
  listOfHousehold,
} from './household/reads';
import { findShopNews } from './news';
import {
  countWaiting,
  findCounter,
  findForShop,
  listOrders,
  listRefundsAsked,
  listShopDay,
  sumShopDay,
} from './reads';
import { lookAtVoucher } from './voucher/reads';

// What the two phones read: each its own, and nothing of others.

const { owner } = await testDb();
const later = (seconds: number) => new Date(TEST_NOW.getTime() + seconds * 1000);

describe('a shop', () => {
  it('sees its open offers, one of two villages once', async () => {
    const { v, at } = await market(owner, 50);
    const soap = await at.offer('洗衣液', { points: 20 });
    await at.offer('卖完的', { stock: 0 });
    await at.offer('停了的', { isOpen: false });
    await at.offer('下个月的', { validFrom: addDays(TEST_DAY, 30) });
    await at.offer('上个月的', { validUntil: addDays(TEST_DAY, -30) });
    const other = await aVillage({ households: 1, townshipId: v.townshipId });
    await owner.query(
      `insert into alliance_terms (village_id, id, merchant_id, reference_fen, settlement_day, free_most, signed_by_id, signed_at, accepted_by_id, accepted_at)
       select $1, gen_random_uuid(), $2, 100, 10, 50, $3, $4, $5, $4`,
      [other.id, at.id, other.secretary.id, TEST_NOW, at.staff.id],
    );
    await pastAllRules(
      owner,
      `insert into offer (village_id, id, merchant_id, category, title, points, valid_from, created_at)
       select $1, id, merchant_id, category, title, 25, valid_from, created_at from offer where village_id = $2 and id = $3`,
      [other.id, v.id, soap],
    );
    const counter = await findCounter(db(), at.id, TEST_DAY);
    expect(counter.villages).toHaveLength(2);
    expect(counter.offers).toMatchObject([{ id: soap, title: '洗衣液', points: 20, pointsMost: 25 }]);
    expect((await findCounter(db(), newId(), TEST_DAY)).villages).toEqual([]);
  });

  it('sees its day, its orders and what waits, and nothing of the shop next door', async () => {
    const { v, at } = await market(owner, 500);
    const next = await aShop(v);
    const soap = await at.offer('洗衣液', { points: 20 });
    const [first, second, third, held] = [newId(), newId(), newId(), newId()];
    await scan(v, { id: first, digits: await code(v, 0), at });
    await pick(v, 0, soap, second, at, later(60));
    await scan(v, { id: third, digits: await code(v, 0, later(90)), at, now: later(90) });
    await undo(v, third, at.staff.id, later(100));
    await order(v, 0, soap, held, at, later(120));
    const lines = await listShopDay(db(), at.id, { day: TEST_DAY });
    expect(lines.map((one) => [one.id, one.state])).toEqual([
      [held, 'HELD'],
      [third, 'UNDONE'],
      [second, 'POSTED'],
      [first, 'POSTED'],
    ]);
    expect(lines[0]?.householdCode).toBe(v.household(0).code);
    expect(JSON.stringify(lines)).not.toContain(v.household(0).head.name);
    expect(await sumShopDay(db(), at.id, TEST_DAY)).toEqual({ count: 2, points: 30 });
    expect(await listShopDay(db(), at.id, { day: addDays(TEST_DAY, -1) })).toEqual([]);
    const receipt = lines[3]?.receipt ?? '';
    expect(
      (await listShopDay(db(), at.id, { day: addDays(TEST_DAY, -9), receipt })).map((one) => one.id),
    ).toContain(first);
    expect((await listOrders(db(), at.id)).map((one) => one.id)).toEqual([held]);
    await refund(v, second, 'HOUSEHOLD', v.household(0).head.personId ?? '', { now: later(200) });
    expect(await countWaiting(db(), at.id)).toEqual({ orders: 1, refunds: 1 });
    expect((await listRefundsAsked(db(), at.id)).map((one) => one.id)).toEqual([second]);
    expect(await findForShop(db(), at.id, first)).toMatchObject({ id: first, villageId: v.id });
    for (const nothing of [
      await listShopDay(db(), next.id, { day: TEST_DAY }),
      await listShopDay(db(), next.id, { day: TEST_DAY, receipt }),
      await listOrders(db(), next.id),
      await listRefundsAsked(db(), next.id),
    ])
      expect(nothing).toEqual([]);
    expect(await findForShop(db(), next.id, first)).toBeNull();
    expect(await sumShopDay(db(), next.id, TEST_DAY)).toEqual({ count: 0, points: 0 });
    expect(await countWaiting(db(), next.id)).toEqual({ orders: 0, refunds: 0 });
  });

  it('hears of what was paid without it, once it has asked, and of nothing older', async () => {
    const { v, at } = await market(owner, 500);
    const soap = await at.offer('洗衣液', { points: 20 });
    const [paid, held, scanned] = [newId(), newId(), newId()];
    await pick(v, 0, soap, paid, at);
    await order(v, 0, soap, held, at, later(10));
    await scan(v, { id: scanned, digits: await code(v, 0, later(20)), at, now: later(20) });
    const news = await findShopNews(db(), at.id, TEST_NOW, later(21));
    expect(news.rung.map((one) => one.id)).toEqual([paid, held]);
    expect(news.latest.map((one) => one.id)).toEqual([scanned, held, paid]);
    expect(news.today).toEqual({ count: 2, points: 30 });
    expect((await findShopNews(db(), at.id, later(60), later(60))).rung).toEqual([]);
    // a phone that slept for a day hears ten minutes of it
    expect((await findShopNews(db(), at.id, TEST_NOW, later(86_400))).rung).toEqual([]);
  });

  it('asks a constant number of queries', async () => {
    const { v, at } = await market(owner, 500);
    for (let i = 0; i < 5; i++) await scan(v, { digits: await code(v, 0, later(i)), at, now: later(i) });
    expect(await countQueries((d) => findCounter(d, at.id, TEST_DAY))).toBe(2);
    expect(await countQueries((d) => listShopDay(d, at.id, { day: TEST_DAY }))).toBe(1);
    expect(await countQueries((d) => findShopNews(d, at.id, TEST_NOW, later(60)))).toBe(3);
  });
});

describe('a village that has stopped', () => {
  it('is named at the counter with its reason, until it goes on', async () => {
    const { v, at } = await market(owner, 0);
    const stopWhy = async () => (await findCounter(db(), at.id, TEST_DAY)).villages.map((one) => one.stopWhy);
    expect(await stopWhy()).toEqual([null]);
    const stop = (why: string | null) =>
      db()
        .$queryRaw`select alliance_stop(${v.id}::uuid, ${why}, ${v.secretary.id}::uuid, ${TEST_NOW}::timestamptz)::text`;
    await stop('账目核对');
    expect(await stopWhy()).toEqual(['账目核对']);
    await stop(null);
    expect(await stopWhy()).toEqual([null]);
  });
});

describe('a household', () => {
  it('sees what the shop made of the code its own device shows, and no other device does', async () => {
    const { v, at } = await market(owner, 500, 2, { freeMost: 5 });
    const [mine, other] = [newId(), newId()];
    const digits = await code(v, 0, TEST_NOW, mine);
    expect(await findShownCode(db(), v.id, mine, later(30))).toMatchObject({ code: digits });
    expect(await findShownCode(db(), v.id, other, later(30))).toBeNull();
    expect(await findShownCode(db(), v.id, mine, later(61))).toBeNull();
    const id = newId();
    await scan(v, { id, digits, at, now: later(10) });
    expect(await findShownCode(db(), v.id, mine, later(20))).toBeNull();
    expect(await findCodeNews(db(), v.id, mine, later(20))).toMatchObject({
      id,
      state: 'ASKED',
      points: 10,
      secondsLeft: 50,
    });
    // over by the clock, whether or not the job has been here
    expect(await findCodeNews(db(), v.id, mine, later(75))).toMatchObject({
      state: 'LAPSED',
      secondsLeft: 0,
    });
    expect(await findCodeNews(db(), v.id, other, later(20))).toBeNull();
    await answer(v, id, 0, true, later(30));
    expect(await findCodeNews(db(), v.id, mine, later(40))).toMatchObject({ state: 'POSTED' });
    expect(await findCodeNews(db(), v.id, mine, later(600)), 'no news any more').toBeNull();
  });

  it('sees its own redemptions and nobody else’s', async () => {
    const { v, at } = await market(owner, 500, 2);
    const id = newId();
    await scan(v, { id, digits: await code(v, 0), at });
    const own = { villageId: v.id, householdId: v.household(0).id };
    const theirs = { villageId: v.id, householdId: v.household(1).id };
    expect((await listOfHousehold(db(), own)).map((one) => one.id)).toEqual([id]);
    expect(await listOfHousehold(db(), own, 2)).toEqual([]);
    expect(await findOfHousehold(db(), own, id)).toMatchObject({ id, points: 10 });
    expect(await listOfHousehold(db(), theirs)).toEqual([]);
    expect(await findOfHousehold(db(), theirs, id)).toBeNull();
    expect(await findBalance(db(), own)).toBe(490);
    expect(await countQueries((d) => listOfHousehold(d, own))).toBe(1);
  });

  it('finds at the shelf what it may pay for in its own village alone', async () => {
    const { v, at } = await market(owner, 50);
    const scope = { villageId: v.id, householdId: v.household(0).id };
    const soap = await at.offer('洗衣液', { points: 20, stock: 3 });
    const closed = await at.offer('停了的', { isOpen: false });
    const shelf = await findShelf(db(), scope, at.id, soap, TEST_DAY);
    expect(shelf).toMatchObject({ balance: 50, offer: { id: soap, points: 20, stock: 3 } });
    expect(await findShelf(db(), scope, at.id, null, TEST_DAY)).toMatchObject({ offer: null });
    expect(await findShelf(db(), scope, at.id, closed, TEST_DAY)).toBeNull();
    expect(await findShelf(db(), scope, newId(), null, TEST_DAY)).toBeNull();
    const away = await aVillage({ households: 1 });
    const stranger = { villageId: away.id, householdId: away.household(0).id };
    expect(await findShelf(db(), stranger, at.id, soap, TEST_DAY)).toBeNull();
  });

  it('is told what it has just paid by itself at this shop, and nothing else', async () => {
    const { v, at } = await market(owner, 100, 2);
    const next = await aShop(v);
    const soap = await at.offer('洗衣液', { points: 20 });
    const scopeOf = (household: number) => ({ villageId: v.id, householdId: v.household(household).id });
    const since = new Date(TEST_NOW.getTime() - 60_000);
    // at the counter the shop pressed, and the household was told
    await scan(v, { digits: await code(v, 0), at, points: 5 });
    expect(await findJustMade(db(), scopeOf(0), at.id, since)).toBeNull();
    await pick(v, 0, soap, newId(), at);
    expect(await findJustMade(db(), scopeOf(0), at.id, since)).toMatchObject({ title: '洗衣液', points: 20 });
    expect(await findJustMade(db(), scopeOf(1), at.id, since)).toBeNull();
    expect(await findJustMade(db(), scopeOf(0), next.id, since)).toBeNull();
    expect(await findJustMade(db(), scopeOf(0), at.id, new Date(TEST_NOW.getTime() + 1))).toBeNull();
  });

  it('reads what it pays without a word more', async () => {
    const { v } = await market(owner, 0, 1, { freeMost: 30 });
    await aShop(v, { freeMost: 50 });
    const scope = { villageId: v.id, householdId: v.household(0).id };
    expect(await findFreeLimit(db(), scope)).toEqual({ points: null, terms: { least: 30, most: 50 } });
    await db().household.update({
      where: { villageId_id: { villageId: v.id, id: scope.householdId } },
      data: { freeMost: 0 },
    });
    expect(await findFreeLimit(db(), scope)).toMatchObject({ points: 0 });
  });
});

describe('a voucher at the counter', () => {
  it('says what it buys and whose it is by code alone, to shops of its village', async () => {
    const { v, at } = await market(owner, 0);
    const [voucher = ''] = await vouchers(owner, v);
    const who = { merchantId: at.id, personId: at.staff.id };
    const today = dayOf(TEST_NOW);
    const look = await lookAtVoucher(db(), who, voucher, today, TEST_NOW);
    expect(look).toMatchObject({
      kind: 'found',
      voucher: { buys: '大米一袋', state: 'ISSUED', householdCode: v.household(0).code },
    });
    expect(JSON.stringify(look)).not.toContain(v.household(0).head.name);
    const away = await aVillage({ households: 1 });
    const far = await aShop(away);
    const stranger = { merchantId: far.id, personId: far.staff.id };
    expect(await lookAtVoucher(db(), stranger, voucher, today, TEST_NOW)).toEqual({ kind: 'none' });
    expect(await lookAtVoucher(db(), who, '000000000000', today, TEST_NOW)).toEqual({ kind: 'none' });
  });

  it('of equal digits in two villages is the one that is taken then', async () => {
    const { v, at } = await market(owner, 0);
    const near = await aVillage({ households: 1, townshipId: v.townshipId });
    await owner.query(
      `insert into alliance_terms (village_id, id, merchant_id, reference_fen, settlement_day, free_most, signed_by_id, signed_at, accepted_by_id, accepted_at)
       select $1, gen_random_uuid(), $2, 100, 10, 50, $3, $4, $5, $4`,
      [near.id, at.id, near.secretary.id, TEST_NOW, at.staff.id],
    );
    const who = { merchantId: at.id, personId: at.staff.id };
    const villages = [v, near].sort((a, b) => (a.id < b.id ? -1 : 1));
    const look = async (digits: string) => {
      const said = await lookAtVoucher(db(), who, digits, TEST_DAY, TEST_NOW);
      return said.kind === 'found'
        ? [said.voucher.householdCode, said.voucher.points, said.voucher.state]
        : said.kind;
    };
    // over in the one, good in the other, either way round; and where the first village’s terms have ended
    for (const [good, bad] of [
      [villages[0], villages[1]],
      [villages[1], villages[0]],
    ] as [typeof v, typeof v][]) {
      for (const expiresOn of ['2027-01-31', '2026-11-23']) {
        const [one = ''] = await vouchers(owner, good, { points: 7 });
        const [two = ''] = await vouchers(owner, bad, { points: 9, expiresOn });
        const over = expiresOn < TEST_DAY ? 'ISSUED' : 'REDEEMED';
        await pastAllRules(
          owner,
          `update voucher set code = $2, state = $3::"VoucherState", ended_at = case when $3 = 'REDEEMED' then $4::timestamptz end,
             ended_by_id = case when $3 = 'REDEEMED' then $6::uuid end
           where village_id = $1 and code = $5`,
          [bad.id, one, over, TEST_NOW, two, at.staff.id],
        );
        expect(await look(one)).toEqual([good.household(0).code, 7, 'ISSUED']);
        const id = newId();
        const first = await redeemVoucher(at, one, id);
        expect(first).toMatchObject({ points: 7, state: 'POSTED' });
        // the other is as it was, and the same id answers what it took
        expect(await redeemVoucher(at, one, id)).toEqual({ ...first, repeated: true });
      }
    }
    const [first, second] = villages as [typeof v, typeof v];
    const [one = ''] = await vouchers(owner, first, { points: 7 });
    const [two = ''] = await vouchers(owner, second, { points: 9 });
    await pastAllRules(owner, 'update voucher set code = $2 where village_id = $1 and code = $3', [
      second.id,
      one,
      two,
    ]);
    await pastAllRules(
      owner,
      `update alliance_terms set ended_at = $3, ended_by_id = $4, end_reason = '到期' where village_id = $1 and merchant_id = $2`,
      [first.id, at.id, TEST_NOW, first.secretary.id],
    );
    expect(await look(one)).toEqual([second.household(0).code, 9, 'ISSUED']);
    expect(await redeemVoucher(at, one)).toMatchObject({ points: 9 });
  });

  it('can’t be found by trying codes', async () => {
    const { v, at } = await market(owner, 0);
    await give(owner, v, 0, 1);
    const who = { merchantId: at.id, personId: at.staff.id };
    const kinds = new Set<string>();
    for (let i = 0; i < 31; i++)
      kinds.add((await lookAtVoucher(db(), who, String(i).padStart(12, '0'), TEST_DAY, TEST_NOW)).kind);
    expect([...kinds]).toEqual(['none', 'slow']);
  });
});
