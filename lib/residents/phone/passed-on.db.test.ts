import { beforeEach, describe, expect, test } from 'vitest';
import { findActor } from '@/lib/auth/reads';
import { type Day, dateToDay } from '@/lib/platform/clock';
import {
  actorFor,
  anAppointment,
  aPerson,
  aPhone,
  aVillage,
  type PersonBuilt,
  TEST_NOW,
} from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { aWorkingVillage, refusalOf, type WorkingVillage } from '@/lib/testing/working-village';
import { appoint } from '../appointment/commands';
import { listOfficers } from '../appointment/reads';
import { addResident, changeResident, moveOutResident } from '../commands';
import { linkPhone } from './commands';

// A phone that was lost, and a number that was passed on to somebody else.

const { prisma, owner } = await testDb();

let v: WorkingVillage;
beforeEach(async () => {
  v = await aWorkingVillage();
});

const home = (index = 0) => v.household(index);
const does = async (command: Parameters<WorkingVillage['run']>[0], input: object, by = v.secretary) =>
  refusalOf(await v.run(command, await v.actorOf(by), input));
const link = (residentId: string | undefined, phone: string) => does(linkPhone, { residentId, phone });
const personOf = async (residentId: string) =>
  (await prisma.resident.findFirstOrThrow({ where: { villageId: v.id, id: residentId } })).personId;
const phoneOf = async (personId: string) =>
  (await prisma.person.findUniqueOrThrow({ where: { id: personId } })).phone;
/** The session of a device that stays signed in; answers whether it still is. */
async function device(personId: string) {
  const { sessionId } = await actorFor(personId);
  return async () => (await findActor(prisma, sessionId, TEST_NOW)) !== null;
}
const rolesOf = async (personId: string) =>
  (
    await prisma.appointment.findMany({
      where: { personId, OR: [{ until: null }, { until: { gte: new Date('2026-11-24') } }] },
      orderBy: { role: 'asc' },
    })
  )
    .filter((one) => !one.until || one.until >= one.from)
    .map((one) => `${one.role} ${dateToDay(one.from)}`);

describe('a lost phone', () => {
  test('is signed out, and the office goes on under the new number as the same person', async () => {
    const { id, personId } = home().head;
    await anAppointment(personId, 'VERIFIER', { villageId: v.id });
    await prisma.person.update({ where: { id: personId }, data: { passwordHash: 'of before' } });
    const isSignedIn = await device(personId);
    const phone = aPhone();
    expect(await link(id, phone)).toBe(null);
    expect(await isSignedIn()).toBe(false);
    expect([await personOf(id), await phoneOf(personId)]).toEqual([personId, phone]);
    expect((await prisma.person.findUniqueOrThrow({ where: { id: personId } })).passwordHash).toBe(null);
    expect((await actorFor(personId)).desk?.roles).toEqual(['VERIFIER']);
  });

  test('of someone who is somebody elsewhere leaves him there, and takes what he holds here along', async () => {
    const { id, personId } = home().head;
    const there = await aVillage({ households: 1 });
    await anAppointment(personId, 'STEWARD', { villageId: there.id });
    await anAppointment(personId, 'VERIFIER', { villageId: v.id });
    await anAppointment(personId, 'STEWARD', { villageId: v.id }, { from: '2026-12-01' as Day });
    const [isSignedIn, before, phone] = [await device(personId), await phoneOf(personId), aPhone()];
    expect(await link(id, phone)).toBe(null);
    const now = String(await personOf(id));
    expect(now).not.toBe(personId);
    expect([await phoneOf(personId), await phoneOf(now)]).toEqual([before, phone]);
    expect(await rolesOf(now)).toEqual(['STEWARD 2026-12-01', 'VERIFIER 2026-11-24']);
    expect((await actorFor(personId)).desks).toEqual([{ villageId: there.id, roles: ['STEWARD'] }]);
    expect((await actorFor(personId)).resident).toBe(null);
    expect(await isSignedIn()).toBe(true);
  });

  test('never makes one person verifier and supervisor', async () => {
    const { id, personId, name } = home().head;
    await anAppointment(personId, 'VERIFIER', { villageId: v.id });
    const same = await aPerson(name);
    await anAppointment(same.id, 'SUPERVISOR', { villageId: v.id });
    expect(await link(id, String(same.phone))).toBe('ROLES_EXCLUDE');
    expect([await personOf(id), await rolesOf(personId)]).toEqual([personId, ['VERIFIER 2025-11-24']]);
  });

  test('with the number kept is signed out by giving the number again', async () => {
    const { id, personId } = home().head;
    const isSignedIn = await device(personId);
    expect(await link(id, String(await phoneOf(personId)))).toBe(null);
    expect([await isSignedIn(), await personOf(id)]).toEqual([false, personId]);
  });

  test('of the secretary who gives himself a new number leaves the device in his hand signed in', async () => {
    const { id, personId } = home().head;
    await anAppointment(personId, 'SECRETARY', { villageId: v.id });
    const isSignedIn = await device(personId);
    const inHand = await actorFor(personId);
    expect(refusalOf(await v.run(linkPhone, inHand, { residentId: id, phone: aPhone() }))).toBe(null);
    expect(await isSignedIn()).toBe(false);
    expect((await findActor(prisma, inHand.sessionId, TEST_NOW))?.desk?.roles).toEqual(['SECRETARY']);
  });
});

