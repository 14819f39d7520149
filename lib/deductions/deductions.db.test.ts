import { describe, expect, test } from 'vitest';
import { lockPeriod, openPublicity } from '@/lib/periods/commands';
import { dayToDate, startOfDay } from '@/lib/platform/clock';
import { newId } from '@/lib/platform/ids';
import { anAppointment, aPerson } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { aStoredPhoto, at, deductionWay, testDay } from '@/lib/testing/deduction-way';
import { whileStuck } from '@/lib/testing/stuck-row';
import { aWorkingVillage, pointsOf, refusalOf, type WorkingVillage } from '@/lib/testing/working-village';
import { postDueDeductions } from './due';
import { findDeduction } from './reads';
import { DEDUCTION_NEXT } from './rules';
import { listAdults } from './subject/reads';

const { prisma, owner } = await testDb();

async function aVillageWithWay(): Promise<[WorkingVillage, ReturnType<typeof deductionWay>]> {
  const v = await aWorkingVillage();
  return [v, deductionWay(v)];
}

/** The household has this many points to lose. */
async function givePoints(v: WorkingVillage, household: number, times = 1): Promise<void> {
  for (let i = 0; i < times; i++) {
    const deed = await v.submitted(household, 'PUBLIC_CLEAN-01', { deedOn: testDay(-i) });
    await v.approve(deed);
  }
}

const messagesOf = (v: WorkingVillage, household: number) =>
  prisma.message.findMany({
    where: { villageId: v.id, personId: v.household(household).head.personId },
    orderBy: { createdAt: 'asc' },
    select: { title: true, body: true },
  });

describe('the states', () => {
  test('lead where the table of the program says, and nowhere else', async () => {
    const { rows } = await owner.query<{ state: string; kind: string; leads: string | null }>(
      `select s.state, k.kind, deduction_next(s.state, k.kind)::text as leads
       from unnest(enum_range(null::"DeductionState")) s(state), unnest(enum_range(null::"DeductionStepKind")) k(kind)`,
    );
    expect(rows).toHaveLength(9 * 16);
    for (const { state, kind, leads } of rows) {
      const table = DEDUCTION_NEXT as Record<string, Record<string, string>>;
      expect(leads, `${state} ${kind}`).toBe(table[state]?.[kind] ?? null);
    }
  });
});

