import { describe, expect, it } from 'vitest';
import type { Actor } from '@/lib/auth/types';
import type { Day } from '@/lib/platform/clock';
import { type Command, runCommand } from '@/lib/platform/command';
import { newId } from '@/lib/platform/ids';
import {
  actorFor,
  anAppointment,
  aPerson,
  aPhone,
  aVillage,
  TEST_DAY,
  TEST_NOW,
} from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { appoint, endAppointment } from './appointment/commands';
import { addHousehold, addResident, changeHousehold, changeResident, moveOutResident } from './commands';
import { exportHousehold } from './export/commands';
import { findHousehold, isExportOpen, listRevealedPhones } from './household/reads';
import { declareKin, endKin } from './kin/commands';
import { linkPhone, revealPhone } from './phone/commands';
import { countRoster, listRoster, searchResidents } from './reads';
import { shownOf } from './rules';

const { prisma, owner } = await testDb();

async function run(command: Command, actor: Actor, input: unknown, id = newId()) {
  return runCommand(command, { actor, id, input, now: TEST_NOW });
}

/** Answers the refusal's code, or 'ok'. */
async function said(command: Command, actor: Actor, input: unknown): Promise<string> {
  const result = await run(command, actor, input);
  return result.ok ? 'ok' : result.refusal.code;
}

async function snapshot(villageId: string): Promise<string> {
  const { rows } = await owner.query(
    `select (select json_agg(h order by h.id) from household h where h.village_id = $1) h,
      (select json_agg(r order by r.id) from resident r where r.village_id = $1) r,
      (select json_agg(k order by k.id) from kinship k where k.village_id = $1) k,
      (select json_agg(a order by a.id) from appointment a where a.village_id = $1) a,
      (select count(*) from command_log c where c.village_id = $1) c`,
    [villageId],
  );
  return JSON.stringify(rows[0]);
}

