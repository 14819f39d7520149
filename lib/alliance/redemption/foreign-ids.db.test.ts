import { expect, it } from 'vitest';
import { recordDeduction } from '@/lib/deductions/commands';
import { postDueDeductions } from '@/lib/deductions/due';
import { newId } from '@/lib/platform/ids';
import { anAppointment, TEST_DAY, TEST_NOW } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { deductionWay, at as moment, testDay } from '@/lib/testing/deduction-way';
import { pastAllRules } from '@/lib/testing/red-list';
import { aShop } from '@/lib/testing/shop';
import { aWorkingVillage, refusalOf } from '@/lib/testing/working-village';
import {
  balanceOf,
  code,
  expectWhole,
  give,
  market,
  order,
  pick,
  redeemVoucher,
  scan,
  vouchers,
} from '../testing/counter';
import { expireOrders } from './expiry';

// A redemption's id is the phone's, and the ledger knows it as a source. Somebody who brings the id that another's
// posting will stand under would keep that posting from ever being made. And: who may not take a voucher.

const { prisma, owner } = await testDb();

const reckon = async (sql: string, ...params: unknown[]): Promise<string> =>
  (await owner.query<{ id: string }>(`select ${sql} as id`, params)).rows[0]?.id ?? '';

it('is not what a year end, a quarter’s budget or an account has as its own', async () => {
  const { v, at } = await market(owner, 50, 2);
  const soap = await at.offer('肥皂', { points: 10 });
  const [voucher = ''] = await vouchers(owner, v);
  const foreign = [
    await reckon('year_end_source($1, 2026, $2)', v.id, v.household(0).id),
    await reckon('budget_account_of($1, $2)', v.id, '2027Q1'),
    await reckon('hold_account_of($1)', v.id),
    v.household(1).id,
    v.id,
    at.id,
  ];
  for (const id of foreign) {
    const refused = { refused: 'SAME_ID_OTHER_CONTENT' };
    expect(await scan(v, { id, digits: await code(v, 0), at })).toEqual(refused);
    expect(await pick(v, 0, soap, id, at)).toEqual(refused);
    expect(await order(v, 0, soap, id, at)).toEqual(refused);
    expect(await redeemVoucher(at, voucher, id)).toEqual(refused);
  }
  expect(await balanceOf(v, 0)).toBe(50);
  expect(await prisma.posting.count({ where: { villageId: v.id, source: { in: foreign } } })).toBe(0);
  expect(await redeemVoucher(at, voucher)).toMatchObject({ state: 'POSTED' });
  await expectWhole(v);
});

it('is not that of a deduction, which is then posted when it is due', async () => {
  const v = await aWorkingVillage({ households: 4 });
  const way = deductionWay(v);
  const at = await aShop(v);
  await give(owner, v, 0, 50);
  const id = await way.recorded(0);
  for (const done of [await way.warn(id), await way.propose(id), await way.approve(id)])
    expect(done.ok).toBe(true);
  const day = testDay(7);
  expect(
    await scan(v, { id, digits: await code(v, 0, moment(day)), at, now: moment(day), points: 1 }),
  ).toEqual({
    refused: 'SAME_ID_OTHER_CONTENT',
  });
  await postDueDeductions(moment(testDay(30)));
  const posted = await prisma.posting.findMany({ where: { villageId: v.id, source: id } });
  expect(posted.map(({ kind }) => kind)).toEqual(['DEDUCTION']);
});

it('is no deduction’s afterwards', async () => {
  const v = await aWorkingVillage({ households: 4 });
  const at = await aShop(v);
  await give(owner, v, 0, 50);
  const [id, now] = [newId(), moment(testDay(0))];
  expect(await scan(v, { id, digits: await code(v, 0, now), at, now })).toMatchObject({ state: 'POSTED' });
  const record = async (as: string) =>
    refusalOf(
      await v.run(
        recordDeduction,
        await v.actorOf(v.steward),
        {
          householdId: v.household(0).id,
          itemId: v.item('HOME-04'),
          seenOn: testDay(0),
          seenBy: '巡查组两人',
          facts: '院坝门口堆着旧木料，占了半条路',
        },
        { id: as, now },
      ),
    );
  expect(await record(id)).toBe('SAME_ID_OTHER_CONTENT');
  expect(await record(newId())).toBe(null);
});

