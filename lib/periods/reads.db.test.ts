import { describe, expect, test } from 'vitest';
import { listTimeline } from '@/lib/deeds/home/reads';
import { findCalendarFacts } from '@/lib/desk/calendar/reads';
import { dueLines } from '@/lib/desk/calendar/rules';
import { csvEntry } from '@/lib/ledger/csv';
import { countMonth, countWeeks, listEntries, sumEntries } from '@/lib/ledger/reads';
import { openObjection } from '@/lib/objections/commands';
import type { Day, Quarter } from '@/lib/platform/clock';
import { TEST_DAY, TEST_NOW } from '@/lib/testing/builders';
import { countQueries } from '@/lib/testing/count-queries';
import { testDb } from '@/lib/testing/database';
import { aWorkingVillage, pointsOf, refusalOf, type WorkingVillage } from '@/lib/testing/working-village';
import { announceYearEnd, closeYear, lockPeriod, openPublicity } from './commands';
import { listHouseholdSums, listPublicLines, sumQuarter } from './publicity/reads';
import { findPeriod, listInPublicity, listQuarters } from './reads';
import { countReached, findBoardNotices, findOwnYearEnd, listYears, previewYear } from './year/reads';

const { prisma, owner } = await testDb();

const at = (text: string) => new Date(`${text}:00+08:00`);
const Q3 = '2026Q3' as Quarter;
const ITEM = 'PUBLIC_CLEAN-01'; // 2 points

async function done(v: WorkingVillage, household: number, day: string, approvedAt = `${day}T21:00`) {
  const deed = await v.submitted(household, ITEM, { deedOn: day }, { now: at(`${day}T20:00`) });
  expect(refusalOf(await v.approve(deed, v.verifier, { now: at(approvedAt) }))).toBeNull();
  return deed;
}

/** Two lines and an undone one for Q3, one of Q4, and a deed of September that came too late for Q3. */
async function aVillageInPublicity() {
  const v = await aWorkingVillage({ settings: { yearEndPolicy: 'CARRY_UP_TO', yearEndCarryMost: 3 } });
  await done(v, 0, '2026-09-28');
  await done(v, 1, '2026-09-29');
  const undone = await done(v, 0, '2026-09-29');
  await v.undo(undone, v.verifier, { now: at('2026-09-29T21:05') });
  await done(v, 2, '2026-10-02');
  const late = await v.submitted(1, ITEM, { deedOn: '2026-09-30' }, { now: at('2026-09-30T20:00') });
  await v.run(openPublicity, await v.actorOf(v.secretary), { quarter: Q3 }, { now: at('2026-10-08T09:00') });
  await v.approve(late, v.verifier, { now: at('2026-10-09T09:00') });
  return v;
}

/** An objection of a household, to be answered by 20 October. */
const object = async (v: WorkingVillage, kind: string, subject: string, household = 1) => {
  const actor = await v.actorOf(v.household(household).head.personId);
  const input = { kind, subject, body: '这笔不对' };
  expect(refusalOf(await v.run(openObjection, actor, input, { now: at('2026-10-13T09:00') }))).toBeNull();
};

