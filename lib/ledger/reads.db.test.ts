import { beforeAll, describe, expect, it } from 'vitest';
import type { Day } from '@/lib/platform/clock';
import { newId } from '@/lib/platform/ids';
import { TEST_DAY } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { aWorkingVillage, refusalOf, type WorkingVillage } from '@/lib/testing/working-village';
import {
  countMonth,
  countWeeks,
  ENTRIES_PER_PAGE,
  findLatestSeal,
  listEntries,
  listLatest,
  listMonths,
  sumEntries,
  walkEntries,
} from './reads';
import { sealLedger } from './seal';
import { findOwnRank, findStandings } from './standing/reads';
import { post } from './testing/post';
import type { EntryView } from './types';

const { prisma, owner } = await testDb();

/** Posts an award straight into the ledger, at a moment and for a day of the test's choosing. */
async function award(
  village: WorkingVillage,
  household: number,
  honour: number,
  more: { at?: string; on?: string; resident?: number } = {},
): Promise<string> {
  const home = village.household(household);
  const resident = home.residents[more.resident ?? 0];
  if (!resident) throw new Error('no such resident');
  const posted = await post(owner, {
    villageId: village.id,
    kind: 'AWARD',
    source: newId(),
    debit: village.id,
    credit: home.id,
    points: honour,
    honour,
    household: { householdId: home.id, residentId: resident.id },
    creditedOn: (more.on ?? TEST_DAY) as Day,
    itemId: village.item('PUBLIC_CLEAN-01'),
    itemCode: 'PUBLIC_CLEAN-01',
    personId: village.verifier.id,
    commandId: newId(),
    now: new Date(more.at ?? '2026-11-24T02:00:00Z'),
  });
  return posted.postingId;
}

async function wholeLedger(village: WorkingVillage): Promise<EntryView[][]> {
  const pages: EntryView[][] = [];
  let from: string | null = null;
  do {
    const page = await listEntries(prisma, village.id, {}, from);
    if (!page) throw new Error('lost');
    pages.push(page.entries);
    from = page.older;
  } while (from);
  return pages;
}

describe('the ledger', () => {
  let village: WorkingVillage;
  beforeAll(async () => {
    village = await aWorkingVillage({ households: 3 });
  });

  it('shows a verified deed: masked name, item, points, version and who verified', async () => {
    const deed = await village.submitted(0, 'PUBLIC_CLEAN-01');
    expect(refusalOf(await village.approve(deed))).toBeNull();
    const page = await listEntries(prisma, village.id);
    expect(page?.entries).toHaveLength(1);
    expect(page?.entries[0]).toMatchObject({
      kind: 'AWARD',
      day: '2026-11-24',
      householdCode: village.household(0).code,
      name: '陈×国',
      itemName: '村道打扫（≥30分钟）',
      points: 2,
      honour: 2,
      version: 1,
      verifiers: ['核×甲'],
      reverses: null,
      reversedBy: null,
    });
    expect(JSON.stringify(page)).not.toContain('建国');
    expect(JSON.stringify(page)).not.toContain('核分甲');
  });

  it('shows an undone approval and its reversal, each naming the other', async () => {
    const deed = await village.submitted(1, 'PUBLIC_CLEAN-01');
    await village.approve(deed);
    expect(refusalOf(await village.undo(deed))).toBeNull();
    const page = await listEntries(prisma, village.id);
    const [a, b] = page?.entries ?? [];
    const reversal = [a, b].find((entry) => entry?.kind === 'REVERSAL');
    const undone = [a, b].find((entry) => entry?.kind === 'AWARD');
    expect(reversal).toMatchObject({ points: -2, honour: -2, reverses: undone?.id });
    expect(undone).toMatchObject({ points: 2, reversedBy: reversal?.id });
    expect(await countMonth(prisma, village.id, '2026-11')).toEqual({ points: 2, deeds: 1, households: 2 });
  });

  it('does not name a child, not even masked', async () => {
    await award(village, 2, 1, { resident: 2 });
    const page = await listEntries(prisma, village.id);
    expect(page?.entries.find((entry) => entry.honour === 1)?.name).toBe('未成年人');
  });

  it('answers an entry of another village as one that is not there', async () => {
    const other = await aWorkingVillage({ households: 1 });
    const theirs = await award(other, 0, 3);
    expect(await listEntries(prisma, village.id, {}, theirs)).toBeNull();
    expect(await listEntries(prisma, village.id, {}, newId())).toBeNull();
    expect(await listEntries(prisma, village.id, {}, "'; drop table posting; --")).toBeNull();
  });
});

