import { describe, expect, it } from 'vitest';
import type { Actor } from '@/lib/auth/types';
import { type Command, runCommand } from '@/lib/platform/command';
import { newId } from '@/lib/platform/ids';
import { actorFor, aVillage, TEST_DAY, TEST_NOW, type VillageBuilt } from '@/lib/testing/builders';
import { countQueries } from '@/lib/testing/count-queries';
import { testDb } from '@/lib/testing/database';
import { pastAllRules } from '@/lib/testing/red-list';
import { aShop, type ShopBuilt } from '@/lib/testing/shop';
import { refusalOf } from '@/lib/testing/working-village';
import {
  countHadThisMonth,
  findVillageShop,
  listOffersOfShop,
  listShopHonours,
  listVillageShops,
} from '../shops/reads';
import type { ShopFilter } from '../shops/types';
import { code, give, scan } from '../testing/counter';
import { addOffer, changeOffer, closeOffer, openOffer, restockOffer, setOfferStock } from './commands';
import { findShopOffer, listShopOffers } from './reads';

const { prisma, owner } = await testDb();

const run = async (command: Command, actor: Actor, input: unknown, id = newId()) => {
  const result = await runCommand(command, { actor, id, input, now: TEST_NOW });
  return result.ok ? result.outcome : refusalOf(result);
};

async function market(more: Parameters<typeof aShop>[1] = {}) {
  const v = await aVillage();
  const at = await aShop(v, more);
  return { v, at, keeper: await actorFor(at.staff) };
}

const facts = (v: VillageBuilt, more: object = {}) => ({
  category: 'DAILY_GOODS',
  title: '洗衣液一瓶',
  points: '30',
  perHouseholdMonth: '2',
  stock: '5',
  validFrom: TEST_DAY,
  villages: [v.id],
  ...more,
});

const row = (v: VillageBuilt, id: string) =>
  prisma.offer.findUniqueOrThrow({ where: { villageId_id: { villageId: v.id, id } } });

const NOTHING_ASKED: ShopFilter = { category: null, search: '', sort: 'near', page: 1, groupNumber: null };

