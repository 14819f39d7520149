import { beforeAll, describe, expect, test } from 'vitest';
import { newId } from '@/lib/platform/ids';
import { TEST_NOW } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { aList, aSecondRole, type ListBuilt, pastAllRules } from '@/lib/testing/red-list';
import { aWorkingVillage, refusalOf, type WorkingVillage } from '@/lib/testing/working-village';
import { findHonours } from '../board/reads';
import { awardPlaques, revokePlaque } from './commands';
import { findCertificate, verifyCertificate } from './reads';

const { prisma, owner } = await testDb();

let v: WorkingVillage;
let list: ListBuilt;
beforeAll(async () => {
  v = await aWorkingVillage();
  list = await aList(owner, v, v.households);
});

async function award(
  on: WorkingVillage,
  listId: string,
  rowIds: string[] = [],
  by = on.secretary,
  now = TEST_NOW,
) {
  return on.run(awardPlaques, await on.actorOf(by), { listId, rowIds }, { now });
}

async function revoke(on: WorkingVillage, plaqueId: string, by = on.supervisor, reason = '评榜材料有误') {
  return on.run(revokePlaque, await on.actorOf(by), { plaqueId, reason });
}

const plaquesOf = (on: WorkingVillage) =>
  prisma.plaque.findMany({ where: { villageId: on.id }, orderBy: { number: 'asc' } });

/** A plaque as the owner of the tables would write it by hand. */
async function insertPlaque(on: WorkingVillage, built: ListBuilt, over: Record<string, unknown> = {}) {
  const row: Record<string, unknown> = {
    village_id: on.id,
    id: newId(),
    number: '2026-001',
    code: '0123456789ABCDEFGHJK',
    household_id: on.household(0).id,
    list_id: built.id,
    row_id: built.rows[0],
    awarded_on: '2026-11-24',
    awarded_by_id: on.secretary.id,
    ...over,
  };
  const names = Object.keys(row);
  return owner.query(
    `insert into plaque (${names.join(', ')}) values (${names.map((_, i) => `$${i + 1}`).join(', ')})`,
    Object.values(row),
  );
}