describe('pages of the ledger', () => {
  let village: WorkingVillage;
  const COUNT = 2 * ENTRIES_PER_PAGE + 5;
  beforeAll(async () => {
    village = await aWorkingVillage({ households: 2 });
    // Many recorded in the same moment: the order must still be one.
    for (let i = 0; i < COUNT; i++) {
      await award(village, i % 2, 1, {
        at: i < 40 ? '2026-10-31T15:59:59.999Z' : '2026-10-31T16:00:00.000Z',
      });
    }
  });

  it('hold thirty lines, none twice and none missing', async () => {
    const pages = await wholeLedger(village);
    expect(pages.map((page) => page.length)).toEqual([ENTRIES_PER_PAGE, ENTRIES_PER_PAGE, 5]);
    expect(new Set(pages.flat().map((entry) => entry.id)).size).toBe(COUNT);
  });

  it('lead back to the page before', async () => {
    const first = await listEntries(prisma, village.id);
    const second = await listEntries(prisma, village.id, {}, first?.older ?? '');
    const third = await listEntries(prisma, village.id, {}, second?.older ?? '');
    expect(first?.newer).toBeNull();
    expect(second?.newer).toBe('first');
    expect(third?.newer).toBe(first?.older);
    expect(third?.older).toBeNull();
  });

  it('begin a month at midnight in Shanghai', async () => {
    expect(await sumEntries(prisma, village.id, { month: '2026-10' })).toMatchObject({
      entries: 40,
      points: 40,
    });
    expect(await sumEntries(prisma, village.id, { month: '2026-11' })).toMatchObject({ entries: COUNT - 40 });
    expect(await listMonths(prisma, village.id)).toEqual(['2026-11', '2026-10']);
    const november = await listEntries(prisma, village.id, { month: '2026-11' });
    expect(november?.entries).toHaveLength(COUNT - 40);
    expect(november?.entries.every((entry) => entry.day === '2026-11-01')).toBe(true);
  });

  it('can be narrowed to an item', async () => {
    expect((await listEntries(prisma, village.id, { itemCode: 'HOME-01' }))?.entries).toEqual([]);
    expect((await listEntries(prisma, village.id, { itemCode: "x' or 1=1" }))?.entries).toEqual([]);
    expect((await listEntries(prisma, village.id, { itemCode: 'PUBLIC_CLEAN-01' }))?.entries).toHaveLength(
      30,
    );
  });

  it('are walked whole, oldest first, in batches', async () => {
    const batches: EntryView[][] = [];
    for await (const batch of walkEntries(prisma, village.id, {}, 20)) batches.push(batch);
    expect(batches.map((batch) => batch.length)).toEqual([20, 20, 20, 5]);
    const pages = await wholeLedger(village);
    expect(batches.flat().map((entry) => entry.id)).toEqual(
      pages
        .flat()
        .map((entry) => entry.id)
        .reverse(),
    );
  });

  it('count weeks from Monday, with nothing where nothing was', async () => {
    const weeks = await countWeeks(prisma, village.id, '2026-11-08' as Day, 3);
    expect(weeks).toEqual([
      { week: '2026-10-19', points: 0 },
      { week: '2026-10-26', points: COUNT },
      { week: '2026-11-02', points: 0 },
    ]);
  });

  it('end with the latest seal', async () => {
    expect(await findLatestSeal(prisma, village.id)).toBeNull();
    await sealLedger(prisma, village.id);
    const seal = await findLatestSeal(prisma, village.id);
    expect(seal?.number).toBe(1);
    expect(seal?.shortHash).toMatch(/^[0-9A-F]{4} [0-9A-F]{4} [0-9A-F]{4}$/);
    expect(await listLatest(prisma, village.id, 5)).toHaveLength(5);
  });
});