describe('an offer', () => {
  it('is made by the shop’s people where it has terms, once however often it is sent', async () => {
    const { v, at, keeper } = await market();
    const id = newId();
    expect(await run(addOffer, keeper, facts(v), id)).toMatchObject({ subject: id });
    expect(await run(addOffer, keeper, facts(v), id)).toMatchObject({ subject: id });
    expect(await row(v, id)).toMatchObject({
      merchantId: at.id,
      points: 30,
      stock: 5,
      isOpen: true,
      spelling: 'xiyiyeyiping xyyyp',
    });
    const elsewhere = await aVillage();
    expect(await run(addOffer, keeper, facts(elsewhere))).toBe('OFFER_WITHOUT_TERMS');
    expect(await run(addOffer, keeper, facts(v, { villages: [v.id, elsewhere.id] }))).toBe(
      'OFFER_WITHOUT_TERMS',
    );
    expect(await run(addOffer, await actorFor(v.secretary), facts(v))).toBe('NOT_ALLOWED');
    for (const more of [
      { title: '' },
      { points: 0 },
      { points: 100_001 },
      { points: '1.5' },
      { stock: -1 },
      { villages: [] },
      { category: 'ELSE' },
      { validUntil: '2026-01-01' },
    ])
      expect([more, await run(addOffer, keeper, facts(v, more))]).toEqual([more, 'BAD_INPUT']);
  });

  it('is changed, closed and restocked by its own shop alone', async () => {
    const { v, keeper } = await market();
    const rival = await actorFor((await aShop(v)).staff);
    const id = newId();
    await run(addOffer, keeper, facts(v), id);
    const one = { villageId: v.id, offerId: id };
    expect(await run(changeOffer, rival, { ...facts(v), offerId: id })).toBe('NOT_FOUND');
    expect(await run(closeOffer, rival, one)).toBe('NOT_FOUND');
    expect(await run(restockOffer, rival, { ...one, add: 3 })).toBe('NOT_FOUND');
    expect(await run(setOfferStock, rival, { ...one, seen: 5, stock: 1 })).toBe('NOT_FOUND');
    expect(await run(addOffer, rival, facts(v), id)).toBe('SAME_ID_OTHER_CONTENT');
    await run(changeOffer, keeper, { ...facts(v, { points: '25', title: '洗衣液一大瓶' }), offerId: id });
    await run(closeOffer, keeper, one);
    await run(closeOffer, keeper, one);
    expect(await row(v, id)).toMatchObject({ points: 25, title: '洗衣液一大瓶', stock: 5, isOpen: false });
    await run(openOffer, keeper, one);
    expect(await row(v, id)).toMatchObject({ isOpen: true });
    expect(await findShopOffer(prisma, keeper.shop?.merchantId ?? '', id, TEST_DAY)).toMatchObject({
      title: '洗衣液一大瓶',
    });
    expect(await findShopOffer(prisma, rival.shop?.merchantId ?? '', id, TEST_DAY)).toBeNull();
  });

  it('of a charity is a service or voluntary work', async () => {
    const { v, keeper } = await market({ isCharity: true });
    expect(await run(addOffer, keeper, facts(v))).toBe('OFFER_NOT_FOR_CHARITY');
    const id = newId();
    expect(await run(addOffer, keeper, facts(v, { category: 'SERVICE' }), id)).toMatchObject({ subject: id });
    expect(await run(changeOffer, keeper, { ...facts(v, { category: 'DINING' }), offerId: id })).toBe(
      'OFFER_NOT_FOR_CHARITY',
    );
  });

  it('does not open without terms in force, nor for a shop that is suspended', async () => {
    const { v, at, keeper } = await market();
    const id = await at.offer('香皂');
    await at.become('SUSPENDED');
    expect(await run(addOffer, keeper, facts(v))).toBe('MERCHANT_NOT_ADMITTED');
    await at.become('ADMITTED');
    await prisma.allianceTerms.updateMany({
      where: { villageId: v.id, merchantId: at.id },
      data: { endedAt: TEST_NOW, endedById: v.secretary.id, endReason: '到期' },
    });
    expect(await row(v, id)).toMatchObject({ isOpen: false });
    expect(await run(openOffer, keeper, { villageId: v.id, offerId: id })).toBe('OFFER_WITHOUT_TERMS');
  });

  it('does not open while the pool is short; what is open stays', async () => {
    const { v, at, keeper } = await market();
    const { v: rich, keeper: other } = await market();
    const open = await at.offer('香皂');
    const client = await owner.connect();
    const before = await client.query(
      `select pg_get_functiondef(to_regprocedure('alliance_pool_short(uuid)')) as def`,
    );
    try {
      await client.query(
        `create or replace function alliance_pool_short(p_village uuid) returns boolean language sql as $$ select p_village = '${v.id}'::uuid $$`,
      );
      await client.query('grant execute on function alliance_pool_short(uuid) to cunfen_app');
      expect(await run(addOffer, keeper, facts(v))).toBe('POOL_SHORT');
      expect(await run(addOffer, other, facts(rich))).toMatchObject({ subject: expect.any(String) });
      expect(await run(changeOffer, keeper, { ...facts(v), offerId: open })).toMatchObject({ subject: open });
      await run(closeOffer, keeper, { villageId: v.id, offerId: open });
      expect(await run(openOffer, keeper, { villageId: v.id, offerId: open })).toBe('POOL_SHORT');
    } finally {
      const def = (before.rows[0] as { def: string | null } | undefined)?.def;
      await client.query(def ?? 'drop function alliance_pool_short(uuid)');
      client.release();
    }
  });
});