describe('a quarter’s publicity', () => {
  test('has every line that counts for it, masked, and its sums are those of the lines', async () => {
    const v = await aVillageInPublicity();
    const page = await listPublicLines(prisma, v.id, Q3);
    expect(page.lines.map((line) => [line.deedOn, line.kind, line.honour])).toEqual([
      ['2026-09-28', 'AWARD', 2],
      ['2026-09-29', 'AWARD', 2],
      ['2026-09-29', 'AWARD', 2],
      ['2026-09-29', 'REVERSAL', -2],
    ]);
    expect(page.lines[0]?.name).toBe('陈×国');
    expect(page).toMatchObject({ total: 4, page: 1, pages: 1 });
    // looked for by whose they are, as one looks for a household anywhere
    const { code, head } = v.household(1);
    for (const whose of [code, head.name, ` ${head.name.slice(0, 1)}`]) {
      const theirs = await listPublicLines(prisma, v.id, Q3, 1, whose);
      expect(theirs).toMatchObject({ total: 1, pages: 1 });
      expect(theirs.lines[0]?.householdCode).toBe(code);
    }
    expect(await listPublicLines(prisma, v.id, Q3, 1, '没有这个人')).toMatchObject({ total: 0, lines: [] });
    expect(await listPublicLines(prisma, v.id, Q3, 1, ' % ')).toMatchObject({ total: 4 });
    expect((await listInPublicity(prisma, v.id, '2026-10-15' as Day)).map((one) => one.code)).toEqual([Q3]);
    expect(await listInPublicity(prisma, v.id, '2026-10-16' as Day)).toEqual([]);
    expect(await sumQuarter(prisma, v.id, Q3)).toEqual({ entries: 4, households: 2, points: 4, honour: 4 });
    const sums = await listHouseholdSums(prisma, v.id, Q3);
    expect(sums.lines.map((one) => [one.entries, one.points, one.honour])).toEqual([
      [3, 2, 2],
      [1, 2, 2],
    ]);
    // the late one stands in the next quarter, with its own day beside it
    const { lines } = await listPublicLines(prisma, v.id, '2026Q4' as Quarter);
    expect(lines.map((line) => [line.deedOn, line.creditedOn])).toEqual([
      ['2026-09-30', '2026-10-01'],
      ['2026-10-02', '2026-10-02'],
    ]);
  });

  test('says which lines are objected to, by the line or its deed', async () => {
    const v = await aVillageInPublicity();
    const { lines } = await listPublicLines(prisma, v.id, Q3);
    // the approval that was undone, returned thereafter
    const deed = await prisma.deed.findFirstOrThrow({
      where: { villageId: v.id, householdId: v.household(0).id, deedOn: new Date('2026-09-29') },
    });
    await v.giveBack(deed.id, '照片看不清，请补一张', v.verifier, { now: at('2026-10-09T10:00') });
    const [first, , undone, reversal] = lines;
    await object(v, 'POSTING', first?.id ?? '');
    await object(v, 'DEED', deed.id, 0);
    const after = (await listPublicLines(prisma, v.id, Q3)).lines;
    expect(after.filter((line) => line.objection === 'OPEN').map((line) => line.id)).toEqual([
      first?.id,
      undone?.id,
      reversal?.id,
    ]);
    const [, quarter] = await listQuarters(prisma, v.id, TEST_DAY);
    expect(quarter).toMatchObject({ code: Q3, stage: 'READY', objections: 2 });
  });

  test('of another village is not there', async () => {
    const [v, other] = [await aVillageInPublicity(), await aWorkingVillage()];
    expect((await listPublicLines(prisma, other.id, Q3)).lines).toEqual([]);
    expect(await findPeriod(prisma, other.id, Q3)).toBeNull();
    expect(await findPeriod(prisma, v.id, Q3)).toMatchObject({
      state: 'PUBLICITY',
      publicUntil: '2026-10-15',
    });
  });

  test('thirty lines at a time, each once', async () => {
    const v = await aWorkingVillage();
    await owner.query(
      `select ledger_post($1, 'AWARD', found_award($1, $2, $3, 1, 1, d.day, '2026-09-30'), 0::smallint, $1, $2, 1, 1, $2, $3, d.day,
         null, null, null, null, '', null, null, gen_random_uuid(), '2026-09-30')
       from (select date '2026-08-01' + n % 28 as day from generate_series(1, 65) n) d`,
      [v.id, v.household(0).id, v.household(0).head.id],
    );
    const pages = await Promise.all([1, 2, 3, 4].map((page) => listPublicLines(prisma, v.id, Q3, page)));
    expect(pages.map((page) => page.lines.length)).toEqual([30, 30, 5, 0]);
    expect(new Set(pages.flatMap((page) => page.lines.map((line) => line.id))).size).toBe(65);
    const days = pages.flatMap((page) => page.lines.map((line) => line.creditedOn));
    expect(days).toEqual([...days].sort());
  });
});

describe('notices', () => {
  test('publicity is told while it runs, its last day included', async () => {
    const v = await aVillageInPublicity();
    const told = async (day: string) => (await findBoardNotices(prisma, v.id, day as Day)).publicity;
    expect(await told('2026-10-15')).toEqual([{ code: Q3, until: '2026-10-15' }]);
    expect(await told('2026-10-16')).toEqual([]);
  });

  test('a year’s end is told from its announcement until it is done, with the household’s own figure', async () => {
    const v = await aVillageInPublicity();
    const own = () => findOwnYearEnd(prisma, { villageId: v.id, householdId: v.household(1).id });
    expect(await own()).toBeNull();
    const rule = { year: 2026, policy: 'CARRY_UP_TO', carryMost: 3 };
    expect(await listYears(prisma, v.id, TEST_DAY)).toEqual([{ year: 2026, rule, end: null }]);
    await v.run(announceYearEnd, await v.actorOf(v.secretary), { year: 2026 }, { now: TEST_NOW });
    expect((await findBoardNotices(prisma, v.id, TEST_DAY)).years).toEqual([
      { ...rule, dueOn: '2027-01-01' },
    ]);
    expect(await own()).toEqual({ ...rule, dueOn: '2027-01-01', points: 4, kept: 3 });
    const preview = await previewYear(prisma, v.id, { year: 2026, policy: 'CARRY_UP_TO', carryMost: 3 });
    const result = await v.run(
      closeYear,
      await v.actorOf(v.supervisor),
      { year: 2026 },
      { now: at('2027-01-02T09:00') },
    );
    expect(result).toMatchObject({ ok: true, outcome: preview });
    expect(preview).toEqual({ households: 3, closed: 8, carried: 7 });
    expect(await own()).toBeNull();
    expect((await findBoardNotices(prisma, v.id, '2027-01-02' as Day)).years).toEqual([]);
  });
});

