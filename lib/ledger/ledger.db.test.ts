import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Day } from '@/lib/platform/clock';
import { asRefusal } from '@/lib/platform/command';
import { newId } from '@/lib/platform/ids';
import { aVillage, TEST_DAY, TEST_NOW, type VillageBuilt } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { rebuildLedger } from './rebuild';
import { post, reverse, type Transfer } from './testing/post';

const { prisma, owner } = await testDb();

// The kernel alone: that points are deducted only by a deduction that went its whole way is deduction.sql's.
beforeAll(() => owner.query('alter table posting disable trigger posting_of_deduction'));
afterAll(() => owner.query('alter table posting enable trigger posting_of_deduction'));

function award(
  village: VillageBuilt,
  household: number,
  points: number,
  more: Partial<Transfer> = {},
): Transfer {
  const { id, head } = village.household(household);
  return {
    villageId: village.id,
    kind: 'AWARD',
    source: newId(),
    debit: village.id,
    credit: id,
    points,
    honour: points,
    household: { householdId: id, residentId: head.id },
    creditedOn: TEST_DAY,
    commandId: newId(),
    now: TEST_NOW,
    ...more,
  };
}

/** Takes spendable points only, as a purchase will. */
function spend(
  village: VillageBuilt,
  household: number,
  points: number,
  more: Partial<Transfer> = {},
): Transfer {
  const { id } = village.household(household);
  return award(village, household, points, {
    kind: 'DEDUCTION',
    debit: id,
    credit: village.id,
    honour: 0,
    ...more,
  });
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return 'OK';
  } catch (error) {
    const refusal = asRefusal(error);
    if (!refusal) throw error;
    return refusal.code;
  }
}

const balanceOf = async (village: VillageBuilt, household: number) =>
  Number(
    (
      await prisma.account.findUniqueOrThrow({
        where: { villageId_id: { villageId: village.id, id: village.household(household).id } },
      })
    ).balance,
  );

describe('posting', () => {
  test('moves points, keeps balances before and after, and adds to three standings', async () => {
    const v = await aVillage();
    expect(await post(owner, award(v, 0, 5))).toMatchObject({
      points: 5,
      honour: 5,
      balance: 5,
      repeated: false,
    });
    expect(await post(owner, award(v, 0, 3))).toMatchObject({ balance: 8 });
    const last = await prisma.posting.findFirstOrThrow({
      where: { villageId: v.id },
      orderBy: { id: 'desc' },
    });
    expect([last.creditBefore, last.creditAfter, last.debitBefore, last.debitAfter]).toEqual([
      5n,
      8n,
      null,
      null,
    ]);
    const standings = await prisma.standing.findMany({
      where: { villageId: v.id },
      orderBy: { period: 'asc' },
    });
    expect(standings.map((one) => [one.period, Number(one.honour)])).toEqual([
      ['2026', 8],
      ['2026Q4', 8],
      ['ALL', 8],
    ]);
  });

  test('counts by the day it is for: the last of a quarter and the first of the next', async () => {
    const v = await aVillage();
    await post(owner, award(v, 0, 1, { creditedOn: '2026-09-30' as Day }));
    await post(owner, award(v, 0, 2, { creditedOn: '2026-10-01' as Day }));
    await post(owner, award(v, 0, 4, { creditedOn: '2025-12-31' as Day }));
    const standings = await prisma.standing.findMany({ where: { villageId: v.id } });
    const by = Object.fromEntries(standings.map((one) => [one.period, Number(one.honour)]));
    expect(by).toEqual({ '2026Q3': 1, '2026Q4': 2, '2026': 3, '2025Q4': 4, '2025': 4, ALL: 7 });
  });

  test('the same source and leg answers the first; with other content it is refused', async () => {
    const v = await aVillage();
    const once = award(v, 0, 5);
    const first = await post(owner, once);
    expect(await post(owner, once)).toEqual({ ...first, repeated: true });
    expect(await codeOf(post(owner, { ...once, points: 6 }))).toBe('SAME_ID_OTHER_CONTENT');
    expect(await codeOf(post(owner, { ...once, credit: v.household(1).id }))).toBe('SAME_ID_OTHER_CONTENT');
    expect(await balanceOf(v, 0)).toBe(5);
    expect(await prisma.posting.count({ where: { villageId: v.id } })).toBe(1);
  });

  test('the same source twenty times at once is posted once', async () => {
    const v = await aVillage();
    const once = award(v, 0, 5);
    const all = await Promise.all(Array.from({ length: 20 }, () => post(owner, once)));
    expect(all.filter((one) => !one.repeated)).toHaveLength(1);
    expect(await balanceOf(v, 0)).toBe(5);
  });

  test('refuses an overdraft, one point over; takes the last point', async () => {
    const v = await aVillage();
    await post(owner, award(v, 0, 5));
    expect(await codeOf(post(owner, spend(v, 0, 6)))).toBe('NOT_ENOUGH_POINTS');
    expect(await codeOf(post(owner, spend(v, 0, 5)))).toBe('OK');
    expect(await codeOf(post(owner, spend(v, 0, 1)))).toBe('NOT_ENOUGH_POINTS');
  });

  for (const spenders of [10, 50, 200]) {
    test(`of ${spenders} spends at once where one is affordable, one happens`, async () => {
      const v = await aVillage();
      await post(owner, award(v, 0, 7));
      const all = await Promise.all(
        Array.from({ length: spenders }, () => codeOf(post(owner, spend(v, 0, 5)))),
      );
      expect(all.filter((one) => one === 'OK')).toHaveLength(1);
      expect(await balanceOf(v, 0)).toBe(2);
    });
  }

  test('with “partial” takes what is there and records the rest', async () => {
    const v = await aVillage();
    await post(owner, award(v, 0, 3));
    expect(await post(owner, spend(v, 0, 5, { partial: true, honour: -5 }))).toMatchObject({
      points: 3,
      balance: 0,
    });
    const last = await prisma.posting.findFirstOrThrow({ where: { villageId: v.id, kind: 'DEDUCTION' } });
    expect(last).toMatchObject({ points: 3, shortfall: 2, honour: -5 });
  });

  test('knows no account of another village', async () => {
    const [v, other] = [await aVillage(), await aVillage()];
    await expect(post(owner, award(v, 0, 5, { credit: other.household(0).id }))).rejects.toThrow(
      /no such account/,
    );
  });
});

