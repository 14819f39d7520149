import { describe, expect, it } from 'vitest';
import { newId } from '@/lib/platform/ids';
import { anAppointment, aPerson, type VillageBuilt } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import type { ShopBuilt } from '@/lib/testing/shop';
import { code, market, refundBoth, scan } from '../testing/counter';
import { agree, make, pay, paymentOf, step } from '../testing/settlement';

// What the village pays, and what both sides say of it.

const { prisma, owner } = await testDb();
const NOVEMBER = new Date('2026-12-03T09:00+08:00');
const DECEMBER = new Date('2027-01-03T09:00+08:00');
const JANUARY = new Date('2027-02-03T09:00+08:00');

/** Points taken, and given back by both sides later. */
async function sale(v: VillageBuilt, at: ShopBuilt, points: number, now?: Date) {
  const id = newId();
  const digits = await code(v, 0, now);
  await scan(v, { id, digits, at, points, ...(now ? { now } : {}) });
  return id;
}
async function giveBack(v: VillageBuilt, at: ShopBuilt, id: string, now: Date) {
  expect(await refundBoth(v, id, at, 0, now)).toMatchObject({ state: 'REFUNDED' });
}
/** A month's statement, agreed. */
async function agreed(v: VillageBuilt, at: ShopBuilt, month: string, now: Date): Promise<string> {
  const id = (await make(v, at, month, now)) ?? '';
  expect(await agree(v, at, id, now)).toBe('');
  return id;
}
const stateOf = async (v: VillageBuilt, id: string) =>
  (await prisma.statement.findUniqueOrThrow({ where: { villageId_id: { villageId: v.id, id } } })).state;
const say = (v: VillageBuilt, payment: string, side: string, person: string, now: Date, body = '卡上没有') =>
  step('payment_say', v.id, payment, newId(), side, body, person, now);
const correct = (v: VillageBuilt, old: string, now: Date, id = newId(), reference = '转账 002') =>
  step(
    'payment_correct',
    v.id,
    old,
    id,
    '2026-12-03',
    'BANK',
    reference,
    null,
    '写错了',
    v.secretary.id,
    now,
  );

describe('what the merchant owes', () => {
  it('comes off the next payment, which cannot leave it out', async () => {
    const { v, at } = await market(owner, 200);
    const first = await sale(v, at, 50);
    const november = await agreed(v, at, '2026-11', NOVEMBER);
    expect(await pay(v, at, [november], NOVEMBER, { fen: 5000 })).toBe('');
    await giveBack(v, at, first, new Date('2026-12-05T09:00+08:00'));
    await sale(v, at, 20, new Date('2026-12-06T09:00+08:00'));
    const december = await agreed(v, at, '2026-12', DECEMBER);
    // below zero: nothing to pay, it waits
    expect(await pay(v, at, [december], DECEMBER, { fen: 0, channel: 'OFFSET' })).toBe('PAYMENT_OTHER_SUM');
    await sale(v, at, 45, new Date('2027-01-06T09:00+08:00'));
    const january = await agreed(v, at, '2027-01', JANUARY);
    // nor is money asked back of whom more is owed
    expect(await pay(v, at, [december], JANUARY, { fen: -3000 })).toBe('PAYMENT_NEGATIVE');
    expect(await pay(v, at, [january], JANUARY, { fen: 4500 })).toBe('PAYMENT_LEAVES_OUT');
    expect(await pay(v, at, [january, december], JANUARY, { fen: 4500 })).toBe('PAYMENT_OTHER_SUM');
    expect(await pay(v, at, [january, december, november], JANUARY, { fen: 6500 })).toBe(
      'STATEMENT_ELSEWHERE',
    );
    expect(await pay(v, at, [january, december, newId()], JANUARY, { fen: 1500 })).toBe('NOT_FOUND');
    expect(await pay(v, at, [january, december], JANUARY, { fen: 1500 })).toBe('');
    const payment = await paymentOf(v, december);
    expect(payment).toBe(await paymentOf(v, january));
    expect(await step('payment_confirm', v.id, payment, at.staff.id, JANUARY)).toBe('');
    expect([await stateOf(v, december), await stateOf(v, january)]).toEqual(['CONFIRMED', 'CONFIRMED']);
    const { _sum } = await prisma.payment.aggregate({ where: { villageId: v.id }, _sum: { fen: true } });
    expect(_sum.fen).toBe(6500);
  });

  it('and what it is owed may come to nothing: no money moves, both sides say so', async () => {
    const { v, at } = await market(owner, 200);
    const first = await sale(v, at, 30);
    const november = await agreed(v, at, '2026-11', NOVEMBER);
    expect(await pay(v, at, [november], NOVEMBER, { fen: 3000 })).toBe('');
    await giveBack(v, at, first, new Date('2026-12-05T09:00+08:00'));
    const december = await agreed(v, at, '2026-12', DECEMBER);
    await sale(v, at, 30, new Date('2027-01-06T09:00+08:00'));
    const january = await agreed(v, at, '2027-01', JANUARY);
    await expect(pay(v, at, [january, december], JANUARY, { fen: 0 })).rejects.toThrow(/payment_money/);
    expect(await pay(v, at, [january, december], JANUARY, { fen: 0, channel: 'OFFSET' })).toBe('');
    expect(await step('payment_confirm', v.id, await paymentOf(v, january), at.staff.id, JANUARY)).toBe('');
  });
});

