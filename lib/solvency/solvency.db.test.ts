import { describe, expect, test } from 'vitest';
import { recordEvent } from '@/lib/deeds/commands';
import { approveBatch } from '@/lib/deeds/decisions';
import { countMonth, countWeeks } from '@/lib/ledger/reads';
import { rebuildLedger } from '@/lib/ledger/rebuild';
import { addDays, type Day, dayOf } from '@/lib/platform/clock';
import { TEST_DAY, TEST_NOW } from '@/lib/testing/builders';
import { countQueries } from '@/lib/testing/count-queries';
import { testDb } from '@/lib/testing/database';
import { deductionWay } from '@/lib/testing/deduction-way';
import { aWorkingVillage, refusalOf, type WorkingVillage } from '@/lib/testing/working-village';
import { findSolvency } from './reads';
import { isBraked } from './rules';

const { prisma, owner } = await testDb();

const at = (text: string) => new Date(`${text}:00+08:00`);
const ITEM = 'PUBLIC_CLEAN-01'; // 2 points

async function outstanding(v: WorkingVillage): Promise<number> {
  const sum = await prisma.account.aggregate({
    where: { villageId: v.id, kind: 'HOUSEHOLD' },
    _sum: { balance: true },
  });
  return Number(sum._sum.balance ?? 0);
}

describe('the brake', () => {
  test('below, on and above it; the deed goes on waiting, whole', async () => {
    const v = await aWorkingVillage({ settings: { outstandingMost: 4 } });
    const deeds = [];
    for (const household of [0, 1, 2]) deeds.push(await v.submitted(household, ITEM));
    expect(refusalOf(await v.approve(deeds[0] ?? ''))).toBeNull();
    expect(refusalOf(await v.approve(deeds[1] ?? ''))).toBeNull();
    expect(await v.approve(deeds[2] ?? '')).toMatchObject({
      ok: false,
      refusal: {
        code: 'BRAKE_ON',
        sentence: '全村各户手里已有 4 分，再记 2 分就超过细则定的 4 分，先不记。',
      },
    });
    expect(await prisma.deed.findFirstOrThrow({ where: { id: deeds[2] ?? '' } })).toMatchObject({
      state: 'SUBMITTED',
      decidedAt: null,
    });
    expect(isBraked({ outstanding: await outstanding(v), outstandingMost: 4 }, 2)).toBe(true);
    // what is taken back makes room
    expect(refusalOf(await v.undo(deeds[0] ?? ''))).toBeNull();
    expect(refusalOf(await v.approve(deeds[2] ?? ''))).toBeNull();
  });

  test('an award that would only reach beyond it is refused too', async () => {
    const v = await aWorkingVillage({ settings: { outstandingMost: 3 } });
    expect(refusalOf(await v.approve(await v.submitted(0, ITEM)))).toBeNull();
    expect(refusalOf(await v.approve(await v.submitted(1, ITEM)))).toBe('BRAKE_ON');
    expect(refusalOf(await v.approve(await v.submitted(1, 'CIVIC-03')))).toBeNull(); // 1 point fits
  });

  test('lets honour without points through: it adds nothing to what is owed', async () => {
    const v = await aWorkingVillage({ settings: { outstandingMost: 2, householdMonthCap: 2 } });
    expect(refusalOf(await v.approve(await v.submitted(0, ITEM)))).toBeNull();
    const capped = await v.submitted(0, ITEM, { deedOn: addDays(TEST_DAY, -1) });
    expect(await v.approve(capped)).toMatchObject({ outcome: { points: 0, honour: 2 } });
  });

  test('goes by the rulebook in force today, and holds the first of two approvals up in nothing', async () => {
    const v = await aWorkingVillage({ settings: { outstandingMost: 1, secondThreshold: 2 } });
    const deed = await v.submitted(0, ITEM);
    expect(await v.approve(deed)).toMatchObject({ outcome: { state: 'AWAITING_SECOND' } });
    expect(refusalOf(await v.approve(deed, v.secondVerifier))).toBe('BRAKE_ON');
  });

  test('fifty approvals at once never pass it', { timeout: 60_000 }, async () => {
    const v = await aWorkingVillage({ households: 25, settings: { outstandingMost: 41 } });
    const deeds: string[] = [];
    for (let index = 0; index < 50; index++) {
      deeds.push(await v.submitted(index % 25, ITEM, { deedOn: addDays(TEST_DAY, -Math.floor(index / 25)) }));
    }
    const results = await Promise.all(
      deeds.map((deed, index) => v.approve(deed, index % 2 ? v.verifier : v.secondVerifier)),
    );
    const codes = results.map(refusalOf);
    expect(codes.filter((code) => code === null)).toHaveLength(20);
    expect(codes.filter((code) => code === 'BRAKE_ON')).toHaveLength(30);
    expect(await outstanding(v)).toBe(40);
    expect(await rebuildLedger(prisma, v.id)).toEqual([]);
  });

  test('stops a batch where it is full and says so of the rest', async () => {
    const v = await aWorkingVillage({ households: 5, settings: { outstandingMost: 5 } });
    const recorded = await v.run(recordEvent, await v.actorOf(v.steward), {
      itemId: v.item(ITEM),
      name: '一起扫村道',
      heldOn: TEST_DAY,
      residentIds: v.households.map((one) => one.head.id),
    });
    expect(refusalOf(recorded)).toBeNull();
    const deeds = await prisma.deed.findMany({ where: { villageId: v.id }, select: { id: true } });
    const result = await v.run(approveBatch, await v.actorOf(v.verifier), {
      deedIds: deeds.map((one) => one.id),
    });
    expect(result).toMatchObject({ ok: true, outcome: { approved: 2 } });
    expect(await outstanding(v)).toBe(4);
  });
});