describe('a household', () => {
  it('gets the next free number of its group, also ten at once', async () => {
    const village = await aVillage({ households: 3 });
    const secretary = await actorFor(village.secretary);
    const [group] = village.groups;
    const added = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        run(addHousehold, secretary, {
          groupId: group?.id,
          headName: '𠮷田',
          doorNumber: `${index}号`,
          birthYear: '',
        }),
      ),
    );
    const codes = added.map((one) => (one.ok ? one.outcome.code : one.refusal.code)).sort();
    expect(codes).toEqual(
      Array.from({ length: 10 }, (_, index) => `01-0${String(index + 3).padStart(2, '0')}`),
    );
    const account = await owner.query(
      "select count(*)::int n from account where village_id = $1 and kind = 'HOUSEHOLD'",
      [village.id],
    );
    expect(account.rows[0].n).toBe(3 + 10);
  });

  it('is added once for one id', async () => {
    const village = await aVillage({ households: 1 });
    const secretary = await actorFor(village.secretary);
    const id = newId();
    const input = { groupId: village.groups[0]?.id, headName: '䶮强', phone: aPhone() };
    const [first, again] = [
      await run(addHousehold, secretary, input, id),
      await run(addHousehold, secretary, input, id),
    ];
    expect(first.ok && again.ok && again.repeated && again.outcome.subject).toBe(
      first.ok && first.outcome.subject,
    );
    const other = await run(addHousehold, secretary, { ...input, headName: '李强' }, id);
    expect(other.ok ? '' : other.refusal.code).toBe('SAME_ID_OTHER_CONTENT');
    expect((await countRoster(prisma, village.id)).households).toBe(2);
  });

  it('is kept by the secretary alone, and only in the own village', async () => {
    const [mine, theirs] = [await aVillage({ households: 1 }), await aVillage({ households: 1 })];
    const before = [await snapshot(mine.id), await snapshot(theirs.id)];
    const secretary = await actorFor(mine.secretary);
    const foreign = theirs.household(0);
    const [head] = foreign.residents;
    const ids = { householdId: foreign.id, residentId: head?.id, groupId: theirs.groups[0]?.id };
    const member = { name: '李强', relation: 'OTHER' };
    expect([
      await said(addHousehold, secretary, { groupId: ids.groupId, headName: '李强' }),
      await said(changeHousehold, secretary, { householdId: ids.householdId }),
      await said(addResident, secretary, { householdId: ids.householdId, ...member }),
      await said(changeResident, secretary, { residentId: ids.residentId, ...member }),
      await said(moveOutResident, secretary, { residentId: ids.residentId }),
      await said(linkPhone, secretary, { residentId: ids.residentId, phone: aPhone() }),
      await said(revealPhone, secretary, { residentId: ids.residentId }),
      await said(declareKin, secretary, { residentId: ids.residentId, otherId: mine.household(0).head.id }),
      await said(endKin, secretary, { kinshipId: newId() }),
      await said(appoint, secretary, { residentId: ids.residentId, role: 'VERIFIER', from: TEST_DAY }),
      await said(changeHousehold, secretary, { householdId: newId() }),
    ]).toEqual(Array.from({ length: 11 }, () => 'NOT_FOUND'));
    const own = { householdId: mine.household(0).id, residentId: mine.household(0).head.id };
    for (const person of [mine.verifier, mine.supervisor, mine.steward]) {
      const actor = await actorFor(person);
      expect([
        await said(changeHousehold, actor, own),
        await said(addResident, actor, { ...own, ...member }),
        await said(moveOutResident, actor, own),
        await said(linkPhone, actor, { ...own, phone: '' }),
        await said(appoint, actor, { ...own, role: 'VERIFIER', from: TEST_DAY }),
      ]).toEqual(Array.from({ length: 5 }, () => 'NOT_ALLOWED'));
    }
    expect([await snapshot(mine.id), await snapshot(theirs.id)]).toEqual(before);
  });

  it('has one head: a new one takes the place of the old, also when two are made at once', async () => {
    const village = await aVillage({ households: 1 });
    const secretary = await actorFor(village.secretary);
    const home = village.household(0);
    const [head, spouse, child] = home.residents;
    expect(
      await said(changeResident, secretary, { residentId: head?.id, name: '陈建国', relation: 'OTHER' }),
    ).toBe('HEAD_IS_CHOSEN');
    expect(await said(moveOutResident, secretary, { residentId: head?.id })).toBe('HEAD_MUST_STAY');
    const asHead = { name: '何秀英', relation: 'HEAD', birthYear: '1972' };
    const both = await Promise.all([
      said(changeResident, secretary, { residentId: spouse?.id, ...asHead }),
      said(changeResident, secretary, { residentId: child?.id, ...asHead }),
    ]);
    expect(both).toEqual(['ok', 'ok']);
    const view = await findHousehold(prisma, village.id, home.id, TEST_DAY);
    expect(view?.members.filter((one) => one.relation === 'HEAD')).toHaveLength(1);
    expect(view?.members[0]?.relation).toBe('HEAD');
  });

  it('closes when the last one moves out, and can then not be changed', async () => {
    const village = await aVillage({ households: 1 });
    const secretary = await actorFor(village.secretary);
    const home = village.household(0);
    const [head, spouse, child] = home.residents;
    for (const one of [spouse, child, head]) {
      expect(await said(moveOutResident, secretary, { residentId: one?.id })).toBe('ok');
    }
    expect(await said(moveOutResident, secretary, { residentId: head?.id })).toBe('HOUSEHOLD_LEFT');
    expect(await said(changeHousehold, secretary, { householdId: home.id })).toBe('HOUSEHOLD_LEFT');
    expect((await actorFor(home.head.personId)).resident).toBeNull();
    expect((await listRoster(prisma, village.id, {})).total).toBe(0);
    const found = await listRoster(prisma, village.id, { search: '1-1' });
    expect(found.lines.map((line) => [line.code, line.hasLeft])).toEqual([['01-001', true]]);
  });

  it('refuses names the database refuses too', async () => {
    const village = await aVillage({ households: 1 });
    const secretary = await actorFor(village.secretary);
    const before = await snapshot(village.id);
    for (const headName of ['', '陈1', '字'.repeat(21), '陈\u0000', { $ne: '' }, null, ['陈']]) {
      expect(await said(addHousehold, secretary, { groupId: village.groups[0]?.id, headName })).toBe(
        'BAD_INPUT',
      );
    }
    expect(await snapshot(village.id)).toBe(before);
    await expect(
      owner.query('update resident set name = $2 where village_id = $1', [village.id, '字'.repeat(21)]),
    ).rejects.toThrow('resident_name_length');
    await expect(
      owner.query(`update household set code = '3-17' where village_id = $1`, [village.id]),
    ).rejects.toThrow('household_code_format');
  });
});

