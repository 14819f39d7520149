import { beforeAll, describe, expect, it } from 'vitest';
import { asRefusal } from '@/lib/platform/command';
import { newId } from '@/lib/platform/ids';
import { aVillage, TEST_DAY, TEST_NOW, type VillageBuilt } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { aShop, type ShopBuilt } from '@/lib/testing/shop';

// Points at a counter: once, never more than there is, and whatever happens the ledger's.

const { prisma, owner } = await testDb();
const later = (seconds: number) => new Date(TEST_NOW.getTime() + seconds * 1000);

let village: VillageBuilt;
let shop: ShopBuilt;
beforeAll(async () => {
  village = await aVillage({ households: 2 });
  shop = await aShop(village);
});

interface Said {
  state: string;
  receipt: string;
  points: number;
  repeated: boolean;
}
type Answer = Said | { refused: string };

async function said(query: Promise<Said[]>): Promise<Answer> {
  try {
    const [row] = await query;
    if (!row) throw new Error('the function answered nothing');
    return row;
  } catch (error) {
    const refusal = asRefusal(error);
    if (!refusal) throw error;
    return { refused: refusal.code };
  }
}

/** Gives a household points, past every rule of earning them. */
async function give(v: VillageBuilt, household: number, points: number): Promise<void> {
  const { id, head } = v.household(household);
  await owner.query(
    `select ledger_post($1, 'AWARD', $2, 0::smallint, $1, $3, $4, 0, $3, $5, $6, null, null, null, null, '', null, $7, $2, $8)`,
    [v.id, newId(), id, points, head.id, TEST_DAY, v.verifier.id, TEST_NOW],
  );
}

const balanceOf = async (v: VillageBuilt, household: number) =>
  Number(
    (
      await prisma.account.findUniqueOrThrow({
        where: { villageId_id: { villageId: v.id, id: v.household(household).id } },
      })
    ).balance,
  );

/** The code that a resident's phone shows. */
async function code(v: VillageBuilt, household: number, now = TEST_NOW, session = newId()): Promise<string> {
  const { id, head } = v.household(household);
  const rows = await prisma.$queryRaw<{ digits: string }[]>`
    select digits from pay_code_make(${v.id}::uuid, ${newId()}::uuid, ${id}::uuid, ${head.id}::uuid,
      ${head.personId}::uuid, ${session}::uuid, ${now})`;
  return rows[0]?.digits ?? '';
}

interface Asked {
  id?: string;
  digits: string;
  offer?: string | null;
  points?: number;
  at?: ShopBuilt;
  now?: Date;
  person?: string;
}

const scan = (
  v: VillageBuilt,
  { id = newId(), digits, offer = null, points = 10, at = shop, now, person }: Asked,
) =>
  said(prisma.$queryRaw<Said[]>`
    select state::text, receipt, points, repeated from redeem_by_code(${v.id}::uuid, ${id}::uuid, ${at.id}::uuid, ${digits},
      ${offer}::uuid, ${offer ? null : points}::integer, ${person ?? at.staff.id}::uuid, ${now ?? TEST_NOW})`);

const answer = (v: VillageBuilt, id: string, household: number, yes: boolean, now: Date) =>
  said(prisma.$queryRaw<Said[]>`
    select state::text, receipt, points, repeated from redemption_answer(${v.id}::uuid, ${id}::uuid,
      ${v.household(household).head.personId}::uuid, ${yes}, ${now})`);

const pick = (v: VillageBuilt, household: number, offer: string, id = newId(), at = shop) =>
  said(prisma.$queryRaw<Said[]>`
    select state::text, receipt, points, repeated from redeem_from_shelf(${v.id}::uuid, ${id}::uuid, ${at.id}::uuid,
      ${v.household(household).id}::uuid, ${v.household(household).head.id}::uuid, ${offer}::uuid, null::integer,
      ${v.household(household).head.personId}::uuid, ${TEST_NOW})`);

const undo = (v: VillageBuilt, id: string, now = TEST_NOW, person = shop.staff.id, reason = '拿错了') =>
  said(prisma.$queryRaw<Said[]>`
    select state::text, receipt, points, repeated from redemption_undo(${v.id}::uuid, ${id}::uuid, ${newId()}::uuid,
      ${person}::uuid, ${reason}, ${now})`);

