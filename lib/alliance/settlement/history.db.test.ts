import fc from 'fast-check';
import { expect, it } from 'vitest';
import { newId } from '@/lib/platform/ids';
import { aVillage, TEST_NOW, type VillageBuilt } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { aShop, type ShopBuilt } from '@/lib/testing/shop';
import { code, give, refundBoth, scan, undo } from '../testing/counter';
import { agree, pay, paymentOf, step, sums } from '../testing/settlement';

// Any history of two villages, two shops and a charity, with rates that change: every point and every 分 is stated once,
// and what is paid is what was agreed.

const { prisma, owner } = await testDb();
/** Histories in a run of all tests; a thorough run asks for more: `HISTORIES=500 npm test -- --db …/history`. */
const HISTORIES = Number(process.env.HISTORIES ?? 100);
const DAY = 86_400_000;
const MONTHS = ['2026-11', '2026-12', '2027-01', '2027-02'];

interface Place {
  v: VillageBuilt;
  at: ShopBuilt;
}

async function places(): Promise<Place[]> {
  const [a, b] = [await aVillage({ households: 2 }), await aVillage({ households: 2 })];
  const found: Place[] = [];
  for (const v of [a, b]) {
    for (const household of [0, 1]) await give(owner, v, household, 80);
    found.push({ v, at: await aShop(v) });
  }
  const charity = await aShop(a, { isCharity: true });
  return [...found, { v: a, at: charity }];
}

/** New terms at another rate, as the merchant's and the village's agreement on a day. */
async function changeRate({ v, at }: Place, fen: number, now: Date): Promise<void> {
  const client = await owner.connect();
  try {
    await client.query('begin');
    await client.query(
      `update alliance_terms set ended_at = $3, ended_by_id = $4, end_reason = '改价' where village_id = $1 and merchant_id = $2 and ended_at is null`,
      [v.id, at.id, now, v.secretary.id],
    );
    await client.query(
      `insert into alliance_terms (village_id, id, merchant_id, reference_fen, settlement_day, free_most, signed_by_id, signed_at, accepted_by_id, accepted_at)
       values ($1, $2, $3, $4, 5, 100000, $5, $6, $7, $6)`,
      [v.id, newId(), at.id, fen, v.secretary.id, now, at.staff.id],
    );
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    // another change at the same moment
    if (!(error instanceof Error && /alliance_terms_one_in_force/.test(error.message))) throw error;
  } finally {
    client.release();
  }
}

const stepOf = <Name extends string, More extends object>(
  name: Name,
  more: { [K in keyof More]: fc.Arbitrary<More[K]> },
) =>
  fc.record({ do: fc.constant(name), place: fc.nat(2), ...more } as never) as fc.Arbitrary<
    { do: Name; place: number } & More
  >;

const ACT = fc.oneof(
  { weight: 5, arbitrary: stepOf('take', { household: fc.nat(1), points: fc.integer({ min: 1, max: 9 }) }) },
  { weight: 2, arbitrary: stepOf('undo', { of: fc.nat(30) }) },
  { weight: 3, arbitrary: stepOf('refund', { of: fc.nat(30) }) },
  { weight: 3, arbitrary: stepOf('state', { month: fc.nat(3) }) },
  { weight: 1, arbitrary: stepOf('rate', { fen: fc.integer({ min: 0, max: 300 }) }) },
  {
    weight: 2,
    arbitrary: stepOf('dispute', { of: fc.nat(5), after: fc.constantFrom('waits', 'answered', 'withdrawn') }),
  },
  { weight: 3, arbitrary: stepOf('agree', {}) },
  { weight: 3, arbitrary: stepOf('pay', { skip: fc.nat(3) }) },
  { weight: 1, arbitrary: stepOf('correct', {}) },
  { weight: 1, arbitrary: stepOf('miss', {}) },
  { weight: 2, arbitrary: stepOf('confirm', {}) },
  { weight: 1, arbitrary: stepOf('wait', { days: fc.integer({ min: 1, max: 25 }) }) },
);
type Act = typeof ACT extends fc.Arbitrary<infer A> ? A : never;

/** What has to be true after every row of acts. */
async function expectTrue(all: readonly Place[]): Promise<void> {
  for (const { v, at } of all) {
    const now = await sums(v, at);
    expect(now.stated + now.left).toBe(now.taken);
    expect(now.statedFen + now.leftFen).toBe(now.takenFen);
    // a statement is disputed while a line of it waits for an answer, and at no other time
    const [odd] = await prisma.$queryRaw<{ n: number }[]>`
      select count(*)::int as n from statement s where s.village_id = ${v.id}::uuid and (s.state = 'DISPUTED') <> exists (
        select 1 from statement_line l where l.village_id = s.village_id and l.statement_id = s.id and l.disputed_why <> '' and l.answer = '')`;
    expect(odd?.n).toBe(0);
    // looked for since the last statement alone, nothing is missed
    expect(now.unstatedFen).toBe(now.leftFen);
    expect(now.twice).toBe(0);
  }
  for (const v of new Set(all.map((one) => one.v))) {
    // money that is said to have moved is what the statements it covers come to, whichever way it went
    const [row] = await prisma.$queryRaw<{ paid: number; covered: number; bad: number }[]>`
      select (select coalesce(sum(p.fen), 0)::int from payment p where p.village_id = ${v.id}::uuid
                and not exists (select 1 from payment x where x.village_id = p.village_id and x.replaces_id = p.id)) as paid,
        (select coalesce(sum(s.fen), 0)::int from statement s where s.village_id = ${v.id}::uuid and s.state in ('PAID', 'CONFIRMED')) as covered,
        (select count(*)::int from statement s join merchant m on m.id = s.merchant_id where s.village_id = ${v.id}::uuid and m.is_charity and s.fen <> 0) as bad`;
    expect(row).toMatchObject({ covered: row?.paid, bad: 0 });
    const [pool] = await prisma.$queryRaw<{ paid: number; owed: number; taken: number }[]>`
      select p.paid::int, (p.stated + p.unstated)::int as owed,
        (select coalesce(sum(r.points * r.reference_fen), 0)::int from redemption r where r.village_id = ${v.id}::uuid and r.state = 'POSTED') as taken
      from pool_of(${v.id}::uuid) p`;
    expect((pool?.paid ?? 0) + (pool?.owed ?? 0)).toBe(pool?.taken);
  }
}