describe('the way of a deduction', () => {
  test('warning, looking again, proposal, approval, days to answer, posting', async () => {
    const [v, way] = await aVillageWithWay();
    await givePoints(v, 0, 2);
    const id = await way.recorded(0);
    expect(await way.warn(id)).toMatchObject({ ok: true });
    expect(await way.propose(id)).toMatchObject({ ok: true });
    expect(await way.approve(id)).toMatchObject({ outcome: { answerUntil: '2026-12-08' } });
    expect(await pointsOf(v.id, v.household(0).id)).toEqual({ spendable: 4, honour: 4 });
    expect(await way.post(id, at(testDay(15)))).toMatchObject({
      outcome: { state: 'POSTED', honour: 2, points: 2 },
    });
    expect(await pointsOf(v.id, v.household(0).id)).toEqual({ spendable: 2, honour: 2 });
    const posting = await prisma.posting.findFirstOrThrow({ where: { villageId: v.id, source: id } });
    expect(posting).toMatchObject({
      kind: 'DEDUCTION',
      personId: v.supervisor.id,
      residentId: v.household(0).head.id,
      creditedOn: dayToDate(testDay(0)),
    });
    const said = (await messagesOf(v, 0)).map((one) => one.title).slice(-3);
    expect(said).toEqual([
      '村里给您家送了一份提醒',
      '拟扣 2 分，请您在 2026年12月8日前说说情况',
      '扣了 2 分',
    ]);
    const steps = await prisma.deductionStep.findMany({
      where: { villageId: v.id, deductionId: id },
      orderBy: { doneAt: 'asc' },
    });
    expect(steps.map((one) => one.kind)).toEqual(['RECORD', 'WARN', 'PROPOSE', 'APPROVE', 'POST']);
  });

  test('takes honour in full and spendable points only to zero', async () => {
    const [v, way] = await aVillageWithWay();
    const id = await way.posted(0);
    expect(await pointsOf(v.id, v.household(0).id)).toEqual({ spendable: 0, honour: -2 });
    const posting = await prisma.posting.findFirstOrThrow({ where: { villageId: v.id, source: id } });
    expect(posting).toMatchObject({ points: 0, shortfall: 2, honour: -2 });
  });

  test('ends when it is found mended, at any time after the warning', async () => {
    const [v, way] = await aVillageWithWay();
    const id = await way.recorded(0);
    expect(refusalOf(await way.mended(id, testDay(1)))).toBe('DEDUCTION_MOVED_ON');
    await way.warn(id);
    expect(refusalOf(await way.mended(id, testDay(3)))).toBe(null);
    expect(await way.state(id)).toBe('DROPPED');
    expect(refusalOf(await way.propose(id))).toBe('DEDUCTION_MOVED_ON');
    expect(await prisma.posting.count({ where: { villageId: v.id } })).toBe(0);
  });

  test('ends when the supervisor does not approve, with the reason', async () => {
    const [v, way] = await aVillageWithWay();
    const id = await way.recorded(0);
    await way.warn(id);
    await way.propose(id);
    for (const other of [v.verifier, v.secretary, v.steward]) {
      expect(refusalOf(await way.drop(id, testDay(7), other))).toBe('NOT_ALLOWED');
    }
    expect(refusalOf(await way.drop(id))).toBe(null);
    const row = await prisma.deduction.findFirstOrThrow({ where: { villageId: v.id, id } });
    expect(row).toMatchObject({ state: 'DROPPED', endReason: '证据不够' });
  });

  test('an item that asks no warning is proposed at once; one that does is not', async () => {
    const [v, way] = await aVillageWithWay();
    const direct = await way.recorded(0, 'PUBLIC_GOOD-04');
    expect(refusalOf(await way.warn(direct))).toBe('NO_WARNING_ASKED');
    expect(refusalOf(await way.propose(direct, testDay(0)))).toBe(null);
    const warned = await way.recorded(1);
    expect(refusalOf(await way.propose(warned, testDay(20)))).toBe('WARN_FIRST');
    expect(v.id).toBeTruthy();
  });

  test('the same request twice does one thing; two at once post once', async () => {
    const [v, way] = await aVillageWithWay();
    const id = await way.noticed(0);
    const results = await Promise.all(
      Array.from({ length: 6 }, (_, i) =>
        way.post(id, at(testDay(15)), i % 2 ? v.verifier : v.secondVerifier),
      ),
    );
    expect(results.filter((one) => one.ok)).toHaveLength(1);
    expect(new Set(results.map(refusalOf))).toEqual(new Set([null, 'DEDUCTION_MOVED_ON']));
    expect(await prisma.posting.count({ where: { villageId: v.id, source: id } })).toBe(1);
  });

  test('of another village answers as if there were none', async () => {
    const [v, way] = await aVillageWithWay();
    const [other, theirs] = await aVillageWithWay();
    const id = await theirs.noticed(0);
    expect(await way.post(id, at(testDay(15)))).toEqual(await way.post(newId(), at(testDay(15))));
    expect(refusalOf(await way.approve(id))).toBe('NOT_FOUND');
    expect(refusalOf(await way.answer(id, 0, testDay(8)))).toBe('NOT_FOUND');
    const record = await way.record(0, 'HOME-04', { householdId: other.household(0).id });
    expect(refusalOf(record)).toBe('NOT_FOUND');
    expect(refusalOf(await way.record(0, 'HOME-04', { itemId: other.item('HOME-04') }))).toBe('NOT_FOUND');
    expect(v.id).not.toBe(other.id);
  });
});