describe('reversing', () => {
  test('takes an award back once', async () => {
    const v = await aVillage();
    const { postingId } = await post(owner, award(v, 0, 5));
    const reversal = {
      villageId: v.id,
      postingId,
      source: newId(),
      reason: '记错了',
      commandId: newId(),
      now: TEST_NOW,
    };
    expect(await reverse(owner, reversal)).toMatchObject({ points: 5, honour: -5, balance: 0 });
    expect(await reverse(owner, reversal)).toMatchObject({ repeated: true });
    expect(await codeOf(reverse(owner, { ...reversal, source: newId() }))).toBe('ALREADY_REVERSED');
    const made = await prisma.posting.findFirstOrThrow({ where: { villageId: v.id, kind: 'REVERSAL' } });
    expect(await codeOf(reverse(owner, { ...reversal, postingId: made.id, source: newId() }))).toBe(
      'NOT_REVERSIBLE',
    );
    expect(await codeOf(reverse(owner, { ...reversal, postingId: newId(), source: newId() }))).toBe(
      'NOT_FOUND',
    );
  });

  test('twenty reversals at once reverse once', async () => {
    const v = await aVillage();
    const { postingId } = await post(owner, award(v, 0, 5));
    const all = await Promise.all(
      Array.from({ length: 20 }, () =>
        codeOf(
          reverse(owner, {
            villageId: v.id,
            postingId,
            source: newId(),
            reason: '记错了',
            commandId: newId(),
            now: TEST_NOW,
          }),
        ),
      ),
    );
    expect(all.filter((one) => one === 'OK')).toHaveLength(1);
    expect(all.filter((one) => one === 'ALREADY_REVERSED')).toHaveLength(19);
    expect(await balanceOf(v, 0)).toBe(0);
  });

  test('of points that are spent takes what is left, never below zero; honour in full', async () => {
    const v = await aVillage();
    const { postingId } = await post(owner, award(v, 0, 5));
    await post(owner, spend(v, 0, 4));
    const reversal = {
      villageId: v.id,
      postingId,
      source: newId(),
      reason: '记错了',
      commandId: newId(),
      now: TEST_NOW,
    };
    expect(await reverse(owner, reversal)).toMatchObject({ points: 1, honour: -5, balance: 0 });
  });

  test('of a deduction gives back just what was taken', async () => {
    const v = await aVillage();
    await post(owner, award(v, 0, 3));
    const { postingId } = await post(owner, spend(v, 0, 5, { partial: true, honour: -5 }));
    await reverse(owner, {
      villageId: v.id,
      postingId,
      source: newId(),
      reason: '已整改',
      commandId: newId(),
      now: TEST_NOW,
    });
    expect(await balanceOf(v, 0)).toBe(3);
  });
});

