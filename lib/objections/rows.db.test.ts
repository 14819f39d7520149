import { describe, expect, test } from 'vitest';
import { findListFacts } from '@/lib/lists/facts/reads';
import { addPlace, recordPlaceCheck } from '@/lib/lists/place/commands';
import { aListedVillage, BLACK, type ListedVillage, RED } from '@/lib/lists/testing/listed-village';
import { newId } from '@/lib/platform/ids';
import { TEST_DAY, TEST_NOW } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { aList } from '@/lib/testing/red-list';
import { refusalOf } from '@/lib/testing/working-village';
import { decideObjection, openObjection, recordObjection } from './commands';
import { listOutcomes } from './public/reads';
import { findObjection, findSubject, listHouseholdObjections, listObjectable } from './reads';

// Objections to a row of a list: by whoever stands in it; of a place, by any household of the village.

const { prisma, owner } = await testDb();
const LATER = new Date(TEST_NOW.getTime() + 86_400_000);

const object = async (v: ListedVillage, household: number, subject: string) =>
  v.run(openObjection, await v.actorOf(v.household(household).head.personId), {
    kind: 'LIST_ROW',
    subject,
    body: '不是我家',
  });
const raw = (v: ListedVillage, household: number, subject: string) =>
  owner.query(
    `insert into objection (village_id, id, number, subject_kind, subject, household_id, reporter_id, channel, body, opened_at, due_on)
     values ($1, $2, '', 'LIST_ROW', $3, $4, $5, 'SELF', '不对', $6, '2099-01-01')`,
    [v.id, newId(), subject, v.household(household).id, v.household(household).head.personId, TEST_NOW],
  );
const placeScoreOf = async (v: ListedVillage, placeId = '') => {
  const { rows } = await owner.query<{ points: number; checks: number }>(
    "select s.points, s.checks from place_scores($1, '2026Q4', $2) s where s.place_id = $3",
    [v.id, LATER, placeId],
  );
  return rows[0];
};
const decide = async (
  v: ListedVillage,
  objectionId: string,
  outcome: 'UPHELD' | 'REJECTED',
  by: { id: string },
) =>
  v.run(decideObjection, await v.actorOf(by), { objectionId, outcome, reason: '去看过了' }, { now: LATER });
const idOf = (result: Awaited<ReturnType<typeof object>>) => {
  if (!result.ok) throw new Error(result.refusal.code);
  return String(result.outcome.subject);
};

/** A black list with the rows of households 0 and 1. */
async function aBlackList() {
  const v = await aListedVillage(owner);
  await v.deduct(0);
  await v.deduct(1);
  const listId = await v.published(BLACK);
  const row = async (household: number) =>
    prisma.listRow.findFirstOrThrow({ where: { listId, householdId: v.household(household).id } });
  return { v, listId, row };
}