describe('the evidence', () => {
  test('a photo where the item asks for one, by command and by raw SQL', async () => {
    const [v, way] = await aVillageWithWay();
    expect(refusalOf(await way.record(0, 'AGRI_ECO-03'))).toBe('PHOTO_REQUIRED');
    const photos = [await aStoredPhoto(v.id, v.steward.id)];
    expect(refusalOf(await way.record(0, 'AGRI_ECO-03', { photos }))).toBe(null);
    const raw = owner.query('select deduction_record($1, $2, $3, null, $4, $5, $6, $7, $8, $9)', [
      v.id,
      newId(),
      v.household(1).id,
      v.item('AGRI_ECO-03'),
      testDay(0),
      '路过的人',
      '没有照片',
      v.steward.id,
      at(testDay(0)),
    ]);
    await expect(raw).rejects.toThrow(/PHOTO_REQUIRED/);
  });

  test('is the household’s to see, and nobody else’s to use again', async () => {
    const [v, way] = await aVillageWithWay();
    const photo = await aStoredPhoto(v.id, v.steward.id);
    const id = await way.recorded(0, 'HOME-04', { photos: [photo] });
    expect(
      await prisma.attachedPhoto.findFirstOrThrow({ where: { villageId: v.id, subject: id } }),
    ).toMatchObject({ kind: 'DEDUCTION', householdId: v.household(0).id });
    expect(refusalOf(await way.record(1, 'HOME-04', { photos: [photo] }))).toBe('PHOTO_USED');
    const others = await aStoredPhoto(v.id, v.verifier.id);
    expect(refusalOf(await way.record(1, 'HOME-04', { photos: [others] }))).toBe('PHOTO_NOT_YOURS');
  });

  test('is of a day that has come and is not too long ago, by the rules of that day', async () => {
    const [v, way] = await aVillageWithWay();
    expect(refusalOf(await way.record(0, 'HOME-04', { seenOn: testDay(1) }))).toBe('DAY_IN_FUTURE');
    expect(refusalOf(await way.record(0, 'HOME-04', { seenOn: testDay(-30) }))).toBe(null);
    expect(refusalOf(await way.record(0, 'HOME-04', { seenOn: testDay(-31) }))).toBe('DAY_TOO_OLD');
    expect(refusalOf(await way.record(0, 'PUBLIC_CLEAN-01'))).toBe('ITEM_ADDS');
    expect(refusalOf(await way.record(0, 'HOME-04', { residentId: v.household(1).head.id }))).toBe(
      'RESIDENT_NOT_IN_HOUSEHOLD',
    );
  });
});

describe('days', () => {
  test('to look again: not before the rulebook’s days, and not before the day itself', async () => {
    const [, way] = await aVillageWithWay();
    const id = await way.recorded(0);
    expect(refusalOf(await way.warn(id, testDay(6)))).toBe('RECHECK_TOO_SOON');
    expect(refusalOf(await way.warn(id, testDay(7)))).toBe(null);
    expect(refusalOf(await way.propose(id, testDay(6)))).toBe('RECHECK_NOT_YET');
    expect(await way.state(id)).toBe('WARNED');
    expect(refusalOf(await way.propose(id, testDay(7)))).toBe(null);
  });

  test('to answer pass at midnight in Shanghai: one second before it nothing is taken', async () => {
    const [v, way] = await aVillageWithWay();
    const id = await way.noticed(0);
    const midnight = startOfDay(testDay(15));
    const before = new Date(midnight.getTime() - 1000);
    expect(refusalOf(await way.post(id, at(testDay(14))))).toBe('ANSWER_DAYS_RUN');
    expect(refusalOf(await way.post(id, before))).toBe('ANSWER_DAYS_RUN');
    expect(await prisma.posting.count({ where: { villageId: v.id, source: id } })).toBe(0);
    expect(refusalOf(await way.post(id, midnight))).toBe(null);
  });

  test('to answer begin when the notice is served, and are the rulebook’s', async () => {
    const [v, way] = await aVillageWithWay();
    const id = await way.recorded(0);
    await way.warn(id);
    await way.propose(id);
    const servedOn = (days: number) => way.approve(id, testDay(7), v.supervisor, { servedOn: testDay(days) });
    expect(refusalOf(await servedOn(6))).toBe('SERVED_WHEN');
    expect(refusalOf(await servedOn(15))).toBe('SERVED_WHEN');
    expect(await servedOn(10)).toMatchObject({ outcome: { answerUntil: '2026-12-11' } });
  });

  test('a warning or notice by message alone serves no household without a phone', async () => {
    const [v, way] = await aVillageWithWay();
    await prisma.resident.updateMany({
      where: { villageId: v.id, householdId: v.household(0).id },
      data: { personId: null },
    });
    const id = await way.recorded(0);
    expect(refusalOf(await way.warn(id, testDay(7), { how: [] }))).toBe('HOW_SERVED');
    expect(refusalOf(await way.warn(id))).toBe('SERVE_ON_PAPER');
    expect(refusalOf(await way.warn(id, testDay(7), { how: ['HAND'] }))).toBe(null);
    await way.propose(id);
    expect(refusalOf(await way.approve(id, testDay(7), v.supervisor, { how: ['PHONE'] }))).toBe(
      'SERVE_ON_PAPER',
    );
    expect(refusalOf(await way.approve(id))).toBe(null);
  });
});