it('takes nothing of a quarter’s budget: only grants count as granted', async () => {
  const { v } = await market(owner, 50, 1);
  const account = await reckon('budget_account_of($1, $2)', v.id, '2026Q4');
  // as somebody could before such an id was refused
  await owner.query(
    `select ledger_post($1, 'HOLD', $2, 0::smallint, $3, hold_account_of($1), 40, 0, $3, $4, $5, null, null, null, null, '',
       null, $6, $2, $7)`,
    [
      v.id,
      account,
      v.household(0).id,
      v.household(0).head.id,
      TEST_DAY,
      v.household(0).head.personId,
      TEST_NOW,
    ],
  );
  const grant = (amount: number) =>
    owner.query('select ledger_grant_budget($1, $2, $3, $4, $5, $6)', [
      v.id,
      TEST_DAY,
      amount,
      v.verifier.id,
      newId(),
      TEST_NOW,
    ]);
  await grant(100);
  await grant(100);
  await grant(130);
  const { balance } = await prisma.account.findUniqueOrThrow({
    where: { villageId_id: { villageId: v.id, id: account } },
  });
  expect(Number(balance)).toBe(130);
});

it('is no merchant’s: who has a household’s id gets no terms, and so no points', async () => {
  const { v, at } = await market(owner, 50, 2);
  const id = v.household(1).id;
  await owner.query(
    `select merchant_apply($1, $2, $3, '冒名店', '日用品', '村口', '', '店家', '', false, 'mmd', $4)`,
    [id, newId(), v.townshipId, TEST_NOW],
  );
  await owner.query('select merchant_admit($1, $2, $3, $4, $5, $6)', [
    id,
    newId(),
    v.household(1).head.personId,
    newId(),
    (await aShop(v)).official.id,
    TEST_NOW,
  ]);
  const terms = prisma.allianceTerms.create({
    data: {
      villageId: v.id,
      id: newId(),
      merchantId: id,
      referenceFen: 100,
      settlementDay: 10,
      freeMost: 100,
      signedById: v.secretary.id,
      signedAt: TEST_NOW,
      acceptedById: v.household(1).head.personId,
      acceptedAt: TEST_NOW,
    },
  });
  await expect(terms).rejects.toThrow('a merchant has an account of its own');
  expect(await scan(v, { digits: await code(v, 0), at })).toMatchObject({ state: 'POSTED' });
  await expectWhole(v);
});

it('an order that can’t be ended holds back no other, and is said', async () => {
  const over = new Date(TEST_NOW.getTime() + 10 * 86_400_000);
  const stuck = await market(owner, 50, 1);
  const other = await market(owner, 50, 1);
  const ids = [newId(), newId()];
  for (const [n, { v, at }] of [stuck, other].entries()) {
    const now = new Date(TEST_NOW.getTime() + n);
    expect(await order(v, 0, await at.offer('肥皂'), ids[n] ?? '', at, now)).toMatchObject({ state: 'HELD' });
  }
  await pastAllRules(
    owner,
    `select ledger_post($1, 'AWARD', $2, 1::smallint, $1, $3, 1, 0, $3, $4, $5, null, null, null, null, '', null, $6, $2, $7)`,
    [
      stuck.v.id,
      ids[0],
      stuck.v.household(0).id,
      stuck.v.household(0).head.id,
      TEST_DAY,
      stuck.v.verifier.id,
      TEST_NOW,
    ],
  );
  await expect(expireOrders(over, 1000)).rejects.toThrow('SAME_ID_OTHER_CONTENT');
  expect(await balanceOf(other.v, 0)).toBe(50);
  const rows = await prisma.redemption.findMany({ where: { id: { in: ids } }, orderBy: { madeAt: 'asc' } });
  expect(rows.map(({ state }) => state)).toEqual(['HELD', 'EXPIRED']);
});

it('a voucher is not taken by the village’s secretary, who can print its codes', async () => {
  const { v, at } = await market(owner, 0, 1);
  const [voucher = ''] = await vouchers(owner, v);
  await anAppointment(v.secretary.id, 'MERCHANT', { merchantId: at.id });
  expect(await redeemVoucher(at, voucher, newId(), TEST_NOW, v.secretary.id)).toEqual({
    refused: 'VOUCHER_OWN_OFFICE',
  });
  // of his own village only, and his colleague as ever
  const far = await market(owner, 0, 1);
  await anAppointment(v.secretary.id, 'MERCHANT', { merchantId: far.at.id });
  const [theirs = ''] = await vouchers(owner, far.v);
  expect(await redeemVoucher(far.at, theirs, newId(), TEST_NOW, v.secretary.id)).toMatchObject({
    state: 'POSTED',
  });
  expect(await redeemVoucher(at, voucher)).toMatchObject({ state: 'POSTED' });
});
