import { describe, expect, test } from 'vitest';
import { approveDeed } from '@/lib/deeds/decisions';
import { lockPeriod, openPublicity } from '@/lib/periods/commands';
import { type Day, dayToDate, startOfDay } from '@/lib/platform/clock';
import { newId } from '@/lib/platform/ids';
import { actorFor, anAppointment, aPerson, TEST_NOW } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { aStoredPhoto, at, deductionWay, testDay } from '@/lib/testing/deduction-way';
import { aWorkingVillage, pointsOf, refusalOf, type WorkingVillage } from '@/lib/testing/working-village';
import {
  decideObjection,
  openObjection,
  recordObjection,
  withdrawObjection,
  withdrawRecordedObjection,
} from './commands';
import { countOverdue, listOverdue, listOverdueVillages } from './office/reads';
import { raiseOverdueObjections } from './overdue';

const { prisma, owner } = await testDb();

type Kind = 'DEED' | 'DEDUCTION' | 'POSTING' | 'LIST_ROW';

async function world() {
  const v = await aWorkingVillage();
  const way = deductionWay(v);
  const object = async (
    household: number,
    kind: Kind,
    subject: string,
    now = at(testDay(0), 12),
    more: Record<string, unknown> = {},
  ) =>
    v.run(
      openObjection,
      await v.actorOf(v.household(household).head.personId),
      { kind, subject, body: '不是我家的，请再看看', ...more },
      { now },
    );
  const opened = async (...args: Parameters<typeof object>): Promise<string> => {
    const result = await object(...args);
    if (!result.ok) throw new Error(`refused: ${result.refusal.code}`);
    return String(result.outcome.subject);
  };
  const decide = async (
    objectionId: string,
    outcome: 'UPHELD' | 'REJECTED',
    by: { id: string } = v.supervisor,
    now = at(testDay(1)),
  ) =>
    v.run(
      decideObjection,
      await v.actorOf(by),
      { objectionId, outcome, reason: '看过现场，问过当事人' },
      { now },
    );
  /** a deed returned by the first verifier */
  const returned = async (household: number) => {
    const deed = await v.submitted(household, 'CIVIC-03');
    await v.giveBack(deed);
    return deed;
  };
  /** a posted award of the last day of the quarter that has ended */
  const inQuarter = async (household: number) => {
    const day = '2026-09-30' as Day;
    const deed = await v.submitted(household, 'PUBLIC_CLEAN-01', { deedOn: day }, { now: at(day) });
    await v.approve(deed, v.verifier, { now: at(day, 11) });
    const posting = await prisma.posting.findFirstOrThrow({
      where: { villageId: v.id, householdId: v.household(household).id },
      orderBy: { id: 'desc' },
    });
    return { deed, posting: posting.id };
  };
  return { v, way, object, opened, decide, returned, inQuarter };
}

/** Opens the publicity of a quarter: seven days after this one. */
async function openPeriod(v: WorkingVillage, from: Day, quarter = '2026Q3'): Promise<void> {
  const actor = await v.actorOf(v.secretary);
  expect(refusalOf(await v.run(openPublicity, actor, { quarter }, { now: at(from, 8) }))).toBe(null);
}

async function lockPeriodOn(v: WorkingVillage, day: Day, quarter = '2026Q3'): Promise<void> {
  const actor = await v.actorOf(v.supervisor);
  expect(refusalOf(await v.run(lockPeriod, actor, { quarter }, { now: at(day) }))).toBe(null);
}

const find = (v: WorkingVillage, id: string) =>
  prisma.objection.findUniqueOrThrow({ where: { villageId_id: { villageId: v.id, id } } });