describe('two people', () => {
  test('only the supervisor approves, and not one who recorded or proposed it', async () => {
    const [v, way] = await aVillageWithWay();
    const id = await way.recorded(0);
    await way.warn(id);
    for (const other of [v.steward, v.secretary, v.supervisor]) {
      expect(refusalOf(await way.propose(id, testDay(7), other))).toBe('NOT_ALLOWED');
    }
    await way.propose(id);
    for (const other of [v.verifier, v.secondVerifier, v.secretary, v.steward]) {
      expect(refusalOf(await way.approve(id, testDay(7), other))).toBe('NOT_ALLOWED');
    }
    // a secretary who became supervisor meanwhile has recorded it himself
    const mine = await way.recorded(1, 'PUBLIC_GOOD-04', {}, v.secretary);
    await way.propose(mine, testDay(1));
    await prisma.appointment.updateMany({
      where: { personId: v.secretary.id },
      data: { until: dayToDate(testDay(0)) },
    });
    await anAppointment(v.secretary.id, 'SUPERVISOR', { villageId: v.id }, { from: testDay(1) });
    const again = await v.run(
      (await import('./commands')).approveDeduction,
      await (await import('@/lib/testing/builders')).actorFor(v.secretary, { at: at(testDay(1), 12) }),
      { deductionId: mine, how: ['HAND'] },
      { now: at(testDay(1), 12) },
    );
    expect(refusalOf(again)).toBe('DEDUCTION_TWO_PEOPLE');
    expect(refusalOf(await way.approve(mine, testDay(1)))).toBe(null);
  });
});

describe('own household and kin', () => {
  test('neither record, warn, propose, approve nor confirm', async () => {
    const [v, way] = await aVillageWithWay();
    const mine = { id: v.household(0).head.personId };
    await anAppointment(mine.id, 'VERIFIER', { villageId: v.id });
    const kin = { id: v.household(1).head.personId };
    await anAppointment(kin.id, 'SUPERVISOR', { villageId: v.id });
    const [a, b] = [v.household(1).head.id, v.household(0).residents[2]?.id ?? ''].sort();
    await prisma.kinship.create({
      data: { villageId: v.id, id: newId(), residentAId: a ?? '', residentBId: b ?? '' },
    });
    expect(refusalOf(await way.record(0, 'HOME-04', {}, mine))).toBe('OWN_HOUSEHOLD');
    const id = await way.recorded(0);
    expect(refusalOf(await way.warn(id, testDay(7), {}, mine))).toBe('OWN_HOUSEHOLD');
    await way.warn(id);
    expect(refusalOf(await way.mended(id, testDay(7), mine))).toBe('OWN_HOUSEHOLD');
    expect(refusalOf(await way.propose(id, testDay(7), mine))).toBe('OWN_HOUSEHOLD');
    await way.propose(id);
    expect(refusalOf(await way.approve(id, testDay(7), kin))).toBe('NEAR_KIN');
    expect(refusalOf(await way.drop(id, testDay(7), kin))).toBe('NEAR_KIN');
    await way.approve(id);
    await way.post(id, at(testDay(15)));
    await way.claimRepair(id, 0, testDay(16));
    expect(refusalOf(await way.confirmRepair(id, testDay(16), mine))).toBe('OWN_HOUSEHOLD');
    expect(refusalOf(await way.refuseRepair(id, testDay(16), mine))).toBe('OWN_HOUSEHOLD');
  });
});

