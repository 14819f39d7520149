import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { Actor } from '@/lib/auth/types';
import { type Command, type CommandResult, runCommand } from '@/lib/platform/command';
import { newId } from '@/lib/platform/ids';
import { actorFor, type VillageBuilt } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { aShop, type ShopBuilt } from '@/lib/testing/shop';
import { code, expectWhole, market, scan } from '../testing/counter';
import { sums } from '../testing/settlement';
import { agreeStatement, makeStatement } from './commands';
import { confirmPayment, recordPayment } from './payment/commands';

// Exactly once, for everything that moves money between a village and its merchants: what is asked for by many at once is
// done once, and what a phone sends twice at once is one thing.

const { prisma, owner } = await testDb();
vi.setConfig({ testTimeout: 180_000 });
const NOW = new Date('2026-12-03T09:00+08:00');
const POINTS = 3;
const FEN = POINTS * 100;

const codeOf = (result: CommandResult) => (result.ok ? '' : result.refusal.code);
const ask = (command: Command, actor: Actor, input: object, id = newId()) =>
  runCommand(command, { actor, id, input, now: NOW });
const paidOf = (merchantId: string, statements: string[]) => ({
  merchantId,
  statements,
  fen: FEN,
  paidOn: '2026-12-03',
  channel: 'CASH',
  reference: '收条',
});

/** How often each code was answered. */
function tally(results: CommandResult[]): Record<string, number> {
  const found: Record<string, number> = {};
  for (const result of results) found[codeOf(result)] = (found[codeOf(result)] ?? 0) + 1;
  return found;
}

/** Points are stated once, and money is paid once. */
async function expectSettled(v: VillageBuilt, at: ShopBuilt): Promise<void> {
  expect(await sums(v, at)).toMatchObject({ stated: POINTS, left: 0, taken: POINTS, twice: 0 });
  expect(await prisma.statement.findMany({ where: { villageId: v.id, merchantId: at.id } })).toMatchObject([
    { state: 'CONFIRMED', points: POINTS, fen: FEN, number: 1 },
  ]);
  expect(await prisma.payment.findMany({ where: { villageId: v.id, merchantId: at.id } })).toMatchObject([
    { fen: FEN },
  ]);
}

describe('one of it is there', () => {
  for (const many of [10, 50, 200]) {
    it(`and ${many} ask for it at once: making, agreeing, paying, confirming`, async () => {
      const { v, at } = await market(owner, 10);
      await scan(v, { digits: await code(v, 0), at, points: POINTS });
      const secretary = await actorFor(v.secretary);
      const shop = await actorFor(at.staff);
      const all = (command: Command, actor: Actor, input: object) =>
        Promise.all(Array.from({ length: many }, () => ask(command, actor, input)));

      const made = await all(makeStatement, secretary, { merchantId: at.id });
      expect(tally(made)).toEqual({ '': 1, STATEMENT_EMPTY: many - 1 });
      const { id } = await prisma.statement.findFirstOrThrow({ where: { villageId: v.id } });
      const statement = { villageId: v.id, statementId: id };
      expect(tally(await all(agreeStatement, shop, statement))).toEqual({ '': many });
      expect(tally(await all(recordPayment, secretary, paidOf(at.id, [id])))).toEqual({
        '': 1,
        STATEMENT_ELSEWHERE: many - 1,
      });
      const payment = await prisma.payment.findFirstOrThrow({ where: { villageId: v.id } });
      const confirm = { villageId: v.id, paymentId: payment.id };
      expect(tally(await all(confirmPayment, shop, confirm))).toEqual({ '': many });
      await expectSettled(v, at);
      await expectWhole(v);
    });
  }
});

describe('sent twice at once', () => {
  const ITEMS = 500;
  const WORKERS = 20;
  const HOUSEHOLDS = 20;
  let v: VillageBuilt;
  let secretary: Actor;
  const shops: { at: ShopBuilt; actor: Actor }[] = [];
  const ids = () => Array.from({ length: ITEMS }, () => newId());
  const [statements, payments] = [ids(), ids()];
  const one = (list: readonly string[], n: number) => list[n] ?? '';

  beforeAll(async () => {
    ({ v } = await market(owner, (ITEMS / HOUSEHOLDS) * POINTS, HOUSEHOLDS));
    secretary = await actorFor(v.secretary);
    let made = 0;
    const worker = async () => {
      for (let n = made++; n < ITEMS; n = made++) {
        const at = await aShop(v);
        await scan(v, { digits: await code(v, n % HOUSEHOLDS), at, points: POINTS });
        shops[n] = { at, actor: await actorFor(at.staff) };
      }
    };
    await Promise.all(Array.from({ length: WORKERS }, worker));
  }, 120_000);

  /** Each pair has one effect and says the same. */
  async function expectOnce(act: (n: number, of: { at: ShopBuilt; actor: Actor }) => Promise<CommandResult>) {
    let next = 0;
    const pairs: CommandResult[][] = [];
    const worker = async () => {
      for (let n = next++; n < ITEMS; n = next++) {
        const of = shops[n];
        if (of) pairs[n] = await Promise.all([act(n, of), act(n, of)]);
      }
    };
    await Promise.all(Array.from({ length: WORKERS }, worker));
    expect(pairs).toHaveLength(ITEMS);
    for (const pair of pairs) {
      expect(pair.map(codeOf)).toEqual(['', '']);
      expect(pair.filter((result) => result.ok && !result.repeated)).toHaveLength(1);
      expect(new Set(pair.map((result) => JSON.stringify(result.ok && result.outcome))).size).toBe(1);
    }
  }

  it(`${ITEMS} statements are made, agreed, paid and confirmed once each`, async () => {
    await expectOnce((n, { at }) => ask(makeStatement, secretary, { merchantId: at.id }, one(statements, n)));
    expect(await prisma.statement.count({ where: { villageId: v.id } })).toBe(ITEMS);
    const [agrees, confirms] = [ids(), ids()];
    await expectOnce((n, { actor }) => {
      const statement = { villageId: v.id, statementId: one(statements, n) };
      return ask(agreeStatement, actor, statement, one(agrees, n));
    });
    await expectOnce((n, { at }) =>
      ask(recordPayment, secretary, paidOf(at.id, [one(statements, n)]), one(payments, n)),
    );
    await expectOnce((n, { actor }) =>
      ask(confirmPayment, actor, { villageId: v.id, paymentId: one(payments, n) }, one(confirms, n)),
    );
    for (const { at } of shops) await expectSettled(v, at);
    const { _sum } = await prisma.payment.aggregate({ where: { villageId: v.id }, _sum: { fen: true } });
    expect(_sum.fen).toBe(ITEMS * FEN);
    await expectWhole(v);
  });
});