/** A village of its own with one shop and points in its households. */
async function market(points: number, households = 1, terms: Parameters<typeof aShop>[1] = {}) {
  const v = await aVillage({ households });
  const at = await aShop(v, terms);
  for (let index = 0; index < households; index++) if (points > 0) await give(v, index, points);
  return { v, at };
}

/** Nothing derived is wrong, and what merchants took is what households gave. */
async function expectWhole(v: VillageBuilt): Promise<void> {
  expect(await prisma.$queryRaw`select * from ledger_verify(${v.id}::uuid)`).toEqual([]);
  const [sums] = await prisma.$queryRaw<{ taken: bigint; said: bigint }[]>`
    select (select coalesce(sum(case when p.credit_id = a.id then p.points else -p.points end), 0) from posting p
            join account a on a.village_id = p.village_id and a.kind = 'MERCHANT' and a.id in (p.credit_id, p.debit_id)
            where p.village_id = ${v.id}::uuid) as taken,
           (select coalesce(sum(r.points), 0) from redemption r where r.village_id = ${v.id}::uuid and r.state = 'POSTED') as said`;
  expect(sums?.taken).toEqual(sums?.said);
}

describe('a code', () => {
  it('pays once, within its minute, and says the same receipt again', async () => {
    const { v, at } = await market(50);
    const digits = await code(v, 0);
    const id = newId();
    const first = await scan(v, { id, digits, at, now: later(59) });
    expect(first).toMatchObject({ state: 'POSTED', points: 10, repeated: false });
    expect(await scan(v, { id, digits, at, now: later(300) })).toEqual({ ...first, repeated: true });
    expect(await scan(v, { digits, at, now: later(59) })).toEqual({ refused: 'CODE_USED' });
    expect(await scan(v, { id, digits, at, points: 11 })).toEqual({ refused: 'SAME_ID_OTHER_CONTENT' });
    expect(await scan(v, { id, digits: await code(v, 0), at })).toEqual({ refused: 'SAME_ID_OTHER_CONTENT' });
    expect(await balanceOf(v, 0)).toBe(40);
    await expectWhole(v);
  });

  it('is over after a minute, when another is shown, and for another village', async () => {
    const { v, at } = await market(50);
    const session = newId();
    const old = await code(v, 0, TEST_NOW, session);
    expect(await scan(v, { digits: old, at, now: later(60) })).toEqual({ refused: 'CODE_EXPIRED' });
    const fresh = await code(v, 0, later(30), session);
    expect(await scan(v, { digits: old, at, now: later(31) })).toEqual({ refused: 'CODE_UNKNOWN' });
    const other = await market(50);
    expect(await scan(other.v, { digits: fresh, at: other.at, now: later(31) })).toEqual({
      refused: 'CODE_UNKNOWN',
    });
    expect(await scan(v, { digits: '12345678', at })).toEqual({ refused: 'CODE_UNKNOWN' });
    expect(await scan(v, { digits: fresh, at, now: later(31) })).toMatchObject({ state: 'POSTED' });
  });

  it('is made by the resident alone, and read by the shop alone', async () => {
    const { v, at } = await market(50, 2);
    const { id } = v.household(0);
    const stranger = v.household(1).head;
    const made = said(prisma.$queryRaw<Said[]>`
      select '' as state, digits as receipt, 0 as points, false as repeated from pay_code_make(${v.id}::uuid, ${newId()}::uuid,
        ${id}::uuid, ${v.household(0).head.id}::uuid, ${stranger.personId}::uuid, ${newId()}::uuid, ${TEST_NOW})`);
    expect(await made).toEqual({ refused: 'NOT_ALLOWED' });
    const digits = await code(v, 0);
    expect(await scan(v, { digits, at, person: stranger.personId })).toEqual({ refused: 'NOT_ALLOWED' });
    expect(await scan(v, { digits, at, person: shop.staff.id })).toEqual({ refused: 'NOT_ALLOWED' });
    const elsewhere = await aShop(await aVillage({ households: 1 }));
    expect(await scan(v, { digits, at: elsewhere })).toEqual({ refused: 'MERCHANT_TAKES_NOTHING' });
    expect(await balanceOf(v, 0)).toBe(50);
  });
});