describe('awarding', () => {
  test('numbers follow each other through lists and years; codes are unguessable and differ', async () => {
    const on = await aWorkingVillage();
    const [one, two] = [
      await aList(owner, on, on.households),
      await aList(owner, on, on.households, { period: '2026Q2' }),
    ];
    expect(await award(on, one.id, [one.rows[1] ?? ''])).toMatchObject({ ok: true, outcome: { plaques: 1 } });
    expect(await award(on, one.id)).toMatchObject({ ok: true, outcome: { plaques: 2 } });
    await award(on, two.id, [], on.secretary, new Date('2027-01-03T02:00:00Z'));
    const plaques = await plaquesOf(on);
    expect(plaques.map((plaque) => [plaque.number, plaque.rowId])).toEqual([
      ['2026-001', one.rows[1]],
      ['2026-002', one.rows[0]],
      ['2026-003', one.rows[2]],
      ['2027-001', two.rows[0]],
      ['2027-002', two.rows[1]],
      ['2027-003', two.rows[2]],
    ]);
    expect(new Set(plaques.map((plaque) => plaque.code)).size).toBe(6);
    for (const plaque of plaques) expect(plaque.code).toMatch(/^[0-9A-HJKMNP-TV-Z]{20}$/);
    const told = await prisma.message.count({ where: { villageId: on.id, title: { contains: '红榜之家' } } });
    expect(told).toBe(12);
  });

  test('once: eight at once make the plaques of one, without a gap', async () => {
    const on = await aWorkingVillage();
    const built = await aList(owner, on, on.households);
    const results = await Promise.all(Array.from({ length: 8 }, () => award(on, built.id)));
    expect(results.filter((one) => one.ok)).toHaveLength(1);
    expect(results.map(refusalOf).filter(Boolean)).toEqual(Array(7).fill('NO_PLAQUES_DUE'));
    expect((await plaquesOf(on)).map((one) => one.number)).toEqual(['2026-001', '2026-002', '2026-003']);
  });

  test('different rows at once still get numbers that follow', async () => {
    const on = await aWorkingVillage();
    const built = await aList(owner, on, on.households);
    const results = await Promise.all(built.rows.map((row) => award(on, built.id, [row])));
    expect(results.every((one) => one.ok)).toBe(true);
    expect((await plaquesOf(on)).map((one) => one.number)).toEqual(['2026-001', '2026-002', '2026-003']);
  });

  test('not for a list that isn’t final, red and of households', async () => {
    const households = v.households;
    for (const state of ['DRAFT', 'CHECKED', 'PUBLICITY', 'EXPIRED', 'WITHDRAWN']) {
      const other = await aList(owner, v, households, { state });
      expect(refusalOf(await award(v, other.id)), state).toBe('REWARD_LIST_NOT_FINAL');
    }
    const black = await aList(owner, v, households, { kind: 'BLACK' });
    expect(refusalOf(await award(v, black.id))).toBe('NOT_FOUND');
    const residents = households.map((one) => one.head.id);
    const persons = await aList(owner, v, households, { subject: 'RESIDENT', residents });
    expect(refusalOf(await award(v, persons.id))).toBe('NOT_FOUND');
    const past = await aList(owner, v, households, { expiresOn: '2026-11-23' });
    expect(refusalOf(await award(v, past.id))).toBe('REWARD_LIST_NOT_FINAL');
    const lastDay = await aList(owner, v, households, { expiresOn: '2026-11-24' });
    expect(refusalOf(await award(v, lastDay.id))).toBeNull();
    expect(refusalOf(await award(v, newId()))).toBe('NOT_FOUND');
  });

  test('not for a row that is suspended or gone; the others are not held up', async () => {
    const on = await aWorkingVillage();
    const built = await aList(owner, on, on.households);
    const setRow = (index: number, state: string) =>
      pastAllRules(
        owner,
        `update list_row set state = $3::"ListRowState", gone_why = case when $3 = 'GONE' then 'REVERSED'::"GoneWhy" end,
           gone_at = case when $3 = 'GONE' then $4::timestamptz end
         where village_id = $1 and id = $2`,
        [on.id, built.rows[index], state, TEST_NOW],
      );
    await setRow(0, 'SUSPENDED');
    await setRow(1, 'GONE');
    expect(refusalOf(await award(on, built.id, [built.rows[0] ?? '']))).toBe('REWARD_ROW_NOT_STANDING');
    expect(refusalOf(await award(on, built.id, [built.rows[1] ?? '']))).toBe('REWARD_ROW_NOT_STANDING');
    expect(await award(on, built.id)).toMatchObject({ ok: true, outcome: { plaques: 1 } });
    expect((await plaquesOf(on)).map((one) => one.householdId)).toEqual([on.household(2).id]);
    await setRow(0, 'STANDING');
    expect(refusalOf(await award(on, built.id, [built.rows[0] ?? '']))).toBeNull();
  });

  test('by the secretary alone, of the list’s own village and rows', async () => {
    for (const who of [v.verifier, v.supervisor, v.steward]) {
      expect(refusalOf(await award(v, list.id, [], who))).toBe('NOT_ALLOWED');
    }
    const other = await aWorkingVillage();
    const theirs = await aList(owner, other, other.households);
    expect(refusalOf(await award(v, theirs.id))).toBe('NOT_FOUND');
    expect(refusalOf(await award(v, list.id, [theirs.rows[0] ?? '']))).toBe('NOT_FOUND');
    expect(await plaquesOf(other)).toEqual([]);
  });
});

