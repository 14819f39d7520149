import { describe, expect, test } from 'vitest';
import type { Day } from '@/lib/platform/clock';
import { newId, newIdAt } from '@/lib/platform/ids';
import { anAppointment, TEST_DAY, TEST_NOW } from '@/lib/testing/builders';
import { countQueries } from '@/lib/testing/count-queries';
import { testDb } from '@/lib/testing/database';
import { aWorkingVillage, type WorkingVillage } from '@/lib/testing/working-village';
import { recordDeed, recordEvent } from './commands';
import { listDecided, listDecidedChoices } from './decided/reads';
import { approveBatch } from './decisions';
import { findPeople, listGroups, listPeople } from './event/people/reads';
import { findSheet, listEvents } from './event/reads';
import { countQueue, findFirst, findNeighbours, listQueue, QUEUE_PER_PAGE } from './queue/reads';
import type { Viewer } from './queue/types';
import { findReview } from './review/reads';
import { findUndoable } from './review/undo/reads';

const { prisma } = await testDb();

const minutes = (count: number) => new Date(TEST_NOW.getTime() + count * 60_000);
const viewerOf = (v: WorkingVillage, personId = v.verifier.id, now = TEST_NOW): Viewer => ({
  villageId: v.id,
  personId,
  now,
});

/** A photo of the head of a household, as the phone's camera wrote it. */
async function aPhoto(
  v: WorkingVillage,
  household: number,
  { perceptual = 0n, takenAt = null as Date | null, createdAt = TEST_NOW, by = '' } = {},
): Promise<string> {
  const id = newId();
  await prisma.photo.create({
    data: {
      villageId: v.id,
      id,
      uploadedById: by || v.household(household).head.personId,
      sourceHash: id.replaceAll('-', ''),
      largeHash: id.replaceAll('-', ''),
      smallHash: id.replaceAll('-', ''),
      width: 1200,
      height: 1600,
      bytes: 1000,
      perceptual,
      takenAt,
      createdAt,
    },
    select: { id: true },
  });
  return id;
}

const ids = (page: { lines: { id: string }[] }) => page.lines.map((line) => line.id);

