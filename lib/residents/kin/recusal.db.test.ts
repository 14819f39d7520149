import { beforeEach, describe, expect, test } from 'vitest';
import { aListedVillage, BLACK } from '@/lib/lists/testing/listed-village';
import { type Day, startOfDay } from '@/lib/platform/clock';
import { newId } from '@/lib/platform/ids';
import { actorFor, anAppointment, aPhone, TEST_DAY, TEST_NOW } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { deductionWay } from '@/lib/testing/deduction-way';
import { aWorkingVillage, refusalOf, type WorkingVillage } from '@/lib/testing/working-village';
import { findHouseholdExport } from '../export/reads';
import { findHousehold } from '../household/reads';
import { linkPhone } from '../phone/commands';
import { kinPair } from '../rules';
import { declareKin, endKin } from './commands';

// Stepping back is not switched off from the roster: neither by giving the own entry another phone or none, nor by
// ending the own kinship.

const { prisma, owner } = await testDb();

let v: WorkingVillage;
beforeEach(async () => {
  v = await aWorkingVillage();
});

const home = (index = 0) => v.household(index);
const link = async (residentId: string, phone: string, by: { id: string } = v.secretary) =>
  refusalOf(await v.run(linkPhone, await v.actorOf(by), { residentId, phone }));
const why = async (person: string, household: number, at: Date = TEST_NOW) =>
  (await owner.query('select recusal($1, $2, null, $3, $4) as why', [v.id, home(household).id, person, at]))
    .rows[0].why as string | null;
/** A kinship of the heads of two households, declared by command; answers its id. */
async function kin(one = 0, other = 1): Promise<string> {
  const ids = { residentId: home(one).head.id, otherId: home(other).head.id };
  expect(refusalOf(await v.run(declareKin, await v.actorOf(v.verifier), ids))).toBe(null);
  const { id } = await prisma.kinship.findFirstOrThrow({
    where: { villageId: v.id, endedAt: null, ...kinPair(ids.residentId, ids.otherId) },
    select: { id: true },
  });
  return id;
}
const end = async (kinshipId: string, by: { id: string } = v.secretary, now = TEST_NOW) =>
  refusalOf(await v.run(endKin, await v.actorOf(by), { kinshipId }, { now }));
const lateOn = (day: string) => new Date(startOfDay(day as Day).getTime() + 23 * 3_600_000);

describe('who was once a resident’s person', () => {
  test.each([
    ['without a phone', () => ''],
    ['with another phone', aPhone],
  ])('steps back for that household when the roster has him %s', async (_, phone) => {
    const officer = home().head.personId;
    // he is somebody elsewhere too, so a new number is another person here
    await anAppointment(officer, 'TOWNSHIP', { townshipId: v.townshipId });
    const deed = await v.run(
      (await import('@/lib/deeds/commands')).submitDeed,
      await v.actorOf(home().residents[1]?.personId ?? ''),
      { residentId: home().residents[1]?.id, itemId: v.item('CIVIC-03'), deedOn: TEST_DAY },
    );
    const deedId = deed.ok ? String(deed.outcome.subject) : '';
    expect(await link(home().head.id, phone())).toBe(null);
    for (const role of ['SECRETARY', 'VERIFIER', 'STEWARD'] as const) {
      await anAppointment(officer, role, { villageId: v.id });
    }
    expect(refusalOf(await v.approve(deedId, { id: officer }))).toBe('OWN_HOUSEHOLD');
    expect(refusalOf(await v.giveBack(deedId, '不行不行', { id: officer }))).toBe('OWN_HOUSEHOLD');
    expect(refusalOf(await deductionWay(v).record(0, 'HOME-04', {}, { id: officer }))).toBe('OWN_HOUSEHOLD');
    expect(await why(officer, 1)).toBe(null);
    // it is no way into the household
    expect((await actorFor(officer)).resident).toBe(null);
    const { rows } = await owner.query('select speaks_for_household($1, $2, $3, $4) as speaks', [
      v.id,
      home().id,
      officer,
      TEST_NOW,
    ]);
    expect(rows[0].speaks).toBe(false);
  });

  test('stays near kin of those who were declared', async () => {
    const officer = home().head.personId;
    await kin(0, 1);
    expect(await link(home().head.id, '')).toBe(null);
    expect(await why(officer, 1)).toBe('NEAR_KIN');
    expect(await why(officer, 2)).toBe(null);
  });

  test('stays so when the entry itself is moved in the tables', async () => {
    const officer = home().head.personId;
    await owner.query('update resident set household_id = $2, relation = $3 where id = $1', [
      home().head.id,
      home(1).id,
      'OTHER',
    ]);
    expect([await why(officer, 0), await why(officer, 1)]).toEqual(['OWN_HOUSEHOLD', 'OWN_HOUSEHOLD']);
  });

  test('is kept by the database: nobody writes, changes or takes it away', async () => {
    const links = await prisma.residentPerson.findMany({
      where: { villageId: v.id, householdId: home().id },
    });
    expect(links.map((one) => one.personId).sort()).toEqual(
      home()
        .residents.flatMap((one) => one.personId ?? [])
        .sort(),
    );
    for (const sql of [
      'update resident_person set household_id = gen_random_uuid() where village_id = $1',
      'delete from resident_person where village_id = $1',
    ]) {
      await expect(prisma.$executeRawUnsafe(sql.replace('$1', `'${v.id}'`))).rejects.toThrow(
        /permission denied/,
      );
      await expect(owner.query(sql, [v.id])).rejects.toThrow(/append-only/);
    }
    await expect(owner.query('truncate resident_person')).rejects.toThrow(/append-only/);
    await expect(
      prisma.$executeRawUnsafe(
        `insert into resident_person values ('${v.id}', '${v.verifier.id}', '${home().head.id}', '${home().id}')`,
      ),
    ).rejects.toThrow(/permission denied/);
  });

  test('stands in the household’s export, masked', async () => {
    const phone = String(
      (await prisma.person.findUniqueOrThrow({ where: { id: home().head.personId } })).phone,
    );
    const reader = home().residents[1]?.personId ?? '';
    const former = async () => (await findHouseholdExport(prisma, v.id, home().id, reader)).formerSignIns;
    expect(await former()).toEqual([]);
    await link(home().head.id, '');
    const masked = `${phone.slice(0, 3)}****${phone.slice(7)}`;
    expect(await former()).toEqual([{ residentId: home().head.id, phone: masked }]);
  });
});