describe('the ledger after a year’s end', () => {
  test('reads it as lines like all others, and what was given is not changed by it', async () => {
    const v = await aVillageInPublicity();
    await v.run(announceYearEnd, await v.actorOf(v.secretary), { year: 2026 }, { now: TEST_NOW });
    const now = at('2027-01-02T09:00');
    await v.run(closeYear, await v.actorOf(v.supervisor), { year: 2026 }, { now });
    const page = await listEntries(prisma, v.id, { month: '2027-01' });
    const lines = page?.entries.filter((entry) => entry.householdCode === v.household(1).code) ?? [];
    expect(lines.map((line) => [line.kind, line.points, line.honour, line.name, line.creditedOn])).toEqual([
      ['YEAR_CARRY', 3, 0, '', '2026-12-31'],
      ['YEAR_CLOSE', -4, 0, '', '2026-12-31'],
    ]);
    expect(lines[1] && csvEntry(lines[1])).toContain('年末结清');
    expect(await sumEntries(prisma, v.id, { month: '2027-01' })).toMatchObject({ entries: 6, points: -1 });
    expect(await countMonth(prisma, v.id, '2027-01')).toEqual({ points: 0, deeds: 0, households: 0 });
    expect((await countWeeks(prisma, v.id, '2027-01-03' as Day, 2)).map((week) => week.points)).toEqual([
      0, 0,
    ]);
    const scope = { villageId: v.id, householdId: v.household(1).id };
    const timeline = await listTimeline(prisma, scope, 10);
    expect(timeline.slice(0, 2).map((line) => [line.state, line.points, line.spendable])).toEqual([
      ['YEAR_CARRY', 3, 3],
      ['YEAR_CLOSE', -4, -4],
    ]);
    const spendable = timeline.reduce((sum, line) => sum + (line.spendable ?? 0), 0);
    expect(spendable).toBe((await pointsOf(v.id, v.household(1).id)).spendable);
    // no quarter's publicity is touched by it
    expect((await listPublicLines(prisma, v.id, '2026Q4' as Quarter)).total).toBe(2);
  });
});

describe('the calendar', () => {
  test('knows what is due, in the same number of queries whatever there is', async () => {
    const empty = await aWorkingVillage();
    const v = await aVillageInPublicity();
    const [line] = (await listPublicLines(prisma, v.id, Q3)).lines;
    await object(v, 'POSTING', line?.id ?? '');
    await v.run(announceYearEnd, await v.actorOf(v.secretary), { year: 2026 }, { now: TEST_NOW });
    const facts = await findCalendarFacts(prisma, v, TEST_NOW);
    expect(dueLines(facts, TEST_DAY).map((line) => [line.urgency, line.day, line.what])).toEqual([
      ['OVERDUE', '2026-10-20', '答复 1 件异议'],
      ['NOW', '2026-10-16', '锁定2026年第三季度'],
      ['LATER', '2026-12-31', '2026年第四季度结束'],
      ['LATER', '2027-01-01', '办理 2026 年末积分'],
    ]);
    const count = (village: WorkingVillage) => countQueries((db) => findCalendarFacts(db, village, TEST_NOW));
    expect(await count(empty)).toBe(await count(v));
    expect(await count(v)).toBe(11);
    await v.run(lockPeriod, await v.actorOf(v.supervisor), { quarter: Q3 }, { now: TEST_NOW });
    const locked = dueLines(await findCalendarFacts(prisma, v, TEST_NOW), TEST_DAY);
    expect(locked.map((line) => line.what)).toContain('拟2026年第三季度的红榜');
    expect(
      dueLines(await findCalendarFacts(prisma, empty, TEST_NOW), TEST_DAY).map((line) => line.what),
    ).toEqual(['公告 2026 年末积分怎么办', '2026年第四季度结束']);
  });
});

test('whom an announcement reaches: the households whose head signs in, of those that live here', async () => {
  const v = await aWorkingVillage({ households: 4 });
  expect(await countReached(prisma, v.id)).toEqual({ households: 4, onPhone: 4 });
  await owner.query('update resident set person_id = null where village_id = $1 and id = $2', [
    v.id,
    v.household(0).head.id,
  ]);
  const gone = [v.id, v.household(1).id];
  await owner.query(
    "update resident set left_on = '2026-11-01' where village_id = $1 and household_id = $2",
    gone,
  );
  await owner.query("update household set left_on = '2026-11-01' where village_id = $1 and id = $2", gone);
  expect(await countReached(prisma, v.id)).toEqual({ households: 3, onPhone: 2 });
  await v.run(announceYearEnd, await v.actorOf(v.secretary), { year: 2026 }, { now: TEST_NOW });
  const told = await prisma.message.count({ where: { villageId: v.id, title: { contains: '年末' } } });
  expect(told).toBe(2);
});
