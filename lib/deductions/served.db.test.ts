import { describe, expect, test } from 'vitest';
import { behindTheScenes } from '@/lib/lists/testing/listed-village';
import { newId } from '@/lib/platform/ids';
import { aPerson } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { at, deductionWay, testDay } from '@/lib/testing/deduction-way';
import { aWorkingVillage, refusalOf, type WorkingVillage } from '@/lib/testing/working-village';
import { postDueDeductions } from './due';

// A warning or notice that reached nobody is none: by hand in the tables, through the commands, and of old rows too.

const { prisma, owner } = await testDb();

/** Nobody of the household signs in. */
async function withoutPhones(v: WorkingVillage, household: number): Promise<void> {
  await prisma.resident.updateMany({
    where: { villageId: v.id, householdId: v.household(household).id },
    data: { personId: null },
  });
}

/** Of the household only the child signs in. */
async function withChildOnly(v: WorkingVillage, household: number): Promise<void> {
  await withoutPhones(v, household);
  await prisma.resident.update({
    where: { villageId_id: { villageId: v.id, id: v.household(household).residents[2]?.id ?? '' } },
    data: { personId: (await aPerson('小满')).id },
  });
}

/** What the owner of the tables hears who writes down that it was served so; 'OK' when he may. Nothing is kept. */
async function serve(v: WorkingVillage, id: string, kind: 'WARN' | 'APPROVE', how: string): Promise<string> {
  const client = await owner.connect();
  try {
    await client.query('begin');
    await client.query(
      kind === 'WARN'
        ? 'update deduction set warned_how = $3, recheck_on = $4 where village_id = $1 and id = $2'
        : 'update deduction set noticed_how = $3, answer_until = $4 where village_id = $1 and id = $2',
      [v.id, id, how, testDay(20)],
    );
    await client.query(
      `insert into deduction_step (village_id, id, deduction_id, kind, person_id, done_at)
       values ($1, $2, $3, $4::"DeductionStepKind", $5, $6)`,
      [v.id, newId(), id, kind, (kind === 'WARN' ? v.steward : v.supervisor).id, at(testDay(7), 12)],
    );
    return 'OK';
  } catch (error) {
    return String(error instanceof Error ? error.message : error).split(' ')[0] ?? '';
  } finally {
    await client.query('rollback');
    client.release();
  }
}

const NO_SET = [
  'SMS',
  'PHONE,SMS',
  'SMS,HAND',
  '',
  ',',
  'HAND,',
  'HAND,HAND',
  'PIGEON',
  'hand',
  ' HAND',
  'HAND DOOR',
];

describe.each([
  ['without a phone', withoutPhones],
  ['whose only phone is a minor’s', withChildOnly],
])('a household %s', (_, prepare) => {
  test('is warned and given notice on paper, whatever is written down', async () => {
    const v = await aWorkingVillage();
    const way = deductionWay(v);
    await prepare(v, 0);
    const warned = await way.recorded(0);
    const proposed = await way.recorded(0);
    expect(refusalOf(await way.warn(proposed, testDay(7), { how: ['HAND'] }))).toBe(null);
    expect(refusalOf(await way.propose(proposed))).toBe(null);
    for (const [id, kind] of [
      [warned, 'WARN'],
      [proposed, 'APPROVE'],
    ] as const) {
      for (const how of NO_SET) expect(await serve(v, id, kind, how), `${kind} ${how}`).toBe('HOW_SERVED');
      expect(await serve(v, id, kind, 'PHONE')).toBe('SERVE_ON_PAPER');
      for (const how of ['HAND', 'DOOR', 'DOOR,HAND', 'PHONE,HAND']) {
        expect(await serve(v, id, kind, how), `${kind} ${how}`).toBe('OK');
      }
    }
  });
});

test('a household of which an adult signs in has its message, and no SMS either', async () => {
  const v = await aWorkingVillage();
  const way = deductionWay(v);
  const id = await way.recorded(0);
  for (const how of NO_SET) expect(await serve(v, id, 'WARN', how), how).toBe('HOW_SERVED');
  expect(await serve(v, id, 'WARN', 'PHONE')).toBe('OK');
  expect(refusalOf(await way.warn(id, testDay(7), { how: ['SMS'] }))).toBe('BAD_INPUT');
});

describe('a row of before', () => {
  const saidToBe = (v: WorkingVillage, id: string, column: string, how: string) =>
    behindTheScenes(owner, `update deduction set ${column} = $3 where village_id = $1 and id = $2`, [
      v.id,
      id,
      how,
    ]);

  async function noticed(prepare: (v: WorkingVillage, household: number) => Promise<void>, how: string) {
    const v = await aWorkingVillage();
    const way = deductionWay(v);
    await prepare(v, 0);
    const id = await way.recorded(0);
    await way.warn(id, testDay(7), { how: ['HAND'] });
    await way.propose(id);
    await way.approve(id);
    await saidToBe(v, id, 'noticed_how', how);
    return { v, way, id };
  }

  test('whose notice was an SMS alone is not posted: it is dropped, and said why', async () => {
    const { v, id } = await noticed(withoutPhones, 'PHONE,SMS');
    await expect(
      owner.query(
        `insert into deduction_step (village_id, id, deduction_id, kind, done_at) values ($1, $2, $3, 'POST', $4)`,
        [v.id, newId(), id, at(testDay(15))],
      ),
    ).rejects.toThrow('the notice reached nobody');
    await postDueDeductions(at(testDay(15)));
    expect(await prisma.deduction.findFirstOrThrow({ where: { villageId: v.id, id } })).toMatchObject({
      state: 'DROPPED',
      endReason: '通知没有真正送到这户，按规定不扣分',
    });
    expect(await prisma.posting.count({ where: { villageId: v.id } })).toBe(0);
  });

  test.each([
    ['on paper too', withoutPhones, 'SMS,HAND'],
    ['by a message too, to an adult', async () => undefined, 'PHONE,SMS'],
  ])('served %s is posted as ever', async (_, prepare, how) => {
    const { v, way, id } = await noticed(prepare, how);
    expect(refusalOf(await way.post(id, at(testDay(15))))).toBe(null);
    expect(await prisma.posting.count({ where: { villageId: v.id, kind: 'DEDUCTION' } })).toBe(1);
    const fault = async () =>
      (await owner.query('select list_ground_fault($1, $2, $3) as fault', [v.id, id, at(testDay(16))]))
        .rows[0].fault;
    expect(await fault()).toBe(null);
    // had it been that way: it bears no row of a black list
    await saidToBe(v, id, 'noticed_how', 'SMS');
    expect(await fault()).toBe('LIST_NO_NOTICE');
  });

  test('whose warning was an SMS alone goes no further than to be given up', async () => {
    const v = await aWorkingVillage();
    const way = deductionWay(v);
    const [one, other] = [await way.recorded(0), await way.recorded(0)];
    for (const id of [one, other]) await way.warn(id, testDay(7), { how: ['HAND'] });
    await way.propose(other);
    for (const id of [one, other]) await saidToBe(v, id, 'warned_how', 'SMS');
    expect(refusalOf(await way.propose(one))).toBe('WARNED_NOBODY');
    expect(refusalOf(await way.approve(other))).toBe('WARNED_NOBODY');
    expect(refusalOf(await way.drop(one))).toBe(null);
    expect(refusalOf(await way.drop(other))).toBe(null);
  });
});