describe('the queue', () => {
  test('is oldest first, knows the household, and leaves with a decision', async () => {
    const v = await aWorkingVillage();
    const second = await v.submitted(1, 'PUBLIC_CLEAN-01', {}, { now: minutes(5) });
    const first = await v.submitted(0, 'PUBLIC_CLEAN-01', {}, { now: minutes(1) });
    const page = await listQueue(prisma, viewerOf(v));
    expect(ids(page)).toEqual([first, second]);
    expect(page.lines[0]).toMatchObject({
      householdCode: '01-001',
      householdCall: '陈家',
      itemName: '村道打扫（≥30分钟）',
      channel: 'SELF',
      warnings: [],
      recusal: null,
    });
    await v.approve(first);
    expect(ids(await listQueue(prisma, viewerOf(v)))).toEqual([second]);
    expect((await countQueue(prisma, viewerOf(v))).all).toBe(1);
  });

  test('goes on by thirty from a deed, back again, and around one', async () => {
    const v = await aWorkingVillage({ households: 12 });
    const made: string[] = [];
    for (let n = 0; n < QUEUE_PER_PAGE + 5; n++) {
      made.push(
        await v.submitted(n % 12, 'PUBLIC_CLEAN-01', {}, { now: minutes(n), id: newIdAt(minutes(n)) }),
      );
    }
    const viewer = viewerOf(v, v.verifier.id, minutes(60));
    const front = await listQueue(prisma, viewer);
    expect(ids(front)).toEqual(made.slice(0, QUEUE_PER_PAGE));
    expect(front.earlier).toBeNull();
    const rest = await listQueue(prisma, viewer, {}, { after: front.later ?? '' });
    expect(ids(rest)).toEqual(made.slice(QUEUE_PER_PAGE));
    expect(rest.later).toBeNull();
    expect(ids(await listQueue(prisma, viewer, {}, { before: rest.earlier ?? '' }))).toEqual(ids(front));
    const around = await listQueue(prisma, viewer, {}, { around: made[10] ?? '' });
    expect(ids(around)[0]).toBe(made[7]);
    expect(around.earlier).toBe(made[7]);
    // A deed that was decided meanwhile still says where one was.
    await v.approve(made[10] ?? '');
    expect(ids(await listQueue(prisma, viewer, {}, { around: made[10] ?? '' }))[0]).toBe(made[6]);
    expect(await findNeighbours(prisma, viewer, {}, made[10] ?? '')).toMatchObject({
      previous: made[9],
      next: made[11],
      nextToDecide: made[11],
      before: 10,
      total: QUEUE_PER_PAGE + 4,
    });
  });

  test('filters by item, group, channel, waiting, event and second person, and counts each', async () => {
    const v = await aWorkingVillage({ settings: { secondThreshold: 4 } });
    const steward = await v.actorOf(v.steward);
    const old = await v.submitted(
      0,
      'PUBLIC_CLEAN-01',
      { deedOn: '2026-11-20' },
      {
        now: new Date('2026-11-20T02:00:00Z'),
      },
    );
    const hours = await v.submitted(1, 'VOLUNTEER-01', { quantity: 2 });
    await v.approve(hours);
    const logged = await v.run(recordDeed, steward, {
      residentId: v.household(2).residents[2]?.id,
      itemId: v.item('CIVIC-03'),
      deedOn: TEST_DAY,
    });
    if (!logged.ok) throw new Error(logged.refusal.code);
    const sheet = await v.run(recordEvent, steward, {
      itemId: v.item('PUBLIC_CLEAN-01'),
      name: '清河行动',
      heldOn: TEST_DAY,
      residentIds: [v.household(0).head.id, v.household(1).head.id],
    });
    if (!sheet.ok) throw new Error(sheet.refusal.code);
    const viewer = viewerOf(v);
    const shown = async (filter: Parameters<typeof listQueue>[2]) =>
      ids(await listQueue(prisma, viewer, filter));
    expect(await shown({ itemCode: 'VOLUNTEER-01' })).toEqual([hours]);
    expect(await shown({ channel: 'STEWARD' })).toEqual([String(logged.outcome.subject)]);
    expect(await shown({ waitedDays: 3 })).toEqual([old]);
    expect(await shown({ show: 'SECOND' })).toEqual([hours]);
    expect(await shown({ show: 'EVENT' })).toHaveLength(2);
    const [group] = v.groups;
    expect(await shown({ groupId: group?.id ?? '' })).toHaveLength(3);
    expect(await shown({ groupId: newId() })).toEqual([]);

    const counts = await countQueue(prisma, viewer);
    expect(counts).toMatchObject({ all: 5, event: 2, second: 1, warned: 0 });
    expect(counts.items[0]).toEqual({ key: 'PUBLIC_CLEAN-01', name: '村道打扫（≥30分钟）', count: 3 });
    expect(counts.groups.map((one) => one.count)).toEqual([3, 2]);
    expect(counts.channels).toContainEqual({ key: 'STEWARD', name: '帮办员代记', count: 1 });
    expect(counts.waited.map((one) => one.count)).toEqual([1, 1, 0]);
    expect(counts.oldestAt).toEqual(new Date('2026-11-20T02:00:00Z'));
    // The one who approved first is not led to it again; another is.
    expect((await listQueue(prisma, viewer, { show: 'SECOND' })).lines[0]?.recusal).toBe('SAME_PERSON_TWICE');
    expect(await findFirst(prisma, viewerOf(v, v.secondVerifier.id), { show: 'SECOND' })).toBe(hours);
  });

  test('warns of photos seen before, taken at another time, many in a day, and of the last day', async () => {
    const v = await aWorkingVillage();
    const earlier = await v.submitted(1, 'PUBLIC_CLEAN-01', {
      deedOn: '2026-11-09',
      photos: [await aPhoto(v, 1, { perceptual: 0b1011n })],
    });
    await v.approve(earlier);
    const seen = await v.submitted(0, 'PUBLIC_CLEAN-01', {
      photos: [await aPhoto(v, 0, { perceptual: 0b1000n })],
    });
    const before = await v.submitted(0, 'CIVIC-03', {
      photos: [await aPhoto(v, 0, { takenAt: new Date('2026-11-19T02:00:00Z') })],
    });
    const after = await v.submitted(0, 'VOLUNTEER-01', {
      deedOn: '2026-11-23',
      photos: [await aPhoto(v, 0, { takenAt: new Date('2026-11-24T01:00:00Z') })],
    });
    const last = await v.submitted(2, 'CIVIC-03', { deedOn: '2026-10-25' });
    for (let n = 0; n < 5; n++) await v.submitted(2, 'VOLUNTEER-01');
    const viewer = viewerOf(v);
    const byId = new Map((await listQueue(prisma, viewer)).lines.map((line) => [line.id, line.warnings]));
    expect(byId.get(seen)).toEqual(['PHOTO_SEEN']);
    expect(byId.get(before)).toEqual(['TAKEN_BEFORE']);
    expect(byId.get(after)).toEqual(['TAKEN_AFTER']);
    expect(byId.get(last)).toEqual(['LAST_DAY']);
    expect([...byId.values()].filter((one) => one.includes('MANY_IN_A_DAY'))).toHaveLength(5);
    expect((await countQueue(prisma, viewer)).warned).toBe(9);
    expect((await listQueue(prisma, viewer, { show: 'WARNED' })).lines).toHaveLength(9);

    const review = await findReview(prisma, viewer, seen);
    expect(review?.warnings).toEqual(['PHOTO_SEEN']);
    expect(review?.photos[0]?.seen[0]).toMatchObject({
      deedId: earlier,
      householdCode: '02-001',
      deedOn: '2026-11-09',
      state: 'APPROVED',
      bits: 2,
    });
    for (const [deed, warning] of [
      [before, 'TAKEN_BEFORE'],
      [after, 'TAKEN_AFTER'],
      [last, 'LAST_DAY'],
    ] as const) {
      expect((await findReview(prisma, viewer, deed))?.warnings).toEqual([warning]);
    }
  });

  test('is the village’s own, whatever the filter, and asks once a read', async () => {
    const v = await aWorkingVillage();
    const other = await aWorkingVillage();
    const theirs = await other.submitted(0, 'PUBLIC_CLEAN-01');
    const mine = await v.submitted(0, 'PUBLIC_CLEAN-01');
    const viewer = viewerOf(v);
    expect(ids(await listQueue(prisma, viewer))).toEqual([mine]);
    expect(ids(await listQueue(prisma, viewer, {}, { after: theirs }))).toEqual([]);
    expect(await findReview(prisma, viewer, theirs)).toBeNull();
    expect(await findReview(prisma, viewer, 'not-an-id')).toBeNull();
    expect(await findNeighbours(prisma, viewer, {}, theirs)).toMatchObject({ next: null, previous: null });
    const reads = async (db: Parameters<typeof listQueue>[0]) => {
      await listQueue(db, viewer);
      await countQueue(db, viewer);
      await findReview(db, viewer, mine);
      await findNeighbours(db, viewer, {}, mine);
    };
    // One each, and four for the deed with its photos, earlier ones and history.
    expect(await countQueries(reads)).toBe(7);
    for (let n = 0; n < 4; n++)
      await v.submitted(n % 3, 'VOLUNTEER-01', { photos: [await aPhoto(v, n % 3)] });
    expect(await countQueries(reads)).toBe(7);
  });
});

