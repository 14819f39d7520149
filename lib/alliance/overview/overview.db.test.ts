import { expect, test } from 'vitest';
import { newId } from '@/lib/platform/ids';
import { aVillage, TEST_DAY, TEST_NOW } from '@/lib/testing/builders';
import { countQueries } from '@/lib/testing/count-queries';
import { testDb } from '@/lib/testing/database';
import { aShop } from '@/lib/testing/shop';
import { code, give, scan, undo } from '../testing/counter';
import { pay } from '../testing/settlement';
import { listAllianceVillages } from './reads';

const { prisma, owner } = await testDb();

test('the alliance of a village in numbers: charities apart, the month by the ledger, what is owed until it is paid', async () => {
  const v = await aVillage({ households: 2 });
  const shop = await aShop(v);
  const charity = await aShop(v, { isCharity: true });
  await give(owner, v, 0, 500);
  await shop.offer('肥皂');
  await shop.offer('卖完了', { stock: 0 });
  await shop.offer('过期的', { validUntil: '2026-11-23' });
  await charity.offer('理发');
  const sell = async (at: typeof shop, points: number, now: Date) => {
    const id = newId();
    await scan(v, { id, digits: await code(v, 0, now), at, points, now });
    return id;
  };
  const october = new Date('2026-10-31T15:59:00Z');
  await sell(shop, 40, october);
  await sell(shop, 20, new Date('2026-10-31T16:00:00Z'));
  const back = await sell(shop, 30, TEST_NOW);
  await undo(v, back, shop.staff.id, TEST_NOW);
  await sell(charity, 15, TEST_NOW);
  const [one, ...more] = await listAllianceVillages(prisma, { villageId: v.id }, TEST_DAY);
  expect(more).toEqual([]);
  expect(one).toMatchObject({
    shops: 1,
    charities: 1,
    offers: 2,
    monthSales: 2,
    monthPoints: 35,
    owedPoints: 60,
    owedFen: 6000,
    givenPoints: 15,
  });
  const statement = newId();
  await owner.query('select statement_make($1, $2, $3, $4, $5)', [
    v.id,
    shop.id,
    '2026-10',
    statement,
    TEST_NOW,
  ]);
  const of = async () => (await listAllianceVillages(prisma, { villageId: v.id }, TEST_DAY))[0];
  expect(await of(), 'stated is not paid').toMatchObject({ owedPoints: 60 });
  await owner.query('select statement_agree($1, $2, $3, $4)', [v.id, statement, shop.staff.id, TEST_NOW]);
  expect(await pay(v, shop, [statement], TEST_NOW, { fen: 4000 })).toBe('');
  expect(await of()).toMatchObject({ owedPoints: 20, owedFen: 2000, monthPoints: 35 });

  const office = { level: 'TOWNSHIP' as const, id: v.townshipId };
  const sister = await aVillage({ townshipId: v.townshipId });
  const all = await listAllianceVillages(prisma, { office }, TEST_DAY);
  expect(all.map((each) => each.villageId)).toEqual([v.id, sister.id]);
  expect(all[1]).toMatchObject({ shops: 0, offers: 0, monthPoints: 0, owedPoints: 0, owedFen: 0 });
  expect(
    await listAllianceVillages(prisma, { office: { level: 'DISTRICT', id: v.districtId } }, TEST_DAY),
  ).toHaveLength(2);
  expect(await countQueries((db) => listAllianceVillages(db, { office }, TEST_DAY))).toBe(1);
});
