import { describe, expect, test } from 'vitest';
import { code, scan } from '@/lib/alliance/testing/counter';
import { addDays, type Day } from '@/lib/platform/clock';
import { newId } from '@/lib/platform/ids';
import { endKin } from '@/lib/residents/kin/commands';
import { anAppointment, aPerson, TEST_DAY, TEST_NOW } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { aShop } from '@/lib/testing/shop';
import { aWorkingVillage, pointsOf, refusalOf } from '@/lib/testing/working-village';
import { recordDeed, recordEvent } from './commands';
import { approveBatch } from './decisions';
import { findReview } from './review/reads';

const { prisma, owner } = await testDb();

/** Points given for a deed less points taken back of it. */
async function givenFor(villageId: string, deedId: string): Promise<number> {
  const [row] = await prisma.$queryRaw<{ points: number }[]>`
    select (sum(a.points) - coalesce(sum(r.points), 0))::int as points from deed_decision dd
    join posting a on a.village_id = dd.village_id and a.source = dd.id and a.kind = 'AWARD'
    left join posting r on r.village_id = a.village_id and r.reverses = a.id
    where dd.village_id = ${villageId}::uuid and dd.deed_id = ${deedId}::uuid`;
  return row?.points ?? 0;
}

const later = (minutes: number) => new Date(TEST_NOW.getTime() + minutes * 60_000);