describe('opening', () => {
  test('is counted in the village and year, knows its last day and whose decision it is against', async () => {
    const { v, opened, returned } = await world();
    const first = await opened(0, 'DEED', await returned(0));
    const second = await opened(1, 'DEED', await returned(1));
    expect(await find(v, first)).toMatchObject({
      number: '2026-001',
      dueOn: dayToDate(testDay(7)),
      againstId: v.verifier.id,
      state: 'OPEN',
      channel: 'SELF',
    });
    expect((await find(v, second)).number).toBe('2026-002');
    const { rows } = await owner.query('select objection_is_open($1, $2, $3) as open', [
      v.id,
      'DEED',
      (await find(v, first)).subject,
    ]);
    expect(rows[0].open).toBe(true);
  });

  test('at once by many is counted without gaps, and one a thing', async () => {
    const { v, object, returned } = await world();
    const deeds = [await returned(0), await returned(1), await returned(2)];
    const results = await Promise.all([
      object(0, 'DEED', deeds[0] ?? ''),
      object(0, 'DEED', deeds[0] ?? ''),
      object(1, 'DEED', deeds[1] ?? ''),
      object(2, 'DEED', deeds[2] ?? ''),
    ]);
    expect(results.map(refusalOf).sort()).toEqual(['OBJECTION_OPEN', null, null, null].sort());
    const rows = await prisma.objection.findMany({ where: { villageId: v.id }, select: { number: true } });
    expect(rows.map((one) => one.number).sort()).toEqual(['2026-001', '2026-002', '2026-003']);
  });

  test('starts again from 001 with the year, at midnight in Shanghai', async () => {
    const { v, opened, returned } = await world();
    const deeds = [await returned(0), await returned(1), await returned(2)];
    await owner.query('select 1');
    const midnight = startOfDay('2026-12-24' as Day);
    await opened(0, 'DEED', deeds[0] ?? '', new Date(midnight.getTime() - 1));
    const newYear = startOfDay('2027-01-01' as Day);
    const posted = await deductionWay(v).noticed(1);
    await opened(1, 'DEDUCTION', posted, new Date(newYear.getTime() - 1));
    const other = await deductionWay(v).noticed(2);
    await opened(2, 'DEDUCTION', other, newYear);
    const rows = await prisma.objection.findMany({
      where: { villageId: v.id },
      orderBy: { openedAt: 'asc' },
      select: { number: true },
    });
    expect(rows.map((one) => one.number)).toEqual(['2026-001', '2026-002', '2027-001']);
  });

  test('against a returned deed: by its own household, once, within thirty days', async () => {
    const { v, object, opened, decide, returned } = await world();
    const deed = await returned(0);
    expect(refusalOf(await object(1, 'DEED', deed))).toBe('NOT_FOUND');
    expect(refusalOf(await object(0, 'DEED', newId()))).toBe('NOT_FOUND');
    const waiting = await v.submitted(1, 'CIVIC-03');
    expect(refusalOf(await object(1, 'DEED', waiting))).toBe('NOTHING_TO_OBJECT');
    expect(refusalOf(await object(0, 'DEED', deed, at(testDay(31))))).toBe('OBJECTION_TOO_LATE');
    const id = await opened(0, 'DEED', deed, at(testDay(30)));
    await decide(id, 'REJECTED', v.supervisor, at(testDay(30), 15));
    expect(refusalOf(await object(0, 'DEED', deed, at(testDay(30), 16)))).toBe('OBJECTED_BEFORE');
  });

  test('a withdrawn one may be opened again; a photo is attached for the household and the office', async () => {
    const { v, object, opened, returned } = await world();
    const deed = await returned(0);
    const person = v.household(0).head.personId;
    const photo = await aStoredPhoto(v.id, person);
    const id = await opened(0, 'DEED', deed, at(testDay(0), 12), { photos: [photo] });
    expect(
      await prisma.attachedPhoto.findFirstOrThrow({ where: { villageId: v.id, subject: id } }),
    ).toMatchObject({ kind: 'OBJECTION', householdId: v.household(0).id });
    const withdraw = async (who: string) =>
      v.run(withdrawObjection, await v.actorOf(who), { objectionId: id }, { now: at(testDay(1)) });
    expect(refusalOf(await withdraw(v.household(1).head.personId))).toBe('NOT_FOUND');
    expect(refusalOf(await withdraw(person))).toBe(null);
    expect(refusalOf(await withdraw(person))).toBe('OBJECTION_DECIDED');
    expect(refusalOf(await object(0, 'DEED', deed, at(testDay(1), 12)))).toBe(null);
  });

  test('is written down by the office for a household without a phone', async () => {
    const { v, returned, decide } = await world();
    const input = {
      kind: 'DEED',
      subject: await returned(0),
      householdId: v.household(0).id,
      body: '老人家说不对',
    };
    expect(refusalOf(await v.run(recordObjection, await v.actorOf(v.supervisor), input))).toBe('NOT_ALLOWED');
    const result = await v.run(recordObjection, await v.actorOf(v.secretary), input, {
      now: at(testDay(0), 12),
    });
    expect(result.ok).toBe(true);
    const id = result.ok ? String(result.outcome.subject) : '';
    expect(await find(v, id)).toMatchObject({ channel: 'STEWARD', reporterId: v.secretary.id });
    const foreign = await aWorkingVillage();
    const theirs = await v.run(recordObjection, await v.actorOf(v.steward), {
      ...input,
      householdId: foreign.household(0).id,
    });
    expect(refusalOf(theirs)).toBe('NOT_FOUND');
    // who wrote it down doesn't decide it, and alone takes it back
    expect(refusalOf(await decide(id, 'UPHELD', v.secretary))).toBe('TOOK_PART');
    const takeBack = async (by: { id: string }) =>
      v.run(withdrawRecordedObjection, await v.actorOf(by), { objectionId: id }, { now: at(testDay(1)) });
    expect(refusalOf(await takeBack(v.steward))).toBe('NOT_FOUND');
    expect(refusalOf(await takeBack(v.secretary))).toBe(null);
  });
});

