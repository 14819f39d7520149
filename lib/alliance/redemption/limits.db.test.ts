import { describe, expect, it } from 'vitest';
import { newId } from '@/lib/platform/ids';
import { aVillage, TEST_NOW } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { aShop } from '@/lib/testing/shop';
import { announceYearEnd, closeYear, setMerchant, setStopped } from '../testing/alliance';
import {
  answer,
  balanceOf,
  code,
  expectWhole,
  give,
  market,
  order,
  pick,
  redeemVoucher,
  scan,
  vouchers,
} from '../testing/counter';
import { expireOrders, lapseRedemptions, sweepPayCodes } from './expiry';

// How far a shop may reach: the household's own limit, what it has, its village, its minute, and a village's stop.

const { prisma, owner } = await testDb();
const later = (seconds: number) => new Date(TEST_NOW.getTime() + seconds * 1000);

describe('what a household has set for itself', () => {
  it('lowers the limit of the terms, and never raises it', async () => {
    const { v, at } = await market(owner, 100, 1, { freeMost: 20 });
    const set = (points: number | null) =>
      prisma.household.update({
        where: { villageId_id: { villageId: v.id, id: v.household(0).id } },
        data: { freeMost: points },
      });
    for (const [own, points, state] of [
      [null, 20, 'POSTED'],
      [null, 21, 'ASKED'],
      [5, 5, 'POSTED'],
      [5, 6, 'ASKED'],
      [0, 1, 'ASKED'],
      [50, 20, 'POSTED'],
      [50, 21, 'ASKED'],
    ] as const) {
      await set(own);
      expect(await scan(v, { digits: await code(v, 0), at, points }), `${own} ${points}`).toMatchObject({
        state,
      });
    }
    // what the resident does himself needs no second word
    expect(await pick(v, 0, await at.offer('灯', { points: 30 }), newId(), at)).toMatchObject({
      state: 'POSTED',
    });
    await expect(set(-1)).rejects.toThrow(/household_free_most/);
  });
});

describe('what a household has not enough of', () => {
  it('is taken as far as it goes where the shop says so, never of an offer, never nothing', async () => {
    const { v, at } = await market(owner, 12, 2);
    const part = async (points: number, more = {}) =>
      scan(v, { digits: await code(v, 0), at, points, partial: true, ...more });
    expect(await scan(v, { digits: await code(v, 0), at, points: 30 })).toEqual({
      refused: 'NOT_ENOUGH_POINTS',
    });
    const dear = await at.offer('电饭锅', { points: 30 });
    expect(await part(30, { offer: dear })).toEqual({ refused: 'NOT_ENOUGH_POINTS' });
    const [id, digits] = [newId(), await code(v, 0)];
    const first = await scan(v, { id, digits, at, points: 30, partial: true });
    expect(first).toMatchObject({ state: 'POSTED', points: 12 });
    expect(await prisma.redemption.findFirstOrThrow({ where: { id } })).toMatchObject({
      points: 12,
      askedPoints: 30,
    });
    await give(owner, v, 0, 100);
    expect(await scan(v, { id, digits, at, points: 30, partial: true })).toEqual({
      ...first,
      repeated: true,
    });
    expect(await scan(v, { id, digits, at, points: 12, partial: true })).toEqual({
      refused: 'SAME_ID_OTHER_CONTENT',
    });
    expect(await part(30)).toMatchObject({ points: 30 });
    expect(await part(70)).toMatchObject({ points: 70 });
    expect(await part(1)).toEqual({ refused: 'NOT_ENOUGH_POINTS' });
    expect(await part(0)).toEqual({ refused: 'BAD_INPUT' });
    await expectWhole(v);
  });

  it('leaves nothing below zero when many take what is there at once', async () => {
    const { v, at } = await market(owner, 100, 1);
    const digits = await Promise.all(Array.from({ length: 20 }, () => code(v, 0)));
    const all = await Promise.all(
      digits.map((one) => scan(v, { digits: one, at, points: 30, partial: true })),
    );
    expect(all.flatMap((one) => ('points' in one ? [one.points] : [])).sort()).toEqual([10, 30, 30, 30]);
    await expectWhole(v);
  });
});

