import { describe, expect, test } from 'vitest';
import { newId } from '@/lib/platform/ids';
import { anAppointment, aPerson } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { aStoredPhoto, at, deductionWay, testDay } from '@/lib/testing/deduction-way';
import { aWorkingVillage, refusalOf, type WorkingVillage } from '@/lib/testing/working-village';
import { recordAnswer, recordRepair } from './hearing';
import { findDeduction } from './reads';

// Who speaks for a household: its own grown-ups; and for those without a phone someone of the office who had no part in
// what is held against them, and whom the household can check on.

const { prisma, owner } = await testDb();

type By = { id: string };

async function world() {
  const v = await aWorkingVillage();
  const way = deductionWay(v);
  const recordedAnswer = async (deductionId: string, by: By, day = testDay(8)) =>
    v.run(
      recordAnswer,
      await v.actorOf(by),
      { deductionId, answer: '我家没什么要说的' },
      { now: at(day, 12) },
    );
  const recordedRepair = async (deductionId: string, by: By, day = testDay(16)) =>
    v.run(
      recordRepair,
      await v.actorOf(by),
      { deductionId, photos: [await aStoredPhoto(v.id, by.id)] },
      { now: at(day, 12) },
    );
  return { v, way, recordedAnswer, recordedRepair };
}

const rawStep = (v: WorkingVillage, deductionId: string, kind: string, by: string, day = testDay(8)) =>
  owner.query(
    `insert into deduction_step (village_id, id, deduction_id, kind, person_id, reason, done_at)
     values ($1, $2, $3, $4::"DeductionStepKind", $5, '', $6)`,
    [v.id, newId(), deductionId, kind, by, at(day, 12)],
  );

const newsOf = (v: WorkingVillage, household: number) =>
  prisma.message.findMany({
    where: { villageId: v.id, personId: v.household(household).head.personId },
    orderBy: { createdAt: 'asc' },
    select: { title: true, body: true, href: true },
  });

/** Of the household only this child can sign in, or a child beside the others. */
async function aChildWithPhone(v: WorkingVillage, household: number, birthYear = 2014, alone = true) {
  const child = v.household(household).residents[2]?.id ?? '';
  const person = await aPerson('小满');
  if (alone) {
    await prisma.resident.updateMany({
      where: { villageId: v.id, householdId: v.household(household).id },
      data: { personId: null },
    });
  }
  await prisma.resident.update({
    where: { villageId_id: { villageId: v.id, id: child } },
    data: { personId: person.id, birthYear },
  });
  return { id: person.id, resident: child };
}

describe('what is held against a household', () => {
  test('is answered for it by nobody who recorded, warned or proposed it: by command and by raw SQL', async () => {
    const { v, way, recordedAnswer } = await world();
    const id = await way.noticed(0);
    // recorded and warned it; proposed it
    for (const by of [v.steward, v.verifier]) {
      expect(refusalOf(await recordedAnswer(id, by))).toBe('TOOK_PART');
      await expect(rawStep(v, id, 'ANSWER', by.id)).rejects.toThrow(/TOOK_PART/);
    }
    expect(await way.state(id)).toBe('NOTICED');
    expect((await prisma.deduction.findFirstOrThrow({ where: { id } })).answer).toBe('');
    expect(refusalOf(await recordedAnswer(id, v.secretary))).toBe(null);
  });

  test('nor by who approved it, whatever other role that person has by now', async () => {
    const { v, way } = await world();
    const id = await way.noticed(0);
    await anAppointment(v.supervisor.id, 'STEWARD', { villageId: v.id });
    await expect(rawStep(v, id, 'ANSWER', v.supervisor.id)).rejects.toThrow(/TOOK_PART/);
  });

  test('is told mended for it by nobody who had a part in it either', async () => {
    const { v, way, recordedRepair } = await world();
    const warned = await way.recorded(0);
    await way.warn(warned);
    expect(refusalOf(await recordedRepair(warned, v.steward, testDay(1)))).toBe('TOOK_PART');
    const id = await way.posted(1);
    for (const by of [v.steward, v.verifier]) {
      expect(refusalOf(await recordedRepair(id, by))).toBe('TOOK_PART');
      await expect(rawStep(v, id, 'CLAIM_REPAIR', by.id, testDay(16))).rejects.toThrow(/TOOK_PART/);
    }
    expect(refusalOf(await recordedRepair(id, v.secondVerifier))).toBe(null);
  });

  test('the page knows who must leave the writing to another', async () => {
    const { v, way } = await world();
    const id = await way.noticed(0);
    const view = await findDeduction(prisma, { villageId: v.id }, id, at(testDay(8)));
    expect([...(view?.partakers ?? [])].sort()).toEqual(
      [v.steward.id, v.verifier.id, v.supervisor.id].sort(),
    );
  });
});

