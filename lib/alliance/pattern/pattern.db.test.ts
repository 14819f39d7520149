import { describe, expect, test } from 'vitest';
import type { Actor } from '@/lib/auth/types';
import { addDays, dayOf } from '@/lib/platform/clock';
import { type Command, runCommand } from '@/lib/platform/command';
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
import { aShop, type ShopBuilt } from '@/lib/testing/shop';
import { refusalOf } from '@/lib/testing/working-village';
import { code, expectWhole, market, scan, undo } from '../testing/counter';
import { markPatternSeen, markTownshipPatternSeen, openPatterns } from './commands';
import { listLooks, listOpened, listPatterns } from './reads';

const { prisma, owner } = await testDb();

const at = (daysAgo: number, time = '10:00') => new Date(`${addDays(TEST_DAY, -daysAgo)}T${time}:00+08:00`);

async function sell(
  v: VillageBuilt,
  shop: ShopBuilt,
  household: number,
  points: number,
  now: Date,
  offer: string | null = null,
) {
  const id = newId();
  const said = await scan(v, { id, digits: await code(v, household, now), at: shop, points, offer, now });
  expect(said).toMatchObject({ state: 'POSTED' });
  return id;
}

/** Ten households that buy once or twice of two shops, odd amounts, by day. */
async function ordinaryTrade() {
  const { v, at: shop } = await market(owner, 3000, 10);
  const second = await aShop(v);
  for (let household = 0; household < 10; household++) {
    await sell(v, shop, household, 11 + household, at(3 + household));
    await sell(v, second, household, 13, at(4 + household, '17:30'));
  }
  await sell(v, shop, 1, 17, at(2));
  return { v, shop, second };
}

const found = (v: VillageBuilt, now = TEST_NOW) => listPatterns(prisma, { villageId: v.id }, dayOf(now));
const foundByTownship = (v: VillageBuilt) => listPatterns(prisma, { townshipId: v.townshipId }, TEST_DAY);
const run = (command: Command, actor: Actor, input: object = {}, now = TEST_NOW) =>
  runCommand(command, { actor, id: newId(), input, now });

async function townshipOf(v: VillageBuilt): Promise<Actor> {
  const person = await aPerson('镇干部');
  await anAppointment(person.id, 'TOWNSHIP', { townshipId: v.townshipId });
  return actorFor(person);
}

/** Everything of a village that a look could change and must not. */
async function stateOf(v: VillageBuilt): Promise<string> {
  const { rows } = await owner.query(
    `select (select md5(string_agg(x::text, '|' order by x.id)) from redemption x where village_id = $1) as redemptions,
       (select md5(string_agg(x::text, '|' order by x.id)) from posting x where village_id = $1) as postings,
       (select md5(string_agg(x::text, '|' order by x.id)) from alliance_terms x where village_id = $1) as terms,
       (select md5(string_agg(x::text, '|' order by x.id)) from household x where village_id = $1) as households,
       (select md5(string_agg(x::text, '|' order by x.id)) from merchant x where township_id = $2) as merchants`,
    [v.id, v.townshipId],
  );
  return JSON.stringify(rows[0]);
}

describe('ordinary trade', () => {
  test('is no finding, for the village and the township; one query however much there is', async () => {
    const { v } = await ordinaryTrade();
    expect(await found(v)).toEqual([]);
    expect(await foundByTownship(v)).toEqual([]);
    expect(await countQueries((db) => listPatterns(db, { villageId: v.id }, TEST_DAY))).toBe(1);
    expect(await countQueries((db) => listPatterns(db, { townshipId: v.townshipId }, TEST_DAY))).toBe(1);
  });

  test('of a village without any is none', async () => {
    const { v } = await market(owner, 0);
    expect(await found(v)).toEqual([]);
  });
});

