import { beforeEach, describe, expect, test } from 'vitest';
import { dayToDate } from '@/lib/platform/clock';
import { appoint, endAppointment } from '@/lib/residents/appointment/commands';
import { declareKin } from '@/lib/residents/kin/commands';
import { linkPhone } from '@/lib/residents/phone/commands';
import { anAppointment, aPerson } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { at, deductionWay, testDay } from '@/lib/testing/deduction-way';
import { decide, object } from '@/lib/testing/objecting';
import { aWorkingVillage, refusalOf, type WorkingVillage } from '@/lib/testing/working-village';
import { raiseOverdueObjections } from './overdue';

// Who hears is found when the household speaks: nobody of the office chooses the judge afterwards.

const { prisma, owner } = await testDb();

describe('afterwards', () => {
  let v: WorkingVillage;
  let objection: string;
  beforeEach(async () => {
    v = await aWorkingVillage();
    const deed = await v.submitted(0, 'CIVIC-03');
    await v.giveBack(deed);
    objection = await object(v, 0, 'DEED', deed);
  });

  const supervisorIn = (household: number) =>
    prisma.resident.update({
      where: { villageId_id: { villageId: v.id, id: v.household(household).head.id } },
      data: { personId: v.supervisor.id },
    });

  test('a kinship bars the person and hands it to nobody; both households are told, and who declared it is barred', async () => {
    await supervisorIn(1);
    const ids = { residentId: v.household(0).residents[1]?.id, otherId: v.household(1).head.id };
    expect(refusalOf(await v.run(declareKin, await v.actorOf(v.secretary), ids))).toBe(null);
    expect(await decide(v, objection, v.supervisor)).toBe('NEAR_KIN');
    expect(await decide(v, objection, v.secretary)).toBe('DECLARED_KIN');
    expect(await decide(v, objection, v.secondVerifier)).toBe('NOBODY_HEARS');
    for (const household of [0, 1]) {
      const told = await prisma.message.findFirst({
        where: {
          villageId: v.id,
          personId: household === 1 ? v.supervisor.id : v.household(0).head.personId,
          title: { contains: '近亲属' },
        },
      });
      expect(told?.title).toContain(v.secretary.name);
    }
    expect(await prisma.kinship.findFirst({ where: { villageId: v.id } })).toMatchObject({
      declaredById: v.secretary.id,
    });
  });

  test('the phone of somebody in office can’t be put on the household’s entry, and so bars nobody', async () => {
    const phone = '13900001234';
    await prisma.person.update({ where: { id: v.supervisor.id }, data: { phone } });
    const link = async (residentId: string, to: string) =>
      refusalOf(await v.run(linkPhone, await v.actorOf(v.secretary), { residentId, phone: to }));
    const own = v.household(0).residents[1]?.id ?? '';
    expect(await link(own, phone)).toBe('PHONE_OF_ANOTHER');
    expect(await decide(v, objection, v.secretary)).toBe('ANOTHER_HEARS');
    expect(await decide(v, objection, v.supervisor)).toBe(null);
  });

  test('who is appointed is no hearer, nor is whoever comes after one who was dismissed', async () => {
    const crony = v.household(2).head;
    const from = testDay(0);
    const input = { residentId: crony.id, role: 'SUPERVISOR', from };
    expect(refusalOf(await v.run(appoint, await v.actorOf(v.secretary), input))).toBe(null);
    expect(await decide(v, objection, { id: crony.personId })).toBe('ANOTHER_HEARS');
    const sitting = await prisma.appointment.findFirstOrThrow({
      where: { villageId: v.id, personId: v.supervisor.id },
    });
    const end = { appointmentId: sitting.id };
    expect(refusalOf(await v.run(endAppointment, await v.actorOf(v.secretary), end))).toBe(null);
    expect(await decide(v, objection, v.supervisor)).toBe('NOT_ALLOWED');
    for (const by of [v.secretary, { id: crony.personId }]) {
      expect(await decide(v, objection, by)).toBe('NOBODY_HEARS');
    }
    // overdue, the township knows: whoever is supervisor by then, and still nobody else
    await raiseOverdueObjections(at(testDay(8)));
    expect(await decide(v, objection, v.secretary, at(testDay(9)))).toBe('ANOTHER_HEARS');
    expect(await decide(v, objection, { id: crony.personId }, at(testDay(9)))).toBe(null);
  });

  test('of an answer to a notice it is the same', async () => {
    const way = deductionWay(v);
    const second = await aPerson('监督乙');
    const appointment = await anAppointment(second.id, 'SUPERVISOR', { villageId: v.id });
    const id = await way.noticed(1);
    await way.answer(id, 1, testDay(9));
    await prisma.appointment.update({ where: { id: appointment }, data: { until: dayToDate(testDay(8)) } });
    expect(refusalOf(await way.hear(id, 'REJECTED', testDay(10)))).toBe('NOBODY_HEARS');
  });

  test('the kept hearers are the database’s: written by nobody', async () => {
    const mine = owner.query('update objection set hearer_ids = array[$2::uuid] where id = $1', [
      objection,
      v.secretary.id,
    ]);
    await expect(mine).rejects.toThrow(/does not change/);
  });
});