describe('what the office writes down for a household', () => {
  test('is told to it at once: who wrote it, where it stands, what to do if it is not so', async () => {
    const { v, way, recordedAnswer, recordedRepair } = await world();
    const id = await way.noticed(0);
    await recordedAnswer(id, v.secretary);
    const answer = (await newsOf(v, 0)).at(-1);
    expect(answer).toMatchObject({
      title: `${v.secretary.name}替您家写了申辩`,
      href: `/me/deductions/${id}`,
    });
    expect(answer?.body).toContain('不是');
    // the supervisor approved the notice: he hears nothing of it, and is not whom to turn to
    expect(answer?.body).toContain(`请在定下来以前告诉${v.secondVerifier.name}`);
    const mended = await way.posted(1);
    await recordedRepair(mended, v.secretary);
    expect((await newsOf(v, 1)).at(-1)).toMatchObject({
      title: `${v.secretary.name}替您家报了整改`,
      href: `/me/deductions/${mended}`,
    });
  });

  test('what it says itself is no news to it', async () => {
    const { v, way } = await world();
    const id = await way.noticed(0);
    const before = (await newsOf(v, 0)).length;
    await way.answer(id, 0, testDay(8));
    expect(await newsOf(v, 0)).toHaveLength(before);
  });
});

describe('children', () => {
  test('do not answer for their household, nor report for it, nor object', async () => {
    const { v, way } = await world();
    const child = await aChildWithPhone(v, 0, 2014, false);
    const id = await way.noticed(0);
    const { answerDeduction, claimRepair } = await import('./hearing');
    const actor = await v.actorOf(child.id);
    const answer = await v.run(
      answerDeduction,
      actor,
      { deductionId: id, answer: '是我弄的' },
      { now: at(testDay(8)) },
    );
    expect(refusalOf(answer)).toBe('ADULTS_SPEAK');
    await expect(rawStep(v, id, 'ANSWER', child.id)).rejects.toThrow(/ADULTS_SPEAK/);
    const { openObjection } = await import('@/lib/objections/commands');
    const objection = await v.run(
      openObjection,
      actor,
      { kind: 'DEDUCTION', subject: id, body: '不是我家的' },
      { now: at(testDay(8)) },
    );
    expect(refusalOf(objection)).toBe('ADULTS_SPEAK');
    await way.post(id, at(testDay(15)));
    const photos = [await aStoredPhoto(v.id, child.id)];
    const repair = await v.run(claimRepair, actor, { deductionId: id, photos }, { now: at(testDay(16)) });
    expect(refusalOf(repair)).toBe('ADULTS_SPEAK');
  });

  test('of eighteen in this year may be seventeen still; nineteen are grown', async () => {
    const { v, way } = await world();
    const { answerDeduction } = await import('./hearing');
    const young = await aChildWithPhone(v, 0, 2008, false);
    const id = await way.noticed(0);
    const ask = async (who: string) =>
      v.run(
        answerDeduction,
        await v.actorOf(who),
        { deductionId: id, answer: '我来说' },
        { now: at(testDay(8)) },
      );
    expect(refusalOf(await ask(young.id))).toBe('ADULTS_SPEAK');
    await prisma.resident.update({
      where: { villageId_id: { villageId: v.id, id: young.resident } },
      data: { birthYear: 2007 },
    });
    expect(refusalOf(await ask(young.id))).toBe(null);
  });

  test('a head who may be a minor does not speak for the household; one of unknown age does', async () => {
    const { v } = await world();
    const speaks = async (birthYear: number | null) => {
      await prisma.resident.update({
        where: { villageId_id: { villageId: v.id, id: v.household(0).head.id } },
        data: { birthYear },
      });
      const { rows } = await owner.query<{ speaks: boolean }>(
        'select speaks_for_household($1, $2, $3, $4) as speaks',
        [v.id, v.household(0).id, v.household(0).head.personId, at(testDay(0))],
      );
      return rows[0]?.speaks;
    };
    expect(await speaks(2012)).toBe(false);
    expect(await speaks(2008)).toBe(false);
    expect(await speaks(2007)).toBe(true);
    expect(await speaks(null)).toBe(true);
  });

  test('a message to a child alone serves nobody, and is not sent to it', async () => {
    const { v, way } = await world();
    const child = await aChildWithPhone(v, 0);
    const id = await way.recorded(0);
    expect(refusalOf(await way.warn(id))).toBe('SERVE_ON_PAPER');
    expect(refusalOf(await way.warn(id, testDay(7), { how: ['HAND'] }))).toBe(null);
    await way.propose(id);
    const served = [
      `update deduction set noticed_how = 'PHONE', answer_until = $3 where village_id = $1 and id = $2`,
      [v.id, id, testDay(20)],
    ] as const;
    const client = await owner.connect();
    try {
      await client.query('begin');
      await client.query(served[0], [...served[1]]);
      await expect(
        client.query(
          `insert into deduction_step (village_id, id, deduction_id, kind, person_id, done_at) values ($1, $2, $3, 'APPROVE', $4, $5)`,
          [v.id, newId(), id, v.supervisor.id, at(testDay(7), 12)],
        ),
      ).rejects.toThrow(/SERVE_ON_PAPER/);
    } finally {
      await client.query('rollback');
      client.release();
    }
    expect(refusalOf(await way.approve(id))).toBe(null);
    expect(await prisma.message.count({ where: { villageId: v.id, personId: child.id } })).toBe(0);
    expect((await findDeduction(prisma, { villageId: v.id }, id, at(testDay(7))))?.signsIn).toBe(false);
  });
});