describe('approving', () => {
  test('adds the item’s points to spendable and honour, and tells the household', async () => {
    const v = await aWorkingVillage();
    const deedId = await v.submitted(0, 'PUBLIC_CLEAN-01');
    const result = await v.approve(deedId);
    expect(result).toMatchObject({
      ok: true,
      outcome: { state: 'APPROVED', points: 2, honour: 2, capNote: '' },
    });
    expect(await pointsOf(v.id, v.household(0).id)).toEqual({ spendable: 2, honour: 2 });
    const message = await prisma.message.findFirstOrThrow({ where: { villageId: v.id } });
    expect(message.title).toBe('“村道打扫（≥30分钟）”通过了，+2 分');
    expect(message.personId).toBe(v.household(0).head.personId);
  });

  test('takes units times points, and the step of a scale', async () => {
    const v = await aWorkingVillage();
    const hours = await v.submitted(0, 'VOLUNTEER-01', { quantity: '３' });
    expect(await v.approve(hours)).toMatchObject({ outcome: { points: 6 } });
    const step = await prisma.scaleStep.findFirstOrThrow({ where: { villageId: v.id, name: '市级' } });
    const honour = await v.submitted(0, 'FAMILY-03', { scaleStepId: step.id });
    expect(await v.approve(honour)).toMatchObject({ outcome: { points: 30 } });
  });

  test('stores the metric with the posting', async () => {
    const v = await aWorkingVillage();
    await v.approve(await v.submitted(0, 'PUBLIC_CLEAN-01', { metricValue: '200.5' }));
    const posting = await prisma.posting.findFirstOrThrow({ where: { villageId: v.id, kind: 'AWARD' } });
    expect(posting.metricValue?.toString()).toBe('200.5');
    expect(posting.itemCode).toBe('PUBLIC_CLEAN-01');
  });

  test('is refused to someone of the same household', async () => {
    const v = await aWorkingVillage();
    const head = v.household(0).head;
    await anAppointment(head.personId, 'VERIFIER', { villageId: v.id });
    const spouse = v.household(0).residents[1];
    const byWife = await v.run(
      (await import('./commands')).submitDeed,
      await v.actorOf(spouse?.personId ?? ''),
      { residentId: spouse?.id, itemId: v.item('CIVIC-03'), deedOn: TEST_DAY },
    );
    expect(byWife.ok).toBe(true);
    const deedId = byWife.ok ? String(byWife.outcome.subject) : '';
    expect(refusalOf(await v.approve(deedId, { id: head.personId }))).toBe('OWN_HOUSEHOLD');
    expect(refusalOf(await v.giveBack(deedId, '不行不行', { id: head.personId }))).toBe('OWN_HOUSEHOLD');
    expect(await prisma.deed.findFirstOrThrow({ where: { id: deedId } })).toMatchObject({
      state: 'SUBMITTED',
    });
  });

  test('is refused to declared near kin, and for a year after the kinship was ended', async () => {
    const v = await aWorkingVillage();
    const verifier = v.household(1).head;
    await anAppointment(verifier.personId, 'VERIFIER', { villageId: v.id });
    const [a, b] = [verifier.id, v.household(0).residents[2]?.id ?? ''].sort();
    const id = newId();
    await prisma.kinship.create({
      data: { villageId: v.id, id, residentAId: a ?? '', residentBId: b ?? '', declaredAt: TEST_NOW },
    });
    const deedId = await v.submitted(0, 'CIVIC-03');
    expect(refusalOf(await v.approve(deedId, { id: verifier.personId }))).toBe('NEAR_KIN');
    const ended = await v.run(endKin, await v.actorOf(v.secretary), { kinshipId: id });
    expect(refusalOf(ended)).toBe(null);
    expect(refusalOf(await v.approve(deedId, { id: verifier.personId }))).toBe('NEAR_KIN');
    const later = { now: new Date('2027-11-25T02:00:00Z') };
    expect(refusalOf(await v.approve(deedId, { id: verifier.personId }, later))).toBe(null);
  });

  test('is refused to who logged it, and to who holds no verifier’s appointment', async () => {
    const v = await aWorkingVillage();
    await anAppointment(v.steward.id, 'VERIFIER', { villageId: v.id });
    const recorded = await v.run(recordDeed, await v.actorOf(v.steward), {
      residentId: v.household(0).head.id,
      itemId: v.item('CIVIC-03'),
      deedOn: TEST_DAY,
    });
    const deedId = recorded.ok ? String(recorded.outcome.subject) : '';
    expect(refusalOf(await v.approve(deedId, v.steward))).toBe('OWN_REPORT');
    for (const other of [v.secretary, v.supervisor]) {
      expect(refusalOf(await v.approve(deedId, other))).toBe('NOT_ALLOWED');
    }
    expect(refusalOf(await v.approve(deedId, v.verifier))).toBe(null);
  });

  test('of another village answers as if there were none', async () => {
    const [v, other] = [await aWorkingVillage(), await aWorkingVillage()];
    const deedId = await other.submitted(0, 'CIVIC-03');
    const theirs = await v.approve(deedId);
    const none = await v.approve(newId());
    expect(refusalOf(theirs)).toBe('NOT_FOUND');
    expect(theirs).toEqual(none);
  });

  test('a second verifier hears who decided, when and how', async () => {
    const v = await aWorkingVillage();
    const deedId = await v.submitted(0, 'CIVIC-03');
    await v.approve(deedId, v.verifier, { now: later(5) });
    const second = await v.giveBack(deedId, '照片看不清', v.secondVerifier, { now: later(6) });
    expect(second).toMatchObject({
      ok: false,
      refusal: { code: 'ALREADY_DECIDED', sentence: '核分甲在 11月24日 10:05 已经通过了这件。' },
    });
  });

  test('two verifiers at once: one decides, one hears it; points once', async () => {
    const v = await aWorkingVillage();
    for (let round = 0; round < 8; round++) {
      const deedId = await v.submitted(0, 'PUBLIC_CLEAN-01', { deedOn: addDays(TEST_DAY, -(round % 3)) });
      const before = await pointsOf(v.id, v.household(0).id);
      const results = await Promise.all([v.approve(deedId, v.verifier), v.approve(deedId, v.secondVerifier)]);
      const codes = results.map(refusalOf).sort();
      if (codes.includes('CAP_REACHED')) continue;
      expect(codes).toEqual(['ALREADY_DECIDED', null]);
      expect((await pointsOf(v.id, v.household(0).id)).spendable).toBe(before.spendable + 2);
    }
  });
});