describe('one deed', () => {
  test('says before the button what approving then awards', async () => {
    const settings = { householdMonthCap: 11, budgetPerQuarter: 200, secondThreshold: 20 };
    const v = await aWorkingVillage({ settings });
    const tries: [household: number, code: string, more?: Record<string, unknown>][] = [
      [0, 'VOLUNTEER-01', { quantity: 3 }],
      [0, 'PUBLIC_CLEAN-01'],
      [0, 'PUBLIC_CLEAN-01'],
      [0, 'PUBLIC_CLEAN-01'],
      [0, 'PUBLIC_CLEAN-01'],
      [0, 'PUBLIC_CLEAN-01'],
      [1, 'VOLUNTEER-01', { quantity: 3 }],
    ];
    const kinds: string[] = [];
    for (const [household, code, more] of tries) {
      const deedId = await v.submitted(household, code, more);
      const review = await findReview(prisma, viewerOf(v), deedId);
      if (!review) throw new Error('no review');
      const { award } = review;
      const result = await v.approve(deedId);
      if (award.kind === 'REFUSED') {
        expect(result).toMatchObject({ ok: false, refusal: { code: award.code } });
        kinds.push(award.code);
      } else if (award.kind === 'AWARD') {
        expect(result).toMatchObject({
          ok: true,
          outcome: { points: award.points, honour: award.honour, capNote: award.cutBy.join(',') },
        });
        kinds.push(award.cutBy.join() || 'FULL');
      }
    }
    expect(kinds).toEqual(['FULL', 'FULL', 'FULL', 'MONTH_CAP', 'MONTH_CAP', 'CAP_REACHED', 'FULL']);
  });

  test('knows a spent budget and a needed second person', async () => {
    const v = await aWorkingVillage({ settings: { budgetPerQuarter: 3, secondThreshold: 6 } });
    const one = await v.submitted(0, 'PUBLIC_CLEAN-01');
    expect((await findReview(prisma, viewerOf(v), one))?.caps.budgetLeft).toBe(3);
    await v.approve(one);
    const two = await v.submitted(0, 'PUBLIC_CLEAN-01');
    const review = await findReview(prisma, viewerOf(v), two);
    expect(review?.award).toEqual({ kind: 'REFUSED', code: 'BUDGET_SPENT', params: { left: 1 } });
    expect(await v.approve(two)).toMatchObject({ ok: false, refusal: { code: 'BUDGET_SPENT' } });
    expect(review?.earlier).toMatchObject([{ id: one, state: 'APPROVED' }]);
    const big = await v.submitted(1, 'VOLUNTEER-01', { quantity: 3 });
    expect((await findReview(prisma, viewerOf(v), big))?.award).toEqual({ kind: 'FIRST', asked: 6 });
    await v.approve(big);
    expect((await findReview(prisma, viewerOf(v), big))?.recusal).toBe('SAME_PERSON_TWICE');
    expect((await findReview(prisma, viewerOf(v, v.secondVerifier.id), big))?.recusal).toBeNull();
  });

  test('names who must stand back', async () => {
    const v = await aWorkingVillage();
    const head = v.household(0).head;
    await anAppointment(head.personId, 'VERIFIER', { villageId: v.id });
    const deed = await v.submitted(0, 'PUBLIC_CLEAN-01');
    expect((await findReview(prisma, viewerOf(v, head.personId), deed))?.recusal).toBe('OWN_HOUSEHOLD');
    const kin = await v.submitted(1, 'PUBLIC_CLEAN-01');
    const [a, b] = [head.id, v.household(1).head.id].sort();
    await prisma.kinship.create({
      data: { villageId: v.id, id: newId(), residentAId: a ?? '', residentBId: b ?? '' },
      select: { id: true },
    });
    expect((await findReview(prisma, viewerOf(v, head.personId), kin))?.recusal).toBe('NEAR_KIN');
    const own = await v.run(recordDeed, await v.actorOf(v.verifier), {
      residentId: v.household(2).head.id,
      itemId: v.item('CIVIC-03'),
      deedOn: TEST_DAY,
    });
    if (!own.ok) throw new Error(own.refusal.code);
    expect((await findReview(prisma, viewerOf(v), String(own.outcome.subject)))?.recusal).toBe('OWN_REPORT');
    // The next deed to decide passes over those.
    const next = await findNeighbours(prisma, viewerOf(v, head.personId), {}, deed);
    expect([next.next, next.nextToDecide]).toEqual([kin, String(own.outcome.subject)]);
  });

  test('keeps its history and leads to its entry in the ledger', async () => {
    const v = await aWorkingVillage();
    const deed = await v.submitted(0, 'PUBLIC_CLEAN-01', { metricValue: '200' });
    await v.giveBack(deed, '照片看不清，请补一张', v.verifier, { now: minutes(1) });
    await v.undo(deed, v.verifier, { now: minutes(2) });
    await v.approve(deed, v.verifier, { now: minutes(3) });
    const review = await findReview(prisma, viewerOf(v), deed);
    expect(review?.history.map((one) => one.kind)).toEqual(['RETURN', 'UNDO_RETURN', 'APPROVE']);
    expect(review?.metric).toEqual({ name: '清扫米数', unit: '米', value: '200' });
    expect(review?.decided).toMatchObject({ by: '核分甲', honour: 2, points: 2 });
    const posting = await prisma.posting.findFirstOrThrow({ where: { villageId: v.id, kind: 'AWARD' } });
    expect(review?.postingId).toBe(posting.id);
  });

  test('can be taken back by who decided it last, for ten minutes', async () => {
    const v = await aWorkingVillage();
    const deed = await v.submitted(0, 'PUBLIC_CLEAN-01');
    await v.approve(deed);
    const at = (count: number, person = v.verifier.id) => viewerOf(v, person, minutes(count));
    expect(await findUndoable(prisma, at(10))).toMatchObject({ deedId: deed, kind: 'APPROVE', honour: 2 });
    expect(await findUndoable(prisma, at(11))).toBeNull();
    expect(await findUndoable(prisma, at(1, v.secondVerifier.id))).toBeNull();
    await v.undo(deed, v.verifier, { now: minutes(1) });
    expect(await findUndoable(prisma, at(2))).toBeNull();
  });
});