describe('exempt households and minors', () => {
  test.each(['isFiveGuarantee', 'isDisabled', 'isAbsent'] as const)(
    '%s: neither recorded, warned, proposed, approved nor posted, whenever it became so',
    async (flag) => {
      const [v, way] = await aVillageWithWay();
      const set = (is: boolean) =>
        prisma.household.update({
          where: { villageId_id: { villageId: v.id, id: v.household(0).id } },
          data: { [flag]: is },
        });
      await set(true);
      expect(refusalOf(await way.record(0))).toBe('HOUSEHOLD_EXEMPT');
      await set(false);
      const id = await way.recorded(0);
      await set(true);
      expect(refusalOf(await way.warn(id))).toBe('HOUSEHOLD_EXEMPT');
      await set(false);
      await way.warn(id);
      await set(true);
      expect(refusalOf(await way.propose(id))).toBe('HOUSEHOLD_EXEMPT');
      await set(false);
      await way.propose(id);
      await set(true);
      expect(refusalOf(await way.approve(id))).toBe('HOUSEHOLD_EXEMPT');
      await set(false);
      await way.approve(id);
      await set(true);
      expect(await way.post(id, at(testDay(15)))).toMatchObject({ outcome: { state: 'DROPPED', honour: 0 } });
      expect(await prisma.posting.count({ where: { villageId: v.id, source: id } })).toBe(0);
      expect((await messagesOf(v, 0)).at(-1)?.title).toBe('不扣分了');
    },
  );

  test('whoever may still be a minor: born eighteen years before, or a child of unknown age', async () => {
    const [v, way] = await aVillageWithWay();
    const child = v.household(0).residents[2]?.id ?? '';
    const set = (birthYear: number | null, relation: 'CHILD' | 'GRANDCHILD' | 'PARENT' = 'CHILD') =>
      prisma.resident.update({
        where: { villageId_id: { villageId: v.id, id: child } },
        data: { birthYear, relation },
      });
    const record = () => way.record(0, 'HOME-04', { residentId: child });
    await set(2009);
    expect(refusalOf(await record())).toBe('MINOR');
    // born in December 2008 and seen in January 2026: seventeen
    await set(2008);
    expect(refusalOf(await record())).toBe('MINOR');
    await set(null);
    expect(refusalOf(await record())).toBe('MINOR');
    await set(null, 'GRANDCHILD');
    expect(refusalOf(await record())).toBe('MINOR');
    await set(null, 'PARENT');
    expect(refusalOf(await record())).toBe(null);
    await set(2007);
    const id = await way.recorded(0, 'HOME-04', { residentId: child });
    await set(2008);
    expect(refusalOf(await way.warn(id))).toBe('MINOR');
    await set(2007);
    expect(refusalOf(await way.warn(id))).toBe(null);
    await set(null);
    expect(refusalOf(await way.propose(id))).toBe('MINOR');
    await set(2007);
    await way.propose(id);
    await way.approve(id);
    await set(2012);
    expect(await way.post(id, at(testDay(15)))).toMatchObject({ outcome: { state: 'DROPPED' } });
  });

  test('the form names the grown-ups alone', async () => {
    const [v] = await aVillageWithWay();
    const [head, spouse, child] = v.household(0).residents;
    const named = async () =>
      (await listAdults(prisma, v.id, v.household(0).id, testDay(0))).map((one) => one.id);
    expect(await named()).toEqual([head?.id, spouse?.id]);
    for (const birthYear of [2008, null]) {
      await prisma.resident.update({
        where: { villageId_id: { villageId: v.id, id: child?.id ?? '' } },
        data: { birthYear },
      });
      expect(await named()).toEqual([head?.id, spouse?.id]);
    }
  });

  test('a household whose head is a minor, and one that has left', async () => {
    const [v, way] = await aVillageWithWay();
    await prisma.resident.update({
      where: { villageId_id: { villageId: v.id, id: v.household(0).head.id } },
      data: { birthYear: 2012 },
    });
    expect(refusalOf(await way.record(0))).toBe('MINOR');
    await prisma.resident.update({
      where: { villageId_id: { villageId: v.id, id: v.household(0).head.id } },
      data: { birthYear: 2008 },
    });
    expect(refusalOf(await way.record(0))).toBe('MINOR');
    const id = await way.noticed(1);
    await prisma.household.update({
      where: { villageId_id: { villageId: v.id, id: v.household(1).id } },
      data: { leftOn: dayToDate(testDay(10)) },
    });
    expect(await way.post(id, at(testDay(15)))).toMatchObject({ outcome: { state: 'DROPPED' } });
  });
});