describe('two people', () => {
  test('from the threshold on a second, different verifier is needed', async () => {
    const v = await aWorkingVillage({ settings: { secondThreshold: 5 } });
    const below = await v.submitted(0, 'WASTE-03'); // 4 points
    expect(await v.approve(below)).toMatchObject({ outcome: { state: 'APPROVED' } });
    const on = await v.submitted(0, 'SAFETY-01'); // 5 points
    expect(await v.approve(on)).toMatchObject({ outcome: { state: 'AWAITING_SECOND', points: 0 } });
    expect((await pointsOf(v.id, v.household(0).id)).honour).toBe(4);
    expect(refusalOf(await v.approve(on, v.verifier))).toBe('SAME_PERSON_TWICE');
    expect(await v.approve(on, v.secondVerifier)).toMatchObject({
      outcome: { state: 'APPROVED', points: 5 },
    });
  });

  test('somebody who has become a second person by another number is not a second one', async () => {
    const v = await aWorkingVillage({ settings: { secondThreshold: 5 } });
    const deedId = await v.submitted(0, 'SAFETY-01');
    await v.approve(deedId);
    const again = await aPerson(v.verifier.name);
    await anAppointment(again.id, 'VERIFIER', { villageId: v.id });
    // the same entry of the roster, first by the one number, then by the other
    const { id } = v.household(2).residents[2] ?? { id: '' };
    for (const person of [v.verifier.id, again.id])
      await owner.query('update resident set person_id = $2 where id = $1', [id, person]);
    expect(refusalOf(await v.approve(deedId, again))).toBe('SAME_PERSON_TWICE');
    expect(await v.approve(deedId, v.secondVerifier)).toMatchObject({ outcome: { state: 'APPROVED' } });
  });

  test('the first can take back, and the second can return', async () => {
    const v = await aWorkingVillage({ settings: { secondThreshold: 5 } });
    const deedId = await v.submitted(0, 'SAFETY-01');
    await v.approve(deedId);
    expect(await v.undo(deedId)).toMatchObject({ outcome: { undone: 'UNDO_FIRST' } });
    expect(await v.approve(deedId, v.secondVerifier)).toMatchObject({
      outcome: { state: 'AWAITING_SECOND' },
    });
    expect(refusalOf(await v.giveBack(deedId, '缺少排班表', v.verifier))).toBe(null);
    expect((await pointsOf(v.id, v.household(0).id)).honour).toBe(0);
  });
});