describe('deciding', () => {
  test('is the supervisor’s; of another village’s objection nothing is said', async () => {
    const { v, opened, decide, returned } = await world();
    const other = await world();
    const id = await opened(0, 'DEED', await returned(0));
    for (const by of [v.verifier, v.secondVerifier, v.secretary]) {
      expect(refusalOf(await decide(id, 'UPHELD', by))).toMatch(/TOOK_PART|ANOTHER_HEARS/);
    }
    expect(refusalOf(await decide(id, 'UPHELD', v.steward))).toBe('NOT_ALLOWED');
    expect(await other.decide(id, 'UPHELD')).toEqual(await other.decide(newId(), 'UPHELD'));
    expect(refusalOf(await decide(id, 'REJECTED'))).toBe(null);
    expect(refusalOf(await decide(id, 'UPHELD'))).toBe('OBJECTION_DECIDED');
  });

  test('two at once: one outcome', async () => {
    const { v, opened, decide, returned } = await world();
    const second = await aPerson('监督乙');
    await anAppointment(second.id, 'SUPERVISOR', { villageId: v.id });
    const id = await opened(0, 'DEED', await returned(0));
    const results = await Promise.all([decide(id, 'UPHELD'), decide(id, 'REJECTED', second)]);
    expect(results.map(refusalOf).filter((one) => one === null)).toHaveLength(1);
  });

  test('is not for the household’s own people and near kin, of either side', async () => {
    const { v, opened, decide, returned, inQuarter } = await world();
    const mine = { id: v.household(0).head.personId };
    await anAppointment(mine.id, 'SUPERVISOR', { villageId: v.id });
    const { posting } = await inQuarter(0);
    await openPeriod(v, testDay(0));
    const id = await opened(0, 'DEED', await returned(0));
    expect(refusalOf(await decide(id, 'UPHELD', mine))).toBe('OWN_HOUSEHOLD');
    const about = await opened(1, 'POSTING', posting);
    expect(refusalOf(await decide(about, 'UPHELD', mine))).toBe('OWN_HOUSEHOLD');
    const kin = { id: v.household(2).head.personId };
    await anAppointment(kin.id, 'SUPERVISOR', { villageId: v.id });
    const [a, b] = [v.household(2).head.id, v.household(1).head.id].sort();
    await prisma.kinship.create({
      data: { villageId: v.id, id: newId(), residentAId: a ?? '', residentBId: b ?? '' },
    });
    expect(refusalOf(await decide(about, 'UPHELD', kin))).toBe('NEAR_KIN');
  });

  test('a deed whose objection is upheld goes to another verifier than the one who returned it', async () => {
    const { v, opened, decide, returned } = await world();
    const deed = await returned(0);
    const id = await opened(0, 'DEED', deed);
    expect(refusalOf(await decide(id, 'UPHELD'))).toBe(null);
    const row = await prisma.deed.findFirstOrThrow({ where: { villageId: v.id, id: deed } });
    expect(row).toMatchObject({ state: 'SUBMITTED', decidedById: null, decidedAt: null, reason: '' });
    expect(refusalOf(await v.approve(deed, v.verifier))).toBe('RETURNED_IT_BEFORE');
    expect(refusalOf(await v.giveBack(deed, '还是不行', v.verifier))).toBe('RETURNED_IT_BEFORE');
    expect(refusalOf(await v.undo(deed, v.verifier))).toBe('RETURNED_IT_BEFORE');
    await expect(
      owner.query(
        `insert into deed_decision (village_id, id, deed_id, kind, person_id, decided_at) values ($1, $2, $3, 'APPROVE', $4, $5)`,
        [v.id, newId(), deed, v.verifier.id, TEST_NOW],
      ),
    ).rejects.toThrow(/RETURNED_IT_BEFORE/);
    expect(refusalOf(await v.approve(deed, v.secondVerifier))).toBe(null);
    expect(await pointsOf(v.id, v.household(0).id)).toMatchObject({ honour: 1 });
    const news = await prisma.message.findMany({ where: { villageId: v.id }, select: { title: true } });
    expect(news.map((one) => one.title)).toContain('您家的异议成立（2026-001）');
  });

  test('a rejected one leaves everything as it was, with the reason', async () => {
    const { v, opened, decide, returned } = await world();
    const deed = await returned(0);
    const id = await opened(0, 'DEED', deed);
    await decide(id, 'REJECTED');
    expect(await prisma.deed.findFirstOrThrow({ where: { villageId: v.id, id: deed } })).toMatchObject({
      state: 'RETURNED',
    });
    expect(await find(v, id)).toMatchObject({ state: 'REJECTED', reason: '看过现场，问过当事人' });
  });

  test('a deed whose photos prove a new report by now is not opened again', async () => {
    const { v, object } = await world();
    const photo = await aStoredPhoto(v.id, v.household(0).head.personId);
    const deed = await v.submitted(0, 'PUBLIC_CLEAN-01', { photos: [photo] });
    await v.giveBack(deed);
    await v.submitted(0, 'PUBLIC_CLEAN-01', { photos: [photo] });
    expect(refusalOf(await object(0, 'DEED', deed))).toBe('REPORTED_AGAIN');
  });
});