it('adds up in points and money whatever happens, in whatever order, at once', {
  timeout: 120_000 + HISTORIES * 15_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(ACT, { minLength: 1, maxLength: 5 }), { minLength: 5, maxLength: 14 }),
      async (history) => {
        const all = await places();
        const taken: { place: Place; id: string; household: number }[] = [];
        let now = TEST_NOW;
        const statementsOf = (place: Place, state: 'MADE' | 'DISPUTED' | 'AGREED' | 'PAID') =>
          prisma.statement.findMany({
            where: { villageId: place.v.id, merchantId: place.at.id, state },
            orderBy: { id: 'asc' },
          });
        const act = async (one: Act): Promise<void> => {
          const place = all[one.place];
          if (!place) return;
          const { v, at } = place;
          const ofPlace = taken.filter((sale) => sale.place === place);
          if (one.do === 'wait') now = new Date(now.getTime() + one.days * DAY);
          else if (one.do === 'rate') await changeRate(place, one.fen, now);
          else if (one.do === 'state')
            await step('statement_make', v.id, at.id, MONTHS[one.month], newId(), now);
          else if (one.do === 'take') {
            const id = newId();
            await scan(v, { id, digits: await code(v, one.household, now), at, points: one.points, now });
            taken.push({ place, id, household: one.household });
          } else if (one.do === 'undo' || one.do === 'refund') {
            const sale = ofPlace[one.of % Math.max(ofPlace.length, 1)];
            if (!sale) return;
            if (one.do === 'undo') await undo(v, sale.id, at.staff.id, now);
            else await refundBoth(v, sale.id, at, sale.household, now);
          } else if (one.do === 'dispute') {
            const [made] = [
              ...(await statementsOf(place, 'MADE')),
              ...(await statementsOf(place, 'DISPUTED')),
            ];
            if (!made) return;
            const lines = await prisma.statementLine.findMany({
              where: { villageId: v.id, statementId: made.id },
              orderBy: { id: 'asc' },
            });
            const line = lines[one.of % lines.length];
            await step('statement_dispute', v.id, made.id, line?.id, '不是的', at.staff.id, now);
            if (one.after === 'answered')
              await step('statement_answer', v.id, made.id, line?.id, '是的', v.secretary.id, now);
            if (one.after === 'withdrawn')
              await step('statement_withdraw', v.id, made.id, line?.id, at.staff.id, now);
          } else if (one.do === 'agree') {
            const [made] = await statementsOf(place, 'MADE');
            if (made) await agree(v, at, made.id, now);
          } else if (one.do === 'pay') {
            const agreed = (await statementsOf(place, 'AGREED')).filter(
              (row, index) => row.fen < 0 || index >= one.skip || one.skip === 0,
            );
            const fen = agreed.reduce((sum, row) => sum + row.fen, 0);
            if (agreed.length === 0) return;
            await pay(
              v,
              at,
              agreed.map((row) => row.id),
              now,
              { fen, channel: fen === 0 ? 'OFFSET' : 'CASH' },
            );
          } else {
            const [paid] = await statementsOf(place, 'PAID');
            if (!paid) return;
            const payment = await paymentOf(v, paid.id);
            const { channel } = await prisma.payment.findFirstOrThrow({
              where: { villageId: v.id, id: payment },
            });
            const day = new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
            if (one.do === 'confirm') await step('payment_confirm', v.id, payment, at.staff.id, now);
            else if (one.do === 'miss')
              await step('payment_say', v.id, payment, newId(), 'SHOP', '没收到', at.staff.id, now);
            else
              await step(
                'payment_correct',
                v.id,
                payment,
                newId(),
                day,
                channel,
                '',
                null,
                '写错',
                v.secretary.id,
                now,
              );
          }
        };
        for (const together of history) {
          // each row of acts happens at once
          await Promise.all(together.map(act));
          await expectTrue(all);
        }
        for (const v of new Set(all.map((place) => place.v)))
          expect(await prisma.$queryRaw`select * from ledger_verify(${v.id}::uuid)`).toEqual([]);
      },
    ),
    { numRuns: HISTORIES, seed: 20261127 },
  );
});