describe('caps', () => {
  test('an item’s cap awards what is left and says so; then it is refused', async () => {
    const v = await aWorkingVillage();
    // SAFETY-02: 5 a place, 20 a quarter and person
    expect(await v.approve(await v.submitted(0, 'SAFETY-02', { quantity: 3 }))).toMatchObject({
      outcome: { points: 15, capNote: '' },
    });
    expect(await v.approve(await v.submitted(0, 'SAFETY-02', { quantity: 2 }))).toMatchObject({
      outcome: { points: 5, capNote: 'ITEM_CAP' },
    });
    const third = await v.submitted(0, 'SAFETY-02');
    const refused = await v.approve(third);
    expect(refused).toMatchObject({
      refusal: { code: 'CAP_REACHED', sentence: '“报告治安隐患并核实”每人每季最多 20 分，已经记满。' },
    });
    // a person's cap is that person's: the wife still has hers
    const wife = v.household(0).residents[1];
    const hers = await v.submitted(0, 'SAFETY-02', { residentId: wife?.id });
    expect(await v.approve(hers)).toMatchObject({ outcome: { points: 5 } });
  });

  test('a household’s cap is shared by its members', async () => {
    const v = await aWorkingVillage();
    await v.approve(await v.submitted(0, 'WASTE-01'));
    const wife = v.household(0).residents[1]?.id;
    for (let n = 0; n < 3; n++) await v.approve(await v.submitted(0, 'WASTE-01', { residentId: wife }));
    expect(refusalOf(await v.approve(await v.submitted(0, 'WASTE-01')))).toBe('CAP_REACHED');
  });

  test('the period is that of the deed’s day, and a reversal frees it', async () => {
    const v = await aWorkingVillage();
    const lastMonth = '2026-10-31' as Day;
    // HOME-02: 5 a month
    expect(await v.approve(await v.submitted(0, 'HOME-02', { deedOn: lastMonth }))).toMatchObject({
      outcome: { points: 5 },
    });
    const now = await v.submitted(0, 'HOME-02', { deedOn: '2026-11-01' });
    expect(await v.approve(now)).toMatchObject({ outcome: { points: 5 } });
    const again = await v.submitted(0, 'HOME-02');
    expect(refusalOf(await v.approve(again))).toBe('CAP_REACHED');
    await v.undo(now);
    expect(await v.approve(again)).toMatchObject({ outcome: { points: 5 } });
  });

  test('where the rulebook says so, a part is not awarded', async () => {
    const v = await aWorkingVillage({ settings: { capPolicy: 'REFUSE' } });
    await v.approve(await v.submitted(0, 'SAFETY-02', { quantity: 3 }));
    expect(refusalOf(await v.approve(await v.submitted(0, 'SAFETY-02', { quantity: 2 })))).toBe(
      'CAP_WOULD_CUT',
    );
    expect((await pointsOf(v.id, v.household(0).id)).honour).toBe(15);
  });

  test('the month cap stops spendable points; honour goes on', async () => {
    const v = await aWorkingVillage({ settings: { householdMonthCap: 7 } });
    await v.approve(await v.submitted(0, 'SAFETY-01'));
    expect(await v.approve(await v.submitted(0, 'SAFETY-01'))).toMatchObject({
      outcome: { points: 2, honour: 5, capNote: 'MONTH_CAP' },
    });
    expect(await v.approve(await v.submitted(0, 'CIVIC-03'))).toMatchObject({
      outcome: { points: 0, honour: 1 },
    });
    expect(await pointsOf(v.id, v.household(0).id)).toEqual({ spendable: 7, honour: 11 });
  });

  test('the village’s budget refuses what it can’t pay, and nothing changes', async () => {
    const v = await aWorkingVillage({ settings: { budgetPerQuarter: 8 } });
    await v.approve(await v.submitted(0, 'SAFETY-01'));
    const deedId = await v.submitted(1, 'SAFETY-01');
    expect(await v.approve(deedId)).toMatchObject({
      refusal: { code: 'BUDGET_SPENT', sentence: '本季度的积分预算只剩 3 分，不够这一笔。' },
    });
    expect(await prisma.deed.findFirstOrThrow({ where: { id: deedId } })).toMatchObject({
      state: 'SUBMITTED',
    });
    expect(await v.approve(await v.submitted(1, 'HOME-03'))).toMatchObject({ ok: true });
  });

  for (const [what, settings, code, per, most] of [
    ['an item’s cap', {}, 'PUBLIC_CLEAN-01', 2, 8],
    ['the month cap', { householdMonthCap: 31 }, 'SAFETY-03', 5, 20],
    ['the budget', { budgetPerQuarter: 33 }, 'CIVIC-03', 1, 33],
  ] as const) {
    test(`${what} holds under 50 approvals at once`, async () => {
      const v = await aWorkingVillage({ settings, households: what === 'the budget' ? 50 : 3 });
      const deeds: string[] = [];
      for (let n = 0; n < 50; n++) deeds.push(await v.submitted(what === 'the budget' ? n : 0, code));
      const verifiers = [v.verifier, v.secondVerifier];
      const results = await Promise.all(
        deeds.map((deedId, n) => v.approve(deedId, verifiers[n % 2] ?? v.verifier)),
      );
      const approved = results.filter((one) => one.ok).length;
      expect(approved).toBe(Math.ceil(most / per));
      const { _sum } = await prisma.standing.aggregate({
        where: { villageId: v.id, period: 'ALL' },
        _sum: { honour: true },
      });
      expect(Number(_sum.honour)).toBe(most);
      const refused = results.map(refusalOf).filter((one) => one !== null);
      expect(new Set(refused)).toEqual(new Set([what === 'the budget' ? 'BUDGET_SPENT' : 'CAP_REACHED']));
      const { _sum: points } = await prisma.account.aggregate({
        where: { villageId: v.id, kind: 'HOUSEHOLD' },
        _sum: { balance: true },
      });
      expect(Number(points.balance)).toBe(most);
    });
  }
});