describe('against a deduction', () => {
  test('stops its clock; rejected it runs again with what was left; upheld nothing is taken', async () => {
    const { v, way, object, opened, decide } = await world();
    const warned = await way.recorded(0);
    expect(refusalOf(await object(0, 'DEDUCTION', warned))).toBe('NOTHING_TO_OBJECT');
    const id = await way.noticed(0);
    expect(refusalOf(await object(1, 'DEDUCTION', id, at(testDay(9))))).toBe('NOT_FOUND');
    const objection = await opened(0, 'DEDUCTION', id, at(testDay(9)));
    expect(await way.state(id)).toBe('CONTESTED');
    expect(refusalOf(await way.post(id, at(testDay(30))))).toBe('DEDUCTION_MOVED_ON');
    expect(refusalOf(await way.hear(id, 'REJECTED', testDay(10)))).toBe('HEARD_AS_OBJECTION');
    // the supervisor approved the notice: the secretary decides
    expect(refusalOf(await decide(objection, 'REJECTED', v.supervisor, at(testDay(20))))).toBe('TOOK_PART');
    expect(refusalOf(await decide(objection, 'REJECTED', v.secretary, at(testDay(20))))).toBe(null);
    const row = await prisma.deduction.findFirstOrThrow({ where: { villageId: v.id, id } });
    expect(row).toMatchObject({ state: 'NOTICED', answerUntil: dayToDate(testDay(25)) });
    const newsOf = async (household: number) =>
      (
        await prisma.message.findMany({
          where: { villageId: v.id, personId: v.household(household).head.personId },
          orderBy: { createdAt: 'desc' },
          select: { title: true, body: true },
        })
      ).find((one) => one.title.includes('不成立'));
    // with the new last day, as the hearing of an answer says it
    expect((await newsOf(0))?.body).toContain('申辩期接着算，到 2026年12月19日为止。');
    expect(refusalOf(await object(0, 'DEDUCTION', id, at(testDay(21))))).toBe('OBJECTED_BEFORE');
    const other = await way.noticed(1);
    const second = await opened(1, 'DEDUCTION', other, at(testDay(9)));
    await decide(second, 'UPHELD', v.secretary, at(testDay(10)));
    expect(await way.state(other)).toBe('DROPPED');
  });

  test('after an answer was heard in vain is decided by someone who did not hear it', async () => {
    const { v, way, object, opened, decide } = await world();
    const id = await way.noticed(0);
    await way.answer(id, 0, testDay(8));
    expect(refusalOf(await object(0, 'DEDUCTION', id, at(testDay(9))))).toBe('HEARD_ALREADY');
    await way.hear(id, 'REJECTED', testDay(9));
    const objection = await opened(0, 'DEDUCTION', id, at(testDay(10)));
    expect(refusalOf(await decide(objection, 'UPHELD', v.secretary, at(testDay(11))))).toBe('TOOK_PART');
    expect(refusalOf(await decide(objection, 'UPHELD', v.secondVerifier, at(testDay(11))))).toBe(null);
  });

  test('withdrawn, the clock goes on', async () => {
    const { v, way, opened } = await world();
    const id = await way.noticed(0);
    const objection = await opened(0, 'DEDUCTION', id, at(testDay(9)));
    const actor = await v.actorOf(v.household(0).head.personId);
    await v.run(withdrawObjection, actor, { objectionId: objection }, { now: at(testDay(12)) });
    const row = await prisma.deduction.findFirstOrThrow({ where: { villageId: v.id, id } });
    expect(row).toMatchObject({ state: 'NOTICED', answerUntil: dayToDate(testDay(17)) });
  });

  test('that is posted: upheld gives the points back, rejected leaves it, too late is refused', async () => {
    const { v, way, object, opened, decide } = await world();
    const id = await way.posted(0);
    expect(refusalOf(await object(0, 'DEDUCTION', id, at(testDay(46))))).toBe('OBJECTION_TOO_LATE');
    const objection = await opened(0, 'DEDUCTION', id, at(testDay(45)));
    expect(await way.state(id)).toBe('POSTED');
    await decide(objection, 'UPHELD', v.secretary, at(testDay(46)));
    expect(await way.state(id)).toBe('OVERTURNED');
    expect(await pointsOf(v.id, v.household(0).id)).toMatchObject({ honour: 0 });
    const kept = await way.posted(1);
    const second = await opened(1, 'DEDUCTION', kept, at(testDay(16)));
    await decide(second, 'REJECTED', v.secretary, at(testDay(17)));
    expect(await way.state(kept)).toBe('POSTED');
    // no clock runs for what is posted
    const told = await prisma.message.findFirstOrThrow({
      where: { villageId: v.id, title: { contains: '不成立' } },
    });
    expect(told.body).not.toContain('申辩期');
  });
});