describe('a phone', () => {
  it('lets a member sign in, is taken away, and belongs to one member', async () => {
    const village = await aVillage({ households: 2 });
    const secretary = await actorFor(village.secretary);
    const [head, , child] = village.household(0).residents;
    const phone = aPhone();
    expect(
      await said(linkPhone, secretary, {
        residentId: child?.id,
        phone: ` ${phone.slice(0, 3)} ${phone.slice(3)}`,
      }),
    ).toBe('ok');
    const person = await prisma.person.findUniqueOrThrow({ where: { phone } });
    const childActor = await actorFor(person);
    expect(childActor.resident?.residentId).toBe(child?.id);
    expect(await said(linkPhone, secretary, { residentId: head?.id, phone })).toBe('PHONE_TAKEN');
    expect(await said(linkPhone, secretary, { residentId: child?.id, phone: '' })).toBe('ok');
    expect((await actorFor(person)).resident).toBeNull();
  });

  it('of someone elsewhere links that person, and never changes the number of a person', async () => {
    const [mine, theirs] = [await aVillage({ households: 1 }), await aVillage({ households: 1 })];
    const secretary = await actorFor(mine.secretary);
    const residentId = mine.household(0).residents[2]?.id;
    await owner.query('update resident set name = $2 where id = $1', [residentId, theirs.secretary.name]);
    expect(await said(linkPhone, secretary, { residentId, phone: theirs.secretary.phone })).toBe('ok');
    const official = await prisma.person.findUniqueOrThrow({ where: { id: theirs.secretary.id } });
    expect([official.phone, official.name]).toEqual([theirs.secretary.phone, theirs.secretary.name]);
    expect(await said(linkPhone, secretary, { residentId, phone: aPhone() })).toBe('ok');
    expect((await prisma.person.findUniqueOrThrow({ where: { id: theirs.secretary.id } })).phone).toBe(
      theirs.secretary.phone,
    );
  });

  it('is shown in full only to who asked, for five minutes, and that is kept', async () => {
    const village = await aVillage({ households: 1 });
    const home = village.household(0);
    const steward = await actorFor(village.steward);
    const secretary = await actorFor(village.secretary);
    expect(await said(revealPhone, await actorFor(village.verifier), { residentId: home.head.id })).toBe(
      'NOT_ALLOWED',
    );
    const result = await run(revealPhone, steward, { residentId: home.head.id });
    expect(result.ok).toBe(true);
    const { phone } = await prisma.person.findUniqueOrThrow({ where: { id: home.head.personId } });
    const shownTo = (personId: string, minutes: number) =>
      listRevealedPhones(
        prisma,
        village.id,
        home.id,
        personId,
        new Date(TEST_NOW.getTime() + minutes * 60_000),
      );
    expect([...(await shownTo(steward.personId, 4))]).toEqual([[home.head.id, phone]]);
    expect((await shownTo(steward.personId, 6)).size).toBe(0);
    expect((await shownTo(secretary.personId, 0)).size).toBe(0);
    const log = await owner.query('select what, subject, person_id from access_log where village_id = $1', [
      village.id,
    ]);
    expect(log.rows).toEqual([{ what: 'phone', subject: home.head.id, person_id: steward.personId }]);
    const kept = await owner.query(
      `select count(*)::int n from command_log where to_jsonb(command_log)::text like '%' || $1 || '%'`,
      [phone],
    );
    expect(kept.rows[0].n).toBe(0);
  });

  it('is masked in the household', async () => {
    const village = await aVillage({ households: 1 });
    const view = await findHousehold(prisma, village.id, village.household(0).id, TEST_DAY);
    expect(view?.members[0]?.phone).toMatch(/^199\*{4}\d{4}$/);
    expect(JSON.stringify(view)).not.toMatch(/199\d{8}/);
  });
});

