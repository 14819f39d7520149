import { expect, it } from 'vitest';
import { newId } from '@/lib/platform/ids';
import { countQueries } from '@/lib/testing/count-queries';
import { testDb } from '@/lib/testing/database';
import { aShop } from '@/lib/testing/shop';
import { code, market, refundBoth, scan } from '../testing/counter';
import { agree, make, pay, paymentOf, step } from '../testing/settlement';
import { listPostings } from './lines/reads';
import { countHints } from './open/reads';
import { findOpenBeside } from './payment/reads';
import {
  countStatements,
  findStatement,
  listMonth,
  listShopVillages,
  listStatements,
  listUnstated,
} from './reads';
import { PHASES } from './rules';

// Who reads what: an office its village, a shop its own, and neither another's.

const { prisma, owner } = await testDb();
const NOW = new Date('2026-12-03T09:00+08:00');

async function world() {
  const { v, at } = await market(owner, 100);
  const other = await aShop(v);
  const far = await market(owner, 100);
  const ids: string[] = [];
  for (const [village, shop] of [
    [v, at],
    [v, other],
    [far.v, far.at],
  ] as const) {
    await scan(village, { digits: await code(village, 0), at: shop, points: 30 });
    ids.push((await make(village, shop, '2026-11', NOW)) ?? '');
  }
  const [own = '', others = '', foreign = ''] = ids;
  return { v, at, other, far, own, others, foreign };
}

it('a shop finds its own statements and lines, an office those of its village', async () => {
  const { v, at, far, own, others, foreign } = await world();
  const villages = await listShopVillages(prisma, at.id);
  expect(villages.map(({ id }) => id)).toEqual([v.id]);
  const shop = { villageIds: [v.id], merchantId: at.id };
  const desk = { villageIds: [v.id], merchantId: null };
  const all = { phases: ['MADE'] as const, from: 0, at: NOW };
  expect((await listStatements(prisma, shop, all)).map(({ id }) => id)).toEqual([own]);
  expect(new Set((await listStatements(prisma, desk, all)).map(({ id }) => id))).toEqual(
    new Set([own, others]),
  );
  expect(await countStatements(prisma, shop)).toMatchObject({ MADE: 1, CONFIRMED: 0 });
  expect(await findStatement(prisma, shop, own, NOW)).toMatchObject({
    id: own,
    points: 30,
    fen: 3000,
    lines: 1,
  });
  for (const id of [others, foreign, newId()]) expect(await findStatement(prisma, shop, id, NOW)).toBe(null);
  expect(await findStatement(prisma, desk, foreign, NOW)).toBe(null);
  expect(await findStatement(prisma, { villageIds: [], merchantId: at.id }, own, NOW)).toBe(null);
  expect(await listMonth(prisma, shop, '2026-11', NOW)).toHaveLength(1);
  expect(await listUnstated(prisma, { villageIds: [far.v.id], merchantId: at.id })).toEqual([]);
  const [line] = await listPostings(prisma, v.id, own, { from: 0, most: 10 });
  expect(line).toMatchObject({ points: 30, fen: 3000, title: '' });
  expect(JSON.stringify(line)).not.toContain(v.household(0).head.name);
  expect(await listPostings(prisma, far.v.id, own, { from: 0, most: 10 })).toEqual([]);
});

it('shows a payment with those it replaced and what was said', async () => {
  const { v, at, own } = await world();
  await agree(v, at, own, NOW);
  const first = newId();
  await pay(v, at, [own], NOW, { id: first, fen: 3000 });
  await step('payment_say', v.id, first, newId(), 'SHOP', '卡上没有', at.staff.id, NOW);
  const second = newId();
  await step(
    'payment_correct',
    v.id,
    first,
    second,
    '2026-12-03',
    'CASH',
    '收条 7',
    null,
    '写错了',
    v.secretary.id,
    NOW,
  );
  const found = await findStatement(prisma, { villageIds: [v.id], merchantId: at.id }, own, NOW);
  expect(found?.payments).toMatchObject([
    { id: second, channel: 'CASH', reference: '收条 7', replacedWhy: '', notes: [] },
    { id: first, channel: 'BANK', replacedWhy: '写错了', notes: [{ side: 'SHOP', body: '卡上没有' }] },
  ]);
});