describe('limits', () => {
  it('of the balance, one go, the month, an offer and its pieces are kept', async () => {
    const { v, at } = await market(30, 2, { onceMost: 25, householdMonthMost: 28 });
    expect(await scan(v, { digits: await code(v, 0), at, points: 26 })).toEqual({ refused: 'ONCE_MOST' });
    expect(await scan(v, { digits: await code(v, 0), at, points: 20 })).toMatchObject({ state: 'POSTED' });
    expect(await scan(v, { digits: await code(v, 0), at, points: 9 })).toEqual({ refused: 'MONTH_MOST' });
    expect(await scan(v, { digits: await code(v, 0), at, points: 8 })).toMatchObject({ state: 'POSTED' });
    const soap = await at.offer('香皂', { points: 5, stock: 1, perHouseholdMonth: 1 });
    expect(await pick(v, 1, soap, newId(), at)).toMatchObject({ state: 'POSTED', points: 5 });
    expect(await pick(v, 1, soap, newId(), at)).toEqual({ refused: 'OFFER_HAD' });
    const last = await at.offer('盐', { points: 1, stock: 0 });
    expect(await pick(v, 1, last, newId(), at)).toEqual({ refused: 'OFFER_SOLD_OUT' });
    for (const closed of [{ isOpen: false }, { validFrom: '2026-11-25' }, { validUntil: '2026-11-23' }]) {
      expect(await pick(v, 1, await at.offer('过期的', closed), newId(), at)).toEqual({
        refused: 'OFFER_CLOSED',
      });
    }
    const dear = await market(3);
    expect(await scan(dear.v, { digits: await code(dear.v, 0), at: dear.at, points: 4 })).toEqual({
      refused: 'NOT_ENOUGH_POINTS',
    });
    await expectWhole(v);
  });

  it('above the free one wait for the resident, for a minute', async () => {
    const { v, at } = await market(100, 2, { freeMost: 20 });
    const ask = async () => {
      const id = newId();
      expect(await scan(v, { id, digits: await code(v, 0), at, points: 21 })).toMatchObject({
        state: 'ASKED',
      });
      return id;
    };
    expect(await scan(v, { digits: await code(v, 0), at, points: 20 })).toMatchObject({ state: 'POSTED' });
    const yes = await ask();
    expect(await answer(v, yes, 1, true, later(5))).toEqual({ refused: 'NOT_FOUND' });
    expect(await answer(v, yes, 0, true, later(59))).toMatchObject({ state: 'POSTED', repeated: false });
    expect(await answer(v, yes, 0, true, later(70))).toMatchObject({ state: 'POSTED', repeated: true });
    expect(await answer(v, yes, 0, false, later(5))).toEqual({ refused: 'REDEMPTION_DECIDED' });
    const late = await ask();
    expect(await answer(v, late, 0, true, later(60))).toEqual({ refused: 'REDEMPTION_LAPSED' });
    const no = await ask();
    expect(await answer(v, no, 0, false, later(5))).toMatchObject({ state: 'LAPSED' });
    await prisma.$queryRaw`select redemptions_lapse(${later(61)})`;
    expect(await answer(v, late, 0, true, later(5))).toEqual({ refused: 'REDEMPTION_DECIDED' });
    expect(await balanceOf(v, 0)).toBe(59);
    await expectWhole(v);
  });

  it('of a merchant that is suspended, or whose terms have ended, are nothing at all', async () => {
    const { v, at } = await market(50, 1, { freeMost: 5 });
    const asked = newId();
    expect(await scan(v, { id: asked, digits: await code(v, 0), at })).toMatchObject({ state: 'ASKED' });
    await prisma.merchant.update({ where: { id: at.id }, data: { state: 'SUSPENDED' } });
    expect(await scan(v, { digits: await code(v, 0), at, points: 1 })).toEqual({
      refused: 'MERCHANT_TAKES_NOTHING',
    });
    expect(await answer(v, asked, 0, true, later(5))).toEqual({ refused: 'MERCHANT_TAKES_NOTHING' });
    await prisma.merchant.update({ where: { id: at.id }, data: { state: 'ADMITTED' } });
    await prisma.allianceTerms.updateMany({
      where: { villageId: v.id, merchantId: at.id },
      data: { endedAt: TEST_NOW, endedById: v.secretary.id, endReason: '到期' },
    });
    expect(await scan(v, { digits: await code(v, 0), at, points: 1 })).toEqual({
      refused: 'MERCHANT_TAKES_NOTHING',
    });
    expect(await balanceOf(v, 0)).toBe(50);
  });
});