describe('a head', () => {
  it('of unknown age is replaced once the year of birth is filled in, never before', async () => {
    const village = await aVillage({ households: 1 });
    const secretary = await actorFor(village.secretary);
    const home = village.household(0);
    const [head, spouse] = home.residents;
    const own = { residentId: head?.id, name: '陈建国', relation: 'HEAD' };
    const newHead = { residentId: spouse?.id, name: '何秀英', relation: 'HEAD', birthYear: '1972' };
    const son = { householdId: home.id, name: '陈大海', relation: 'HEAD', birthYear: '1990' };
    expect(await said(changeResident, secretary, own)).toBe('ok');
    const before = await snapshot(village.id);
    const refused = await run(changeResident, secretary, newHead);
    expect(refused.ok ? null : refused.refusal).toMatchObject({
      code: 'HEAD_YEAR_FIRST',
      params: { name: '陈建国' },
    });
    expect(await said(addResident, secretary, son)).toBe('HEAD_YEAR_FIRST');
    expect(await snapshot(village.id)).toBe(before);
    await expect(
      owner.query("update resident set relation = 'CHILD' where id = $1", [head?.id]),
    ).rejects.toThrow('HEAD_YEAR_FIRST');
    expect(await said(changeResident, secretary, { ...own, birthYear: '1959' })).toBe('ok');
    expect(await said(addResident, secretary, son)).toBe('ok');
    const { rows } = await owner.query('select speaks_for_household($1, $2, $3, $4) as speaks', [
      village.id,
      home.id,
      head?.personId,
      TEST_NOW,
    ]);
    expect(rows[0].speaks).toBe(true);
  });
});

describe('a form of a household', () => {
  it('that shows what has changed since is refused, and clears no exemption', async () => {
    const village = await aVillage({ households: 1 });
    const secretary = await actorFor(village.secretary);
    const home = village.household(0);
    const view = async () => {
      const found = await findHousehold(prisma, village.id, home.id, TEST_DAY);
      if (!found) throw new Error('no household');
      return found;
    };
    const shown = shownOf(await view());
    const mark = { householdId: home.id, doorNumber: '1号', isDisabled: 'on' };
    expect(await said(changeHousehold, secretary, { ...mark, shown })).toBe('ok');
    const late = { householdId: home.id, doorNumber: '9号', shown };
    const refused = await run(changeHousehold, secretary, late);
    expect(refused.ok ? null : refused.refusal).toMatchObject({
      code: 'HOUSEHOLD_CHANGED',
      params: { now: '门牌“1号”，失能' },
    });
    // a form of yesterday, which says nothing of what it showed
    expect(await said(changeHousehold, secretary, { ...late, shown: undefined })).toBe('HOUSEHOLD_CHANGED');
    expect(await view()).toMatchObject({ doorNumber: '1号', flags: { isDisabled: true } });
    expect(await said(changeHousehold, secretary, { ...late, shown: shownOf(await view()) })).toBe('ok');
    expect(await view()).toMatchObject({ doorNumber: '9号', flags: { isDisabled: false } });
  });
});