it('shows what waits for one of the sides before what is over or comes off a later one, and says what a payment is', async () => {
  const { v, at } = await market(owner, 300);
  const scope = { villageIds: [v.id], merchantId: at.id };
  const day = (text: string) => new Date(`${text}T09:00+08:00`);
  const sell = async (points: number, text: string) => {
    const id = newId();
    await scan(v, { id, digits: await code(v, 0, day(text)), at, points, now: day(text) });
    return id;
  };
  const sale = await sell(40, '2026-11-25');
  await sell(10, '2026-11-25');
  const november = (await make(v, at, '2026-11', day('2026-12-01'))) ?? '';
  await agree(v, at, november, day('2026-12-01'));
  await pay(v, at, [november], day('2026-12-01'), { fen: 5000 });
  await refundBoth(v, sale, at, 0, day('2026-12-05'));
  const december = (await make(v, at, '2026-12', day('2027-01-01'))) ?? '';
  await agree(v, at, december, day('2027-01-01'));
  const order = async () =>
    (await listStatements(prisma, scope, { phases: PHASES, from: 0, at: day('2027-02-02') })).map(
      ({ id }) => id,
    );
  // the newer one only waits for a later statement, the older one for the merchant's word
  expect(await order()).toEqual([november, december]);
  expect(await countStatements(prisma, scope)).toMatchObject({ PAID: 1, SET_OFF: 1, AGREED: 0, BACK: 0 });
  const paid = await paymentOf(v, november);
  await step('payment_confirm', v.id, paid, at.staff.id, day('2027-01-02'));
  await sell(10, '2027-01-05');
  const january = (await make(v, at, '2027-01', day('2027-02-01'))) ?? '';
  await agree(v, at, january, day('2027-02-01'));
  expect(await findOpenBeside(prisma, v.id, at.id)).toEqual({ unstated: 0, open: 0 });
  expect(await pay(v, at, [december, january], day('2027-02-02'), { fen: -3000, channel: 'CASH' })).toBe('');
  // ten yuan that are covered by thirty handed back are not paid by the village
  const back = await findStatement(prisma, scope, january, day('2027-02-02'));
  expect(back).toMatchObject({ fen: 1000, paidFen: -3000, state: 'PAID' });
  expect(await countStatements(prisma, scope)).toMatchObject({ PAID: 0, BACK: 2, CONFIRMED: 1 });
  expect(await order()).toEqual([january, december, november]);
  const mine = { phases: ['BACK'] as const, from: 0, at: day('2027-02-02') };
  expect(await listStatements(prisma, scope, mine)).toHaveLength(2);
  // and when the merchant says that it isn't so, nobody says that money hasn't come
  await step(
    'payment_say',
    v.id,
    await paymentOf(v, january),
    newId(),
    'SHOP',
    '没有退过',
    at.staff.id,
    day('2027-02-03'),
  );
  const denied = await findStatement(prisma, scope, january, day('2027-02-05'));
  expect(denied).toMatchObject({ isMissed: true, hint: 'DENIED', hintDays: 2 });
  expect((await countHints(prisma, v.id, day('2027-02-05'))).map(({ hint }) => hint)).toEqual(['DENIED']);
});

it('finds what stands in the way of handing money back', async () => {
  const { v, at, own } = await world();
  expect(await findOpenBeside(prisma, v.id, at.id)).toEqual({ unstated: 0, open: 1 });
  await agree(v, at, own, NOW);
  expect(await findOpenBeside(prisma, v.id, at.id)).toEqual({ unstated: 0, open: 0 });
  await scan(v, { digits: await code(v, 0), at, points: 3 });
  expect(await findOpenBeside(prisma, v.id, at.id)).toEqual({ unstated: 1, open: 0 });
});

it('costs the same however many there are', async () => {
  const { v, at } = await world();
  const scope = { villageIds: [v.id], merchantId: null };
  const count = () => countQueries((db) => listMonth(db, scope, '2026-11', NOW));
  const before = await count();
  await scan(v, { digits: await code(v, 0), at, points: 5 });
  await make(v, at, '2026-11', NOW);
  expect(await count()).toBe(before);
});