describe('pieces', () => {
  async function stocked(stock: number) {
    const m = await market();
    const id = await m.at.offer('香皂', { points: 1, stock });
    return { ...m, id, one: { villageId: m.v.id, offerId: id } };
  }
  const sell = async (v: VillageBuilt, at: ShopBuilt, offer: string) =>
    scan(v, { digits: await code(v, 0), offer, at });

  it('are added to what is left, whatever is sold at the same moment', async () => {
    const { v, at, keeper, id, one } = await stocked(10);
    await give(owner, v, 0, 50);
    const all = await Promise.all([
      ...Array.from({ length: 5 }, () => run(restockOffer, keeper, { ...one, add: 3 })),
      ...Array.from({ length: 4 }, () => sell(v, at, id)),
    ]);
    const sold = all.filter(
      (answer) =>
        typeof answer === 'object' && answer !== null && 'state' in answer && answer.state === 'POSTED',
    ).length;
    expect(sold).toBeGreaterThan(0);
    expect((await row(v, id)).stock).toBe(10 + 15 - sold);
  });

  it('are set by who has seen how many there are, else not at all', async () => {
    const { v, at, keeper, id, one } = await stocked(10);
    await give(owner, v, 0, 50);
    await sell(v, at, id);
    expect(await run(setOfferStock, keeper, { ...one, seen: 10, stock: 20 })).toBe('OFFER_STOCK_MOVED');
    expect((await row(v, id)).stock).toBe(9);
    expect(await run(setOfferStock, keeper, { ...one, seen: 9, stock: '' })).toMatchObject({ subject: id });
    expect((await row(v, id)).stock).toBeNull();
    expect(await run(restockOffer, keeper, { ...one, add: 1 })).toBe('OFFER_NOT_COUNTED');
    expect(await run(setOfferStock, keeper, { ...one, seen: '', stock: 4 })).toMatchObject({ subject: id });
    expect((await row(v, id)).stock).toBe(4);
  });

  it('set by two at once are set by one', async () => {
    const { v, keeper, id, one } = await stocked(10);
    const both = await Promise.all(
      [6, 7].map((stock) => run(setOfferStock, keeper, { ...one, seen: 10, stock })),
    );
    expect(both.filter((answer) => answer === 'OFFER_STOCK_MOVED')).toHaveLength(1);
    expect([6, 7]).toContain((await row(v, id)).stock);
  });
});

describe('by raw SQL', () => {
  it('an offer keeps whose it is, opens only with terms, and is never removed', async () => {
    const { v, at } = await market();
    const id = await at.offer('香皂');
    const change = (set: string, params: unknown[] = []) =>
      owner.query(`update offer set ${set} where village_id = $1 and id = $2`, [v.id, id, ...params]);
    await expect(change('merchant_id = $3', [(await aShop(v)).id])).rejects.toThrow(/does not change/);
    await expect(change('points = 0')).rejects.toThrow(/offer_points/);
    await expect(change('stock = -1')).rejects.toThrow(/offer_stock/);
    await expect(
      owner.query('delete from offer where village_id = $1 and id = $2', [v.id, id]),
    ).rejects.toThrow(/kept/);
    await expect(owner.query('truncate offer')).rejects.toThrow();
    const elsewhere = await aVillage();
    await expect(
      owner.query(
        `insert into offer (village_id, id, merchant_id, category, title, points, valid_from, created_at)
         values ($1, $2, $3, 'DINING', '面', 5, '2026-01-01', now())`,
        [elsewhere.id, newId(), at.id],
      ),
    ).rejects.toThrow(/OFFER_WITHOUT_TERMS/);
    await expect(
      prisma.offer.update({ where: { villageId_id: { villageId: v.id, id } }, data: { stock: 3 } }),
    ).rejects.toThrow(/denied|permission/i);
  });
});