describe('the figures', () => {
  async function aVillageWithHistory() {
    const v = await aWorkingVillage({
      settings: { budgetPerQuarter: 100, referenceFen: 50, outstandingMost: 500 },
    });
    const days = [
      '2026-07-10',
      '2026-08-11',
      '2026-08-12',
      '2026-09-30',
      '2026-10-01',
      '2026-11-20',
    ] as Day[];
    for (const [index, day] of days.entries()) {
      const deed = await v.submitted(index % 3, ITEM, { deedOn: day }, { now: at(`${day}T20:00`) });
      await v.approve(deed, v.verifier, { now: at(`${day}T21:00`) });
      if (day === '2026-08-12') await v.undo(deed, v.verifier, { now: at(`${day}T21:05`) });
    }
    return v;
  }

  test('equal the sums of the postings at that moment', async () => {
    const v = await aVillageWithHistory();
    const figures = await findSolvency(prisma, v.id, TEST_NOW);
    const { rows } = await owner.query<Record<string, number>>(
      `select count(*) filter (where household_id is not null)::int as postings,
         sum(case when credit_id = household_id then points when debit_id = household_id then -points else 0 end)::int as held,
         sum(case when kind = 'BUDGET_GRANT' and quarter_of(credited_on) = '2026Q4' then points else 0 end)::int as granted,
         sum(case when debit_id = budget_account_of($1, '2026Q4') then points
                  when credit_id = budget_account_of($1, '2026Q4') and kind = 'REVERSAL' then -points else 0 end)::int as used,
         sum(case when kind = 'BUDGET_GRANT' then points else 0 end)::int as year_granted
       from posting where village_id = $1`,
      [v.id],
    );
    const sums = rows[0];
    expect(figures.outstanding).toBe(sums?.held);
    expect(figures.outstanding).toBe(10);
    expect(figures.postings).toBe(sums?.postings);
    expect(figures).toMatchObject({ holders: 3, referenceFen: 50, outstandingMost: 500, quarter: '2026Q4' });
    expect(figures.budget).toBe(sums?.granted);
    expect(figures.budgetLeft).toBe((sums?.granted ?? 0) - (sums?.used ?? 0));
    expect(figures.budgetLeft).toBe(96);
    expect(figures.yearBudget).toBe(sums?.year_granted);
    expect(figures.yearUsed).toBe(10);
    expect(figures.months.map((one) => one.month)).toEqual([
      ...['2025-12', '2026-01', '2026-02', '2026-03', '2026-04', '2026-05', '2026-06'],
      ...['2026-07', '2026-08', '2026-09', '2026-10', '2026-11'],
    ]);
    expect(figures.months.slice(-5).map((one) => one.given)).toEqual([2, 2, 2, 2, 2]);
    expect(figures.months.reduce((sum, one) => sum + one.change, 0)).toBe(figures.outstanding);
  });

  test('of a month are the notice board’s: what was given, a deduction is none of it', async () => {
    const v = await aWorkingVillage();
    const deed = await v.submitted(0, ITEM);
    await v.approve(deed);
    const way = deductionWay(v);
    await way.posted(0);
    const later = new Date(TEST_NOW.getTime() + 20 * 86_400_000);
    const figures = await findSolvency(prisma, v.id, later);
    const held = await outstanding(v);
    expect(held).toBeLessThan(2);
    const given = figures.months.reduce((sum, one) => sum + one.given, 0);
    expect(given).toBe(2);
    const months = await Promise.all(['2026-11', '2026-12'].map((one) => countMonth(prisma, v.id, one)));
    expect(months.reduce((sum, one) => sum + one.points, 0)).toBe(given);
    const weeks = await countWeeks(prisma, v.id, dayOf(later), 6);
    expect(weeks.reduce((sum, one) => sum + one.points, 0)).toBe(given);
  });

  test('a budget that no award has asked for yet is whole', async () => {
    const v = await aWorkingVillage({ settings: { budgetPerQuarter: 100 } });
    const figures = await findSolvency(prisma, v.id, TEST_NOW);
    expect(figures).toMatchObject({
      budget: 100,
      budgetLeft: 100,
      yearBudget: 100,
      yearUsed: 0,
      outstanding: 0,
    });
    const none = await aWorkingVillage();
    expect(await findSolvency(prisma, none.id, TEST_NOW)).toMatchObject({
      budget: null,
      budgetLeft: null,
      yearBudget: null,
      outstandingMost: null,
    });
  });

  test('come from one statement, so that they agree while approvals go on', async () => {
    const v = await aVillageWithHistory();
    expect(await countQueries((db) => findSolvency(db, v.id, TEST_NOW))).toBe(1);
    const deeds: string[] = [];
    for (let index = 0; index < 12; index++) {
      deeds.push(
        await v.submitted(index % 3, ITEM, { deedOn: addDays(TEST_DAY, -Math.floor(index / 3) - 8) }),
      );
    }
    const looks = async () => {
      for (let look = 0; look < 10; look++) {
        const figures = await findSolvency(prisma, v.id, TEST_NOW);
        const before = figures.months.reduce((sum, one) => sum + one.change, 0);
        expect(before).toBe(figures.outstanding);
        expect(figures.outstanding).toBe(figures.yearUsed);
      }
    };
    await Promise.all([looks(), ...deeds.map((deed) => v.approve(deed))]);
  });
});
