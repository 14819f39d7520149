import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newId } from '@/lib/platform/ids';
import { TEST_NOW } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { code, market, refundBoth, scan, undo } from '../testing/counter';
import { make, pay, paymentOf, step, sums } from '../testing/settlement';

// What a merchant is owed: all of it, once.

const { prisma, owner } = await testDb();
const DAY = 86_400_000;
const NEXT_MONTH = new Date('2026-12-03T09:00+08:00');

describe('a statement', () => {
  it('has what came before its end, once, and a late reversal in the next', async () => {
    const { v, at } = await market(owner, 100);
    const id = newId();
    await scan(v, { id, digits: await code(v, 0), at, points: 30 });
    await scan(v, { digits: await code(v, 0), at, points: 12 });
    await make(v, at, '2026-11', NEXT_MONTH);
    expect(await make(v, at, '2026-11', NEXT_MONTH)).toBe(null);
    expect(await prisma.statement.findFirstOrThrow({ where: { villageId: v.id } })).toMatchObject({
      number: 1,
      points: 42,
      fen: 4200,
      state: 'MADE',
    });
    await refundBoth(v, id, at, 0, new Date('2026-12-05T09:00+08:00'));
    const december = await make(v, at, '2026-12', new Date('2027-01-02T09:00+08:00'));
    expect(
      await prisma.statement.findFirstOrThrow({ where: { villageId: v.id, id: december ?? '' } }),
    ).toMatchObject({
      points: -30,
      fen: -3000,
    });
    expect(await sums(v, at)).toMatchObject({ stated: 12, left: 0, taken: 12, twice: 0 });
    expect(await make(v, at, '2027-01', new Date('2027-02-02T09:00+08:00'))).toBe(null);
    await expect(make(v, at, '2026-10', NEXT_MONTH)).rejects.toThrow(/STATEMENT_TOO_LATE/);
    await expect(make(v, at, '2027-03', NEXT_MONTH)).rejects.toThrow(/STATEMENT_TOO_EARLY/);
  });

  /** The shop asks, the household agrees. */
  it('is made once by two at a time', async () => {
    const { v, at } = await market(owner, 100);
    await scan(v, { digits: await code(v, 0), at, points: 30 });
    const ids = await Promise.all(Array.from({ length: 20 }, () => make(v, at, '2026-11', NEXT_MONTH)));
    expect(ids.filter((id) => id !== null)).toHaveLength(1);
    expect(await sums(v, at)).toMatchObject({ stated: 30, left: 0, twice: 0 });
  });

  it('goes from the shop to the village and back: agreed, paid, confirmed, each by its side', async () => {
    const { v, at } = await market(owner, 100);
    await scan(v, { digits: await code(v, 0), at, points: 30 });
    const id = (await make(v, at, '2026-11', NEXT_MONTH)) ?? '';
    const line = await prisma.statementLine.findFirstOrThrow({ where: { villageId: v.id, statementId: id } });
    const at3 = NEXT_MONTH;
    const paid = { fen: 3000 };
    expect(await pay(v, at, [id], at3, paid)).toBe('STATEMENT_ELSEWHERE');
    expect(await step('statement_agree', v.id, id, v.secretary.id, at3)).toBe('NOT_FOUND');
    expect(await step('statement_dispute', v.id, id, line.id, '这笔是别家的', at.staff.id, at3)).toBe('');
    expect(await step('statement_agree', v.id, id, at.staff.id, at3)).toBe('STATEMENT_ELSEWHERE');
    expect(await step('statement_answer', v.id, id, line.id, '查过了，是您店里的', at.staff.id, at3)).toBe(
      'NOT_FOUND',
    );
    expect(await step('statement_answer', v.id, id, line.id, '查过了，是您店里的', v.secretary.id, at3)).toBe(
      '',
    );
    expect(await step('statement_agree', v.id, id, at.staff.id, at3)).toBe('');
    expect(await step('statement_agree', v.id, id, at.staff.id, at3)).toBe('');
    const payment = newId();
    expect(await pay(v, at, [id], at3, { ...paid, person: at.staff.id })).toBe('NOT_FOUND');
    expect(await pay(v, at, [id], at3, { ...paid, id: payment })).toBe('');
    expect(await pay(v, at, [id], at3, { ...paid, id: payment })).toBe('');
    expect(await pay(v, at, [id], at3, { ...paid, id: payment, reference: '转账 002' })).toBe(
      'SAME_ID_OTHER_CONTENT',
    );
    expect(await pay(v, at, [id], at3, paid)).toBe('STATEMENT_ELSEWHERE');
    expect(await paymentOf(v, id)).toBe(payment);
    expect(await step('payment_confirm', v.id, payment, v.secretary.id, at3)).toBe('NOT_FOUND');
    expect(await step('payment_confirm', v.id, payment, at.staff.id, at3)).toBe('');
    expect(await step('payment_confirm', v.id, payment, at.staff.id, at3)).toBe('');
    expect(
      await prisma.statement.findFirstOrThrow({
        where: { villageId: v.id, id },
        select: { state: true, payment: { select: { reference: true } } },
      }),
    ).toEqual({ state: 'CONFIRMED', payment: { reference: '转账 001' } });
  });

  it('is not changed, added to or taken from, even by the owner', async () => {
    const { v, at } = await market(owner, 100);
    await scan(v, { digits: await code(v, 0), at, points: 30 });
    const id = (await make(v, at, '2026-11', NEXT_MONTH)) ?? '';
    await scan(v, { digits: await code(v, 0), at, points: 5 });
    for (const [sql, why] of [
      [`update statement set points = 31 where id = '${id}'`, 'stays as it was made'],
      [`update statement set state = 'PAID' where id = '${id}'`, 'never'],
      [`update statement set state = 'DISPUTED' where id = '${id}'`, 'while a line of it is'],
      [`delete from statement where id = '${id}'`, 'are kept'],
      [`update statement_line set points = 31 where statement_id = '${id}'`, 'stays'],
      [`delete from statement_line where statement_id = '${id}'`, 'are kept'],
      [
        `insert into statement_line (village_id, id, statement_id, posting_id, points, fen)
         select '${v.id}', gen_random_uuid(), '${id}', m.posting_id, m.points, m.fen from merchant_postings('${v.id}', '${at.id}') m where m.points = 5`,
        'made whole',
      ],
      [
        `insert into statement (village_id, id, merchant_id, month, number, cut_off, points, fen, due_on, made_at)
         values ('${v.id}', gen_random_uuid(), '${at.id}', '2026-12', 1, now(), 500, 50000, '2027-01-10', now())`,
        'sum of its postings',
      ],
    ] as const) {
      await expect(owner.query(sql), sql).rejects.toThrow(why);
    }
    await expect(prisma.statement.deleteMany({ where: { villageId: v.id } })).rejects.toThrow(
      /permission denied/,
    );
  });

  it('adds up at every cut-off of any history', async () => {
    const act = fc.oneof(
      {
        weight: 5,
        arbitrary: fc.record({
          do: fc.constant('take' as const),
          household: fc.nat(2),
          points: fc.integer({ min: 1, max: 9 }),
        }),
      },
      { weight: 2, arbitrary: fc.record({ do: fc.constant('undo' as const), of: fc.nat(30) }) },
      { weight: 2, arbitrary: fc.record({ do: fc.constant('refund' as const), of: fc.nat(30) }) },
      { weight: 2, arbitrary: fc.record({ do: fc.constant('state' as const), month: fc.nat(3) }) },
      {
        weight: 1,
        arbitrary: fc.record({ do: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 25 }) }),
      },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(act, { minLength: 1, maxLength: 4 }), { minLength: 4, maxLength: 12 }),
        async (history) => {
          const { v, at } = await market(owner, 60, 3);
          const taken: string[] = [];
          let now = TEST_NOW;
          for (const together of history) {
            // each row of acts happens at once
            await Promise.all(
              together.map(async (one) => {
                if (one.do === 'wait') now = new Date(now.getTime() + one.days * DAY);
                else if (one.do === 'state') {
                  const month = ['2026-11', '2026-12', '2027-01', '2027-02'][one.month] ?? '';
                  await step('statement_make', v.id, at.id, month, newId(), now);
                } else if (one.do === 'take') {
                  const id = newId();
                  const digits = await code(v, one.household, now);
                  await scan(v, { id, digits, at, points: one.points, now });
                  taken.push(id);
                } else {
                  const id = taken[one.of % Math.max(taken.length, 1)];
                  if (!id) return;
                  if (one.do === 'undo') await undo(v, id, at.staff.id, now);
                  else {
                    const row = await prisma.redemption.findFirst({ where: { villageId: v.id, id } });
                    const of = [0, 1, 2].find((n) => v.household(n).id === row?.householdId);
                    if (of !== undefined) await refundBoth(v, id, at, of, now);
                  }
                }
              }),
            );
            const at1 = await sums(v, at);
            expect(at1.stated + at1.left).toBe(at1.taken);
            expect(at1.twice).toBe(0);
          }
          expect(await prisma.$queryRaw`select * from ledger_verify(${v.id}::uuid)`).toEqual([]);
        },
      ),
      { numRuns: 40, seed: 20261124 },
    );
  }, 180_000);
});