describe('decided deeds', () => {
  test('come latest first, by state, item, month and person', async () => {
    const v = await aWorkingVillage();
    const old = await v.submitted(
      0,
      'CIVIC-03',
      { deedOn: '2026-10-30' },
      { now: new Date('2026-10-30T02:00:00Z') },
    );
    await v.approve(old, v.secondVerifier, { now: new Date('2026-10-31T15:59:00Z') });
    const returned = await v.submitted(1, 'PUBLIC_CLEAN-01');
    await v.giveBack(returned, '日期不对，请改好再报', v.verifier, { now: minutes(1) });
    const approved = await v.submitted(2, 'PUBLIC_CLEAN-01');
    await v.approve(approved, v.verifier, { now: minutes(2) });
    await v.submitted(2, 'PUBLIC_CLEAN-01');
    const shown = async (filter: Parameters<typeof listDecided>[2]) =>
      ids(await listDecided(prisma, v.id, filter));
    expect(await shown({})).toEqual([approved, returned, old]);
    expect(await shown({ state: 'RETURNED' })).toEqual([returned]);
    expect(await shown({ itemCode: 'CIVIC-03' })).toEqual([old]);
    expect(await shown({ month: '2026-10' })).toEqual([old]);
    expect(await shown({ byPersonId: v.verifier.id })).toEqual([approved, returned]);
    expect(ids(await listDecided(prisma, v.id, {}, approved))).toEqual([returned, old]);
    expect(await listDecidedChoices(prisma, v.id)).toEqual({
      items: [
        { code: 'CIVIC-03', name: expect.any(String) },
        { code: 'PUBLIC_CLEAN-01', name: '村道打扫（≥30分钟）' },
      ],
      months: ['2026-11', '2026-10'],
    });
    const other = await aWorkingVillage();
    expect((await listDecided(prisma, other.id)).lines).toEqual([]);
  });
});