describe('a kinship', () => {
  test('is ended by nobody for the own household, nor by who was of it', async () => {
    const secretary = home().head.personId;
    await anAppointment(secretary, 'SECRETARY', { villageId: v.id });
    const mine = await kin(0, 1);
    expect(await end(mine, { id: secretary })).toBe('KIN_OWN_HOUSEHOLD');
    await link(home().head.id, '', { id: secretary });
    expect(await end(mine, { id: secretary })).toBe('KIN_OWN_HOUSEHOLD');
    // of the son of the house as of its head
    const spouse = home(2).residents[1]?.personId ?? '';
    await anAppointment(spouse, 'SECRETARY', { villageId: v.id });
    const ofHome = await kin(1, 2);
    expect(await end(ofHome, { id: spouse })).toBe('KIN_OWN_HOUSEHOLD');
    expect(await end(ofHome)).toBe(null);
    expect(await end(mine)).toBe(null);
  });

  test('asks to step back for a year after it was ended, whole days of Shanghai', async () => {
    const officer = home().head.personId;
    const id = await kin(0, 1);
    expect(await end(id)).toBe(null);
    for (const at of [TEST_NOW, lateOn('2027-11-24')]) {
      expect([await why(officer, 1, at), await why(home(1).head.personId, 0, at)]).toEqual([
        'NEAR_KIN',
        'NEAR_KIN',
      ]);
    }
    expect(await why(officer, 1, new Date(startOfDay('2027-11-25' as Day)))).toBe(null);
    const seen = async (day: string) => (await findHousehold(prisma, v.id, home().id, day as Day))?.kin;
    expect(await seen('2027-11-24')).toMatchObject([{ id, until: '2027-11-24' }]);
    expect(await seen('2027-11-25')).toEqual([]);
    // declared again it holds as ever, as a row of its own
    const again = await kin(0, 1);
    expect(again).not.toBe(id);
    expect(await seen(TEST_DAY)).toMatchObject([{ id: again, until: null }]);
  });

  test('that was ended keeps a verifier from deciding, and no longer than that year', async () => {
    const verifier = home(1).head.personId;
    await anAppointment(verifier, 'VERIFIER', { villageId: v.id });
    await end(await kin(0, 1));
    const deed = await v.submitted(0, 'CIVIC-03');
    expect(refusalOf(await v.approve(deed, { id: verifier }))).toBe('NEAR_KIN');
    const inAYear = new Date('2027-12-01T02:00:00Z');
    expect(refusalOf(await v.approve(deed, { id: verifier }, { now: inAYear }))).toBe(null);
  });

  test('is changed by nobody, ended or not, and deleted by nobody', async () => {
    const id = await kin(0, 1);
    const app = (sql: string) => prisma.$executeRawUnsafe(sql);
    await expect(app(`update kinship set ended_at = now() where id = '${id}'`)).rejects.toThrow(
      /permission denied/,
    );
    await expect(app(`delete from kinship where id = '${id}'`)).rejects.toThrow(/permission denied/);
    const insert = (more: string, values: string) =>
      app(
        `insert into kinship (village_id, id, resident_a_id, resident_b_id${more})
         select '${v.id}', '${newId()}', least(a, b), greatest(a, b)${values}
         from (values ('${home().head.id}'::uuid, '${home(2).head.id}'::uuid)) as pair (a, b)`,
      );
    await expect(insert(', ended_at', ', now()')).rejects.toThrow(/begins as declared/);
    const hand = (set: string, by = v.secretary.id) =>
      owner.query(`update kinship set ${set.replace('$by', `'${by}'`)} where id = '${id}'`);
    await expect(hand(`resident_a_id = '${home(2).head.id}'`)).rejects.toThrow(/by being ended, once/);
    await expect(hand(`ended_at = '2026-11-24T03:00:00Z'`)).rejects.toThrow(/by being ended, once/);
    await expect(hand(`ended_at = '2026-11-24T03:00:00Z', ended_by_id = $by`, v.verifier.id)).rejects.toThrow(
      /NOT_ALLOWED/,
    );
    await expect(hand(`ended_at = '2025-12-24T03:00:00Z', ended_by_id = $by`)).rejects.toThrow(/in the past/);
    await expect(owner.query('delete from kinship where id = $1', [id])).rejects.toThrow(/are kept/);
    await expect(owner.query('truncate kinship')).rejects.toThrow(/append-only/);
    expect(await end(id)).toBe(null);
    await expect(hand('ended_at = null, ended_by_id = null')).rejects.toThrow(/by being ended, once/);
    expect(await prisma.kinship.findFirst({ where: { id } })).toMatchObject({
      endedAt: TEST_NOW,
      endedById: v.secretary.id,
    });
  });

  test('of one pair is one row while it holds, also declared twice at once', async () => {
    const ids = { residentId: home().head.id, otherId: home(1).head.id };
    const swapped = { residentId: ids.otherId, otherId: ids.residentId };
    const actor = await v.actorOf(v.steward);
    const both = await Promise.all([v.run(declareKin, actor, ids), v.run(declareKin, actor, swapped)]);
    expect(both.map(refusalOf)).toEqual([null, null]);
    expect(await prisma.kinship.count({ where: { villageId: v.id } })).toBe(1);
  });
});