describe('lists', () => {
  it('of a shop are searched by letters, filtered by state, and of itself alone', async () => {
    const { v, at } = await market();
    await at.offer('香皂', { stock: 0 });
    const keeper = await actorFor(at.staff);
    await run(addOffer, keeper, facts(v, { title: '酱油一瓶' }));
    const list = (more: object) =>
      listShopOffers(prisma, at.id, { search: '', state: null, villageId: null, page: 1, ...more }, TEST_DAY);
    expect((await list({})).total).toBe(2);
    expect((await list({ search: 'jyyp' })).offers.map(({ title }) => title)).toEqual(['酱油一瓶']);
    expect((await list({ state: 'SOLD_OUT' })).offers.map(({ title }) => title)).toEqual(['香皂']);
    expect((await list({ villageId: newId() })).total).toBe(0);
    expect((await list({ page: 99 })).page).toBe(1);
  });

  it('of a village hold its admitted shops with terms, the reader’s group first', async () => {
    const v = await aVillage();
    const shops: ShopBuilt[] = [];
    for (const group of [2, 1, 3]) {
      const at = await aShop(v);
      await owner.query(
        `begin; set local session_replication_role = replica;
         update alliance_terms set near_group_id = '${v.groups[group - 1]?.id ?? newId()}' where village_id = '${v.id}' and merchant_id = '${at.id}';
         update merchant set name = '店${group}' where id = '${at.id}'; commit`,
      );
      await at.offer(`东西${group}`);
      shops.push(at);
    }
    const names = async (more: object) =>
      (await listVillageShops(prisma, v.id, { ...NOTHING_ASKED, ...more }, TEST_DAY)).shops.map(
        ({ name }) => name,
      );
    expect(await names({})).toEqual(['店1', '店2', '店3']);
    const first = v.groups.length >= 3 ? ['店3', '店2', '店1'] : ['店2', '店1', '店3'];
    expect(await names({ groupNumber: v.groups.length >= 3 ? 3 : 2 })).toEqual(first);
    expect(await names({ search: '东西2' })).toEqual(['店2']);
    expect(await names({ search: 'xmb' })).toEqual(['店1', '店2', '店3']);
    expect(await names({ category: 'DINING' })).toEqual([]);
    expect(await names({ page: 50 })).toEqual([]);
    await shops[0]?.become('SUSPENDED');
    expect(await names({})).toEqual(['店1', '店3']);
    expect(await findVillageShop(prisma, v.id, shops[0]?.id ?? '')).toMatchObject({ isSuspended: true });
    await shops[1]?.become('LEFT');
    expect(await findVillageShop(prisma, v.id, shops[1]?.id ?? '')).toBeNull();
    expect(await findVillageShop(prisma, (await aVillage()).id, shops[2]?.id ?? '')).toBeNull();
  });

  it('cost the same however many shops and offers there are', async () => {
    const v = await aVillage();
    const count = () => countQueries((db) => listVillageShops(db, v.id, NOTHING_ASKED, TEST_DAY));
    const at = await aShop(v);
    await at.offer('东西');
    const few = await count();
    for (let index = 0; index < 4; index++) {
      const more = await aShop(v);
      for (let offer = 0; offer < 6; offer++) await more.offer(`东西${offer}`);
    }
    expect(await count()).toBe(few);
    expect(few).toBe(2);
    expect(
      (await listVillageShops(prisma, v.id, NOTHING_ASKED, TEST_DAY)).shops.every(
        ({ offers }) => offers.length <= 4,
      ),
    ).toBe(true);
  });

  it('of one shop cost four, however much it gives, and show the honours it holds', async () => {
    const { v, at } = await market();
    const page = () =>
      countQueries(async (db) => {
        await findVillageShop(db, v.id, at.id);
        await listOffersOfShop(db, v.id, at.id, TEST_DAY);
        await listShopHonours(db, at.id, TEST_DAY);
        await countHadThisMonth(db, v.id, v.household(0).id, at.id, TEST_NOW);
      });
    expect(await page()).toBe(4);
    const honour = (title: string, from = '2026-11-24', until: string | null = null, revoked = false) =>
      pastAllRules(
        owner,
        `insert into incentive (id, merchant_id, kind, title, from_day, until_day, recorded_by_id, recorded_at,
           code, revoked_by_id, revoked_at, revoke_why)
         values ($1::uuid, $2, 'HONOUR', $3, $4, $5, $6, $7, upper(substr(md5($1::uuid::text), 1, 20)), case when $8 then $6::uuid end, case when $8 then $7::timestamptz end,
           case when $8 then '不实' else '' end)`,
        [newId(), at.id, title, from, until, at.official.id, TEST_NOW, revoked],
      );
    await honour('诚信商户');
    await honour('以前的', '2025-01-01', '2025-12-31');
    await honour('收回的', '2026-11-24', null, true);
    for (let index = 0; index < 8; index++) await at.offer(`东西${index}`);
    expect(await page()).toBe(4);
    expect((await listShopHonours(prisma, at.id, TEST_DAY)).map(({ title }) => title)).toEqual(['诚信商户']);
  });

  it('say to a household how often it has had each this month', async () => {
    const { v, at } = await market();
    await give(owner, v, 0, 50);
    const soap = await at.offer('香皂', { points: 2 });
    await scan(v, { digits: await code(v, 0), offer: soap, at });
    await scan(v, { digits: await code(v, 0), offer: soap, at });
    expect(await countHadThisMonth(prisma, v.id, v.household(0).id, at.id, TEST_NOW)).toEqual(
      new Map([[soap, 2]]),
    );
    expect(await countHadThisMonth(prisma, v.id, v.household(1).id, at.id, TEST_NOW)).toEqual(new Map());
    expect(await listOffersOfShop(prisma, v.id, at.id, TEST_DAY)).toMatchObject([
      { title: '香皂', state: 'OPEN' },
    ]);
  });
});
