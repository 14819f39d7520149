import { expect, it } from 'vitest';
import { listTimeline } from '@/lib/deeds/home/reads';
import { foldTimeline } from '@/lib/deeds/home/rules';
import { newId } from '@/lib/platform/ids';
import { TEST_NOW } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { balanceOf, code, market, order, scan, undo } from '../testing/counter';

const { prisma, owner } = await testDb();

it('a household reads on its home what it had where for how much, and the lines add up to what it has', async () => {
  const { v, at } = await market(owner, 50);
  const soap = await at.offer('香皂两块', { points: 6 });
  const [sale, wrong, held] = [newId(), newId(), newId()];
  const later = (minutes: number) => new Date(TEST_NOW.getTime() + minutes * 60_000);
  await scan(v, { id: sale, digits: await code(v, 0, later(1)), offer: soap, at, now: later(1) });
  await scan(v, { id: wrong, digits: await code(v, 0, later(2)), at, points: 9, now: later(2) });
  await undo(v, wrong, at.staff.id, later(3));
  await order(v, 0, soap, held, at, later(4));

  const lines = await listTimeline(prisma, { villageId: v.id, householdId: v.household(0).id }, 20);
  expect(
    lines
      .slice(0, 4)
      .map((line) => [line.state, line.itemName, line.points, line.spendable, line.redemptionId]),
  ).toEqual([
    ['HOLD', '小卖部：香皂两块', -6, -6, held],
    ['GIVEN_BACK', '小卖部', 9, 9, wrong],
    ['REDEMPTION', '小卖部', -9, -9, wrong],
    ['REDEMPTION', '小卖部：香皂两块', -6, -6, sale],
  ]);
  const told = foldTimeline(lines).reduce((sum, line) => sum + (line.spendable ?? 0), 0);
  expect(told).toBe(await balanceOf(v, 0));
});