describe('against a line in publicity', () => {
  test('by anyone of the village, while its quarter is public', async () => {
    const { v, object, opened, inQuarter } = await world();
    const { posting } = await inQuarter(0);
    const other = await inQuarter(2);
    expect(refusalOf(await object(1, 'POSTING', posting))).toBe('NOT_IN_PUBLICITY');
    await openPeriod(v, testDay(1));
    expect(refusalOf(await object(1, 'POSTING', posting, at(testDay(0))))).toBe('NOT_IN_PUBLICITY');
    expect(refusalOf(await object(1, 'POSTING', posting, at(testDay(9), 0)))).toBe('NOT_IN_PUBLICITY');
    await opened(1, 'POSTING', posting, new Date(startOfDay(testDay(9)).getTime() - 1000));
    await lockPeriodOn(v, testDay(9));
    expect(refusalOf(await object(1, 'POSTING', other.posting, at(testDay(8))))).toBe('NOT_IN_PUBLICITY');
    const told = await prisma.message.findMany({
      where: { villageId: v.id, personId: v.household(0).head.personId },
      orderBy: { createdAt: 'asc' },
      select: { title: true, body: true },
    });
    expect(told.map((one) => one.title)).toContain('有人对您家在公示的台账上的一笔提了异议');
    // whom to talk to is who decides it, by name
    expect(told.at(-1)?.body).toContain(`由${v.supervisor.name}来定。您可以找他说说情况。`);
    const foreign = await world();
    await foreign.inQuarter(0);
    await openPeriod(foreign.v, testDay(0));
    expect(refusalOf(await foreign.object(0, 'POSTING', posting))).toBe('NOT_FOUND');
  });

  test('upheld reverses it and returns the deed, which its household may object to in turn', async () => {
    const { v, object, opened, decide, inQuarter } = await world();
    const { deed, posting } = await inQuarter(0);
    await openPeriod(v, testDay(0));
    const id = await opened(1, 'POSTING', posting);
    expect(refusalOf(await decide(id, 'UPHELD', v.verifier))).toMatch(/TOOK_PART|ANOTHER_HEARS/);
    expect(refusalOf(await decide(id, 'UPHELD'))).toBe(null);
    expect(await pointsOf(v.id, v.household(0).id)).toEqual({ spendable: 0, honour: 0 });
    expect(await prisma.deed.findFirstOrThrow({ where: { villageId: v.id, id: deed } })).toMatchObject({
      state: 'RETURNED',
      decidedById: v.supervisor.id,
      reason: '看过现场，问过当事人',
    });
    const last = await prisma.deedDecision.findFirstOrThrow({
      where: { villageId: v.id, deedId: deed },
      orderBy: { decidedAt: 'desc' },
    });
    expect(last.kind).toBe('OVERTURN');
    expect(refusalOf(await object(2, 'POSTING', posting))).toBe('ALREADY_REVERSED');
    // the other side is heard too, by another person
    const back = await opened(0, 'DEED', deed, at(testDay(2)));
    expect(refusalOf(await decide(back, 'UPHELD', v.supervisor, at(testDay(3))))).toBe('TOOK_PART');
    expect(refusalOf(await decide(back, 'UPHELD', v.secretary, at(testDay(3))))).toBe(null);
    const fresh = await actorFor(v.secondVerifier);
    expect(refusalOf(await v.run(approveDeed, fresh, { deedId: deed }, { now: at(testDay(4)) }))).toBe(null);
    expect(await pointsOf(v.id, v.household(0).id)).toMatchObject({ honour: 2 });
  });

  test('of a deduction overturns it', async () => {
    const { v, way, opened, decide } = await world();
    const id = await way.posted(0);
    await openPeriod(v, '2027-01-04' as Day, '2026Q4');
    const { id: posting } = await prisma.posting.findFirstOrThrow({ where: { villageId: v.id, source: id } });
    const objection = await opened(1, 'POSTING', posting, at('2027-01-05' as Day));
    await decide(objection, 'UPHELD', v.secretary, at('2027-01-06' as Day));
    expect(await way.state(id)).toBe('OVERTURNED');
  });
});

