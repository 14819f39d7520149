import { expect, it } from 'vitest';
import { newId } from '@/lib/platform/ids';
import { countQueries } from '@/lib/testing/count-queries';
import { testDb } from '@/lib/testing/database';
import { code, market, refundBoth, scan } from '../../testing/counter';
import { agree, make, pay, paymentOf, step } from '../../testing/settlement';
import { countHints, listVillageSettlements } from './reads';

// What somebody should look at, on the day before, the day and the day after it begins.

const { prisma, owner } = await testDb();
const on = (day: string) => new Date(`${day}T09:00+08:00`);

async function stated(points = 30) {
  const { v, at } = await market(owner, 100);
  await scan(v, { digits: await code(v, 0), at, points });
  const id = (await make(v, at, '2026-11', on('2026-12-01'))) ?? '';
  const hints = async (day: string) =>
    (await countHints(prisma, v.id, on(day))).map(({ hint, count }) => `${hint} ${count}`);
  return { v, at, id, hints };
}

it('a statement waits for the merchant more than ten days', async () => {
  const { v, at, id, hints } = await stated();
  expect(await hints('2026-12-11')).toEqual([]);
  expect(await hints('2026-12-12')).toEqual(['MERCHANT_SLOW 1']);
  // an answer begins it anew
  const line = await prisma.statementLine.findFirstOrThrow({ where: { villageId: v.id, statementId: id } });
  await step('statement_dispute', v.id, id, line.id, '不是的', at.staff.id, on('2026-12-12'));
  expect(await hints('2026-12-19')).toEqual([]);
  expect(await hints('2026-12-20')).toEqual(['DISPUTE_SLOW 1']);
  await step('statement_answer', v.id, id, line.id, '是的', v.secretary.id, on('2026-12-20'));
  expect(await hints('2026-12-30')).toEqual([]);
  expect(await hints('2026-12-31')).toEqual(['MERCHANT_SLOW 1']);
});

it('one that is agreed is overdue after its day, by the terms of then', async () => {
  const { v, at, id, hints } = await stated();
  await agree(v, at, id, on('2026-12-02'));
  expect(await hints('2026-12-10')).toEqual([]);
  expect(await hints('2026-12-11')).toEqual(['OVERDUE 1']);
  // terms that end change nothing
  await owner.query(
    `update alliance_terms set ended_at = '2026-12-05', ended_by_id = $2, end_reason = '到期' where village_id = $1`,
    [v.id, v.secretary.id],
  );
  expect(await hints('2026-12-11')).toEqual(['OVERDUE 1']);
  const [village] = await listVillageSettlements(
    prisma,
    { level: 'TOWNSHIP', id: v.townshipId, name: '' },
    on('2026-12-13'),
  );
  expect(village).toMatchObject({
    villageId: v.id,
    open: 1,
    openFen: 3000,
    overdue: 1,
    overdueFen: 3000,
    overdueDays: 3,
    missed: 0,
    slow: 0,
  });
  await pay(v, at, [id], on('2026-12-13'), { fen: 3000 });
  expect(await hints('2026-12-13')).toEqual([]);
  expect(await hints('2026-12-24')).toEqual(['MERCHANT_SLOW 1']);
  const payment = await paymentOf(v, id);
  await step('payment_say', v.id, payment, newId(), 'SHOP', '没收到', at.staff.id, on('2026-12-24'));
  expect(await hints('2026-12-24')).toEqual(['MISSED 1']);
  await step('payment_say', v.id, payment, newId(), 'VILLAGE', '明天到', v.secretary.id, on('2026-12-25'));
  expect(await hints('2026-12-25')).toEqual([]);
  await step('payment_confirm', v.id, payment, at.staff.id, on('2026-12-26'));
  expect(await hints('2027-12-31')).toEqual([]);
});

it('is not overdue while what the merchant owes comes to as much', async () => {
  const { v, at, id } = await stated();
  await agree(v, at, id, on('2026-12-02'));
  await pay(v, at, [id], on('2026-12-02'), { fen: 3000 });
  await step('payment_confirm', v.id, await paymentOf(v, id), at.staff.id, on('2026-12-02'));
  const sale = await prisma.redemption.findFirstOrThrow({ where: { villageId: v.id } });
  await refundBoth(v, sale.id, at, 0, on('2026-12-05'));
  const december = (await make(v, at, '2026-12', on('2027-01-01'))) ?? '';
  await agree(v, at, december, on('2027-01-01'));
  expect(await countHints(prisma, v.id, on('2027-03-01'))).toEqual([]);
  await scan(v, { digits: await code(v, 0, on('2027-01-05')), at, points: 40, now: on('2027-01-05') });
  const january = (await make(v, at, '2027-01', on('2027-02-01'))) ?? '';
  await agree(v, at, january, on('2027-02-01'));
  expect(await countHints(prisma, v.id, on('2027-02-10'))).toEqual([]);
  expect(await countHints(prisma, v.id, on('2027-02-11'))).toMatchObject([{ hint: 'OVERDUE', count: 1 }]);
});

it('costs one query, and no other office sees it', async () => {
  const { v, hints } = await stated();
  expect(await hints('2026-12-30')).toHaveLength(1);
  const other = await market(owner, 0);
  expect(await countHints(prisma, other.v.id, on('2026-12-30'))).toEqual([]);
  const rows = await listVillageSettlements(
    prisma,
    { level: 'TOWNSHIP', id: other.v.townshipId, name: '' },
    on('2026-12-30'),
  );
  expect(rows.map((row) => row.villageId)).not.toContain(v.id);
  expect(await countQueries((db) => countHints(db, v.id, on('2026-12-30')))).toBe(1);
});