describe('the ranking', () => {
  let village: WorkingVillage;
  beforeAll(async () => {
    village = await aWorkingVillage({ households: 35, groups: 5 });
    for (const [household, honour] of [
      [0, 5],
      [1, 9],
      [2, 9],
      [3, 5],
      [4, 1],
    ] as const) {
      await award(village, household, honour);
    }
    await award(village, 4, 100, { resident: 2 });
    await award(village, 0, 50, { on: '2026-07-01' });
    await award(village, 0, 7, { on: '2025-12-31' });
  });

  it('ranks ties equal and everyone, thirty at a time', async () => {
    const page = await findStandings(prisma, village.id, 'household', '2026Q4', 2026);
    expect(page).toMatchObject({ total: 35, most: 101, page: 1, pages: 2 });
    expect(page.lines).toHaveLength(30);
    expect(page.lines.slice(0, 6).map((line) => [line.place, line.honour])).toEqual([
      [1, 101],
      [2, 9],
      [2, 9],
      [4, 5],
      [4, 5],
      [6, 0],
    ]);
    const second = await findStandings(prisma, village.id, 'household', '2026Q4', 2026, 2);
    expect(second.lines).toHaveLength(5);
    expect(new Set([...page.lines, ...second.lines].map((line) => line.id)).size).toBe(35);
  });

  it('answers a page beyond the last with the last', async () => {
    expect((await findStandings(prisma, village.id, 'household', '2026Q4', 2026, 99)).page).toBe(2);
    expect((await findStandings(prisma, village.id, 'household', '2026Q4', 2026, Number.NaN)).page).toBe(1);
    expect((await findStandings(prisma, village.id, 'household', '2026Q4', 2026, -3)).page).toBe(1);
    expect((await findStandings(prisma, newId(), 'household', '2026Q4', 2026, 7)).lines).toEqual([]);
  });

  it('keeps quarter, year and all time apart', async () => {
    const own = async (period: string) =>
      (await findOwnRank(prisma, village.id, 'household', period, 2026, village.household(0).id))?.honour;
    expect(await own('2026Q4')).toBe(5);
    expect(await own('2026Q3')).toBe(50);
    expect(await own('2026')).toBe(55);
    expect(await own('ALL')).toBe(62);
  });

  it('counts a child for the household and lists no child', async () => {
    const page = await findStandings(prisma, village.id, 'resident', '2026Q4', 2026);
    expect(page.most).toBe(9);
    expect(page.total).toBe(70);
    const child = village.household(4).residents[2];
    expect(await findOwnRank(prisma, village.id, 'resident', '2026Q4', 2026, child?.id ?? '')).toBeNull();
  });

  it('masks every name', async () => {
    const page = await findStandings(prisma, village.id, 'resident', '2026Q4', 2026);
    expect(page.lines.every((line) => line.name.includes('×'))).toBe(true);
    const homes = await findStandings(prisma, village.id, 'household', '2026Q4', 2026);
    expect(homes.lines[0]?.name).toMatch(/^.×国$/);
  });

  it('finds one’s own place and page', async () => {
    const page = await findStandings(prisma, village.id, 'household', '2026Q4', 2026, 2);
    const last = page.lines.at(-1);
    expect(await findOwnRank(prisma, village.id, 'household', '2026Q4', 2026, last?.id ?? '')).toEqual({
      place: 6,
      page: 2,
      honour: 0,
      total: 35,
    });
    const other = await aWorkingVillage({ households: 1 });
    expect(
      await findOwnRank(prisma, village.id, 'household', '2026Q4', 2026, other.household(0).id),
    ).toBeNull();
  });
});