describe('against a row of a list', () => {
  async function aListRow(v: WorkingVillage, state: string, period = '2026Q3'): Promise<string> {
    const [list, row] = [newId(), newId()];
    const [isChecked, isPublic, isOver] = [
      state !== 'DRAFT',
      /PUBLICITY|EXPIRED/.test(state),
      state === 'EXPIRED',
    ];
    const client = await owner.connect();
    try {
      await client.query('set session_replication_role = replica');
      await client.query(
        `insert into village_list (village_id, id, kind, subject, period, version_id, state, as_of, drafted_by_id, drafted_at,
           checked_by_id, checked_at, published_by_id, public_from, public_until, final_at, expires_on, ended_at)
         select $1, $2, 'RED', 'HOUSEHOLD', $8, i.version_id, $3::"ListState", $4, $5, $4, $6, $9,
           $10, $11::date, $11::date + 7, $12::timestamptz, $12::timestamptz::date + 10, $12::timestamptz
         from item i where i.village_id = $1 and i.id = $7`,
        [
          v.id,
          list,
          state,
          TEST_NOW,
          v.secretary.id,
          isChecked ? v.supervisor.id : null,
          v.item('HOME-04'),
          period,
          isChecked ? TEST_NOW : null,
          isPublic ? v.secretary.id : null,
          isPublic ? testDay(0) : null,
          isOver ? at(testDay(8)) : null,
        ],
      );
      await client.query(
        `insert into list_row (village_id, id, list_id, rank, household_id, points) values ($1, $2, $3, 1, $4, 10)`,
        [v.id, row, list, v.household(0).id],
      );
    } finally {
      await client.query('set session_replication_role = origin');
      client.release();
    }
    return row;
  }

  test('while it is public, by the household in it; who drafted or checked it doesn’t decide', async () => {
    const { v, object, decide } = await world();
    expect(refusalOf(await object(0, 'LIST_ROW', await aListRow(v, 'DRAFT')))).toBe('NOT_FOUND');
    expect(refusalOf(await object(0, 'LIST_ROW', await aListRow(v, 'CHECKED', '2026Q2')))).toBe('NOT_FOUND');
    expect(refusalOf(await object(0, 'LIST_ROW', await aListRow(v, 'EXPIRED', '2026Q1')))).toBe(
      'NOTHING_TO_OBJECT',
    );
    const row = await aListRow(v, 'PUBLICITY');
    expect(refusalOf(await object(1, 'LIST_ROW', row))).toBe('NOT_YOUR_ROW');
    const result = await object(0, 'LIST_ROW', row);
    const id = result.ok ? String(result.outcome.subject) : '';
    expect(await find(v, id)).toMatchObject({ againstId: v.supervisor.id });
    expect(refusalOf(await decide(id, 'UPHELD'))).toBe('TOOK_PART');
    expect(refusalOf(await decide(id, 'UPHELD', v.secretary))).toBe('TOOK_PART');
    expect(refusalOf(await decide(id, 'UPHELD', v.verifier))).toBe(null);
  });
});