describe('a plaque that no list bears', () => {
  test('is refused to the owner of the tables', async () => {
    const on = await aWorkingVillage();
    const other = await aWorkingVillage();
    const good = await aList(owner, on, on.households);
    const black = await aList(owner, on, on.households, { kind: 'BLACK' });
    const open = await aList(owner, on, on.households, { state: 'PUBLICITY' });
    const past = await aList(owner, on, on.households, { expiresOn: '2026-11-23' });
    const persons = await aList(owner, on, on.households, { subject: 'RESIDENT' });
    const theirs = await aList(owner, other, other.households);
    const of = (built: ListBuilt) => ({ list_id: built.id, row_id: built.rows[0] });
    const rests = /rests on a standing row/;
    const tries: [string, Record<string, unknown>, RegExp][] = [
      ['a black list', of(black), rests],
      ['a list still in publicity', of(open), rests],
      ['a list that is over', of(past), rests],
      ['a list of persons', of(persons), rests],
      ['another village’s list', of(theirs), rests],
      ['another household than the row’s', { household_id: on.household(1).id }, rests],
      ['a row of another list', { row_id: black.rows[0] }, rests],
      ['before the list was final', { awarded_on: '2026-11-22' }, rests],
      ['by the supervisor', { awarded_by_id: on.supervisor.id }, /NOT_ALLOWED/],
      ['a number left out', { number: '2026-002' }, /another number/],
      ['a number of another year', { number: '2025-001' }, /another number/],
      ['a code that can be guessed', { code: '1' }, /plaque_code/],
      [
        'revoked from the start',
        { revoked_at: TEST_NOW, revoked_by_id: on.supervisor.id, revoked_why: '不该' },
        /revoked/,
      ],
    ];
    for (const [what, over, error] of tries)
      await expect(insertPlaque(on, good, over), what).rejects.toThrow(error);
    await pastAllRules(owner, `update list_row set state = 'SUSPENDED' where id = $1`, [good.rows[0]]);
    await expect(insertPlaque(on, good), 'suspended').rejects.toThrow(rests);
    await pastAllRules(owner, `update list_row set state = 'STANDING' where id = $1`, [good.rows[0]]);
    await insertPlaque(on, good);
    await expect(
      insertPlaque(on, good, { number: '2026-002', code: '1123456789ABCDEFGHJK' }),
      'a second for the same row',
    ).rejects.toThrow('plaque_village_id_row_id_key');
  });

  test('does not change, and is not deleted', async () => {
    const on = await aWorkingVillage();
    await award(on, (await aList(owner, on, on.households)).id);
    const where = `where village_id = '${on.id}' and number = '2026-001'`;
    for (const set of [
      `number = '2026-009'`,
      `code = '1123456789ABCDEFGHJK'`,
      `household_id = '${on.household(2).id}'`,
      `awarded_on = '2026-11-25'`,
    ]) {
      await expect(owner.query(`update plaque set ${set} ${where}`), set).rejects.toThrow(/does not change/);
    }
    await expect(owner.query(`delete from plaque ${where}`)).rejects.toThrow(/not deleted/);
    await expect(owner.query('truncate plaque')).rejects.toThrow(/append-only/);
    await expect(prisma.plaque.deleteMany({ where: { villageId: on.id } })).rejects.toThrow(
      /permission denied/,
    );
    await expect(
      prisma.plaque.updateMany({ where: { villageId: on.id }, data: { code: 'X' } }),
    ).rejects.toThrow(/permission denied/);
  });
});