describe('what is written stays written', () => {
  const tables = ['posting', 'ledger_seal', 'command_log', 'access_log', 'deed_decision'];

  test('the program’s role has no right to change or delete it', async () => {
    const v = await aVillage();
    await post(owner, award(v, 0, 5));
    for (const table of tables) {
      for (const sql of [
        `update ${table} set village_id = village_id`,
        `delete from ${table}`,
        `truncate ${table}`,
      ]) {
        await expect(prisma.$executeRawUnsafe(sql), sql).rejects.toThrow(/permission denied/);
      }
    }
    for (const sql of [
      'insert into posting select * from posting',
      `update account set balance = balance + 1`,
      `insert into standing select * from standing`,
      `delete from standing`,
      `insert into ledger_seal select * from ledger_seal`,
      `update deed set state = 'APPROVED'`,
      `insert into deed_decision select * from deed_decision`,
      'delete from household',
      // points move through functions that have a reason to
      `select ledger_post('${v.id}', 'AWARD', '${newId()}', 0::smallint, '${v.id}', '${v.household(0).id}', 1, 1,
         '${v.household(0).id}', '${v.household(0).head.id}', '2026-11-24', null, null, null, null, '', null, null, '${newId()}', now())`,
      `select ledger_reverse('${v.id}', '${newId()}', '${newId()}', 0::smallint, '', null, '${newId()}', now())`,
      `select ledger_grant_budget('${v.id}', '2026-11-24', 5, null, '${newId()}', now())`,
    ]) {
      await expect(prisma.$executeRawUnsafe(sql), sql).rejects.toThrow(/permission denied/);
    }
  });

  test('the tables’ owner is refused too', async () => {
    const v = await aVillage();
    await post(owner, award(v, 0, 5));
    const household = v.household(0);
    const awarded = (decision: string, resident: string, points: number, honour: number) => () =>
      owner.query(
        `select ledger_post($1, 'AWARD', ${decision}, 0::smallint, $1, $2, $4, $5, $2, $3, '2026-11-24', null, null, null,
           null, '', null, null, gen_random_uuid(), now())`,
        [v.id, household.id, resident, points, honour],
      );
    const founded = `found_award($1, $2, '${household.head.id}', 5, 5, '2026-11-24', now())`;
    for (const refused of [
      awarded('gen_random_uuid()', household.head.id, 5, 5),
      awarded(founded, household.residents[1]?.id ?? '', 5, 5),
      awarded(founded, household.head.id, 6, 5),
      awarded(founded, household.head.id, 5, 6),
    ]) {
      await expect(refused()).rejects.toThrow(/by the approval of a deed/);
    }
    await owner.query('select ledger_seal_village($1)', [v.id]);
    await prisma.commandLog.create({
      data: {
        villageId: v.id,
        id: newId(),
        name: 'test',
        seat: '',
        inputHash: '',
        input: {},
        outcome: {},
        loggedAt: TEST_NOW,
      },
    });
    for (const table of ['posting', 'ledger_seal', 'command_log']) {
      await expect(owner.query(`update ${table} set village_id = village_id`)).rejects.toThrow(/append-only/);
      await expect(owner.query(`delete from ${table}`)).rejects.toThrow(/append-only/);
    }
    for (const table of tables)
      await expect(owner.query(`truncate ${table} cascade`)).rejects.toThrow(/append-only/);
  });

  test('a balance below zero can’t be written', async () => {
    const v = await aVillage();
    await expect(
      owner.query('update account set balance = -1 where village_id = $1 and id = $2', [
        v.id,
        v.household(0).id,
      ]),
    ).rejects.toThrow(/account_balance_not_negative/);
  });
});

describe('rebuilding', () => {
  test('changes no row of an honest ledger', async () => {
    const v = await aVillage();
    const { postingId } = await post(owner, award(v, 0, 5));
    await post(owner, award(v, 1, 3, { creditedOn: '2025-12-31' as Day }));
    await reverse(owner, {
      villageId: v.id,
      postingId,
      source: newId(),
      reason: '记错了',
      commandId: newId(),
      now: TEST_NOW,
    });
    expect(await rebuildLedger(prisma, v.id)).toEqual([]);
  });

  test('mends what someone wrote beside it, and says what', async () => {
    const v = await aVillage();
    await post(owner, award(v, 0, 5));
    const household = v.household(0).id;
    await owner.query('update account set balance = 99 where village_id = $1 and id = $2', [v.id, household]);
    await owner.query(`update standing set honour = 77 where village_id = $1 and period = 'ALL'`, [v.id]);
    await owner.query(`delete from standing where village_id = $1 and period = '2026'`, [v.id]);
    const mended = await rebuildLedger(prisma, v.id);
    expect(mended).toContainEqual({ what: 'account', key: household, had: 99, now: 5 });
    expect(mended).toHaveLength(3);
    expect(await balanceOf(v, 0)).toBe(5);
    expect(await rebuildLedger(prisma, v.id)).toEqual([]);
  });
});