describe('overdue', () => {
  test('rises to the township once, after the last day has passed in Shanghai', async () => {
    const { v, opened, decide, returned } = await world();
    const official = await aPerson('镇上干部');
    await anAppointment(official.id, 'TOWNSHIP', { townshipId: v.townshipId });
    const id = await opened(0, 'DEED', await returned(0));
    const decided = await opened(1, 'DEED', await returned(1));
    await decide(decided, 'REJECTED');
    const midnight = startOfDay(testDay(8));
    await raiseOverdueObjections(new Date(midnight.getTime() - 1000));
    expect((await find(v, id)).risenAt).toBe(null);
    await Promise.all([raiseOverdueObjections(midnight), raiseOverdueObjections(midnight)]);
    await raiseOverdueObjections(at(testDay(9)));
    expect((await find(v, id)).risenAt).toEqual(midnight);
    expect((await find(v, decided)).risenAt).toBe(null);
    // on the first page of whoever it rises to: which, since when, and how to it; and nothing of what it says
    const office = { level: 'TOWNSHIP' as const, id: v.townshipId, name: '测试镇' };
    expect((await listOverdue(prisma, office, testDay(9))).lines).toEqual([
      {
        id,
        villageCode: v.code,
        villageName: '测试村',
        townshipName: expect.any(String),
        number: '2026-001',
        kind: 'DEED',
        openedAt: at(testDay(0), 12),
        dueOn: testDay(7),
      },
    ]);
    expect(await countOverdue(prisma, office, testDay(9))).toBe(1);
    expect(await countOverdue(prisma, office, testDay(7))).toBe(0);
    expect((await listOverdue(prisma, { ...office, id: newId() }, testDay(9))).lines).toEqual([]);
    expect((await listOverdueVillages(prisma, office, testDay(9))).get(v.id)).toMatchObject({ count: 1 });
    // officials have no page of messages: nothing is written where nobody reads
    expect(await prisma.message.count({ where: { personId: official.id } })).toBe(0);
    expect(refusalOf(await decide(id, 'UPHELD', v.supervisor, at(testDay(9))))).toBe(null);
    expect(await countOverdue(prisma, office, testDay(9))).toBe(0);
  });
});

