import { describe, expect, test } from 'vitest';
import { addDays } from '@/lib/platform/clock';
import type { Db } from '@/lib/platform/db';
import { TEST_DAY, TEST_NOW } from '@/lib/testing/builders';
import { countQueries } from '@/lib/testing/count-queries';
import { testDb } from '@/lib/testing/database';
import { aWorkingVillage, pointsOf, type WorkingVillage } from '@/lib/testing/working-village';
import { markFavourite } from '../commands';
import { DEEDS_PER_PAGE, findHouseholdDeed, listHouseholdDeeds } from '../own/reads';
import { findItemShelf, findItemUse, listMembers } from '../shelf/reads';
import { findHomeFigures, listCapUses, listTimeline } from './reads';

const { prisma } = await testDb();

const SWEEP = 'PUBLIC_CLEAN-01';
const PATROL = 'SAFETY-01';

function scopeOf(village: WorkingVillage, household = 0) {
  return { villageId: village.id, householdId: village.household(household).id };
}

describe('home figures', () => {
  test('a household that has done nothing yet', async () => {
    const village = await aWorkingVillage();
    expect(await findHomeFigures(prisma, scopeOf(village), TEST_DAY)).toMatchObject({
      spendable: 0,
      honourQuarter: 0,
      honourAll: 0,
      place: 1,
      households: 3,
    });
    expect(await listTimeline(prisma, scopeOf(village), 8)).toEqual([]);
    expect(await listCapUses(prisma, scopeOf(village), TEST_DAY)).toEqual([]);
  });

  test('points, honour, rank and what the month has given', async () => {
    const village = await aWorkingVillage({ settings: { householdMonthCap: 6 } });
    await village.approve(await village.submitted(0, PATROL));
    await village.approve(await village.submitted(0, SWEEP));
    await village.approve(await village.submitted(1, PATROL));
    await village.approve(await village.submitted(1, SWEEP));
    await village.approve(await village.submitted(1, SWEEP));
    const figures = await findHomeFigures(prisma, scopeOf(village), TEST_DAY);
    expect(figures).toEqual({
      spendable: 6,
      honourQuarter: 7,
      honourAll: 7,
      place: 2,
      households: 3,
      month: { awarded: 6, cap: 6 },
    });
    const points = await pointsOf(village.id, village.household(0).id);
    expect({ spendable: figures.spendable, honour: figures.honourAll }).toEqual(points);
  });
});

describe('caps used', () => {
  test('by person where the item counts by person, and only what counted this month', async () => {
    const village = await aWorkingVillage();
    const { residents } = village.household(0);
    await village.approve(await village.submitted(0, SWEEP));
    await village.approve(await village.submitted(0, SWEEP, { residentId: residents[1]?.id }));
    await village.approve(await village.submitted(0, 'FAMILY-02', { deedOn: addDays(TEST_DAY, -25) }));
    const uses = await listCapUses(prisma, scopeOf(village), TEST_DAY);
    expect(uses).toHaveLength(2);
    expect(uses.map((one) => one.residentName).sort()).toEqual(
      residents
        .slice(0, 2)
        .map((one) => one.name)
        .sort(),
    );
    expect(uses[0]).toMatchObject({ itemCode: SWEEP, per: 'MONTH', used: 2, cap: 8 });
  });

  test('of one item, by resident and for the household, with what waits', async () => {
    const village = await aWorkingVillage();
    const { head } = village.household(0);
    await village.approve(await village.submitted(0, SWEEP));
    await village.submitted(0, SWEEP);
    const item = { code: SWEEP, subject: 'PERSON', capPer: 'MONTH' } as const;
    expect(await findItemUse(prisma, scopeOf(village), item, TEST_DAY)).toEqual({
      subject: 'PERSON',
      used: { [head.id]: 2, '': 2 },
      waiting: 1,
    });
    expect(await findItemUse(prisma, scopeOf(village, 1), item, TEST_DAY)).toMatchObject({
      used: { '': 0 },
      waiting: 0,
    });
  });
});

describe('timeline', () => {
  test('an approval taken back shows entry, reversal and the deed that waits; lines add up to the points', async () => {
    const village = await aWorkingVillage();
    const deed = await village.submitted(0, SWEEP);
    await village.approve(deed);
    await village.undo(deed, village.verifier, { now: new Date(TEST_NOW.getTime() + 60_000) });
    const lines = await listTimeline(prisma, scopeOf(village), 8);
    expect(lines.map((one) => one.state).sort()).toEqual(['REVERSAL', 'REVERSED', 'SUBMITTED']);
    expect(lines.every((one) => one.deedId === deed)).toBe(true);
    const recorded = lines.reduce((sum, one) => sum + (one.spendable ?? 0), 0);
    expect(recorded).toBe((await pointsOf(village.id, village.household(0).id)).spendable);
  });

  test('says why a deed was returned, who logged it, and what a cap took', async () => {
    const village = await aWorkingVillage();
    await village.giveBack(await village.submitted(0, SWEEP), '照片看不清，请补一张');
    await village.approve(await village.submitted(0, 'VOLUNTEER-01', { quantity: 8 }));
    await village.approve(await village.submitted(0, 'CIVIC-03', { quantity: 1 }));
    for (let i = 0; i < 2; i++) await village.approve(await village.submitted(0, 'HOME-03'));
    const lines = await listTimeline(prisma, scopeOf(village), 8);
    const returned = lines.find((one) => one.state === 'RETURNED');
    expect(returned).toMatchObject({
      reason: '照片看不清，请补一张',
      itemName: '村道打扫（≥30分钟）',
      reporterName: village.household(0).head.name,
      spendable: null,
      points: 2,
    });
    expect(lines.filter((one) => one.state === 'APPROVED')).toHaveLength(4);
  });

  test('of another household, or as another village, nothing', async () => {
    const village = await aWorkingVillage();
    const other = await aWorkingVillage();
    const deed = await village.submitted(0, SWEEP);
    const { personId } = village.household(0).head;
    expect(await listTimeline(prisma, scopeOf(village, 1), 8)).toEqual([]);
    expect(await findHouseholdDeed(prisma, scopeOf(village, 1), deed, personId)).toBeNull();
    const foreign = { villageId: other.id, householdId: village.household(0).id };
    expect(await findHouseholdDeed(prisma, foreign, deed, personId)).toBeNull();
    expect((await listHouseholdDeeds(prisma, foreign)).counts.ALL).toBe(0);
    expect(await findHouseholdDeed(prisma, scopeOf(village), 'no-id', personId)).toBeNull();
  });
});