describe('kin', () => {
  it('are one pair from both sides, end, and can be declared again', async () => {
    const village = await aVillage({ households: 2 });
    const secretary = await actorFor(village.secretary);
    const [one, other] = [village.household(0).head.id, village.household(1).head.id];
    expect(await said(declareKin, secretary, { residentId: one, otherId: one })).toBe('KIN_SAME_PERSON');
    expect(
      await Promise.all([
        said(declareKin, secretary, { residentId: one, otherId: other }),
        said(declareKin, secretary, { residentId: other, otherId: one }),
      ]),
    ).toEqual(['ok', 'ok']);
    const kinOf = async (index: number) =>
      (await findHousehold(prisma, village.id, village.household(index).id, TEST_DAY))?.kin ?? [];
    const [seen] = await kinOf(0);
    expect([seen?.otherId, (await kinOf(1))[0]?.otherId, (await kinOf(0)).length]).toEqual([other, one, 1]);
    const verifier = await actorFor(village.verifier);
    expect(await said(endKin, verifier, { kinshipId: seen?.id })).toBe('NOT_ALLOWED');
    expect(await said(endKin, secretary, { kinshipId: seen?.id })).toBe('ok');
    expect(await said(endKin, secretary, { kinshipId: seen?.id })).toBe('NOT_FOUND');
    expect(await kinOf(0)).toMatchObject([{ otherId: other, until: '2027-11-24' }]);
    expect(await said(declareKin, verifier, { residentId: one, otherId: other })).toBe('ok');
    expect(await kinOf(0)).toMatchObject([{ otherId: other, until: null }]);
  });
});

describe('an appointment', () => {
  it('begins and ends with the next request', async () => {
    const village = await aVillage({ households: 1 });
    const secretary = await actorFor(village.secretary);
    const { head } = village.household(0);
    const input = { residentId: head.id, role: 'VERIFIER', from: TEST_DAY, until: '' };
    const made = await run(appoint, secretary, input);
    expect((await actorFor(head.personId)).desk?.roles).toEqual(['VERIFIER']);
    expect(await said(appoint, secretary, input)).toBe('ROLE_HELD');
    const appointmentId = made.ok ? made.outcome.appointmentId : '';
    expect(await said(endAppointment, secretary, { appointmentId })).toBe('ok');
    expect((await actorFor(head.personId)).desk).toBeNull();
    expect(await said(endAppointment, secretary, { appointmentId })).toBe('NOT_FOUND');
    expect(await said(appoint, secretary, input)).toBe('ok');
  });

  it('that was to begin later and was ended is shown no more', async () => {
    const village = await aVillage({ households: 1 });
    const secretary = await actorFor(village.secretary);
    const home = village.household(0);
    const made = await run(appoint, secretary, {
      residentId: home.head.id,
      role: 'VERIFIER',
      from: '2026-12-10',
    });
    const shown = async () =>
      (await findHousehold(prisma, village.id, home.id, TEST_DAY))?.members[0]?.appointments.length;
    expect(await shown()).toBe(1);
    const appointmentId = made.ok ? made.outcome.appointmentId : '';
    expect(await said(endAppointment, secretary, { appointmentId })).toBe('ok');
    expect(await shown()).toBe(0);
  });

  it('needs a phone, days in order, and a day within a year', async () => {
    const village = await aVillage({ households: 1 });
    const secretary = await actorFor(village.secretary);
    const [head, , child] = village.household(0).residents;
    const give = (input: object) =>
      said(appoint, secretary, { residentId: head?.id, role: 'STEWARD', from: TEST_DAY, ...input });
    expect(await give({ residentId: child?.id })).toBe('PHONE_NEEDED');
    expect(await give({ until: '2026-11-23' })).toBe('UNTIL_BEFORE_FROM');
    expect(await give({ from: '2028-01-01' })).toBe('BAD_INPUT');
    expect(await give({ role: 'SECRETARY' })).toBe('BAD_INPUT');
    expect(await give({ until: '2026-11-24' })).toBe('ok');
  });

  it('never makes one person supervisor and verifier at once, not even by two at the same time', async () => {
    const village = await aVillage({ households: 1 });
    const secretary = await actorFor(village.secretary);
    const { head } = village.household(0);
    const give = (role: string) => said(appoint, secretary, { residentId: head.id, role, from: TEST_DAY });
    const both = await Promise.all([give('VERIFIER'), give('SUPERVISOR')]);
    expect([...both].sort()).toEqual(['ROLES_EXCLUDE', 'ok']);
    await expect(
      anAppointment(village.verifier.id, 'SUPERVISOR', { villageId: village.id }),
    ).rejects.toThrow();
    // After one term has ended the other may begin.
    const later = await aPerson('监督乙');
    await anAppointment(later.id, 'VERIFIER', { villageId: village.id }, { until: '2026-10-31' as Day });
    await anAppointment(later.id, 'SUPERVISOR', { villageId: village.id }, { from: '2026-11-01' as Day });
    expect((await actorFor(later)).desk?.roles).toEqual(['SUPERVISOR']);
  });

  it('of another village or another kind is not theirs to end', async () => {
    const [mine, theirs] = [await aVillage({ households: 1 }), await aVillage({ households: 1 })];
    const secretary = await actorFor(mine.secretary);
    const foreign = await prisma.appointment.findFirstOrThrow({ where: { personId: theirs.verifier.id } });
    const own = await prisma.appointment.findFirstOrThrow({ where: { personId: mine.secretary.id } });
    expect(await said(endAppointment, secretary, { appointmentId: foreign.id })).toBe('NOT_FOUND');
    expect(await said(endAppointment, secretary, { appointmentId: own.id })).toBe('NOT_FOUND');
  });

  it('is held where its role belongs, the database says', async () => {
    const village = await aVillage({ households: 1 });
    const person = await aPerson('某人');
    for (const [role, scope] of [
      ['VERIFIER', { townshipId: village.townshipId }],
      ['TOWNSHIP', { villageId: village.id }],
      ['DISTRICT', { townshipId: village.townshipId }],
      ['MERCHANT', { villageId: village.id }],
    ] as const) {
      await expect(anAppointment(person.id, role, scope)).rejects.toThrow();
    }
    await expect(
      owner.query(
        `insert into appointment (id, person_id, role, from_day) values ($1, $2, 'SPONSOR', now())`,
        [newId(), person.id],
      ),
    ).rejects.toThrow('appointment_scope_fits_role');
  });
});