describe('a household’s row', () => {
  test('is suspended by no other household, by command, by the office for it, or by raw SQL', async () => {
    const { v, row } = await aBlackList();
    const { id } = await row(0);
    expect(refusalOf(await object(v, 1, id))).toBe('NOT_YOUR_ROW');
    expect(refusalOf(await object(v, 3, id))).toBe('NOT_YOUR_ROW');
    await expect(raw(v, 3, id)).rejects.toThrow(/NOT_YOUR_ROW/);
    const byOffice = await v.run(recordObjection, await v.actorOf(v.steward), {
      kind: 'LIST_ROW',
      subject: id,
      householdId: v.household(3).id,
      body: '代他们写的',
    });
    expect(refusalOf(byOffice)).toBe('NOT_YOUR_ROW');
    expect(await row(0)).toMatchObject({ state: 'STANDING' });
    expect(refusalOf(await object(v, 0, id))).toBe(null);
    expect(await row(0)).toMatchObject({ state: 'SUSPENDED' });
    expect(await row(1)).toMatchObject({ state: 'STANDING' });
  });

  test('is not judged by whoever brought the deduction it rests on', async () => {
    const { v, row } = await aBlackList();
    const objection = idOf(await object(v, 0, (await row(0)).id));
    expect(refusalOf(await decide(v, objection, 'REJECTED', v.verifier))).not.toBe(null);
    expect(await prisma.objection.findFirstOrThrow({ where: { id: objection } })).toMatchObject({
      state: 'OPEN',
    });
    expect(refusalOf(await decide(v, objection, 'REJECTED', v.secondVerifier))).toBe(null);
  });

  test('of a resident is objected to by the household where that resident lives, now too', async () => {
    const v = await aListedVillage(owner);
    const head = v.household(0).head.id;
    const list = await aList(owner, v, [v.household(0)], { subject: 'RESIDENT', residents: [head] });
    const [row = ''] = list.rows;
    expect(refusalOf(await object(v, 2, row))).toBe('NOT_YOUR_ROW');
    // married into another household since: the row is still about her
    const moved = v.household(0).residents[1]?.id ?? '';
    const second = await aList(owner, v, [v.household(0)], { subject: 'RESIDENT', residents: [moved] });
    await prisma.resident.update({
      where: { villageId_id: { villageId: v.id, id: moved } },
      data: { householdId: v.household(2).id },
    });
    expect(refusalOf(await object(v, 2, second.rows[0] ?? ''))).toBe(null);
    expect(refusalOf(await object(v, 0, row))).toBe(null);
  });

  test('the form opens for nobody else, and for nobody once the list is over', async () => {
    const { v, listId, row } = await aBlackList();
    const { id } = await row(0);
    const formOf = (household: number) =>
      findSubject(prisma, { villageId: v.id, householdId: v.household(household).id }, 'LIST_ROW', id);
    expect(await formOf(0)).toMatchObject({ kind: 'LIST_ROW', id });
    expect(await formOf(1)).toBe(null);
    // for whoever has no phone it is in what the office may write down
    const objectable = await listObjectable(
      prisma,
      { villageId: v.id, householdId: v.household(0).id },
      TEST_DAY,
    );
    expect(objectable.map((one) => one.id)).toContain(id);
    await v.withdraw(listId);
    expect(await formOf(0)).toBe(null);
    expect(
      (await listObjectable(prisma, { villageId: v.id, householdId: v.household(0).id }, TEST_DAY)).map(
        (one) => one.id,
      ),
    ).not.toContain(id);
  });
});

describe('a black list that is objected to', () => {
  test('leaves no trace before the public: neither its colour nor its quarter', async () => {
    const { v, listId, row } = await aBlackList();
    idOf(await object(v, 0, (await row(0)).id));
    const told = async () =>
      (await listOutcomes(prisma, v.id)).lines.map(({ kind, title }) => ({ kind, title }));
    expect(await told()).toEqual([{ kind: 'LIST_ROW', title: '' }]);
    await v.withdraw(listId);
    expect(await told()).toEqual([{ kind: 'LIST_ROW', title: '' }]);
  });

  test('names another household to nobody who once objected to it', async () => {
    const { v, listId, row } = await aBlackList();
    const own = idOf(await object(v, 0, (await row(0)).id));
    const mine = { villageId: v.id, householdId: v.household(0).id };
    expect((await findObjection(prisma, mine, own, TEST_NOW))?.subject.note).toContain(v.household(0).code);
    // as it could be opened before rows were their household's to object to
    await owner.query('alter table objection disable trigger all');
    await owner.query('update objection set household_id = $2, reporter_id = $3 where id = $1', [
      own,
      v.household(2).id,
      v.household(2).head.personId,
    ]);
    await owner.query('alter table objection enable trigger all');
    const theirs = { villageId: v.id, householdId: v.household(2).id };
    const view = await findObjection(prisma, theirs, own, TEST_NOW);
    expect(view).toMatchObject({ title: '', subject: { title: '', note: '', householdCode: '' } });
    expect((await listHouseholdObjections(prisma, theirs))[0]).toMatchObject({ title: '' });
    expect(view?.subject).not.toHaveProperty('listId');
    // the office decides it, sees what it is about, and is led to the row as long as it stands
    const office = async () => (await findObjection(prisma, { villageId: v.id }, own, TEST_NOW))?.subject;
    expect(await office()).toMatchObject({ householdCode: v.household(0).code, listId });
    await v.withdraw(listId);
    expect(await office()).not.toHaveProperty('listId');
  });
});