describe('a code', () => {
  it('says its village by its digits alone, and only where the shop has accepted terms', async () => {
    const one = await market(owner, 50);
    const near = async () => {
      const v = await aVillage({ households: 1, townshipId: one.v.townshipId });
      await give(owner, v, 0, 50);
      return { v };
    };
    const [two, none] = [await near(), await near()];
    // the first shop has terms with two villages
    await prisma.allianceTerms.create({
      data: {
        villageId: two.v.id,
        id: newId(),
        merchantId: one.at.id,
        referenceFen: 80,
        settlementDay: 5,
        freeMost: 100,
        signedById: two.v.secretary.id,
        signedAt: TEST_NOW,
        acceptedById: one.at.staff.id,
        acceptedAt: TEST_NOW,
      },
    });
    const id = newId();
    expect(await scan(one.v, { id, digits: await code(two.v, 0), at: one.at })).toMatchObject({
      state: 'POSTED',
    });
    expect(await balanceOf(two.v, 0)).toBe(40);
    expect(await prisma.redemption.findFirstOrThrow({ where: { id } })).toMatchObject({
      villageId: two.v.id,
      referenceFen: 80,
    });
    expect(await scan(one.v, { id, digits: await code(one.v, 0), at: one.at })).toEqual({
      refused: 'SAME_ID_OTHER_CONTENT',
    });
    expect(await scan(one.v, { digits: await code(none.v, 0), at: one.at })).toEqual({
      refused: 'CODE_UNKNOWN',
    });
    // terms that were offered and not accepted are none
    await prisma.allianceTerms.create({
      data: {
        villageId: none.v.id,
        id: newId(),
        merchantId: one.at.id,
        referenceFen: 100,
        settlementDay: 5,
        freeMost: 100,
        signedById: none.v.secretary.id,
        signedAt: TEST_NOW,
      },
    });
    expect(await scan(one.v, { digits: await code(none.v, 0), at: one.at })).toEqual({
      refused: 'CODE_UNKNOWN',
    });
    for (const { v } of [one, two, none]) await expectWhole(v);
  });

  it('has digits that no unused code of any village has', async () => {
    const [one, two] = [await aVillage({ households: 1 }), await aVillage({ households: 1 })];
    const digits = await code(one, 0);
    const { id, head } = two.household(0);
    const again = () =>
      owner.query(
        `insert into pay_code (village_id, id, household_id, resident_id, person_id, session_id, digits, made_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        [two.id, newId(), id, head.id, head.personId, newId(), digits, TEST_NOW, later(60)],
      );
    await expect(again()).rejects.toThrow('the same digits');
    // one that is over blocks them until it is swept, for minutes
    await expect(again()).rejects.toThrow('the same digits');
    await sweepPayCodes(later(60 + 5 * 60 - 1), 100_000);
    await expect(again()).rejects.toThrow('the same digits');
    await sweepPayCodes(later(60 + 5 * 60 + 1), 100_000);
    await again();
  });

  it('is one a device, also when it asks many times at once; and over when its session is ended', async () => {
    const { v, at } = await market(owner, 50);
    const session = newId();
    await prisma.session.create({
      data: {
        id: session,
        personId: v.household(0).head.personId,
        device: 'test',
        createdAt: TEST_NOW,
        expiresAt: later(86_400),
      },
    });
    const many = await Promise.all(Array.from({ length: 20 }, () => code(v, 0, TEST_NOW, session)));
    expect(new Set(many).size).toBe(20);
    expect(await prisma.payCode.count({ where: { villageId: v.id, usedAt: null } })).toBe(1);
    const digits = await code(v, 0, TEST_NOW, session);
    await prisma.session.update({ where: { id: session }, data: { endedAt: TEST_NOW } });
    expect(await scan(v, { digits, at })).toEqual({ refused: 'CODE_EXPIRED' });
    // another person's session shows no code
    await expect(code(await aVillage({ households: 1 }), 0, TEST_NOW, session)).rejects.toThrow(
      'NOT_ALLOWED',
    );
  });

  it('that was used is swept only long after', async () => {
    const { v, at } = await market(owner, 50);
    await scan(v, { digits: await code(v, 0), at });
    await sweepPayCodes(later(86_400 * 80), 100_000);
    expect(await prisma.payCode.count({ where: { villageId: v.id } })).toBe(1);
    await sweepPayCodes(later(86_400 * 100), 100_000);
    expect(await prisma.payCode.count({ where: { villageId: v.id } })).toBe(0);
  });
});

describe('a village that has stopped', () => {
  it('lets nothing be taken anywhere, says why, and goes on where it was', async () => {
    const { v, at } = await market(owner, 50, 1, { freeMost: 5 });
    const soap = await at.offer('香皂', { points: 5 });
    const [voucher = ''] = await vouchers(owner, v);
    const asked = newId();
    await scan(v, { id: asked, digits: await code(v, 0), at, points: 9 });
    await setStopped(owner, v, '资金要先补上');
    const digits = await code(v, 0);
    const refused = { refused: 'VILLAGE_STOPPED' };
    expect(await scan(v, { digits, at, points: 1 })).toEqual(refused);
    expect(await answer(v, asked, 0, true, later(5))).toEqual(refused);
    expect(await pick(v, 0, soap, newId(), at)).toEqual(refused);
    expect(await order(v, 0, soap, newId(), at)).toEqual(refused);
    expect(await redeemVoucher(at, voucher)).toEqual(refused);
    await expect(
      owner.query(`select redeem_by_code($1, $2, $3, null, 1, false, $4, $5)`, [
        newId(),
        at.id,
        digits,
        at.staff.id,
        TEST_NOW,
      ]),
    ).rejects.toThrow('资金要先补上');
    await setStopped(owner, v, null);
    expect(await scan(v, { digits, at, points: 1 })).toMatchObject({ state: 'POSTED' });
    expect(await redeemVoucher(at, voucher)).toMatchObject({ state: 'POSTED' });
    await expectWhole(v);
  });
});

describe('in the middle of a sale', () => {
  it('a suspended shop and a year’s end leave every sum true', async () => {
    for (let round = 0; round < 4; round++) {
      const { v, at } = await market(owner, 30, 3);
      await announceYearEnd(owner, v);
      const now = new Date('2027-01-01T08:00+08:00');
      const digits = await Promise.all([0, 1, 2].map((n) => code(v, n, now)));
      const soap = await at.offer('香皂', { points: 5, stock: 5 });
      const held = newId();
      await order(v, 0, soap, held, at, now);
      const [, , ...sales] = await Promise.all([
        closeYear(v, now),
        setMerchant(owner, at.id, 'SUSPENDED'),
        ...digits.map((one) => scan(v, { digits: one, at, points: 10, now })),
        ...[0, 1, 2].map((n) => pick(v, n, soap, newId(), at, now)),
      ]);
      for (const one of sales) {
        if ('refused' in one) expect(['NOT_ENOUGH_POINTS', 'MERCHANT_TAKES_NOTHING']).toContain(one.refused);
      }
      await expectWhole(v);
      expect(await Promise.all([0, 1, 2].map((n) => balanceOf(v, n)))).toEqual([0, 0, 0]);
    }
  });
});

describe('jobs', () => {
  it('end what is over, one by one, and run twice change nothing more', async () => {
    const { v, at } = await market(owner, 100, 2, { freeMost: 1 });
    const soap = await at.offer('香皂', { points: 5, stock: 9 });
    for (let n = 0; n < 3; n++) await order(v, 0, soap, newId(), at);
    for (let n = 0; n < 3; n++) await scan(v, { digits: await code(v, 1), at, offer: soap });
    const over = later(86_400 * 5);
    await Promise.all([lapseRedemptions(over, 500), lapseRedemptions(over, 500)]);
    await Promise.all([expireOrders(over, 500), expireOrders(over, 500)]);
    const states = await prisma.redemption.groupBy({
      by: ['state'],
      where: { villageId: v.id },
      _count: true,
    });
    expect(states.map((one) => [one.state, one._count]).sort()).toEqual([
      ['EXPIRED', 3],
      ['LAPSED', 3],
    ]);
    expect((await prisma.offer.findFirstOrThrow({ where: { villageId: v.id } })).stock).toBe(9);
    expect(await balanceOf(v, 0)).toBe(100);
    await expectWhole(v);
    expect(await aShop(v)).toBeTruthy();
  });
});