describe('the certificate', () => {
  test('verifies while it holds, masked whatever the household consented to; and says so at once when it was revoked', async () => {
    const on = await aWorkingVillage();
    await award(on, (await aList(owner, on, on.households)).id);
    const [plaque] = await plaquesOf(on);
    if (!plaque) throw new Error('no plaque');
    const ask = (code = plaque.code) => verifyCertificate(prisma, on.id, code);
    expect(await ask()).toEqual({
      isValid: true,
      number: '2026-001',
      quarter: '2026Q3',
      awardedOn: '2026-11-24',
      name: '陈×国',
      householdCode: on.household(0).code,
    });
    const consent = newId();
    await pastAllRules(
      owner,
      `insert into consent (village_id, id, household_id, text_version, text, given_by_id, given_at)
       values ($1, $2, $3, 1, '同意', $4, $5)`,
      [on.id, consent, on.household(0).id, on.household(0).head.personId, TEST_NOW],
    );
    // the consent is to red lists, and to nothing else
    expect(await ask()).toMatchObject({ name: '陈×国' });
    const honours = await findHonours(prisma, on.id, null);
    expect(honours.plaques.find((one) => one.number === '2026-001')).toMatchObject({
      name: '陈×国',
      certificate: plaque.code,
    });
    expect(refusalOf(await revoke(on, plaque.id))).toBeNull();
    expect(await ask()).toEqual({ isValid: false, number: '2026-001', revokedOn: '2026-11-24' });
    expect((await findHonours(prisma, on.id, null)).plaques.map((one) => one.certificate)).not.toContain(
      plaque.code,
    );
    // its own household still sees it, with the day and the reason
    const own = await findCertificate(prisma, on.id, plaque.id, on.household(0).id);
    expect(own).toMatchObject({ headName: '陈建国', revokedOn: '2026-11-24', revokedWhy: '评榜材料有误' });
  });

  test('an unknown code, another village’s, and another household’s are not there', async () => {
    const on = await aWorkingVillage();
    const other = await aWorkingVillage();
    await award(on, (await aList(owner, on, on.households)).id);
    const [plaque] = await plaquesOf(on);
    if (!plaque) throw new Error('no plaque');
    expect(await verifyCertificate(prisma, other.id, plaque.code)).toBeNull();
    expect(await verifyCertificate(prisma, on.id, '00000000000000000000')).toBeNull();
    expect(await findCertificate(prisma, other.id, plaque.id)).toBeNull();
    expect(await findCertificate(prisma, on.id, plaque.id, on.household(1).id)).toBeNull();
    expect(await findCertificate(prisma, on.id, plaque.id)).toMatchObject({ number: '2026-001' });
  });
});

describe('revoking', () => {
  test('by the supervisor with a reason, once, never by who awarded it', async () => {
    const on = await aWorkingVillage();
    await award(on, (await aList(owner, on, on.households)).id);
    const [plaque] = await plaquesOf(on);
    const id = plaque?.id ?? '';
    for (const who of [on.secretary, on.verifier, on.steward]) {
      expect(refusalOf(await revoke(on, id, who))).toBe('NOT_ALLOWED');
    }
    expect(refusalOf(await revoke(on, newId()))).toBe('NOT_FOUND');
    expect(refusalOf(await revoke(v, id)), 'by another village’s supervisor').toBe('NOT_FOUND');
    expect(refusalOf(await revoke(on, id, on.supervisor, ' '))).toBe('BAD_INPUT');
    await aSecondRole(owner, on.secretary.id, 'SUPERVISOR', on.id);
    await expect(
      owner.query(
        `update plaque set revoked_at = $2, revoked_by_id = $3, revoked_why = '改主意了' where village_id = $1 and id = $4`,
        [on.id, TEST_NOW, on.secretary.id, id],
      ),
    ).rejects.toThrow('REWARD_SAME_PERSON');
    const results = await Promise.all([revoke(on, id), revoke(on, id)]);
    expect(results.map(refusalOf).sort()).toEqual(['REWARD_REVOKED', null]);
    await expect(
      owner.query(
        `update plaque set revoked_at = null, revoked_by_id = null, revoked_why = '' where id = $1`,
        [id],
      ),
    ).rejects.toThrow('REWARD_REVOKED');
    const told = await prisma.message.findFirst({ where: { villageId: on.id, title: { contains: '撤销' } } });
    expect(told?.body).toContain('评榜材料有误');
  });

  test('no code of a certificate is in the log of commands or in a message', async () => {
    const on = await aWorkingVillage();
    await award(on, (await aList(owner, on, on.households)).id);
    for (const { code } of await plaquesOf(on)) {
      const { rows } = await owner.query(
        `select count(*)::int as n from command_log where input::text like $1 or outcome::text like $1`,
        [`%${code}%`],
      );
      expect(rows[0].n).toBe(0);
      expect(await prisma.message.count({ where: { body: { contains: code } } })).toBe(0);
    }
  });
});