describe('planted', () => {
  test('a pair that meets far more often than others is found, with its numbers', async () => {
    const { v, shop } = await ordinaryTrade();
    for (let day = 1; day <= 5; day++) await sell(v, shop, 0, 21, at(day));
    // six meetings now, the middle is one
    expect(await found(v)).toMatchObject([
      {
        kind: 'PAIR',
        merchantId: shop.id,
        household: { id: v.household(0).id, code: v.household(0).code },
        count: 6,
        points: 116,
        householdPoints: 129,
        medianOfPairs: 1,
      },
    ]);
  });

  test('the township is told the shop and how often, and no household', async () => {
    const { v, shop } = await ordinaryTrade();
    for (let day = 1; day <= 5; day++) {
      await sell(v, shop, 0, 21, at(day));
      await sell(v, shop, 4, 23, at(day, '11:00'));
    }
    const [one, ...more] = await foundByTownship(v);
    expect(more).toEqual([]);
    expect(one).toMatchObject({
      kind: 'PAIR',
      household: null,
      households: 2,
      count: 12,
      villageName: '测试村',
    });
    const said = JSON.stringify(one);
    for (const index of [0, 4]) {
      expect(said).not.toContain(v.household(index).id);
      expect(said).not.toContain(v.household(index).code);
    }
    expect((await found(v)).map((each) => each.household?.code).sort()).toEqual(
      [v.household(0).code, v.household(4).code].sort(),
    );
  });

  test('sales taken back, at night and in round amounts are found; old ones are not', async () => {
    const { v, shop, second } = await ordinaryTrade();
    for (let index = 0; index < 5; index++) {
      const now = at(1, `1${index}:00`);
      await undo(v, await sell(v, shop, 5 + index, 33, now), shop.staff.id, now);
    }
    const times = ['22:00', '23:59', '05:59'];
    for (const [index, time] of times.entries()) await sell(v, second, index, 7, at(1, time));
    // neither of these is night
    await sell(v, second, 5, 7, at(1, '21:59'));
    await sell(v, second, 6, 7, at(1, '06:00'));
    const third = await aShop(v);
    for (let index = 0; index < 5; index++) await sell(v, third, index, 10 * (index + 1), at(6));
    const fourth = await aShop(v);
    for (let index = 0; index < 5; index++) await sell(v, fourth, index, 10 * (index + 1), at(30));
    expect((await found(v)).map((one) => [one.kind, one.merchantId, one.count, one.outOf])).toEqual([
      ['UNDONE', shop.id, 5, 16],
      ['ROUND', third.id, 5, 5],
      ['NIGHT', second.id, 3, 15],
    ]);
  });

  test('round prices of offers are none', async () => {
    const { v, shop } = await ordinaryTrade();
    const rice = await shop.offer('大米', { points: 20 });
    for (let index = 0; index < 9; index++) await sell(v, shop, index, 20, at(1), rice);
    expect(await found(v)).toEqual([]);
  });

  test('staff’s own household at the own shop is found, and at another is not', async () => {
    const { v, shop, second } = await ordinaryTrade();
    await anAppointment(v.household(3).head.personId, 'MERCHANT', { merchantId: shop.id });
    const [one, ...more] = await found(v);
    expect(more).toEqual([]);
    expect(one).toMatchObject({
      kind: 'OWN',
      merchantId: shop.id,
      household: { id: v.household(3).id },
      count: 1,
      outOf: 11,
    });
    expect(second.id).not.toBe(shop.id);
    // before he worked there it was any shop
    const { v: other, shop: theirs } = await ordinaryTrade();
    await anAppointment(
      other.household(3).head.personId,
      'MERCHANT',
      { merchantId: theirs.id },
      { from: TEST_DAY },
    );
    expect(await found(other)).toEqual([]);
  });

  test('is of this village alone', async () => {
    const { v, shop } = await ordinaryTrade();
    for (let day = 1; day <= 5; day++) await sell(v, shop, 0, 21, at(day));
    const { v: other } = await ordinaryTrade();
    expect(await found(other)).toEqual([]);
    expect(await foundByTownship(other)).toEqual([]);
  });
});