describe('deeds', () => {
  test('thirty a page, filtered by state; waiting for a second person counts as waiting', async () => {
    const village = await aWorkingVillage({ settings: { secondThreshold: 5 } });
    for (let i = 0; i < DEEDS_PER_PAGE + 1; i++) await village.submitted(0, SWEEP);
    await village.approve(await village.submitted(0, PATROL));
    const withdrawn = await village.submitted(0, SWEEP);
    await village.withdraw(withdrawn, 0);
    const all = await listHouseholdDeeds(prisma, scopeOf(village));
    expect(all).toMatchObject({ page: 1, pages: 2 });
    expect(all.counts).toMatchObject({
      ALL: 33,
      SUBMITTED: 31,
      AWAITING_SECOND: 1,
      WITHDRAWN: 1,
      APPROVED: 0,
    });
    expect(all.deeds[0]?.id).toBe(withdrawn);
    const waiting = await listHouseholdDeeds(prisma, scopeOf(village), { state: 'SUBMITTED', page: 7 });
    expect(waiting).toMatchObject({ page: 2, pages: 2 });
    expect(waiting.deeds).toHaveLength(2);
    const returned = await listHouseholdDeeds(prisma, scopeOf(village), { state: 'RETURNED' });
    expect(returned).toMatchObject({ deeds: [], page: 1, pages: 1 });
  });

  test('one deed with what was decided, oldest first', async () => {
    const village = await aWorkingVillage({ settings: { secondThreshold: 5 } });
    const deed = await village.submitted(0, PATROL, { note: '夜里', metricValue: '2.50' });
    await village.approve(deed);
    await village.approve(deed, village.secondVerifier, { now: new Date(TEST_NOW.getTime() + 1000) });
    const detail = await findHouseholdDeed(
      prisma,
      scopeOf(village),
      deed,
      village.household(0).head.personId,
    );
    expect(detail).toMatchObject({
      state: 'APPROVED',
      itemCode: PATROL,
      note: '夜里',
      metricValue: '2.5',
      asked: 5,
      honour: 5,
      spendable: 5,
      version: 1,
      photoRefs: [],
    });
    expect(detail?.decisions.map((one) => [one.kind, one.personName])).toEqual([
      ['FIRST_APPROVE', '核分甲'],
      ['APPROVE', '核分乙'],
    ]);
  });
});

describe('what to offer first', () => {
  test('starred, lately logged, and what the village does', async () => {
    const village = await aWorkingVillage();
    const actor = await village.actorOf(village.household(0).head.personId);
    await village.run(markFavourite, actor, { itemCode: PATROL, favourite: 'yes' });
    await village.submitted(0, SWEEP);
    await village.approve(await village.submitted(1, 'CIVIC-01'));
    expect(await findItemShelf(prisma, scopeOf(village))).toEqual({
      favourites: [PATROL],
      recent: [SWEEP],
      popular: ['CIVIC-01'],
    });
  });

  test('the members, whoever looks first', async () => {
    const village = await aWorkingVillage();
    const { residents } = village.household(0);
    const members = await listMembers(prisma, scopeOf(village), residents[1]?.id ?? '');
    expect(members.map((one) => one.relation)).toEqual(['配偶', '户主', '子女']);
  });
});

describe('queries', () => {
  test('are as many with fifty lines as with none', async () => {
    const village = await aWorkingVillage();
    const scope = scopeOf(village);
    const { personId, id } = village.household(0).head;
    const item = { code: SWEEP, subject: 'PERSON', capPer: 'MONTH' } as const;
    let deed = await village.submitted(0, SWEEP);
    const reads: [string, number, (db: Db) => Promise<unknown>][] = [
      ['home figures', 2, (db) => findHomeFigures(db, scope, TEST_DAY)],
      ['caps', 1, (db) => listCapUses(db, scope, TEST_DAY)],
      ['timeline', 1, (db) => listTimeline(db, scope, 8)],
      ['deeds', 2, (db) => listHouseholdDeeds(db, scope)],
      ['one deed', 3, (db) => findHouseholdDeed(db, scope, deed, personId)],
      ['shelf', 1, (db) => findItemShelf(db, scope)],
      ['item use', 1, (db) => findItemUse(db, scope, item, TEST_DAY)],
      ['members', 1, (db) => listMembers(db, scope, id)],
    ];
    for (const [name, count, read] of reads) expect([name, await countQueries(read)]).toEqual([name, count]);
    for (let i = 0; i < 25; i++) {
      deed = await village.submitted(0, i % 2 ? PATROL : SWEEP);
      if (i % 3) await village.approve(deed);
      else await village.giveBack(deed);
    }
    for (const [name, count, read] of reads) expect([name, await countQueries(read)]).toEqual([name, count]);
  });
});