describe('a merchant who sells no more', () => {
  it('hands back what it owes, confirms it, and can leave', async () => {
    const { v, at } = await market(owner, 200);
    const first = await sale(v, at, 50);
    const november = await agreed(v, at, '2026-11', NOVEMBER);
    expect(await pay(v, at, [november], NOVEMBER, { fen: 5000 })).toBe('');
    expect(await step('payment_confirm', v.id, await paymentOf(v, november), at.staff.id, NOVEMBER)).toBe('');
    await giveBack(v, at, first, new Date('2026-12-05T09:00+08:00'));
    const december = await agreed(v, at, '2026-12', DECEMBER);
    const settled = async () => {
      const [row] = await prisma.$queryRaw<{ left: number }[]>`
        select (u.postings + u.statements + u.waiting)::int as left from merchant_unsettled(${at.id}::uuid) u`;
      return row?.left === 0;
    };
    expect(await settled()).toBe(false);
    await expect(pay(v, at, [december], DECEMBER, { fen: -5000, channel: 'OFFSET' })).rejects.toThrow(
      /payment_money/,
    );
    expect(await pay(v, at, [december], DECEMBER, { fen: -4000 })).toBe('PAYMENT_OTHER_SUM');
    expect(await pay(v, at, [december], DECEMBER, { fen: -5000, channel: 'CASH' })).toBe('');
    const back = await paymentOf(v, december);
    // what the village says alone is not the end
    expect(await settled()).toBe(false);
    expect(await step('payment_say', v.id, back, newId(), 'SHOP', '没有退过', at.staff.id, DECEMBER)).toBe(
      '',
    );
    expect(await step('payment_confirm', v.id, back, at.staff.id, DECEMBER)).toBe('');
    expect(await stateOf(v, december)).toBe('CONFIRMED');
    expect(await settled()).toBe(true);
    const { _sum } = await prisma.payment.aggregate({ where: { villageId: v.id }, _sum: { fen: true } });
    expect(_sum.fen).toBe(0);
  });
});