describe('looking', () => {
  test('is opened by the secretary or the supervisor, and each household looked at can see that it was', async () => {
    const { v, shop } = await ordinaryTrade();
    for (let day = 1; day <= 5; day++) await sell(v, shop, 0, 21, at(day));
    const secretary = await actorFor(v.secretary);
    for (const who of [v.verifier, v.steward]) {
      expect(refusalOf(await run(openPatterns, await actorFor(who)))).toBe('NOT_ALLOWED');
    }
    expect(await listOpened(prisma, v.id, v.secretary.id, TEST_NOW)).toEqual(new Set());
    expect(await run(openPatterns, secretary)).toMatchObject({ ok: true });
    const opened = await listOpened(prisma, v.id, v.secretary.id, TEST_NOW);
    expect(opened).toEqual(new Set([v.id, v.household(0).id]));
    expect(await listOpened(prisma, v.id, v.supervisor.id, TEST_NOW)).toEqual(new Set());
    const later = new Date(TEST_NOW.getTime() + 30 * 60_000);
    expect(await listOpened(prisma, v.id, v.secretary.id, later)).toEqual(new Set());
    expect(
      await prisma.accessLog.count({
        where: { villageId: v.id, subject: v.household(0).id, what: 'alliance-patterns' },
      }),
    ).toBe(1);
  });

  test('marks it seen with its numbers; what happens later is shown again, what happened is not', async () => {
    const { v, shop } = await ordinaryTrade();
    for (let day = 1; day <= 5; day++) await sell(v, shop, 0, 21, at(day));
    const supervisor = await actorFor(v.supervisor);
    const mark = {
      merchantId: shop.id,
      householdId: v.household(0).id,
      kind: 'PAIR',
      note: '住店对门，老人家',
    };
    const before = await stateOf(v);
    expect(await run(markPatternSeen, supervisor, mark)).toMatchObject({ ok: true });
    expect(await stateOf(v)).toBe(before);
    expect(await found(v)).toEqual([]);
    expect(await foundByTownship(v), 'the township looks for itself').toHaveLength(1);
    expect(await listLooks(prisma, { villageId: v.id })).toMatchObject([
      {
        kind: 'PAIR',
        householdCode: v.household(0).code,
        count: 6,
        note: '住店对门，老人家',
        by: '监督甲',
        at: TEST_NOW,
      },
    ]);
    expect(refusalOf(await run(markPatternSeen, supervisor, mark)), 'there is none any more').toBe(
      'NOT_FOUND',
    );
    const soon = (minutes: number) => new Date(TEST_NOW.getTime() + minutes * 60_000);
    for (let index = 1; index <= 4; index++) await sell(v, shop, 0, 9, soon(index));
    expect(await found(v), 'four more are no pattern').toEqual([]);
    await sell(v, shop, 0, 9, soon(5));
    expect(await found(v)).toMatchObject([{ kind: 'PAIR', count: 5 }]);
    await expectWhole(v);
  });

  test('by the township is the township’s own, and another’s finding is as none', async () => {
    const { v, shop } = await ordinaryTrade();
    for (let day = 1; day <= 5; day++) await sell(v, shop, 0, 21, at(day));
    const official = await townshipOf(v);
    const mark = { villageId: v.id, merchantId: shop.id, kind: 'PAIR', note: '' };
    const { v: other } = await ordinaryTrade();
    expect(refusalOf(await run(markTownshipPatternSeen, await townshipOf(other), mark))).toBe('NOT_FOUND');
    expect(refusalOf(await run(markTownshipPatternSeen, official, { ...mark, kind: 'NIGHT' }))).toBe(
      'NOT_FOUND',
    );
    expect(
      refusalOf(
        await run(markPatternSeen, await actorFor(other.secretary), {
          ...mark,
          householdId: v.household(0).id,
        }),
      ),
    ).toBe('NOT_FOUND');
    expect(await run(markTownshipPatternSeen, official, mark)).toMatchObject({ ok: true });
    expect(await foundByTownship(v)).toEqual([]);
    expect(await found(v), 'the village looks for itself').toHaveLength(1);
    expect(await listLooks(prisma, { townshipId: v.townshipId })).toMatchObject([
      { householdCode: null, count: 6 },
    ]);
  });

  test('at the own shop is left to somebody else', async () => {
    const { v, shop } = await ordinaryTrade();
    for (let day = 1; day <= 5; day++) await sell(v, shop, 0, 21, at(day));
    await anAppointment(v.secretary.id, 'MERCHANT', { merchantId: shop.id });
    const mark = { merchantId: shop.id, householdId: v.household(0).id, kind: 'PAIR' };
    expect(refusalOf(await run(markPatternSeen, await actorFor(v.secretary), mark))).toBe('PATTERN_OWN_SHOP');
    expect(refusalOf(await run(markPatternSeen, await actorFor(v.supervisor), mark))).toBeNull();
  });

  test('is kept, whoever writes', async () => {
    const { v, shop } = await ordinaryTrade();
    for (let day = 1; day <= 5; day++) await sell(v, shop, 0, 21, at(day));
    const mark = { merchantId: shop.id, householdId: v.household(0).id, kind: 'PAIR', note: '看过' };
    await run(markPatternSeen, await actorFor(v.secretary), mark);
    await expect(
      owner.query(`update pattern_look set note = '' where village_id = $1`, [v.id]),
    ).rejects.toThrow('kept');
    await expect(owner.query('delete from pattern_look where village_id = $1', [v.id])).rejects.toThrow(
      'kept',
    );
    await expect(prisma.patternLook.deleteMany({ where: { villageId: v.id } })).rejects.toThrow(
      /permission denied/,
    );
    const insert = (over: Record<string, unknown>) =>
      prisma.patternLook.create({
        data: {
          villageId: v.id,
          id: newId(),
          merchantId: shop.id,
          kind: 'NIGHT',
          isOffice: false,
          count: 3,
          outOf: 3,
          byId: v.secretary.id,
          at: TEST_NOW,
          ...over,
        },
      });
    await expect(insert({ byId: v.verifier.id })).rejects.toThrow('NOT_ALLOWED');
    await expect(insert({ isOffice: true })).rejects.toThrow('NOT_ALLOWED');
    await expect(insert({ merchantId: newId() })).rejects.toThrow('merchant of the village');
    await expect(insert({ householdId: v.household(0).id })).rejects.toThrow('pattern_look_household');
    await expect(insert({ kind: 'PAIR' })).rejects.toThrow('pattern_look_household');
    await expect(insert({ count: 4 })).rejects.toThrow('pattern_look_numbers');
    await insert({});
  });
});
