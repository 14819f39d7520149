import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newId } from '@/lib/platform/ids';
import { TEST_NOW, type VillageBuilt } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import type { ShopBuilt } from '@/lib/testing/shop';
import { code, market, refund, type Said, said, scan, undo } from '../testing/counter';

// What a merchant is owed: all of it, once.

const { prisma, owner } = await testDb();
const DAY = 86_400_000;
const NEXT_MONTH = new Date('2026-12-03T09:00+08:00');

async function make(v: VillageBuilt, at: ShopBuilt, month: string, now: Date): Promise<string | null> {
  const rows = await prisma.$queryRaw<{ id: string | null }[]>`
    select statement_make(${v.id}::uuid, ${at.id}::uuid, ${month}, ${newId()}::uuid, ${now})::text as id`;
  return rows[0]?.id ?? null;
}

/** Calls a function of the settlement; answers the code of its refusal, or ''. */
async function step(call: string, ...params: unknown[]): Promise<string> {
  const list = params.map((_, index) => `$${index + 1}`).join(', ');
  const answer = await said(
    prisma.$queryRawUnsafe<Said[]>(
      `select 'X' as state, '' as receipt, 0 as points, false as repeated from (select ${call}(${list})::text) x`,
      ...params,
    ),
  );
  return 'refused' in answer ? answer.refused : '';
}

/** What statements have, what is in none, and what was taken. */
async function sums(v: VillageBuilt, at: ShopBuilt) {
  const [row] = await prisma.$queryRaw<{ stated: number; left: number; taken: number; twice: number }[]>`
    select (select coalesce(sum(s.points), 0)::int from statement s where s.village_id = ${v.id}::uuid and s.merchant_id = ${at.id}::uuid) as stated,
      (select coalesce(sum(m.points), 0)::int from merchant_postings(${v.id}::uuid, ${at.id}::uuid) m
       where not exists (select 1 from statement_line l where l.village_id = ${v.id}::uuid and l.posting_id = m.posting_id)) as left,
      (select coalesce(sum(r.points), 0)::int from redemption r where r.village_id = ${v.id}::uuid
       and r.merchant_id = ${at.id}::uuid and r.state = 'POSTED') as taken,
      (select count(*)::int from (select l.posting_id from statement_line l where l.village_id = ${v.id}::uuid
       group by 1 having count(*) > 1) x) as twice`;
  if (!row) throw new Error('no sums');
  return row;
}

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
    await refundBoth(v, id, at, v.household(0).head.personId, new Date('2026-12-05T09:00+08:00'));
    const december = await make(v, at, '2026-12', new Date('2027-01-02T09:00+08:00'));
    expect(
      await prisma.statement.findFirstOrThrow({ where: { villageId: v.id, id: december ?? '' } }),
    ).toMatchObject({
      points: -30,
      fen: -3000,
    });
    expect(await sums(v, at)).toEqual({ stated: 12, left: 0, taken: 12, twice: 0 });
    expect(await make(v, at, '2027-01', new Date('2027-02-02T09:00+08:00'))).toBe(null);
    await expect(make(v, at, '2026-10', NEXT_MONTH)).rejects.toThrow(/STATEMENT_TOO_LATE/);
    await expect(make(v, at, '2027-03', NEXT_MONTH)).rejects.toThrow(/STATEMENT_TOO_EARLY/);
  });

  /** The shop asks, the household agrees. */
  async function refundBoth(v: VillageBuilt, id: string, at: ShopBuilt, head: string, now: Date) {
    await refund(v, id, 'SHOP', at.staff.id, { now });
    await refund(v, id, 'HOUSEHOLD', head, { now });
  }

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
    const pay = (person: string, reference = '转账 001') =>
      step('statement_pay', v.id, id, '2026-12-09', '银行转账', reference, person, at3);
    expect(await pay(v.secretary.id)).toBe('STATEMENT_ELSEWHERE');
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
    expect(await step('statement_confirm', v.id, id, at.staff.id, at3)).toBe('STATEMENT_ELSEWHERE');
    expect(await pay(at.staff.id)).toBe('NOT_FOUND');
    expect(await pay(v.secretary.id)).toBe('');
    expect(await pay(v.secretary.id)).toBe('');
    expect(await pay(v.secretary.id, '转账 002')).toBe('STATEMENT_ELSEWHERE');
    expect(await step('statement_confirm', v.id, id, at.staff.id, at3)).toBe('');
    expect(await prisma.statement.findFirstOrThrow({ where: { villageId: v.id, id } })).toMatchObject({
      state: 'CONFIRMED',
      reference: '转账 001',
    });
  });

  it('is not changed, added to or taken from, even by the owner', async () => {
    const { v, at } = await market(owner, 100);
    await scan(v, { digits: await code(v, 0), at, points: 30 });
    const id = (await make(v, at, '2026-11', NEXT_MONTH)) ?? '';
    await scan(v, { digits: await code(v, 0), at, points: 5 });
    for (const [sql, why] of [
      [`update statement set points = 31 where id = '${id}'`, 'stays as it was made'],
      [`update statement set state = 'PAID' where id = '${id}'`, 'never'],
      [`delete from statement where id = '${id}'`, 'are kept'],
      [`update statement_line set points = 31 where statement_id = '${id}'`, 'stays'],
      [`delete from statement_line where statement_id = '${id}'`, 'are kept'],
      [
        `insert into statement_line (village_id, id, statement_id, posting_id, points, fen)
         select '${v.id}', gen_random_uuid(), '${id}', m.posting_id, m.points, m.fen from merchant_postings('${v.id}', '${at.id}') m where m.points = 5`,
        'made whole',
      ],
      [
        `insert into statement (village_id, id, merchant_id, month, number, cut_off, points, fen, made_at)
         values ('${v.id}', gen_random_uuid(), '${at.id}', '2026-12', 1, now(), 500, 50000, now())`,
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
                    const head = [0, 1, 2]
                      .map((n) => v.household(n))
                      .find((home) => home.id === row?.householdId)?.head;
                    if (head) await refundBoth(v, id, at, head.personId, now);
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