describe('returning, withdrawing, undoing', () => {
  test('a return needs a reason and tells it', async () => {
    const v = await aWorkingVillage();
    const deedId = await v.submitted(0, 'CIVIC-03');
    expect(refusalOf(await v.giveBack(deedId, ' '))).toBe('BAD_INPUT');
    expect(refusalOf(await v.giveBack(deedId, '照片看不清，请补一张'))).toBe(null);
    const message = await prisma.message.findFirstOrThrow({ where: { villageId: v.id } });
    expect(message.body).toContain('照片看不清，请补一张');
    expect(refusalOf(await v.approve(deedId))).toBe('ALREADY_DECIDED');
  });

  test('the household withdraws while nobody has decided; a neighbour can’t', async () => {
    const v = await aWorkingVillage();
    const deedId = await v.submitted(0, 'CIVIC-03');
    expect(refusalOf(await v.withdraw(deedId, 1))).toBe('NOT_FOUND');
    expect(refusalOf(await v.withdraw(deedId, 0))).toBe(null);
    expect(refusalOf(await v.approve(deedId))).toBe('ALREADY_DECIDED');
    const second = await v.submitted(0, 'CIVIC-03');
    await v.approve(second);
    expect(refusalOf(await v.withdraw(second, 0))).toBe('DEED_NOT_WITHDRAWABLE');
  });

  test('an approval is undone by reversal within the village’s minutes, by who decided', async () => {
    const v = await aWorkingVillage();
    const deedId = await v.submitted(0, 'SAFETY-01');
    await v.approve(deedId);
    expect(refusalOf(await v.undo(deedId, v.secondVerifier))).toBe('NOTHING_TO_UNDO');
    expect(refusalOf(await v.undo(deedId, v.verifier, { now: later(11) }))).toBe('UNDO_TOO_LATE');
    expect(refusalOf(await v.undo(deedId, v.verifier, { now: later(10) }))).toBe(null);
    expect(await pointsOf(v.id, v.household(0).id)).toEqual({ spendable: 0, honour: 0 });
    const postings = await prisma.posting.findMany({ where: { villageId: v.id }, orderBy: { id: 'asc' } });
    expect(postings.map((one) => [one.kind, one.points, one.honour])).toEqual([
      ['AWARD', 5, 5],
      ['REVERSAL', 5, -5],
    ]);
    expect(refusalOf(await v.undo(deedId, v.verifier))).toBe('NOTHING_TO_UNDO');
    expect(refusalOf(await v.approve(deedId, v.secondVerifier))).toBe(null);
    expect((await pointsOf(v.id, v.household(0).id)).spendable).toBe(5);
  });

  for (const [what, settings] of [
    ['', {}],
    [' within the month’s cap', { householdMonthCap: 6 }],
  ] as const) {
    test(`what was spent before an approval was undone is not given again${what}`, async () => {
      const v = await aWorkingVillage({ settings });
      const at = await aShop(v);
      const spend = async (points: number) =>
        expect(await scan(v, { digits: await code(v, 0), points, at })).toMatchObject({
          state: 'POSTED',
          points,
        });
      const deedId = await v.submitted(0, 'SAFETY-01'); // 5 points
      await v.approve(deedId);
      await spend(2);
      expect(refusalOf(await v.undo(deedId))).toBe(null);
      expect(await pointsOf(v.id, v.household(0).id)).toEqual({ spendable: 0, honour: 0 });

      // the button says it before, and the household reads it after
      const viewer = { villageId: v.id, personId: v.secondVerifier.id, now: TEST_NOW };
      expect((await findReview(prisma, viewer, deedId))?.award).toMatchObject({
        points: 3,
        honour: 5,
        cutBy: ['SPENT_BEFORE'],
      });
      expect(await v.approve(deedId, v.secondVerifier)).toMatchObject({
        outcome: { points: 3, honour: 5, capNote: 'SPENT_BEFORE' },
      });
      expect(await pointsOf(v.id, v.household(0).id)).toEqual({ spendable: 3, honour: 5 });
      const message = await prisma.message.findFirstOrThrow({
        where: { villageId: v.id, title: { endsWith: '”通过了，荣誉 +5，可兑 +3' } },
      });
      expect(message.body).toBe('这件事上次给的分已经用掉，不再重复给，这次可兑 3 分，荣誉分照记');

      // once more, with all of it spent: nothing is left to give, however often
      await spend(3);
      for (let round = 0; round < 3; round++) {
        expect(refusalOf(await v.undo(deedId, v.secondVerifier))).toBe(null);
        expect(await v.approve(deedId, v.secondVerifier)).toMatchObject({
          outcome: { points: 0, honour: 5 },
        });
        expect(await givenFor(v.id, deedId)).toBe(5);
      }
      expect(await pointsOf(v.id, v.household(0).id)).toEqual({ spendable: 0, honour: 5 });
    });
  }

  test('a return is undone', async () => {
    const v = await aWorkingVillage();
    const deedId = await v.submitted(0, 'SAFETY-01');
    await v.giveBack(deedId);
    expect(await v.undo(deedId)).toMatchObject({ outcome: { undone: 'UNDO_RETURN' } });
    expect(refusalOf(await v.approve(deedId))).toBe(null);
  });
});

