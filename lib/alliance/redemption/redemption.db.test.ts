import { describe, expect, it } from 'vitest';
import { listEntries } from '@/lib/ledger/reads';
import { sayEntry } from '@/lib/ledger/rules';
import { listPublicLines } from '@/lib/periods/publicity/reads';
import type { Quarter } from '@/lib/platform/clock';
import { newId } from '@/lib/platform/ids';
import { anAppointment, aVillage, TEST_NOW, type VillageBuilt } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { aShop } from '@/lib/testing/shop';
import {
  answer,
  balanceOf,
  code,
  expectWhole,
  market,
  order,
  pick,
  redeemVoucher,
  refund,
  type Said,
  said,
  scan,
  undo,
  vouchers,
} from '../testing/counter';
import { lapseRedemptions } from './expiry';

// Points at a counter: once, never more than there is, and whatever happens the ledger's.

const { prisma, owner } = await testDb();
const later = (seconds: number) => new Date(TEST_NOW.getTime() + seconds * 1000);

describe('a code', () => {
  it('pays once, within its minute, and says the same receipt again', async () => {
    const { v, at } = await market(owner, 50);
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
    const { v, at } = await market(owner, 50);
    const session = newId();
    const old = await code(v, 0, TEST_NOW, session);
    expect(await scan(v, { digits: old, at, now: later(60) })).toEqual({ refused: 'CODE_EXPIRED' });
    const fresh = await code(v, 0, later(30), session);
    expect(await scan(v, { digits: old, at, now: later(31) })).toEqual({ refused: 'CODE_UNKNOWN' });
    const other = await market(owner, 50);
    expect(await scan(other.v, { digits: fresh, at: other.at, now: later(31) })).toEqual({
      refused: 'CODE_UNKNOWN',
    });
    expect(await scan(v, { digits: '12345678', at })).toEqual({ refused: 'CODE_UNKNOWN' });
    expect(await scan(v, { digits: fresh, at, now: later(31) })).toMatchObject({ state: 'POSTED' });
  });

  it('is made by the resident alone, and read by the shop alone', async () => {
    const { v, at } = await market(owner, 50, 2);
    const { id } = v.household(0);
    const stranger = v.household(1).head;
    const made = said(prisma.$queryRaw<Said[]>`
      select '' as state, digits as receipt, 0 as points, false as repeated from pay_code_make(${v.id}::uuid, ${newId()}::uuid,
        ${id}::uuid, ${v.household(0).head.id}::uuid, ${stranger.personId}::uuid, ${newId()}::uuid, ${TEST_NOW})`);
    expect(await made).toEqual({ refused: 'NOT_ALLOWED' });
    const digits = await code(v, 0);
    expect(await scan(v, { digits, at, person: stranger.personId })).toEqual({ refused: 'NOT_ALLOWED' });
    expect(await scan(v, { digits, at, person: v.secretary.id })).toEqual({ refused: 'NOT_ALLOWED' });
    const elsewhere = await aShop(await aVillage({ households: 1 }));
    expect(await scan(v, { digits, at: elsewhere })).toEqual({ refused: 'CODE_UNKNOWN' });
    expect(await balanceOf(v, 0)).toBe(50);
  });
});