describe('who was of a household', () => {
  test('neither checks nor withdraws a black list it is on', async () => {
    const listed = await aListedVillage(owner);
    await listed.deduct(0);
    const was = { id: listed.household(0).head.personId };
    const unlinked = { residentId: listed.household(0).head.id, phone: '' };
    expect(refusalOf(await listed.run(linkPhone, await listed.actorOf(listed.secretary), unlinked))).toBe(
      null,
    );
    await anAppointment(was.id, 'SUPERVISOR', { villageId: listed.id });
    const listId = await listed.drafted(BLACK);
    expect(refusalOf(await listed.check(listId, was))).toBe('LIST_OWN_HOUSEHOLD');
    expect(refusalOf(await listed.withdraw(listId, '不要了吧', was))).toBe('LIST_OWN_HOUSEHOLD');
    expect(refusalOf(await listed.check(listId))).toBe(null);
  });

  test('neither hears it nor writes its consent down', async () => {
    const was = home().head.personId;
    await link(home().head.id, '');
    await anAppointment(was, 'SUPERVISOR', { villageId: v.id });
    await anAppointment(was, 'STEWARD', { villageId: v.id });
    const hearers = async (household: number) => {
      const { rows } = await owner.query<{ who: string }>(
        'select l.person_id as who from list_hearers($1, $2, $3, $4) l',
        [v.id, [v.supervisor.id], [home(household).id], TEST_NOW],
      );
      return rows.map((row) => row.who);
    };
    expect(await hearers(0)).toEqual([v.secretary.id]);
    expect(await hearers(1)).toEqual([was]);
    const records = (household: number) =>
      owner.query('select refuse_consent_recorder($1, $2, $3, $4, $5)', [
        v.id,
        home(household).id,
        home(household).head.id,
        was,
        TEST_NOW,
      ]);
    await expect(records(0)).rejects.toThrow(/OWN_HOUSEHOLD/);
    await expect(records(1)).resolves.toBeTruthy();
  });
});