describe('nobody hands money back', () => {
  /** Fifty points paid for and given back: the merchant owes 5000. */
  async function owing() {
    const { v, at } = await market(owner, 300);
    const first = await sale(v, at, 50);
    const november = await agreed(v, at, '2026-11', NOVEMBER);
    await pay(v, at, [november], NOVEMBER, { fen: 5000 });
    await step('payment_confirm', v.id, await paymentOf(v, november), at.staff.id, NOVEMBER);
    await giveBack(v, at, first, new Date('2026-12-05T09:00+08:00'));
    const december = await agreed(v, at, '2026-12', DECEMBER);
    const handBack = (fen = -5000, statements = [december]) =>
      pay(v, at, statements, JANUARY, { fen, channel: 'CASH' });
    return { v, at, december, handBack };
  }
  const IN_JANUARY = new Date('2027-01-06T09:00+08:00');

  it('while points it took are in no statement', async () => {
    const { v, at, december, handBack } = await owing();
    await sale(v, at, 80, IN_JANUARY);
    expect(await handBack()).toBe('PAYMENT_NEGATIVE');
    const january = await agreed(v, at, '2027-01', JANUARY);
    expect(await handBack()).toBe('PAYMENT_NEGATIVE');
    expect(await pay(v, at, [december, january], JANUARY, { fen: 3000 })).toBe('');
  });

  it('while a statement waits for its word, is disputed, or is paid and not confirmed', async () => {
    const { v, at, december, handBack } = await owing();
    await sale(v, at, 20, IN_JANUARY);
    const january = (await make(v, at, '2027-01', JANUARY)) ?? '';
    expect(await handBack()).toBe('PAYMENT_NEGATIVE');
    const line = await prisma.statementLine.findFirstOrThrow({
      where: { villageId: v.id, statementId: january },
    });
    await step('statement_dispute', v.id, january, line.id, '少算了', at.staff.id, JANUARY);
    expect(await handBack()).toBe('PAYMENT_NEGATIVE');
    await step('statement_withdraw', v.id, january, line.id, at.staff.id, JANUARY);
    expect(await agree(v, at, january, JANUARY)).toBe('');
    // agreed, it belongs to what is handed back, or it can't be
    expect(await handBack()).toBe('PAYMENT_NEGATIVE');
    expect(await handBack(-3000, [december, january])).toBe('');
    expect(await stateOf(v, january)).toBe('PAID');
  });

  it('while money that the village says it paid isn’t confirmed', async () => {
    const { v, at } = await market(owner, 300);
    const first = await sale(v, at, 50);
    const november = await agreed(v, at, '2026-11', NOVEMBER);
    await pay(v, at, [november], NOVEMBER, { fen: 5000 });
    await giveBack(v, at, first, new Date('2026-12-05T09:00+08:00'));
    const december = await agreed(v, at, '2026-12', DECEMBER);
    const handBack = () => pay(v, at, [december], JANUARY, { fen: -5000, channel: 'CASH' });
    expect(await handBack()).toBe('PAYMENT_NEGATIVE');
    await step('payment_confirm', v.id, await paymentOf(v, november), at.staff.id, JANUARY);
    expect(await handBack()).toBe('');
  });
});

describe('a statement of nothing', () => {
  it('of a charity is done when it is agreed', async () => {
    const { v, at } = await market(owner, 200, 1, { isCharity: true });
    await sale(v, at, 30);
    const id = (await make(v, at, '2026-11', NOVEMBER)) ?? '';
    expect(await agree(v, at, id, NOVEMBER)).toBe('');
    expect(await prisma.statement.findFirstOrThrow({ where: { villageId: v.id, id } })).toMatchObject({
      state: 'CONFIRMED',
      points: 30,
      fen: 0,
      paymentId: null,
      confirmedById: at.staff.id,
    });
    expect(await pay(v, at, [id], NOVEMBER, { fen: 0, channel: 'OFFSET' })).toBe('STATEMENT_ELSEWHERE');
  });

  it('whose sales were all given back, too', async () => {
    const { v, at } = await market(owner, 200);
    await giveBack(v, at, await sale(v, at, 30), new Date('2026-11-25T09:00+08:00'));
    const id = await agreed(v, at, '2026-11', NOVEMBER);
    expect(await stateOf(v, id)).toBe('CONFIRMED');
    expect(await prisma.statementLine.count({ where: { villageId: v.id, statementId: id } })).toBe(2);
  });
});