describe('the cap', () => {
  test('takes what is left, refuses the proposal when nothing is, and frees what was given back', async () => {
    // HOME-04: 2 points, 4 a month
    const [v, way] = await aVillageWithWay();
    const first = await way.posted(0);
    await way.posted(0);
    expect(await pointsOf(v.id, v.household(0).id)).toMatchObject({ honour: -4 });
    const third = await way.recorded(0);
    await way.warn(third);
    expect(refusalOf(await way.propose(third))).toBe('DEDUCTION_CAP_FULL');
    await way.claimRepair(first, 0, testDay(16));
    expect(refusalOf(await way.confirmRepair(first, testDay(17)))).toBe(null);
    expect(await pointsOf(v.id, v.household(0).id)).toMatchObject({ honour: -2 });
    expect(refusalOf(await way.propose(third, testDay(17)))).toBe(null);
  });

  test('that filled up after the proposal drops the deduction instead', async () => {
    const [v, way] = await aVillageWithWay();
    const ids = [await way.noticed(0), await way.noticed(0), await way.noticed(0)];
    const results = await Promise.all(ids.map((id) => way.post(id, at(testDay(15)))));
    expect(results.map((one) => (one.ok ? one.outcome.state : one.refusal.code)).sort()).toEqual([
      'DROPPED',
      'POSTED',
      'POSTED',
    ]);
    expect(await pointsOf(v.id, v.household(0).id)).toMatchObject({ honour: -4 });
  });
});

describe('a quarter that is closed', () => {
  const day = '2026-09-30' as never;
  /** Something of the third quarter, which is then made public; a deduction of its last day waits to be posted. */
  async function aDueOne(v: WorkingVillage, way: ReturnType<typeof deductionWay>): Promise<string> {
    const deed = await v.submitted(1, 'PUBLIC_CLEAN-01', { deedOn: day }, { now: at(day) });
    await v.approve(deed, v.verifier, { now: at(day, 11) });
    const id = await way.recorded(0, 'PUBLIC_GOOD-04', { seenOn: day }, v.steward, at('2026-10-02' as never));
    await way.propose(id, '2026-10-03' as never);
    await way.approve(id, '2026-10-04' as never);
    const opened = await v.run(
      openPublicity,
      await v.actorOf(v.secretary),
      { quarter: '2026Q3' },
      { now: at('2026-10-11' as never) },
    );
    expect(refusalOf(opened)).toBe(null);
    return id;
  }
  const creditedOn = async (v: WorkingVillage, id: string) =>
    (await prisma.posting.findFirstOrThrow({ where: { villageId: v.id, source: id } })).creditedOn;

  test('in publicity takes no deduction: one that is due counts for the earliest open quarter', async () => {
    const [v, way] = await aVillageWithWay();
    const id = await aDueOne(v, way);
    const view = () => findDeduction(prisma, { villageId: v.id }, id, at('2026-10-12' as never));
    expect(await view()).toMatchObject({ seenOn: day, creditedOn: '2026-10-01' });
    // of all villages: other tests may have left something due
    expect(await postDueDeductions(startOfDay('2026-10-12' as never))).toMatchObject({ left: 0 });
    expect(await way.state(id)).toBe('POSTED');
    expect(await creditedOn(v, id)).toEqual(dayToDate('2026-10-01' as never));
    expect(await view()).toMatchObject({ creditedOn: '2026-10-01' });
  });

  test('and locked is left alone: what was seen in it counts for the earliest open one, by hand too', async () => {
    const [v, way] = await aVillageWithWay();
    const id = await aDueOne(v, way);
    const locked = await v.run(
      lockPeriod,
      await v.actorOf(v.supervisor),
      { quarter: '2026Q3' },
      { now: at('2026-10-19' as never) },
    );
    expect(refusalOf(locked)).toBe(null);
    // posted in the first quarter of the next year: the fourth is still open and comes first
    expect(refusalOf(await way.post(id, at('2027-01-05' as never)))).toBe(null);
    expect(await creditedOn(v, id)).toEqual(dayToDate('2026-10-01' as never));
  });

  test('the cap is that of the day it counts for', async () => {
    // PUBLIC_GOOD-04: as much as one a year or quarter may hold is asked of the quarter it counts for
    const [v, way] = await aVillageWithWay();
    const id = await aDueOne(v, way);
    const left = async (on: string) => {
      const { rows } = await owner.query<{ left: number }>(
        'select deduction_cap_left($1, $2, $3, $4) as left',
        [v.id, v.household(0).id, v.item('PUBLIC_GOOD-04'), on],
      );
      return rows[0]?.left ?? 0;
    };
    const before = await left('2026-10-01');
    await postDueDeductions(startOfDay('2026-10-12' as never));
    expect(await way.state(id)).toBe('POSTED');
    expect(await left('2026-10-01')).toBeLessThan(before);
  });
});

