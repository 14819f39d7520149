import { describe, expect, it } from 'vitest';
import { listEntries } from '@/lib/ledger/reads';
import { newId } from '@/lib/platform/ids';
import { anAppointment, TEST_NOW, type VillageBuilt } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { aShop, type ShopBuilt } from '@/lib/testing/shop';
import { endTerms, setMerchant, setQuarter, setStopped } from '../testing/alliance';
import {
  answer,
  balanceOf,
  code,
  decline,
  expectWhole,
  market,
  pick,
  redeemVoucher,
  refund,
  scan,
  undo,
  vouchers,
} from '../testing/counter';
import { sayReason } from './rules';
import { UNDO_REASONS } from './types';

// What goes back: by the shop on the day, by both later, as often as it is asked for and once at most.

const { prisma, owner } = await testDb();
const later = new Date(TEST_NOW.getTime() + 86_400_000 * 40);
const soon = new Date(TEST_NOW.getTime() + 5000);

/** A household of 20 points that has paid 8 of them. */
async function paid(): Promise<{ v: VillageBuilt; at: ShopBuilt; id: string; head: string; spouse: string }> {
  const { v, at } = await market(owner, 20, 2);
  const id = newId();
  await pick(v, 0, await at.offer('香皂', { points: 8, stock: 3 }), id, at);
  return {
    v,
    at,
    id,
    head: v.household(0).head.personId,
    spouse: v.household(0).residents[1]?.personId ?? '',
  };
}

describe('a refund that was asked for', () => {
  it('can be declined by the other side, taken back by its own, and asked for again', async () => {
    const { v, at, id, head, spouse } = await paid();
    expect(await decline(v, id, 'SHOP', at.staff.id)).toEqual({ refused: 'REFUND_NOT_ASKED' });
    await refund(v, id, 'HOUSEHOLD', head, { now: later });
    expect(await decline(v, id, 'SHOP', (await aShop(v)).staff.id)).toEqual({ refused: 'NOT_FOUND' });
    expect(await decline(v, id, 'HOUSEHOLD', v.household(1).head.personId)).toEqual({ refused: 'NOT_FOUND' });
    expect(await decline(v, id, 'SHOP', at.staff.id)).toMatchObject({ state: 'POSTED' });
    expect(await refund(v, id, 'SHOP', at.staff.id, { now: later })).toMatchObject({ state: 'POSTED' });
    expect(await decline(v, id, 'HOUSEHOLD', spouse)).toMatchObject({ state: 'POSTED' });
    await refund(v, id, 'HOUSEHOLD', head, { now: later });
    expect(await decline(v, id, 'HOUSEHOLD', head)).toMatchObject({ state: 'POSTED' });
    expect(await balanceOf(v, 0)).toBe(12);
    await refund(v, id, 'HOUSEHOLD', spouse, { now: later });
    expect(await refund(v, id, 'SHOP', at.staff.id, { now: later })).toMatchObject({ state: 'REFUNDED' });
    expect(await decline(v, id, 'SHOP', at.staff.id)).toEqual({ refused: 'REDEMPTION_DECIDED' });
    expect(await balanceOf(v, 0)).toBe(20);
    await expectWhole(v);
  });

  it('is agreed to and declined at once: one of them is true', async () => {
    for (let round = 0; round < 6; round++) {
      const { v, at, id, head } = await paid();
      await refund(v, id, 'SHOP', at.staff.id, { now: later });
      await Promise.all([
        refund(v, id, 'HOUSEHOLD', head, { now: later }),
        decline(v, id, 'SHOP', at.staff.id, later),
      ]);
      const row = await prisma.redemption.findFirstOrThrow({ where: { villageId: v.id, id } });
      expect(await balanceOf(v, 0)).toBe(row.state === 'REFUNDED' ? 20 : 12);
      await expectWhole(v);
    }
  });
});