describe('a number taken off, or of someone who moves out', () => {
  test.each([
    ['taken off', (residentId: string) => link(residentId, '')],
    ['moves out', (residentId: string) => does(moveOutResident, { residentId })],
  ])('ends the offices and signs out: %s', async (_, leave) => {
    const spouse = home().residents[1];
    const personId = String(spouse?.personId);
    await anAppointment(personId, 'VERIFIER', { villageId: v.id });
    await anAppointment(personId, 'STEWARD', { villageId: v.id }, { from: '2026-12-01' as Day });
    const isSignedIn = await device(personId);
    expect(await leave(String(spouse?.id))).toBe(null);
    expect([await isSignedIn(), await rolesOf(personId), await personOf(String(spouse?.id))]).toEqual([
      false,
      [],
      null,
    ]);
  });

  test('stays signed in for what is left elsewhere; who is secretary is not the village’s to end', async () => {
    const spouse = home().residents[1];
    const personId = String(spouse?.personId);
    await anAppointment(personId, 'SECRETARY', { villageId: v.id });
    await anAppointment(personId, 'TOWNSHIP', { townshipId: v.townshipId });
    const isSignedIn = await device(personId);
    expect(await does(moveOutResident, { residentId: spouse?.id })).toBe(null);
    expect([await isSignedIn(), await rolesOf(personId)]).toEqual([
      true,
      ['SECRETARY 2025-11-24', 'TOWNSHIP 2025-11-24'],
    ]);
  });

  test('is never left with an office by two at the same time', async () => {
    const spouse = home().residents[1];
    const give = { residentId: spouse?.id, role: 'VERIFIER', from: '2026-11-24' };
    await Promise.all([does(appoint, give), does(moveOutResident, { residentId: spouse?.id })]);
    expect(await rolesOf(String(spouse?.personId))).toEqual([]);
  });

  test('is free for the daughter’s new household, as the same person', async () => {
    const spouse = home().residents[1];
    const phone = String(await phoneOf(String(spouse?.personId)));
    expect(await does(moveOutResident, { residentId: spouse?.id })).toBe(null);
    const married = { householdId: home(1).id, name: spouse?.name, relation: 'CHILD_IN_LAW', phone };
    expect(await does(addResident, married)).toBe(null);
    expect((await actorFor(String(spouse?.personId))).resident?.householdId).toBe(home(1).id);
    // she steps back for the house she came from, as ever
    const { rows } = await owner.query('select recusal($1, $2, null, $3, $4) as why', [
      v.id,
      home().id,
      spouse?.personId,
      TEST_NOW,
    ]);
    expect(rows[0].why).toBe('OWN_HOUSEHOLD');
  });

  test('is hers too where her name was corrected in between, and the person is called as the roster says', async () => {
    const spouse = home().residents[1];
    const personId = String(spouse?.personId);
    const phone = String(await phoneOf(personId));
    const nameOf = async () => (await prisma.person.findUniqueOrThrow({ where: { id: personId } })).name;
    const correct = (name: string) =>
      does(changeResident, { residentId: spouse?.id, name, relation: 'SPOUSE', birthYear: '1980' });
    expect(await correct('陈晓梅')).toBe(null);
    expect(await nameOf()).toBe('陈晓梅');
    // one of before names followed
    await owner.query("update person set name = '陈小梅' where id = $1", [personId]);
    expect(await does(moveOutResident, { residentId: spouse?.id })).toBe(null);
    const married = { householdId: home(1).id, name: '陈晓梅', relation: 'CHILD_IN_LAW', phone };
    expect(await does(addResident, married)).toBe(null);
    expect((await actorFor(personId)).resident?.householdId).toBe(home(1).id);
  });

  test('signs in for nobody who has left, says the database', async () => {
    const { id } = home().head;
    await owner.query("update resident set left_on = '2026-11-01' where id = $1", [id]);
    expect(await personOf(id)).toBe(null);
    await owner.query('update resident set person_id = $2 where id = $1', [id, v.verifier.id]);
    expect(await personOf(id)).toBe(null);
  });
});