describe('a row of a place', () => {
  async function aPlaceList(kind: 'RED' | 'BLACK' = 'BLACK') {
    const v = await aListedVillage(owner);
    const secretary = await v.actorOf(v.secretary);
    const places: string[] = [];
    for (const name of ['桥头路', '老井路']) {
      const added = await v.run(addPlace, secretary, { kind: 'ROAD', name, keeper: '一组' });
      if (!added.ok) throw new Error(added.refusal.code);
      const placeId = String(added.outcome.subject);
      places.push(placeId);
      // two people: nobody puts a place on a black list alone
      for (const [by, score] of kind === 'BLACK'
        ? ([
            [v.verifier, 3],
            [v.secretary, 4],
          ] as const)
        : ([
            [v.verifier, 9],
            [v.secretary, 10],
          ] as const)) {
        await v.run(recordPlaceCheck, await v.actorOf(by), { placeId, score, checkedOn: TEST_DAY });
      }
    }
    const listId = await v.published({ ...(kind === 'BLACK' ? BLACK : RED), subject: 'PLACE' });
    const row = (place: number) =>
      prisma.listRow.findFirstOrThrow({ where: { listId, placeId: places[place] ?? '' } });
    const shown = async () =>
      (await findListFacts(prisma, v.id, listId, TEST_NOW))?.rows.map((one) => one.name);
    return { v, listId, places, row, shown };
  }

  test('is objected to by any household of the village, and by nobody of another one', async () => {
    const { v, row, shown } = await aPlaceList();
    const foreign = await aListedVillage(owner);
    const { id } = await row(0);
    expect(refusalOf(await object(foreign, 0, id))).toBe('NOT_FOUND');
    const scope = { villageId: v.id, householdId: v.household(4).id };
    expect(await findSubject(prisma, scope, 'LIST_ROW', id)).toMatchObject({ id });
    expect(refusalOf(await object(v, 4, id))).toBe(null);
    expect(await row(0)).toMatchObject({ state: 'SUSPENDED' });
    expect(await shown()).toEqual(['老井路']);
    expect(refusalOf(await object(v, 3, id))).toBe('OBJECTION_OPEN');
  });

  test('rejected it is back; and the same household does not object again', async () => {
    const { v, row, shown } = await aPlaceList('RED');
    const { id } = await row(0);
    const objection = idOf(await object(v, 4, id));
    expect(await shown()).toEqual(['老井路']);
    expect(refusalOf(await decide(v, objection, 'REJECTED', v.secondVerifier))).toBe(null);
    expect(await row(0)).toMatchObject({ state: 'STANDING' });
    expect(await shown()).toHaveLength(2);
    expect(refusalOf(await object(v, 4, id))).toBe('OBJECTED_BEFORE');
  });

  test('upheld it is gone; the inspections stay as they were made, and the other rows in their places', async () => {
    const { v, places, row, shown } = await aPlaceList();
    const { id } = await row(0);
    const before = await placeScoreOf(v, places[0]);
    const objection = idOf(await object(v, 4, id));
    expect(refusalOf(await decide(v, objection, 'UPHELD', v.secondVerifier))).toBe(null);
    expect(await row(0)).toMatchObject({ state: 'GONE', goneWhy: 'UPHELD' });
    expect(await row(1)).toMatchObject({ state: 'STANDING', rank: 1 });
    expect(await shown()).toEqual(['老井路']);
    expect(before).toEqual({ points: 35, checks: 2 });
    expect(await placeScoreOf(v, places[0])).toEqual(before);
  });

  test('is decided by nobody who made one of the inspections, nor written down by him', async () => {
    const { v, row } = await aPlaceList();
    const { id } = await row(0);
    const byOffice = (by: { id: string }) =>
      v.actorOf(by).then((actor) =>
        v.run(recordObjection, actor, {
          kind: 'LIST_ROW',
          subject: id,
          householdId: v.household(4).id,
          body: '代他们写的',
        }),
      );
    expect(refusalOf(await byOffice(v.verifier))).toBe('TOOK_PART');
    const objection = idOf(await byOffice(v.steward));
    for (const by of [v.supervisor, v.secretary, v.verifier]) {
      expect(refusalOf(await decide(v, objection, 'UPHELD', by))).toBe('TOOK_PART');
    }
    expect(refusalOf(await decide(v, objection, 'UPHELD', v.secondVerifier))).toBe(null);
  });
});