describe('giving back needs no standing', () => {
  it('a refund gives the points back: of a suspended shop, past its terms, in a village that has stopped', async () => {
    const ways: ((v: VillageBuilt, at: ShopBuilt) => Promise<void>)[] = [
      (_, at) => setMerchant(owner, at.id, 'SUSPENDED'),
      (v, at) => endTerms(owner, v, at.id),
      (v) => setStopped(owner, v, '先停一停'),
      (v) => setQuarter(owner, v, '2026Q4', 'PUBLICITY'),
      (v) => setQuarter(owner, v, '2026Q4', 'LOCKED'),
    ];
    for (const way of ways) {
      const { v, at, id, head } = await paid();
      await way(v, at);
      await refund(v, id, 'HOUSEHOLD', head, { now: later });
      expect(await refund(v, id, 'SHOP', at.staff.id, { now: later })).toMatchObject({ state: 'REFUNDED' });
      expect(await balanceOf(v, 0)).toBe(20);
      await expectWhole(v);
      const other = await paid();
      await way(other.v, other.at);
      expect(await undo(other.v, other.id, other.at.staff.id)).toMatchObject({ state: 'UNDONE' });
      expect(await balanceOf(other.v, 0)).toBe(20);
    }
  });

  it('but an award of a locked quarter still stays', async () => {
    const { v } = await paid();
    await setQuarter(owner, v, '2026Q4', 'LOCKED');
    const award = await prisma.posting.findFirstOrThrow({ where: { villageId: v.id, kind: 'AWARD' } });
    await expect(
      owner.query(`select ledger_reverse($1, $2, $3, 0::smallint, '错', null, $3, $4)`, [
        v.id,
        award.id,
        newId(),
        TEST_NOW,
      ]),
    ).rejects.toThrow('PERIOD_LOCKED');
  });
});

describe('once', () => {
  it('returning twice gives once', async () => {
    const { v, at, id, head } = await paid();
    await refund(v, id, 'SHOP', at.staff.id);
    await Promise.all([
      undo(v, id, at.staff.id),
      refund(v, id, 'HOUSEHOLD', head),
      undo(v, id, at.staff.id),
      refund(v, id, 'HOUSEHOLD', head),
    ]);
    expect(await balanceOf(v, 0)).toBe(20);
    expect(await prisma.posting.count({ where: { villageId: v.id, kind: 'REVERSAL' } })).toBe(1);
    expect((await prisma.offer.findFirstOrThrow({ where: { villageId: v.id } })).stock).toBe(3);
    await expectWhole(v);
  });

  it('what comes back is not earned: the month’s cap stays as it was', async () => {
    const { v, at, id, head } = await paid();
    const earned = async () =>
      (
        await prisma.$queryRaw<{ points: number }[]>`
          select month_awarded(${v.id}::uuid, ${v.household(0).id}::uuid, '2026-11-24'::date) as points`
      )[0]?.points;
    const before = await earned();
    await refund(v, id, 'SHOP', at.staff.id);
    await refund(v, id, 'HOUSEHOLD', head);
    expect(await balanceOf(v, 0)).toBe(20);
    expect(await earned()).toBe(before);
  });

  it('a cancelled first claim is not paid twice', async () => {
    const { v, at } = await market(owner, 20, 1, { freeMost: 5 });
    const digits = await code(v, 0);
    const first = newId();
    expect(await scan(v, { id: first, digits, at, points: 8 })).toMatchObject({ state: 'ASKED' });
    await answer(v, first, 0, false, soon);
    expect(await scan(v, { id: first, digits, at, points: 8 })).toMatchObject({
      state: 'LAPSED',
      repeated: true,
    });
    expect(await scan(v, { digits, at, points: 8 })).toEqual({ refused: 'CODE_USED' });
    const second = newId();
    await scan(v, { id: second, digits: await code(v, 0), at, points: 8 });
    await answer(v, second, 0, true, soon);
    expect(await answer(v, first, 0, true, soon)).toEqual({ refused: 'REDEMPTION_DECIDED' });
    expect(await balanceOf(v, 0)).toBe(12);
    expect(await prisma.posting.count({ where: { villageId: v.id, kind: 'REDEMPTION' } })).toBe(1);
    await expectWhole(v);
  });

  it('a voucher does not go back, not by its owner either', async () => {
    const { v, at } = await market(owner, 0);
    const [digits = ''] = await vouchers(owner, v);
    const id = newId();
    await redeemVoucher(at, digits, id);
    const head = v.household(0).head.personId;
    expect(await undo(v, id, at.staff.id)).toEqual({ refused: 'REDEMPTION_NOT_POSTED' });
    expect(await refund(v, id, 'HOUSEHOLD', head)).toEqual({ refused: 'REDEMPTION_NOT_POSTED' });
    await expect(
      owner.query(
        `update redemption set refund_side = 'SHOP', refund_by_id = made_by_id, refund_why = 'OTHER' where id = $1`,
        [id],
      ),
    ).rejects.toThrow('goes from');
  });
});