describe('events', () => {
  test('one sheet credits everyone; a batch reports what it had to leave', async () => {
    const v = await aWorkingVillage({ households: 4 });
    const verifier = v.household(3).head;
    await anAppointment(verifier.personId, 'VERIFIER', { villageId: v.id });
    const people = v.households.map((one) => one.head.id);
    const sheet = await v.run(recordEvent, await v.actorOf(v.steward), {
      itemId: v.item('PUBLIC_GOOD-01'),
      name: '修水渠',
      heldOn: TEST_DAY,
      residentIds: people,
    });
    expect(sheet).toMatchObject({ ok: true, outcome: { deeds: 4 } });
    const eventId = sheet.ok ? String(sheet.outcome.subject) : '';
    const deeds = await prisma.deed.findMany({ where: { villageId: v.id, eventId } });
    const result = await v.run(approveBatch, await v.actorOf(verifier.personId), {
      deedIds: deeds.map((d) => d.id),
    });
    expect(result).toMatchObject({
      ok: true,
      outcome: { approved: 3, refused: [{ code: 'OWN_HOUSEHOLD' }] },
    });
    const other = await v.submitted(0, 'CIVIC-03');
    const mixed = await v.run(approveBatch, await v.actorOf(v.verifier), { deedIds: [other, deeds[0]?.id] });
    expect(refusalOf(mixed)).toBe('BATCH_MIXED');
  });

  test('an item that counts once a household is written once a household', async () => {
    const v = await aWorkingVillage();
    const sheet = await v.run(recordEvent, await v.actorOf(v.steward), {
      itemId: v.item('CIVIC-01'),
      name: '院坝会',
      heldOn: TEST_DAY,
      residentIds: v.households.flatMap((one) => one.residents.map((r) => r.id)),
    });
    expect(sheet).toMatchObject({ ok: true, outcome: { deeds: 3 } });
  });
});

describe('a role that ended', () => {
  test('no longer decides', async () => {
    const v = await aWorkingVillage();
    const former = await aPerson('旧核分');
    await anAppointment(former.id, 'VERIFIER', { villageId: v.id }, { until: addDays(TEST_DAY, 0) });
    const actor = await v.actorOf(former);
    const deedId = await v.submitted(0, 'CIVIC-03');
    const tomorrow = new Date(TEST_NOW.getTime() + 86_400_000);
    const { approveDeed } = await import('./decisions');
    // even with an actor read yesterday, the database asks again
    expect(refusalOf(await v.run(approveDeed, actor, { deedId }, { now: tomorrow }))).toBe('NOT_ALLOWED');
    expect(refusalOf(await v.run(approveDeed, actor, { deedId }))).toBe(null);
  });
});