describe('events and people', () => {
  test('a sheet shows everyone and what became of each; another village’s is not there', async () => {
    const v = await aWorkingVillage();
    const result = await v.run(recordEvent, await v.actorOf(v.steward), {
      itemId: v.item('PUBLIC_CLEAN-01'),
      name: '清河行动',
      heldOn: TEST_DAY as Day,
      residentIds: [0, 1, 2].map((n) => v.household(n).head.id),
    });
    if (!result.ok) throw new Error(result.refusal.code);
    const eventId = String(result.outcome.subject);
    const before = await findSheet(prisma, viewerOf(v), eventId);
    expect(before?.lines.map((line) => line.householdCode)).toEqual(['01-001', '01-002', '02-001']);
    expect(before).toMatchObject({ name: '清河行动', points: 2, createdBy: '帮办甲' });
    const two = before?.lines.slice(0, 2).map((line) => line.deedId) ?? [];
    await v.run(approveBatch, await v.actorOf(v.verifier), { deedIds: two });
    const after = await findSheet(prisma, viewerOf(v), eventId);
    expect(after?.lines.map((line) => line.state)).toEqual(['APPROVED', 'APPROVED', 'SUBMITTED']);
    expect((await listEvents(prisma, v.id)).lines[0]).toMatchObject({ people: 3, approved: 2, open: 1 });
    const other = await aWorkingVillage();
    expect(await findSheet(prisma, viewerOf(other), eventId)).toBeNull();
    expect((await listEvents(prisma, other.id)).lines).toEqual([]);
  });

  test('people are found by code, name, pinyin and initials, within the village', async () => {
    const v = await aWorkingVillage();
    await aWorkingVillage();
    const names = async (typed: string) => (await findPeople(prisma, v.id, typed)).map((one) => one.name);
    expect(await names('01-001')).toEqual(['陈建国', '何秀英', '陈小满']);
    expect(await names('1-001')).toEqual(['陈建国', '何秀英', '陈小满']);
    expect(await names('李建')).toEqual(['李建国']);
    expect(await names('CHENJ')).toEqual(['陈建国']);
    expect(await names('hxy')).toEqual(['何秀英', '何秀英', '何秀英']);
    expect(await names('%')).toEqual([]);
    expect(await listPeople(prisma, v.id)).toHaveLength(9);
    expect(await listPeople(prisma, v.id, [2])).toHaveLength(3);
    expect(await listGroups(prisma, v.id)).toEqual([
      { number: 1, name: '1组', people: 6 },
      { number: 2, name: '2组', people: 3 },
    ]);
  });
});