describe('why', () => {
  it('is one of six words in the public ledger; what is written beside stays with the two', async () => {
    const { rows } = await owner.query<{ said: string }>(
      'select undo_reason_said(r) as said from unnest($1::text[]) r',
      [[...UNDO_REASONS]],
    );
    expect(rows.map((row) => row.said)).toEqual(UNDO_REASONS.map(sayReason));
    const { v, at, id } = await paid();
    expect(await undo(v, id, at.staff.id, TEST_NOW, '红色的那种')).toEqual({ refused: 'REASON_REQUIRED' });
    await undo(v, id, at.staff.id, TEST_NOW, 'WRONG_OFFER');
    const page = await listEntries(prisma, v.id);
    expect(page?.entries[0]).toMatchObject({ points: 8, reason: '东西不对' });
    expect(JSON.stringify(page)).not.toContain('红色');
    const row = await prisma.redemption.findFirstOrThrow({ where: { villageId: v.id, id } });
    expect(row).toMatchObject({ endReason: 'WRONG_OFFER', endNote: '红色的那种' });
    const other = await paid();
    await expect(
      owner.query(
        `update redemption set refund_side = 'SHOP', refund_by_id = $2, refund_why = '骂人的话' where id = $1`,
        [other.id, other.at.staff.id],
      ),
    ).rejects.toThrow('redemption_refund_reason');
  });

  it('is said to the household each time, without a word of the note', async () => {
    const { v, at, id, head } = await paid();
    await refund(v, id, 'SHOP', at.staff.id, { reason: 'WRONG_AMOUNT' });
    await decline(v, id, 'SHOP', at.staff.id);
    await refund(v, id, 'HOUSEHOLD', head);
    await decline(v, id, 'SHOP', at.staff.id);
    await refund(v, id, 'HOUSEHOLD', head);
    await refund(v, id, 'SHOP', at.staff.id);
    const told = await prisma.message.findMany({ where: { villageId: v.id }, orderBy: { id: 'asc' } });
    const mine = told.filter((one) => one.personId === head);
    expect(told.length).toBe(mine.length * 2);
    expect(mine.map((one) => one.title).sort()).toEqual(
      [
        '在“小卖部”用了 8 分',
        '“小卖部”要退回 8 分，等您家答复',
        '“小卖部”收回了退货的提议',
        '“小卖部”没有同意退货',
        '“小卖部”退回 8 分',
      ].sort(),
    );
    expect(JSON.stringify(told)).not.toContain('坏的');
    expect(new Set(told.map((one) => one.href))).toEqual(new Set([`/me/redemptions/${id}`]));
  });

  it('is for the household’s side alone to say who belongs to it, and who stands on both speaks for the shop', async () => {
    const { v, at, id, head, spouse } = await paid();
    await anAppointment(head, 'MERCHANT', { merchantId: at.id });
    expect(await refund(v, id, 'HOUSEHOLD', head)).toEqual({ refused: 'NOT_ALLOWED' });
    await refund(v, id, 'SHOP', head);
    expect(await refund(v, id, 'HOUSEHOLD', spouse)).toMatchObject({ state: 'REFUNDED' });
    await expectWhole(v);
  });
});