describe('the owner of the tables', () => {
  async function tries(sql: string, params: unknown[]): Promise<string> {
    try {
      await owner.query(sql, params);
      return 'OK';
    } catch (error) {
      return error instanceof Error ? error.message : 'unknown';
    }
  }

  test('writes no outcome without its effect, its reason or the right person', async () => {
    const { v, way, opened, returned } = await world();
    const id = await opened(0, 'DEED', await returned(0));
    const outcome = (state: string, by: string, reason = '理由在此') =>
      tries(
        'update objection set state = $3::"ObjectionState", decided_by_id = $4, decided_at = $5, reason = $6 where village_id = $1 and id = $2',
        [v.id, id, state, by, at(testDay(1)), reason],
      );
    expect(await outcome('UPHELD', v.supervisor.id)).toMatch(/does not follow the objection/);
    expect(await outcome('UPHELD', v.verifier.id)).toMatch(/TOOK_PART/);
    expect(await outcome('REJECTED', v.secretary.id)).toMatch(/ANOTHER_HEARS/);
    expect(await outcome('REJECTED', v.supervisor.id, ' ')).toMatch(/SAY_WHY/);
    expect(await outcome('WITHDRAWN', v.supervisor.id)).toMatch(/NOT_ALLOWED/);
    expect(await tries('delete from objection where village_id = $1', [v.id])).toMatch(/not deleted/);
    expect(await tries("update objection set body = '别的' where village_id = $1", [v.id])).toMatch(
      /does not change/,
    );
    expect(await tries('update objection set due_on = due_on + 30 where village_id = $1', [v.id])).toMatch(
      /does not change/,
    );
    expect(
      await tries('update objection set risen_at = $2 where village_id = $1', [v.id, at(testDay(7))]),
    ).toMatch(/objection_risen_when_overdue/);
    const noticed = await way.noticed(1);
    const contested = await opened(1, 'DEDUCTION', noticed, at(testDay(8)));
    expect(
      await tries(
        `update objection set state = 'REJECTED', decided_by_id = $3, decided_at = $4, reason = '理由在此' where village_id = $1 and id = $2`,
        [v.id, contested, v.secretary.id, at(testDay(9))],
      ),
    ).toMatch(/does not follow the objection/);
    expect(await outcome('REJECTED', v.supervisor.id)).toBe('OK');
    expect(await outcome('UPHELD', v.supervisor.id)).toMatch(/decided once/);
  });

  test('and opens none for someone else, about nothing, or in the number he likes', async () => {
    const { v, returned } = await world();
    const deed = await returned(0);
    const open = (household: number, reporter: string, channel = 'SELF', subject = deed) =>
      tries(
        `insert into objection (village_id, id, number, subject_kind, subject, household_id, reporter_id, channel, body, opened_at, due_on)
         values ($1, $2, '1999-999', 'DEED', $3, $4, $5, $6::"Channel", '写进去的', $7, '2099-01-01')`,
        [v.id, newId(), subject, v.household(household).id, reporter, channel, at(testDay(0), 12)],
      );
    expect(await open(0, v.household(1).head.personId)).toMatch(/NOT_ALLOWED/);
    expect(await open(0, v.steward.id)).toMatch(/NOT_ALLOWED/);
    expect(await open(1, v.household(1).head.personId)).toMatch(/NOT_FOUND/);
    expect(await open(0, v.household(0).head.personId, 'EVENT')).toMatch(/NOT_ALLOWED/);
    expect(await open(0, v.household(0).head.personId)).toBe('OK');
    const row = await prisma.objection.findFirstOrThrow({ where: { villageId: v.id } });
    expect(row).toMatchObject({ number: '2026-001', dueOn: dayToDate(testDay(7)), againstId: v.verifier.id });
  });
});