describe('taking back', () => {
  it('returns points and piece, once, on the day, with a reason, by the shop', async () => {
    const { v, at } = await market(20, 2);
    const soap = await at.offer('香皂', { points: 8, stock: 3 });
    const id = newId();
    await pick(v, 0, soap, id, at);
    expect(await undo(v, id)).toEqual({ refused: 'NOT_FOUND' });
    expect(await undo(v, id, TEST_NOW, at.staff.id, ' ')).toEqual({ refused: 'REASON_REQUIRED' });
    expect(await undo(v, id, new Date('2026-11-25T00:00+08:00'), at.staff.id)).toEqual({
      refused: 'UNDO_SAME_DAY',
    });
    const both = await Promise.all([1, 2, 3].map(() => undo(v, id, TEST_NOW, at.staff.id)));
    expect(both.map((one) => ('repeated' in one ? one.repeated : one.refused)).sort()).toEqual([
      false,
      true,
      true,
    ]);
    expect(await balanceOf(v, 0)).toBe(20);
    expect((await prisma.offer.findFirstOrThrow({ where: { villageId: v.id, id: soap } })).stock).toBe(3);
    expect(await pick(v, 0, soap, id, at)).toMatchObject({ state: 'UNDONE', repeated: true });
    await expectWhole(v);
  });
});

describe('at the same moment', () => {
  for (const many of [10, 50, 200]) {
    it(`${many} spends of a balance that is enough for one are one`, async () => {
      const { v, at } = await market(10);
      const soap = await at.offer('香皂', { points: 10 });
      const all = await Promise.all(Array.from({ length: many }, () => pick(v, 0, soap, newId(), at)));
      expect(all.filter((one) => 'state' in one)).toHaveLength(1);
      expect(new Set(all.map((one) => ('refused' in one ? one.refused : '')))).toEqual(
        new Set(['', 'NOT_ENOUGH_POINTS']),
      );
      expect(await balanceOf(v, 0)).toBe(0);
      await expectWhole(v);
    });

    it(`${many} readings of one code are one`, async () => {
      const { v, at } = await market(1000);
      const digits = await code(v, 0);
      const all = await Promise.all(Array.from({ length: many }, () => scan(v, { digits, at })));
      expect(all.filter((one) => 'state' in one)).toHaveLength(1);
      expect(await balanceOf(v, 0)).toBe(990);
      await expectWhole(v);
    });

    it(`${many} repeats of one id are one`, async () => {
      const { v, at } = await market(1000);
      const digits = await code(v, 0);
      const id = newId();
      const all = await Promise.all(Array.from({ length: many }, () => scan(v, { id, digits, at })));
      expect(all.filter((one) => 'repeated' in one && !one.repeated)).toHaveLength(1);
      expect(new Set(all.map((one) => ('receipt' in one ? one.receipt : one.refused))).size).toBe(1);
      expect(await balanceOf(v, 0)).toBe(990);
      await expectWhole(v);
    });
  }

  it('50 households take the last 7 pieces', async () => {
    const { v, at } = await market(10, 12);
    const soap = await at.offer('香皂', { points: 1, stock: 7 });
    const all = await Promise.all(
      Array.from({ length: 48 }, (_, index) => pick(v, index % 12, soap, newId(), at)),
    );
    expect(all.filter((one) => 'state' in one)).toHaveLength(7);
    expect((await prisma.offer.findFirstOrThrow({ where: { villageId: v.id, id: soap } })).stock).toBe(0);
    await expectWhole(v);
  });
});

describe('whoever writes past the functions', () => {
  it('is refused: the program by its rights, the owner by the triggers', async () => {
    const { v, at } = await market(50);
    const id = newId();
    await scan(v, { id, digits: await code(v, 0), at });
    await expect(
      prisma.redemption.update({ where: { villageId_id: { villageId: v.id, id } }, data: { points: 1 } }),
    ).rejects.toThrow(/permission denied/);
    for (const [sql, why] of [
      [`update redemption set points = 1 where id = '${id}'`, 'goes from'],
      [
        `update redemption set state = 'LAPSED', posted_at = null, ended_at = now() where id = '${id}'`,
        'goes from',
      ],
      [`delete from redemption where id = '${id}'`, 'are kept'],
      [
        `update redemption set state = 'UNDONE', ended_at = now(), ended_by_id = made_by_id, end_reason = 'x' where id = '${id}'`,
        'has 1 postings',
      ],
      [
        `insert into redemption select (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid()))).* from redemption r where id = '${id}'`,
        'has 0 postings',
      ],
    ] as const) {
      await expect(owner.query(sql), sql).rejects.toThrow(why);
    }
    await expectWhole(v);
  });
});