describe('answering', () => {
  test('stops the clock until someone who had no part in it has decided', async () => {
    const [v, way] = await aVillageWithWay();
    const id = await way.noticed(0);
    expect(refusalOf(await way.answer(id, 1, testDay(9)))).toBe('NOT_FOUND');
    expect(refusalOf(await way.answer(id, 0, testDay(9)))).toBe(null);
    expect(await way.state(id)).toBe('CONTESTED');
    expect(refusalOf(await way.post(id, at(testDay(40))))).toBe('DEDUCTION_MOVED_ON');
    expect(await postDueDeductions(at(testDay(40)))).toMatchObject({ left: 0 });
    expect(await way.state(id)).toBe('CONTESTED');
    // approved it; proposed it; recorded it; and a verifier while the secretary is free
    expect(refusalOf(await way.hear(id, 'REJECTED', testDay(20), v.supervisor))).toBe('TOOK_PART');
    expect(refusalOf(await way.hear(id, 'REJECTED', testDay(20), v.verifier))).toBe('TOOK_PART');
    expect(refusalOf(await way.hear(id, 'REJECTED', testDay(20), v.steward))).toBe('NOT_ALLOWED');
    expect(refusalOf(await way.hear(id, 'REJECTED', testDay(20), v.secondVerifier))).toBe('ANOTHER_HEARS');
    expect(refusalOf(await way.hear(id, 'REJECTED', testDay(20)))).toBe(null);
    // five days were left of seven: 20 + 5
    const row = await prisma.deduction.findFirstOrThrow({ where: { villageId: v.id, id } });
    expect(row).toMatchObject({ state: 'NOTICED', daysLeft: 5, answerUntil: dayToDate(testDay(25)) });
    expect(refusalOf(await way.post(id, at(testDay(25))))).toBe('ANSWER_DAYS_RUN');
    expect(refusalOf(await way.answer(id, 0, testDay(21)))).toBe('ANSWERED_BEFORE');
    expect(refusalOf(await way.post(id, at(testDay(26))))).toBe(null);
  });

  test('on the last day leaves one day more; upheld, nothing is taken', async () => {
    const [v, way] = await aVillageWithWay();
    const late = await way.noticed(0);
    await way.answer(late, 0, testDay(14));
    await way.hear(late, 'REJECTED', testDay(16));
    const row = await prisma.deduction.findFirstOrThrow({ where: { villageId: v.id, id: late } });
    expect(row.answerUntil).toEqual(dayToDate(testDay(17)));
    const id = await way.noticed(1);
    await way.answer(id, 1, testDay(8));
    expect(refusalOf(await way.hear(id, 'UPHELD', testDay(9)))).toBe(null);
    expect(await way.state(id)).toBe('DROPPED');
    expect(await prisma.posting.count({ where: { villageId: v.id } })).toBe(0);
  });

  test('is heard by a second supervisor before the secretary, and by a verifier when both are barred', async () => {
    const [v, way] = await aVillageWithWay();
    const second = await aPerson('监督乙');
    const appointment = await anAppointment(second.id, 'SUPERVISOR', { villageId: v.id });
    const id = await way.recorded(0, 'HOME-04', {}, v.secretary);
    await way.warn(id);
    await way.propose(id);
    await way.approve(id);
    await way.answer(id, 0, testDay(9));
    expect(refusalOf(await way.hear(id, 'UPHELD', testDay(10), v.secondVerifier))).toBe('ANOTHER_HEARS');
    // one who leaves while it waits drops no rung
    await prisma.appointment.update({ where: { id: appointment }, data: { until: dayToDate(testDay(9)) } });
    expect(refusalOf(await way.hear(id, 'UPHELD', testDay(10), v.secretary))).toBe('TOOK_PART');
    expect(refusalOf(await way.hear(id, 'UPHELD', testDay(10), v.secondVerifier))).toBe('NOBODY_HEARS');
    const other = await way.recorded(1, 'HOME-04', {}, v.secretary);
    await way.warn(other);
    await way.propose(other, testDay(10));
    await way.approve(other, testDay(10));
    await way.answer(other, 1, testDay(11));
    expect(refusalOf(await way.hear(other, 'UPHELD', testDay(12), v.secondVerifier))).toBe(null);
  });
});