describe('a number passed on', () => {
  let was: PersonBuilt;
  beforeEach(async () => {
    was = await aPerson('王老五');
  });

  test('to a resident is somebody else: a person of his own, and the old device is out', async () => {
    await prisma.message.create({
      data: { villageId: v.id, id: was.id, personId: was.id, title: '旧消息', body: '', createdAt: TEST_NOW },
    });
    const isSignedIn = await device(was.id);
    const child = home().residents[2];
    expect(await link(child?.id, String(was.phone))).toBe(null);
    const now = String(await personOf(String(child?.id)));
    expect(now).not.toBe(was.id);
    expect([await phoneOf(was.id), await phoneOf(now), await isSignedIn()]).toEqual([null, was.phone, false]);
    expect((await actorFor(now)).name).toBe(child?.name);
    expect(await prisma.message.count({ where: { personId: now } })).toBe(0);
  });

  test('to the widow is hers once he has moved out', async () => {
    const [head, spouse] = home().residents;
    const phone = String(await phoneOf(home().head.personId));
    expect(await link(spouse?.id, phone)).toBe('PHONE_TAKEN');
    await owner.query("update resident set relation = 'SPOUSE' where id = $1", [head?.id]);
    expect(await does(moveOutResident, { residentId: head?.id })).toBe(null);
    expect(await link(spouse?.id, phone)).toBe(null);
    // her person is she as before, with his number
    expect([await personOf(String(spouse?.id)), await phoneOf(String(spouse?.personId))]).toEqual([
      spouse?.personId,
      phone,
    ]);
    expect(await phoneOf(home().head.personId)).toBe(null);
  });

  test('stays with who is in use under another name: an office, here or elsewhere, or a home elsewhere', async () => {
    const there = await aVillage({ households: 1 });
    const neighbour = String(await phoneOf(there.household(0).residents[1]?.personId ?? ''));
    await anAppointment(was.id, 'STEWARD', { villageId: v.id }, { from: '2027-01-01' as Day });
    const child = home().residents[2];
    for (const phone of [was.phone, there.secretary.phone, neighbour, v.verifier.phone]) {
      expect(await link(child?.id, String(phone))).toBe('PHONE_OF_ANOTHER');
    }
    const input = { householdId: home().id, name: '李四', relation: 'OTHER', phone: was.phone };
    const refused = await v.run(addResident, await v.actorOf(v.secretary), input);
    expect(refused.ok ? null : [refused.refusal.code, refused.refusal.field]).toEqual([
      'PHONE_OF_ANOTHER',
      'phone',
    ]);
    expect(await prisma.resident.count({ where: { villageId: v.id, name: '李四' } })).toBe(0);
  });

  test('to someone of the same name is the same human being, signed out first', async () => {
    const isSignedIn = await device(was.id);
    const input = { householdId: home().id, name: '王老五', relation: 'OTHER', phone: was.phone };
    expect(await does(addResident, input)).toBe(null);
    expect(await isSignedIn()).toBe(false);
    expect((await actorFor(was.id)).resident?.householdId).toBe(home().id);
  });

  test('is one person’s, also when two households are given it at once', async () => {
    const phone = aPhone();
    const said = await Promise.all([
      link(home(0).residents[2]?.id, phone),
      link(home(1).residents[2]?.id, phone),
      link(home(2).head.id, phone),
    ]);
    expect([...said].sort()).toEqual(['PHONE_TAKEN', 'PHONE_TAKEN', null]);
    expect(await prisma.person.count({ where: { phone } })).toBe(1);
  });
});

describe('who holds office in the village', () => {
  test('is listed, also who is not on the roster or no longer is', async () => {
    const gone = await aPerson('走了的');
    await anAppointment(gone.id, 'VERIFIER', { villageId: v.id });
    await anAppointment(gone.id, 'STEWARD', { villageId: v.id }, { until: '2026-11-23' as Day });
    await anAppointment(home().head.personId, 'STEWARD', { villageId: v.id }, { from: '2026-12-01' as Day });
    await aVillage({ households: 1 });
    const listed = await listOfficers(prisma, v.id, '2026-11-24' as Day);
    expect(listed.map((one) => [one.role, one.name, one.householdCode])).toEqual([
      ['SECRETARY', '书记甲', null],
      ['SUPERVISOR', '监督甲', null],
      ['VERIFIER', '核分甲', null],
      ['VERIFIER', '核分乙', null],
      ['VERIFIER', '走了的', null],
      ['STEWARD', '帮办甲', null],
      ['STEWARD', home().head.name, home().code],
    ]);
    expect(listed.at(-1)).toMatchObject({ householdId: home().id, from: '2026-12-01', until: null });
  });
});
