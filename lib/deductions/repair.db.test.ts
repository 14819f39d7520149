import { expect, test } from 'vitest';
import { countOverdue, listOverdue } from '@/lib/objections/office/reads';
import { raiseOverdueObjections } from '@/lib/objections/overdue';
import { dayToDate, startOfDay } from '@/lib/platform/clock';
import { declareKin } from '@/lib/residents/kin/commands';
import { anAppointment } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { at, deductionWay, testDay } from '@/lib/testing/deduction-way';
import { aWorkingVillage, refusalOf } from '@/lib/testing/working-village';
import { findDeduction } from './reads';

// A repair is not the accuser's to refuse, and doesn't wait for ever.

const { prisma } = await testDb();

/** A posted deduction of household 0, whose repair was claimed on testDay(16). */
async function aClaim() {
  const v = await aWorkingVillage();
  const way = deductionWay(v);
  const id = await way.posted(0);
  expect(refusalOf(await way.claimRepair(id, 0, testDay(16)))).toBe(null);
  const view = async (day = testDay(17)) => {
    const found = await findDeduction(prisma, { villageId: v.id }, id, at(day));
    if (!found) throw new Error('not found');
    return found;
  };
  return { v, way, id, view };
}

test('is refused by nobody who brought the deduction or refused before, and confirmed by them all the same', async () => {
  const { v, way, id, view } = await aClaim();
  expect(refusalOf(await way.refuseRepair(id, testDay(17), v.verifier))).toBe('TOOK_PART');
  expect(refusalOf(await way.refuseRepair(id, testDay(17), v.steward))).toBe('NOT_ALLOWED');
  expect(refusalOf(await way.refuseRepair(id, testDay(17), v.secretary))).toBe('ANOTHER_HEARS');
  expect((await view()).hearers.map((one) => one.personId)).toEqual([v.secondVerifier.id]);
  expect(refusalOf(await way.refuseRepair(id, testDay(17), v.secondVerifier))).toBe(null);
  expect(await view()).toMatchObject({ saidDueOn: null, repairClaimedAt: null });
  await way.claimRepair(id, 0, testDay(18));
  // no verifier is free: the ladder, whose supervisor approved it
  expect(refusalOf(await way.refuseRepair(id, testDay(19), v.secondVerifier))).toBe('TOOK_PART');
  expect(refusalOf(await way.refuseRepair(id, testDay(19), v.supervisor))).toBe('TOOK_PART');
  expect(refusalOf(await way.refuseRepair(id, testDay(19), v.secretary))).toBe(null);
  await way.claimRepair(id, 0, testDay(20));
  expect(refusalOf(await way.refuseRepair(id, testDay(21), v.secretary))).toBe('TOOK_PART');
  expect((await view(testDay(21))).hearers).toEqual([]);
  expect(refusalOf(await way.confirmRepair(id, testDay(21), v.verifier))).toBe(null);
  expect(await way.state(id)).toBe('RESTORED');
  expect(await view(testDay(21))).toMatchObject({ saidDueOn: null });
});

test('is confirmed by the secretary where each verifier steps back', async () => {
  const { v, way, id } = await aClaim();
  await prisma.appointment.updateMany({
    where: { villageId: v.id, role: 'VERIFIER' },
    data: { until: dayToDate(testDay(16)) },
  });
  const own = v.household(0).residents[1]?.personId ?? '';
  await anAppointment(own, 'VERIFIER', { villageId: v.id });
  expect(refusalOf(await way.confirmRepair(id, testDay(17), { id: own }))).toBe('OWN_HOUSEHOLD');
  expect(refusalOf(await way.confirmRepair(id, testDay(17), v.secretary))).toBe(null);
});

test('has a last day, after which the township knows until it is looked at', async () => {
  const { v, way, id, view } = await aClaim();
  const office = { level: 'TOWNSHIP' as const, id: v.townshipId, name: '测试镇' };
  expect(await view()).toMatchObject({ saidDueOn: testDay(23), saidRisenAt: null });
  const midnight = startOfDay(testDay(24));
  await raiseOverdueObjections(new Date(midnight.getTime() - 1000));
  expect((await view()).saidRisenAt).toBe(null);
  expect(await countOverdue(prisma, office, testDay(23))).toBe(0);
  await raiseOverdueObjections(midnight);
  await raiseOverdueObjections(at(testDay(25)));
  expect((await view()).saidRisenAt).toEqual(midnight);
  expect((await listOverdue(prisma, office, testDay(24))).lines).toMatchObject([
    { id, number: null, kind: 'REPAIR', dueOn: testDay(23) },
  ]);
  expect(refusalOf(await way.refuseRepair(id, testDay(25), v.secondVerifier))).toBe(null);
  expect(await countOverdue(prisma, office, testDay(26))).toBe(0);
});

test('an answer to a notice has one too', async () => {
  const v = await aWorkingVillage();
  const way = deductionWay(v);
  const id = await way.noticed(0);
  await way.answer(id, 0, testDay(9));
  const office = { level: 'TOWNSHIP' as const, id: v.townshipId, name: '测试镇' };
  await raiseOverdueObjections(at(testDay(17)));
  expect((await listOverdue(prisma, office, testDay(17))).lines).toMatchObject([
    { id, number: null, kind: 'ANSWER', dueOn: testDay(16) },
  ]);
  expect(refusalOf(await way.hear(id, 'REJECTED', testDay(17)))).toBe(null);
  expect(await countOverdue(prisma, office, testDay(17))).toBe(0);
});

test('is looked at by nobody who declared a kinship of the household', async () => {
  const { v, way, id } = await aClaim();
  const ids = { residentId: v.household(0).head.id, otherId: v.household(1).head.id };
  await v.run(declareKin, await v.actorOf(v.secondVerifier), ids, { now: at(testDay(17)) });
  expect(refusalOf(await way.refuseRepair(id, testDay(18), v.secondVerifier))).toBe('DECLARED_KIN');
});
