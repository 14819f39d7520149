import { describe, expect, test } from 'vitest';
import { aListedVillage, BLACK } from '@/lib/lists/testing/listed-village';
import { openPublicity } from '@/lib/periods/commands';
import type { Day } from '@/lib/platform/clock';
import { anAppointment, aPerson, TEST_NOW } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { at, deductionWay, testDay } from '@/lib/testing/deduction-way';
import { decide, object } from '@/lib/testing/objecting';
import { aWorkingVillage, refusalOf } from '@/lib/testing/working-village';

// Nobody judges the same matter twice, under whatever name it comes back.

const { prisma, owner } = await testDb();

describe('whoever rejected an objection', () => {
  test('to a deduction’s line decides none to the deduction, nor to the line again', async () => {
    const v = await aWorkingVillage();
    const way = deductionWay(v);
    const id = await way.posted(0);
    const opened = await v.run(
      openPublicity,
      await v.actorOf(v.secretary),
      { quarter: '2026Q4' },
      { now: at('2027-01-04' as Day, 8) },
    );
    expect(refusalOf(opened)).toBe(null);
    const day = (n: number) => at(`2027-01-0${n}` as Day);
    const { id: line } = await prisma.posting.findFirstOrThrow({ where: { villageId: v.id, source: id } });
    // the supervisor approved it: the secretary
    expect(await decide(v, await object(v, 1, 'POSTING', line, day(5)), v.secretary, day(6))).toBe(null);
    const again = await object(v, 2, 'POSTING', line, day(6));
    expect(await decide(v, again, v.secretary, day(7))).toBe('TOOK_PART');
    const own = await object(v, 0, 'DEDUCTION', id, day(6));
    expect(await decide(v, own, v.secretary, day(7))).toBe('TOOK_PART');
    expect(await decide(v, own, v.secondVerifier, day(7))).toBe(null);
    // and so does neither of them hear the other, which was opened before
    expect(await decide(v, again, v.secondVerifier, day(8))).toBe('TOOK_PART');
  });

  test('leaves another that was open beside it to the next of the office of then, nobody who came since', async () => {
    const v = await aWorkingVillage();
    const id = await deductionWay(v).posted(0);
    const ask = { now: at('2027-01-04' as Day, 8) };
    expect(
      refusalOf(await v.run(openPublicity, await v.actorOf(v.secretary), { quarter: '2026Q4' }, ask)),
    ).toBe(null);
    const day = (n: number) => at(`2027-01-0${n}` as Day);
    const { id: line } = await prisma.posting.findFirstOrThrow({ where: { villageId: v.id, source: id } });
    const own = await object(v, 0, 'DEDUCTION', id, day(5));
    const neighbours = await object(v, 1, 'POSTING', line, day(5));
    const late = await aPerson('后来的监督员');
    await owner.query("update appointment set until_day = '2027-01-05' where person_id = $1", [
      v.supervisor.id,
    ]);
    await anAppointment(late.id, 'SUPERVISOR', { villageId: v.id }, { from: '2027-01-06' as Day });
    expect(await decide(v, own, v.secondVerifier, day(6))).toBe('ANOTHER_HEARS');
    expect(await decide(v, neighbours, v.secretary, day(6))).toBe(null);
    expect(await decide(v, own, v.secretary, day(7))).toBe('TOOK_PART');
    const { rows } = await owner.query('select person_id from objection_deciders($1, $2, $3)', [
      v.id,
      own,
      day(7),
    ]);
    expect(rows).toEqual([{ person_id: v.secondVerifier.id }]);
    expect(await decide(v, own, v.secondVerifier, day(7))).toBe(null);
  });

  test('to a row of a list decides none to the row of a new draft, nor to what it rests on', async () => {
    const v = await aListedVillage(owner);
    const deduction = await v.deduct(0);
    const second = await aPerson('监督乙');
    await anAppointment(second.id, 'SUPERVISOR', { villageId: v.id });
    const third = await aPerson('监督丙');
    await anAppointment(third.id, 'SUPERVISOR', { villageId: v.id });
    const rowOf = async (listId: string) => (await prisma.listRow.findFirstOrThrow({ where: { listId } })).id;
    const listId = await v.published(BLACK);
    const first = await object(v, 0, 'LIST_ROW', await rowOf(listId), TEST_NOW);
    expect(await decide(v, first, second)).toBe(null);
    expect(
      refusalOf(await v.withdraw(listId, '名单有误，重新核', v.secretary, { now: at(testDay(1), 12) })),
    ).toBe(null);
    const redrawn = await v.published(BLACK, { now: at(testDay(2)) });
    const again = await object(v, 0, 'LIST_ROW', await rowOf(redrawn), at(testDay(2), 12));
    expect(await decide(v, again, second, at(testDay(3)))).toBe('TOOK_PART');
    expect(await decide(v, again, third, at(testDay(3)))).toBe(null);
    const { rows } = await owner.query('select deduction_took_part($1, $2)::text[] as who', [
      v.id,
      deduction,
    ]);
    expect(rows[0].who).toEqual(expect.arrayContaining([second.id, third.id]));
  });
});