describe('the roster', () => {
  it('is found by name, pinyin, initials and code, thirty a page', async () => {
    const village = await aVillage({ households: 33 });
    const secretary = await actorFor(village.secretary);
    const home = village.household(4);
    await run(addResident, secretary, { householdId: home.id, name: '单雄信', relation: 'OTHER' });
    const codes = async (search: string) =>
      (await listRoster(prisma, village.id, { search })).lines.map((line) => line.code);
    for (const search of ['单雄信', '雄', 'shanxiong', 'shan xiong', 'SXX', home.code, '1-3']) {
      expect([search, await codes(search)]).toEqual([search, [home.code]]);
    }
    const found = await listRoster(prisma, village.id, { search: 'sxx' });
    expect(found.lines[0]).toMatchObject({ foundBy: ['单雄信'], members: 4, phones: 2 });
    for (const search of ['%', '_', "'", '\\', '\u0000', '\ud800', '不在']) {
      const total = (await listRoster(prisma, village.id, { search })).total;
      // What can't be searched for is no search: the whole list.
      expect([search, total]).toEqual([search, ['\u0000', '\ud800'].includes(search) ? 33 : 0]);
    }
    const [first, second] = [
      await listRoster(prisma, village.id, {}),
      await listRoster(prisma, village.id, { page: 2 }),
    ];
    expect([first.lines.length, second.lines.length, first.total, first.pages]).toEqual([30, 3, 33, 2]);
    const group = await listRoster(prisma, village.id, { groupId: village.groups[1]?.id });
    expect(group.total).toBe(16);
    expect(await searchResidents(prisma, village.id, 'sxx')).toMatchObject([
      { name: '单雄信', householdCode: home.code },
    ]);
    expect(await countRoster(prisma, village.id)).toEqual({
      households: 33,
      residents: 100,
      withoutPhone: 0,
    });
  });
});

describe('an export', () => {
  it('opens for who asked, for minutes, and is kept as read', async () => {
    const village = await aVillage({ households: 1 });
    const home = village.household(0);
    const head = await actorFor(home.head.personId);
    const isOpen = (minutes: number) =>
      isExportOpen(
        prisma,
        village.id,
        home.id,
        head.personId,
        new Date(TEST_NOW.getTime() + minutes * 60_000),
      );
    expect(await isOpen(0)).toBe(false);
    expect((await run(exportHousehold, head, {})).ok).toBe(true);
    expect([await isOpen(1), await isOpen(6)]).toEqual([true, false]);
  });
});
