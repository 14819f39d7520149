import { expect, test } from 'vitest';
import { type Day, dayOf } from '@/lib/platform/clock';
import { issueVouchers } from '@/lib/rewards/voucher/commands';
import { answerComment, commentOnDraft } from '@/lib/rulebook/hearing/commands';
import { TEST_DAY, TEST_NOW } from '@/lib/testing/builders';
import { countQueries } from '@/lib/testing/count-queries';
import { testDb } from '@/lib/testing/database';
import { deductionWay, testDay } from '@/lib/testing/deduction-way';
import { AFTER_BALLOT, AFTER_HEARING, aDraftingVillage } from '@/lib/testing/drafting-village';
import { aList } from '@/lib/testing/red-list';
import { aWorkingVillage } from '@/lib/testing/working-village';
import { findCalendarFacts } from './reads';
import { dueLines } from './rules';

const { prisma, owner } = await testDb();

/** What the calendar says of a village at a moment, as far as it links to a part of the desk. */
async function said(village: { id: string; code: string }, now: Date, part: string) {
  const facts = await findCalendarFacts(prisma, village, now);
  return dueLines(facts, dayOf(now))
    .filter((line) => line.href.startsWith(`/desk/${part}`))
    .map((line) => [line.day, line.what]);
}

test('a draft is followed from what people say of it to its resolution', async () => {
  const village = await aDraftingVillage();
  const on = (now: Date) => said(village, now, 'rulebook');
  const versionId = await village.hear();
  const { subject } = await village.must(commentOnDraft, await village.resident(0), {
    versionId,
    body: '再想想',
  });
  // the last day is the one before the midnight on which it ends
  expect(await on(TEST_NOW)).toEqual([
    [TEST_DAY, '答复 1 条对第 1 版草案的意见'],
    ['2026-12-01', '第 1 版草案征求意见的最后一天'],
  ]);
  await village.must(answerComment, village.secretaryActor, { commentId: subject, answer: '会上议' });
  expect(await on(new Date('2026-12-01T15:59:59Z'))).toEqual([
    ['2026-12-01', '第 1 版草案征求意见的最后一天'],
  ]);
  expect(await on(AFTER_HEARING)).toEqual([['2026-12-02', '第 1 版草案听完意见了，发起表决或者开会']]);

  const voting = await aDraftingVillage();
  await voting.putToVote();
  expect(await said(voting, AFTER_HEARING, 'rulebook')).toEqual([['2026-12-05', '第 1 版草案表决截止']]);
  expect(await said(voting, AFTER_BALLOT, 'rulebook')).toEqual([
    ['2026-12-05', '第 1 版草案表决完了，录入决议'],
  ]);
});

test('deductions wait from the day they are recorded, repairs until the day that was promised', async () => {
  const v = await aWorkingVillage({ households: 5 });
  const way = deductionWay(v);
  const id = await way.recorded(0);
  await way.recorded(1);
  expect(await said(v, TEST_NOW, 'deductions')).toEqual([[TEST_DAY, '给 2 户送提醒']]);
  const warned = await way.warn(id);
  expect(warned.ok).toBe(true);
  expect(await said(v, TEST_NOW, 'deductions')).toEqual([
    [TEST_DAY, '给 1 户送提醒'],
    [testDay(7), '复查 1 户整改了没有'],
  ]);
  expect((await way.claimRepair(id, 0, testDay(2))).ok).toBe(true);
  expect(await said(v, TEST_NOW, 'deductions')).toContainEqual([testDay(2), '复查 1 户整改了没有']);
  expect((await way.propose(id)).ok).toBe(true);
  expect(await said(v, TEST_NOW, 'deductions')).toContainEqual([testDay(7), '审批 1 件扣分']);
  expect((await way.approve(id)).ok).toBe(true);
  expect(await said(v, TEST_NOW, 'deductions')).toContainEqual([testDay(14), '1 户申辩期的最后一天']);
  const posted = await way.posted(2);
  expect((await way.claimRepair(posted, 2, testDay(16))).ok).toBe(true);
  expect(await said(v, TEST_NOW, 'deductions')).toContainEqual([testDay(23), '去看 1 户报了整改的']);
});

test('vouchers wait to be confirmed, and whatever waits costs no query more', async () => {
  const empty = await aWorkingVillage();
  const v = await aWorkingVillage();
  const list = await aList(owner, v, v.households);
  const input = {
    listId: list.id,
    buys: '食用油一桶',
    points: 30,
    expiresOn: '2026-12-31' as Day,
    rowIds: [],
  };
  expect((await v.run(issueVouchers, await v.actorOf(v.secretary), input)).ok).toBe(true);
  await deductionWay(v).recorded(0);
  expect(await said(v, TEST_NOW, 'rewards')).toEqual([[TEST_DAY, '复核 1 批代金券']]);
  const count = (village: { id: string; code: string }) =>
    countQueries((db) => findCalendarFacts(db, village, TEST_NOW));
  expect(await count(v)).toBe(await count(empty));
});
