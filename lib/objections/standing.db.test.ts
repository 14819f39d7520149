import { describe, expect, test } from 'vitest';
import { aListedVillage, BLACK } from '@/lib/lists/testing/listed-village';
import { countQueries } from '@/lib/testing/count-queries';
import { testDb } from '@/lib/testing/database';
import { at, deductionWay, testDay } from '@/lib/testing/deduction-way';
import { aWorkingVillage, type WorkingVillage } from '@/lib/testing/working-village';
import { decideObjection, openObjection, withdrawObjection } from './commands';
import { findOwnObjections, findOwnOnList, findStanding } from './standing/reads';

// What a household has objected to already: the pages show it instead of a form that would only be refused.

const { prisma, owner } = await testDb();

const scopeOf = (v: Pick<WorkingVillage, 'id' | 'household'>, household: number) => ({
  villageId: v.id,
  householdId: v.household(household).id,
});

async function opened(
  v: WorkingVillage,
  household: number,
  kind: string,
  subject: string,
  now = at(testDay(8)),
) {
  const actor = await v.actorOf(v.household(household).head.personId);
  const result = await v.run(openObjection, actor, { kind, subject, body: '我家觉得不对' }, { now });
  if (!result.ok) throw new Error(result.refusal.code);
  return String(result.outcome.subject);
}

describe('a returned deed', () => {
  test('is objected to by its household, until it is taken back; and decided it stays said', async () => {
    const v = await aWorkingVillage();
    const deed = await v.submitted(0, 'CIVIC-03');
    await v.giveBack(deed);
    const standing = (household = 0) => findStanding(prisma, scopeOf(v, household), 'DEED', deed);
    expect(await standing()).toEqual({ own: null, isHeardForOthers: false });
    const first = await opened(v, 0, 'DEED', deed);
    expect(await standing()).toMatchObject({ own: { id: first, state: 'OPEN' }, isHeardForOthers: false });
    expect((await standing(1)).own).toBeNull();
    await v.run(withdrawObjection, await v.actorOf(v.household(0).head.personId), { objectionId: first });
    expect((await standing()).own).toBeNull();
    const second = await opened(v, 0, 'DEED', deed);
    await v.run(
      decideObjection,
      await v.actorOf(v.supervisor),
      { objectionId: second, outcome: 'REJECTED', reason: '照片确实看不清' },
      { now: at(testDay(9)) },
    );
    expect((await standing()).own).toMatchObject({ id: second, state: 'REJECTED' });
    expect(await countQueries((db) => findStanding(db, scopeOf(v, 0), 'DEED', deed))).toBe(2);
    expect(await findStanding(prisma, scopeOf(v, 0), 'NOTHING', 'no id')).toEqual({
      own: null,
      isHeardForOthers: false,
    });
  });
});

describe('a deduction', () => {
  test('that goes on after an objection was rejected is not offered again', async () => {
    const v = await aWorkingVillage();
    const way = deductionWay(v);
    const id = await way.noticed(0);
    const objection = await opened(v, 0, 'DEDUCTION', id, at(testDay(8), 12));
    const own = async () => (await findOwnObjections(prisma, scopeOf(v, 0), 'DEDUCTION', [id])).get(id);
    expect(await own()).toMatchObject({ id: objection, state: 'OPEN' });
    const [decider] = await prisma.$queryRaw<{ id: string }[]>`
      select person_id::text as id from objection_deciders(${v.id}::uuid, ${objection}::uuid, ${at(testDay(9))}::timestamptz)`;
    await v.run(
      decideObjection,
      await v.actorOf(decider ?? v.secondVerifier),
      { objectionId: objection, outcome: 'REJECTED', reason: '看过监控，就是这户' },
      { now: at(testDay(9)) },
    );
    expect(await way.state(id)).toBe('NOTICED');
    expect(await own()).toMatchObject({ id: objection, state: 'REJECTED' });
  });
});

describe('a row of a list', () => {
  test('is found from its list by the household, by no other', async () => {
    const v = await aListedVillage(owner);
    await v.deduct(0);
    await v.deduct(1);
    const listId = await v.published(BLACK);
    const row = await prisma.listRow.findFirstOrThrow({
      where: { listId, householdId: v.household(0).id },
    });
    expect(await findOwnOnList(prisma, scopeOf(v, 0), listId)).toBeNull();
    const actor = await v.actorOf(v.household(0).head.personId);
    const result = await v.run(openObjection, actor, { kind: 'LIST_ROW', subject: row.id, body: '不是我家' });
    expect(result.ok).toBe(true);
    expect(await findOwnOnList(prisma, scopeOf(v, 0), listId)).toMatchObject({ state: 'OPEN' });
    expect(await findOwnOnList(prisma, scopeOf(v, 1), listId)).toBeNull();
  });
});