describe('a payment', () => {
  async function paid() {
    const { v, at } = await market(owner, 200);
    await sale(v, at, 30);
    const id = await agreed(v, at, '2026-11', NOVEMBER);
    expect(await pay(v, at, [id], NOVEMBER, { fen: 3000 })).toBe('');
    return { v, at, id, payment: await paymentOf(v, id) };
  }

  it('is of a day between the statement and now', async () => {
    const { v, at } = await market(owner, 200);
    await sale(v, at, 30);
    const id = await agreed(v, at, '2026-11', NOVEMBER);
    for (const paidOn of ['2026-12-02', '2026-12-04'])
      expect(await pay(v, at, [id], NOVEMBER, { fen: 3000, paidOn })).toBe('PAID_ON_OUTSIDE');
    expect(await pay(v, at, [id], NOVEMBER, { fen: 3000, paidOn: '2026-12-03' })).toBe('');
  });

  it('has not come: the merchant says so, the village answers or corrects, and it can still be confirmed', async () => {
    const { v, at, id, payment } = await paid();
    expect(await say(v, payment, 'VILLAGE', v.secretary.id, NOVEMBER, '到了的')).toBe('PAYMENT_NOT_MISSED');
    expect(await say(v, payment, 'SHOP', v.secretary.id, NOVEMBER)).toBe('NOT_FOUND');
    expect(await say(v, payment, 'SHOP', at.staff.id, NOVEMBER, ' ')).toBe('REASON_REQUIRED');
    expect(await say(v, payment, 'SHOP', at.staff.id, NOVEMBER)).toBe('');
    expect(await stateOf(v, id)).toBe('PAID');
    expect(await say(v, payment, 'VILLAGE', at.staff.id, NOVEMBER)).toBe('NOT_FOUND');
    expect(await say(v, payment, 'VILLAGE', v.secretary.id, NOVEMBER, '银行说明天到')).toBe('');
    expect(await say(v, payment, 'SHOP', at.staff.id, DECEMBER, '还是没有')).toBe('');
    const second = newId();
    expect(await correct(v, payment, DECEMBER, second)).toBe('');
    expect(await correct(v, payment, DECEMBER, second)).toBe('');
    expect(await correct(v, payment, DECEMBER)).toBe('PAYMENT_REPLACED');
    expect(await paymentOf(v, id)).toBe(second);
    // the old one is kept, and nothing is said of it any more
    expect(await step('payment_confirm', v.id, payment, at.staff.id, DECEMBER)).toBe('PAYMENT_REPLACED');
    expect(await say(v, payment, 'SHOP', at.staff.id, DECEMBER)).toBe('PAYMENT_REPLACED');
    expect(await step('payment_confirm', v.id, second, at.staff.id, DECEMBER)).toBe('');
    expect(await correct(v, second, DECEMBER)).toBe('STATEMENT_ELSEWHERE');
    expect(await prisma.payment.count({ where: { villageId: v.id } })).toBe(2);
    expect(await prisma.paymentNote.count({ where: { villageId: v.id } })).toBe(3);
  });

  it('of twenty at once is one; and so is what corrects and what confirms it', {
    timeout: 60_000,
  }, async () => {
    const { v, at } = await market(owner, 200);
    await sale(v, at, 30);
    const id = await agreed(v, at, '2026-11', NOVEMBER);
    const twenty = <T>(run: () => Promise<T>) => Promise.all(Array.from({ length: 20 }, run));
    const count = (codes: string[], code: string) => codes.filter((one) => one === code).length;
    const others = await twenty(() => pay(v, at, [id], NOVEMBER, { fen: 3000 }));
    expect([count(others, ''), count(others, 'STATEMENT_ELSEWHERE')]).toEqual([1, 19]);
    expect(await prisma.payment.count({ where: { villageId: v.id } })).toBe(1);
    const first = await paymentOf(v, id);
    const corrected = await twenty(() => correct(v, first, NOVEMBER));
    expect([count(corrected, ''), count(corrected, 'PAYMENT_REPLACED')]).toEqual([1, 19]);
    const second = await paymentOf(v, id);
    // who confirms and who corrects at once: one of them comes first
    const both = await Promise.all([
      twenty(() => step('payment_confirm', v.id, second, at.staff.id, NOVEMBER)),
      twenty(() => correct(v, second, NOVEMBER)),
    ]);
    const isConfirmed = (await stateOf(v, id)) === 'CONFIRMED';
    expect(count(both[0], '')).toBe(isConfirmed ? 20 : 0);
    expect(count(both[1], '')).toBe(isConfirmed ? 0 : 1);
    const same = newId();
    const repeated = await twenty(() => pay(v, at, [id], NOVEMBER, { id: same, fen: 3000 }));
    expect(count(repeated, 'STATEMENT_ELSEWHERE')).toBe(20);
  });

  it('with one id twenty times is one, and agreeing too', async () => {
    const { v, at } = await market(owner, 200);
    await sale(v, at, 30);
    const id = (await make(v, at, '2026-11', NOVEMBER)) ?? '';
    const same = newId();
    expect(new Set(await Promise.all(Array.from({ length: 20 }, () => agree(v, at, id, NOVEMBER))))).toEqual(
      new Set(['']),
    );
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => pay(v, at, [id], NOVEMBER, { id: same, fen: 3000 })),
    );
    expect(new Set(answers)).toEqual(new Set(['']));
    expect(await prisma.payment.count({ where: { villageId: v.id } })).toBe(1);
  });

  it('is never the shop’s own people’s, whatever else they are', async () => {
    const { v, at } = await market(owner, 200);
    await sale(v, at, 30);
    const id = (await make(v, at, '2026-11', NOVEMBER)) ?? '';
    const both = await aPerson('两头');
    await anAppointment(both.id, 'SECRETARY', { villageId: v.id });
    await anAppointment(both.id, 'MERCHANT', { merchantId: at.id });
    const line = await prisma.statementLine.findFirstOrThrow({ where: { villageId: v.id, statementId: id } });
    expect(await step('statement_dispute', v.id, id, line.id, '不是的', both.id, NOVEMBER)).toBe('');
    expect(await step('statement_answer', v.id, id, line.id, '是的', both.id, NOVEMBER)).toBe('NOT_ALLOWED');
    expect(await step('statement_answer', v.id, id, line.id, '是的', v.secretary.id, NOVEMBER)).toBe('');
    expect(await agree(v, at, id, NOVEMBER)).toBe('');
    expect(await pay(v, at, [id], NOVEMBER, { fen: 3000, person: both.id })).toBe('NOT_ALLOWED');
    expect(await pay(v, at, [id], NOVEMBER, { fen: 3000 })).toBe('');
  });

  it('takes a slip of its own merchant and village alone', async () => {
    const { v, at } = await market(owner, 200);
    await sale(v, at, 30);
    const id = await agreed(v, at, '2026-11', NOVEMBER);
    const photo = async (purpose: 'SLIP' | 'OFFER', villageId: string | null, merchantId = at.id) => {
      const slip = newId();
      await owner.query(
        `insert into merchant_photo (id, merchant_id, purpose, village_id, source_hash, large_hash, small_hash, width, height, bytes, created_at)
         values ($1, $2, $3, $4, $5, $5, $5, 10, 10, 10, now())`,
        [slip, merchantId, purpose, villageId, 'a'.repeat(64)],
      );
      return slip;
    };
    const other = await market(owner, 0);
    for (const slip of [
      newId(),
      await photo('OFFER', null),
      await photo('SLIP', other.v.id),
      await photo('SLIP', v.id, other.at.id),
    ])
      expect(await pay(v, at, [id], NOVEMBER, { fen: 3000, slip })).toBe('PHOTO_NOT_YOURS');
    expect(await pay(v, at, [id], NOVEMBER, { fen: 3000, slip: await photo('SLIP', v.id) })).toBe('');
  });

  it('is not changed, moved or forged, even by the owner', async () => {
    const { v, at, id, payment } = await paid();
    await sale(v, at, 5, new Date('2026-12-05T09:00+08:00'));
    const second = await agreed(v, at, '2026-12', DECEMBER);
    const forged = (fen: number, person: string, replaces = 'null') =>
      `insert into payment (village_id, id, merchant_id, fen, paid_on, channel, replaces_id, replace_why, paid_by_id, paid_at)
       values ('${v.id}', gen_random_uuid(), '${at.id}', ${fen}, '2026-12-03', 'BANK', ${replaces}, '${replaces === 'null' ? '' : '错'}', '${person}', '2026-12-03')`;
    for (const [sql, why] of [
      [`update payment set fen = 1 where id = '${payment}'`, 'append-only'],
      [`delete from payment where id = '${payment}'`, 'append-only'],
      [`truncate payment cascade`, 'append-only'],
      [`update statement set payment_id = null where id = '${id}'`, 'is replaced by'],
      [`update statement set state = 'AGREED', payment_id = null where id = '${id}'`, 'never'],
      [
        `update statement set state = 'PAID', payment_id = '${payment}' where id = '${second}'`,
        'sum of the statements',
      ],
      [
        `update statement set state = 'CONFIRMED', confirmed_by_id = '${v.secretary.id}', confirmed_at = now() where id = '${id}'`,
        'NOT_ALLOWED',
      ],
      [forged(3000, v.secretary.id), 'sum of the statements'],
      [forged(3000, at.staff.id), 'NOT_ALLOWED'],
      // the new one covers nothing, the old one still something: whichever is looked at first
      [forged(3000, v.secretary.id, `'${payment}'`), 'covers'],
      [
        `insert into payment_note (village_id, id, payment_id, side, body, by_id, at)
         values ('${v.id}', gen_random_uuid(), '${payment}', 'SHOP', '没收到', '${v.secretary.id}', '2026-12-04')`,
        'NOT_ALLOWED',
      ],
    ] as const) {
      await expect(owner.query(sql), sql).rejects.toThrow(why);
    }
    await expect(prisma.payment.deleteMany({ where: { villageId: v.id } })).rejects.toThrow(
      /permission denied/,
    );
  });
});
