import { expect, it } from 'vitest';
import { newId } from '@/lib/platform/ids';
import { countQueries } from '@/lib/testing/count-queries';
import { testDb } from '@/lib/testing/database';
import { aShop } from '@/lib/testing/shop';
import { code, market, scan } from '../testing/counter';
import { agree, make, pay, step } from '../testing/settlement';
import {
  countStatements,
  findStatement,
  listMonth,
  listPostings,
  listShopVillages,
  listStatements,
  listUnstated,
} from './reads';

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
  const all = { states: ['MADE'] as const, from: 0, at: NOW };
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

it('costs the same however many there are', async () => {
  const { v, at } = await world();
  const scope = { villageIds: [v.id], merchantId: null };
  const count = () => countQueries((db) => listMonth(db, scope, '2026-11', NOW));
  const before = await count();
  await scan(v, { digits: await code(v, 0), at, points: 5 });
  await make(v, at, '2026-11', NOW);
  expect(await count()).toBe(before);
});