describe('repair', () => {
  test('is reported with a photo and confirmed by another; the points come back', async () => {
    const [v, way] = await aVillageWithWay();
    await givePoints(v, 0);
    const id = await way.posted(0);
    expect(await pointsOf(v.id, v.household(0).id)).toEqual({ spendable: 0, honour: 0 });
    expect(refusalOf(await way.confirmRepair(id, testDay(16)))).toBe('NO_REPAIR_CLAIMED');
    const { claimRepair } = await import('./hearing');
    const bare = await v.run(
      claimRepair,
      await v.actorOf(v.household(0).head.personId),
      { deductionId: id },
      { now: at(testDay(16)) },
    );
    expect(refusalOf(bare)).toBe('PHOTO_REQUIRED');
    expect(refusalOf(await way.claimRepair(id, 0, testDay(16)))).toBe(null);
    expect(refusalOf(await way.claimRepair(id, 0, testDay(16)))).toBe('REPAIR_CLAIMED');
    expect(refusalOf(await way.confirmRepair(id, testDay(17), v.supervisor))).toBe('TOOK_PART');
    expect(refusalOf(await way.refuseRepair(id, testDay(17), v.secondVerifier))).toBe(null);
    expect(await way.state(id)).toBe('POSTED');
    await way.claimRepair(id, 0, testDay(18));
    expect(await way.confirmRepair(id, testDay(19))).toMatchObject({ outcome: { honour: 2 } });
    expect(await way.state(id)).toBe('RESTORED');
    expect(await pointsOf(v.id, v.household(0).id)).toEqual({ spendable: 2, honour: 2 });
    expect(refusalOf(await way.confirmRepair(id, testDay(20)))).toBe('DEDUCTION_MOVED_ON');
  });

  test('gives nothing back where the item does not say so', async () => {
    const [, way] = await aVillageWithWay();
    // PUBLIC_CLEAN-04 warns first and is not restored
    const id = await way.recorded(0, 'PUBLIC_CLEAN-04');
    await way.warn(id);
    expect(refusalOf(await way.claimRepair(id, 0, testDay(2)))).toBe(null);
    await way.propose(id);
    await way.approve(id);
    await way.post(id, at(testDay(15)));
    expect(refusalOf(await way.claimRepair(id, 0, testDay(16)))).toBe('NOT_RESTORED');
  });
});

describe('the hourly job', () => {
  test('posts what is due in each village, once, and leaves what is not', async () => {
    const [v, way] = await aVillageWithWay();
    const due = await way.noticed(0);
    const notYet = await way.recorded(1);
    await way.warn(notYet);
    await way.propose(notYet, testDay(8));
    await way.approve(notYet, testDay(8));
    const headless = await way.noticed(2);
    await prisma.resident.update({
      where: { villageId_id: { villageId: v.id, id: v.household(2).head.id } },
      data: { relation: 'OTHER' },
    });
    const midnight = startOfDay(testDay(15));
    await Promise.all([postDueDeductions(midnight), postDueDeductions(midnight)]);
    expect(await way.state(due)).toBe('POSTED');
    expect(await way.state(notYet)).toBe('NOTICED');
    expect(await way.state(headless)).toBe('NOTICED');
    expect(await prisma.posting.count({ where: { villageId: v.id, kind: 'DEDUCTION' } })).toBe(1);
    const step = await prisma.deductionStep.findFirstOrThrow({
      where: { villageId: v.id, deductionId: due, kind: 'POST' },
    });
    expect(step.personId).toBe(null);
    expect(
      await prisma.commandLog.findFirstOrThrow({ where: { villageId: v.id, id: step.id } }),
    ).toMatchObject({
      name: 'post-deduction',
      personId: null,
      seat: 'SYSTEM',
      subject: due,
    });
    expect(refusalOf(await way.post(headless, at(testDay(15))))).toBe('NO_HEAD');
  });

  test('where one can’t be posted the others are, and it is said', async () => {
    const [, way] = await aVillageWithWay();
    const [stuck, other] = [await way.noticed(0), await way.noticed(1)];
    const midnight = startOfDay(testDay(15));
    await whileStuck(owner, 'deduction_step', 'deduction_id', stuck, async () => {
      await expect(postDueDeductions(midnight)).rejects.toThrow('stuck');
    });
    expect([await way.state(stuck), await way.state(other)]).toEqual(['NOTICED', 'POSTED']);
    await postDueDeductions(midnight);
    expect(await way.state(stuck)).toBe('POSTED');
  });
});