describe('limits', () => {
  it('of the balance, one go, the month, an offer and its pieces are kept', async () => {
    const { v, at } = await market(owner, 30, 2, { onceMost: 25, householdMonthMost: 28 });
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
    const dear = await market(owner, 3);
    expect(await scan(dear.v, { digits: await code(dear.v, 0), at: dear.at, points: 4 })).toEqual({
      refused: 'NOT_ENOUGH_POINTS',
    });
    await expectWhole(v);
  });

  it('of an offer are what was seen of it, also for the same id and in the middle of a change', async () => {
    const { v, at } = await market(owner, 200);
    const soap = await at.offer('香皂', { points: 5, stock: 50 });
    const [id, digits] = [newId(), await code(v, 0)];
    const first = await scan(v, { id, digits, at, offer: soap, points: 5 });
    expect(first).toMatchObject({ state: 'POSTED', points: 5 });
    const price = (points: number) =>
      owner.query('update offer set points = $2 where id = $1', [soap, points]);
    await price(7);
    const changed = { refused: 'OFFER_PRICE_CHANGED' };
    expect(await scan(v, { digits: await code(v, 0), at, offer: soap, points: 5 })).toEqual(changed);
    expect(await pick(v, 0, soap, newId(), at, TEST_NOW, 5)).toEqual(changed);
    expect(await order(v, 0, soap, newId(), at, TEST_NOW, 5)).toEqual(changed);
    // what was taken before stays what it was
    expect(await scan(v, { id, digits, at, offer: soap, points: 5 })).toEqual({ ...first, repeated: true });
    expect(await scan(v, { id, digits, at, offer: soap, points: 7 })).toEqual({
      refused: 'SAME_ID_OTHER_CONTENT',
    });
    // of many who saw one price or the other while it changes, each paid what he saw
    const seen = Array.from({ length: 20 }, (_, n) => (n % 2 ? 7 : 9));
    const [, ...answers] = await Promise.all([
      price(9),
      ...seen.map((points) => pick(v, 0, soap, newId(), at, TEST_NOW, points)),
    ]);
    for (const [n, one] of answers.entries())
      expect('points' in one ? one.points : one.refused).toBe(
        'points' in one ? seen[n] : 'OFFER_PRICE_CHANGED',
      );
    await expectWhole(v);
  });

  it('of what a number may be are refused in words, and use no code up', async () => {
    const { v, at } = await market(owner, 50);
    const digits = await code(v, 0);
    for (const points of [0, -5, 100_001, 2_147_483_647, null as unknown as number]) {
      expect(await scan(v, { digits, at, points }), String(points)).toEqual({ refused: 'BAD_INPUT' });
    }
    expect(await scan(v, { digits, at, points: 1 })).toMatchObject({ state: 'POSTED' });
    expect(await balanceOf(v, 0)).toBe(49);
  });

  it('above the free one wait for the resident, for a minute', async () => {
    const { v, at } = await market(owner, 100, 2, { freeMost: 20 });
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
    await lapseRedemptions(later(61), 10);
    expect(await answer(v, late, 0, true, later(5))).toEqual({ refused: 'REDEMPTION_DECIDED' });
    expect(await balanceOf(v, 0)).toBe(59);
    await expectWhole(v);
  });

  it('of a merchant that is suspended, or whose terms have ended, are nothing at all', async () => {
    const { v, at } = await market(owner, 50, 1, { freeMost: 5 });
    const asked = newId();
    expect(await scan(v, { id: asked, digits: await code(v, 0), at })).toMatchObject({ state: 'ASKED' });
    await at.become('SUSPENDED');
    expect(await scan(v, { digits: await code(v, 0), at, points: 1 })).toEqual({
      refused: 'MERCHANT_TAKES_NOTHING',
    });
    expect(await answer(v, asked, 0, true, later(5))).toEqual({ refused: 'MERCHANT_TAKES_NOTHING' });
    await at.become('ADMITTED');
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
    const { v, at } = await market(owner, 20, 2);
    const soap = await at.offer('香皂', { points: 8, stock: 3 });
    const id = newId();
    await pick(v, 0, soap, id, at);
    expect(await undo(v, id, newId())).toEqual({ refused: 'NOT_FOUND' });
    expect(await undo(v, id, at.staff.id, TEST_NOW, '拿错了')).toEqual({ refused: 'REASON_REQUIRED' });
    expect(await undo(v, id, at.staff.id, new Date('2026-11-25T00:00+08:00'))).toEqual({
      refused: 'UNDO_SAME_DAY',
    });
    const both = await Promise.all([1, 2, 3].map(() => undo(v, id, at.staff.id)));
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

describe('what others see of it', () => {
  it('is that a household paid, in the ledger; the publicity of a quarter has none of it', async () => {
    const { v, at } = await market(owner, 20);
    const id = newId();
    await pick(v, 0, await at.offer('药酒', { points: 5 }), id, at);
    await undo(v, id, at.staff.id);
    const page = await listEntries(prisma, v.id);
    expect(page?.entries.map((entry) => [sayEntry(entry), entry.points, entry.honour])).toEqual([
      ['兑换退回', 5, 0],
      ['兑换', -5, 0],
      ['', 20, 0],
    ]);
    expect(JSON.stringify(page)).not.toContain('药酒');
    const lines = (await listPublicLines(prisma, v.id, '2026Q4' as Quarter)).lines;
    expect(lines.map((line) => line.kind)).toEqual(['AWARD']);
  });
});

describe('a refund', () => {
  const now = later(86_400 * 40);
  it('takes both sides, whoever begins, and gives points and piece back once', async () => {
    for (const begins of ['shop', 'household'] as const) {
      const { v, at } = await market(owner, 20, 2);
      const soap = await at.offer('香皂', { points: 8, stock: 3 });
      const id = newId();
      await pick(v, 0, soap, id, at);
      const shop = (reason?: string) =>
        refund(v, id, 'SHOP', at.staff.id, { now, ...(reason ? { reason } : {}) });
      const home = (reason?: string) =>
        refund(v, id, 'HOUSEHOLD', v.household(0).head.personId, { now, ...(reason ? { reason } : {}) });
      const [first, second] = begins === 'shop' ? [shop, home] : [home, shop];
      expect(await refund(v, id, 'HOUSEHOLD', v.household(1).head.personId)).toEqual({
        refused: 'NOT_FOUND',
      });
      expect(await refund(v, id, 'SHOP', v.household(0).head.personId)).toEqual({ refused: 'NOT_FOUND' });
      expect(await first('坏的')).toEqual({ refused: 'REASON_REQUIRED' });
      expect(await first()).toMatchObject({ state: 'POSTED', repeated: false });
      expect(await first()).toMatchObject({ state: 'POSTED', repeated: true });
      expect(await balanceOf(v, 0)).toBe(12);
      const agreed = await Promise.all([1, 2, 3].map(() => second('')));
      expect(agreed.map((one) => 'repeated' in one && one.repeated).sort()).toEqual([false, true, true]);
      expect(await balanceOf(v, 0)).toBe(20);
      expect((await prisma.offer.findFirstOrThrow({ where: { villageId: v.id, id: soap } })).stock).toBe(3);
      expect(await undo(v, id, at.staff.id)).toEqual({ refused: 'REDEMPTION_NOT_POSTED' });
      await expectWhole(v);
    }
  });

  it('is not agreed to by the person who asked, though he stands on both sides', async () => {
    const { v, at } = await market(owner, 20);
    const id = newId();
    await pick(v, 0, await at.offer('盐', { points: 5 }), id, at);
    const both = v.household(0).head.personId;
    await anAppointment(both, 'MERCHANT', { merchantId: at.id });
    expect(await refund(v, id, 'SHOP', both)).toMatchObject({ state: 'POSTED', repeated: false });
    expect(await refund(v, id, 'HOUSEHOLD', both)).toEqual({ refused: 'NOT_ALLOWED' });
    expect(await refund(v, id, 'SHOP', at.staff.id)).toMatchObject({ state: 'POSTED', repeated: true });
    expect(await balanceOf(v, 0)).toBe(15);
  });
});

describe('a voucher', () => {
  const aVoucher = async (v: VillageBuilt, expiresOn?: string) =>
    (await vouchers(owner, v, expiresOn ? { expiresOn } : {}))[0] ?? '';

  it('is taken once at any shop of the alliance, and costs the household nothing', async () => {
    const { v, at } = await market(owner, 5);
    const other = await aShop(v);
    const digits = await aVoucher(v);
    const all = await Promise.all(
      Array.from({ length: 40 }, (_, index) => redeemVoucher(index % 2 ? at : other, digits)),
    );
    expect(all.filter((one) => 'state' in one)).toMatchObject([{ state: 'POSTED', points: 25 }]);
    expect(new Set(all.map((one) => ('refused' in one ? one.refused : '')))).toEqual(
      new Set(['', 'VOUCHER_ENDED']),
    );
    expect(await balanceOf(v, 0)).toBe(5);
    await expectWhole(v);
  });

  it('says the same again to the same id, and is refused to strangers, unknown and past its day', async () => {
    const { v, at } = await market(owner, 5);
    const digits = await aVoucher(v);
    const id = newId();
    expect(await redeemVoucher({ ...at, staff: v.secretary }, digits)).toEqual({ refused: 'NOT_ALLOWED' });
    expect(await redeemVoucher(at, '123456789012')).toEqual({ refused: 'VOUCHER_UNKNOWN' });
    const first = await redeemVoucher(at, digits, id);
    expect(await redeemVoucher(at, digits, id)).toEqual({ ...first, repeated: true });
    expect(await redeemVoucher(await aShop(v), digits, id)).toEqual({ refused: 'SAME_ID_OTHER_CONTENT' });
    expect(await undo(v, id, at.staff.id)).toEqual({ refused: 'REDEMPTION_NOT_POSTED' });
    const old = await market(owner, 0);
    expect(await redeemVoucher(old.at, await aVoucher(old.v, '2026-11-23'))).toEqual({
      refused: 'VOUCHER_EXPIRED',
    });
    await expectWhole(v);
  });
});

describe('at the same moment', () => {
  for (const many of [10, 50, 200]) {
    it(`${many} spends of a balance that is enough for one are one`, async () => {
      const { v, at } = await market(owner, 10);
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
      const { v, at } = await market(owner, 1000);
      const digits = await code(v, 0);
      const all = await Promise.all(Array.from({ length: many }, () => scan(v, { digits, at })));
      expect(all.filter((one) => 'state' in one)).toHaveLength(1);
      expect(await balanceOf(v, 0)).toBe(990);
      await expectWhole(v);
    });

    it(`${many} repeats of one id are one`, async () => {
      const { v, at } = await market(owner, 1000);
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
    const { v, at } = await market(owner, 10, 12);
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
    const { v, at } = await market(owner, 50);
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
        `update redemption set state = 'UNDONE', ended_at = now(), ended_by_id = made_by_id, end_reason = 'OTHER' where id = '${id}'`,
        'has the postings',
      ],
      [
        `insert into redemption select (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid()))).* from redemption r where id = '${id}'`,
        'has the postings',
      ],
    ] as const) {
      await expect(owner.query(sql), sql).rejects.toThrow(why);
    }
    await expectWhole(v);
  });
});
