import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Day } from '@/lib/platform/clock';
import { asRefusal } from '@/lib/platform/command';
import { newId } from '@/lib/platform/ids';
import { aPerson, aVillage, TEST_NOW } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { LedgerModel, type ModelAnswer } from './model';
import { rebuildLedger } from './rebuild';
import { sealLedger } from './seal';
import { post, reverse, type Transfer } from './testing/post';
import { verifyLedger } from './verify';

const { prisma, owner } = await testDb();

// The kernel alone: that points are given only by the approval of a deed, and deducted only by a deduction that went its
// whole way, is deed.sql's and deduction.sql's.
const FOUNDING = ['posting_of_award', 'posting_of_deduction'];
const founding = async (what: 'enable' | 'disable') => {
  for (const trigger of FOUNDING) await owner.query(`alter table posting ${what} trigger ${trigger}`);
};
beforeAll(() => founding('disable'));
afterAll(() => founding('enable'));

const HOUSEHOLDS = 3;
const SEQUENCES = 500;
const DAYS = ['2025-12-31', '2026-09-30', '2026-10-01', '2026-11-24'] as Day[];

type Step =
  | { do: 'award'; household: number; points: number; day: Day; fromBudget: boolean }
  | { do: 'spend'; household: number; points: number; day: Day }
  | { do: 'deduct'; household: number; points: number; day: Day }
  | { do: 'grant'; amount: number; day: Day }
  | { do: 'reverse'; of: number }
  | { do: 'open'; quarter: string }
  | { do: 'lock'; quarter: string; withPublicity: boolean }
  | { do: 'close-year' }
  | { do: 'repeat'; of: number };

const household = fc.nat(HOUSEHOLDS - 1);
const points = fc.integer({ min: 1, max: 12 });
const day = fc.constantFrom(...DAYS);
const quarter = fc.constantFrom('2025Q4', '2026Q3');
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('award' as const),
      household,
      points,
      day,
      fromBudget: fc.boolean(),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('spend' as const), household, points, day }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('deduct' as const), household, points, day }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('grant' as const), amount: fc.nat(30), day }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('reverse' as const), of: fc.nat(20) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('repeat' as const), of: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('open' as const), quarter }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('lock' as const), quarter, withPublicity: fc.boolean() }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('close-year' as const) }) },
);

/** The year whose end is at hand, and what a household keeps at it. */
const YEAR = 2025;
const CARRY_MOST = 5;
const OPENED_AT = new Date('2026-10-25T01:00:00Z');

interface World {
  villageId: string;
  households: { id: string; resident: string }[];
  secretary: string;
  supervisor: string;
}

/** The smallest village: three households of one resident, in two statements. */
async function aWorld(townshipId: string): Promise<World> {
  const villageId = newId();
  const groupId = newId();
  const households = Array.from({ length: HOUSEHOLDS }, () => ({ id: newId(), resident: newId() }));
  await owner.query(
    `with v as (insert into village (id, township_id, code, name, preset) values ($1, $2, $3, '模型村', 'MARKET') returning id)
     insert into village_group (village_id, id, number, name) select v.id, $4, 1, '一组' from v`,
    [villageId, townshipId, `m${villageId.replaceAll('-', '').slice(-14)}`, groupId],
  );
  await owner.query(
    `insert into household (village_id, id, group_id, code)
     select $1, h, $2, '01-' || lpad(n::text, 3, '0') from unnest($3::uuid[]) with ordinality u(h, n)`,
    [villageId, groupId, households.map((one) => one.id)],
  );
  const [secretary, supervisor] = await officials;
  const version = newId();
  await owner.query(`
    insert into appointment (id, person_id, role, village_id, from_day) values
      ('${newId()}', '${secretary?.id}', 'SECRETARY', '${villageId}', '2025-01-01'),
      ('${newId()}', '${supervisor?.id}', 'SUPERVISOR', '${villageId}', '2025-01-01');
    insert into rulebook_version (village_id, id, number, state, title, year_end_policy, year_end_carry_most)
    values ('${villageId}', '${version}', 1, 'DRAFT', '模型', 'CARRY_UP_TO', ${CARRY_MOST});
    insert into category (village_id, id, version_id, sort_order, code, name)
    values ('${villageId}', '${version}', '${version}', 1, 'A', '甲');
    insert into item (village_id, id, version_id, category_id, sort_order, code, name, points, unit, unit_name, subject,
      cap_points, cap_per, evidence, photo)
    values ('${villageId}', '${newId()}', '${version}', '${version}', 1, 'A-01', '一', 1, 'TIME', '次', 'HOUSEHOLD', 9,
      'MONTH', '', 'NONE');
    update rulebook_version set state = 'HEARING', hearing_from = '2024-12-10T09:00+08', hearing_until = '2024-12-17T09:00+08'
    where village_id = '${villageId}' and id = '${version}';
    insert into resolution (village_id, id, version_id, meeting_kind, held_on, eligible, present, votes_for,
      votes_against, abstained)
    values ('${villageId}', '${newId()}', '${version}', 'ASSEMBLY', '2024-12-20', 9, 9, 9, 0, 0);
    update rulebook_version set state = 'ADOPTED', effective_from = '2025-01-01'
    where village_id = '${villageId}' and id = '${version}';
    select year_end_announce('${villageId}', '${newId()}', ${YEAR}, '${secretary?.id}', '2025-11-20T09:00+08')`);
  return { villageId, households, secretary: secretary?.id ?? '', supervisor: supervisor?.id ?? '' };
}

const officials = Promise.all([aPerson('模型书记'), aPerson('模型监督')]);

/** Closing a quarter or the year, as the commands do it. */
async function close(
  world: World,
  wanted: Extract<Step, { do: 'open' | 'lock' | 'close-year' }>,
): Promise<{ points: number; honour: number }> {
  const { villageId, secretary, supervisor } = world;
  if (wanted.do === 'open') {
    await prisma.$queryRaw`
      select period_open(${villageId}::uuid, ${newId()}::uuid, ${wanted.quarter}, ${secretary}::uuid,
                         ${OPENED_AT}::timestamptz)`;
    return { points: 0, honour: 0 };
  }
  if (wanted.do === 'lock') {
    await prisma.$queryRaw`
      select period_lock(${villageId}::uuid, ${wanted.quarter}, ${supervisor}::uuid, ${TEST_NOW}::timestamptz)::text`;
    return { points: 0, honour: 0 };
  }
  const rows = await prisma.$queryRaw<{ closed: bigint; carried: bigint }[]>`
    select closed, carried from year_end_close(${villageId}::uuid, ${YEAR}::integer, ${supervisor}::uuid,
                                               ${newId()}::uuid, ${TEST_NOW}::timestamptz)`;
  return { points: Number(rows[0]?.closed), honour: Number(rows[0]?.carried) };
}

function transferOf(
  world: World,
  wanted: Extract<Step, { do: 'award' | 'spend' | 'deduct' }>,
  budget: string | null,
): Transfer {
  const { id, resident } = world.households[wanted.household] ?? { id: '', resident: '' };
  const base = {
    villageId: world.villageId,
    source: newId(),
    points: wanted.points,
    household: { householdId: id, residentId: resident },
    creditedOn: wanted.day,
    commandId: newId(),
    now: TEST_NOW,
  };
  if (wanted.do === 'award') {
    return { ...base, kind: 'AWARD', debit: budget ?? world.villageId, credit: id, honour: wanted.points };
  }
  const isDeduction = wanted.do === 'deduct';
  return {
    ...base,
    kind: 'DEDUCTION',
    debit: id,
    credit: world.villageId,
    honour: isDeduction ? -wanted.points : 0,
    partial: isDeduction,
  };
}

async function grant(world: World, on: Day, amount: number): Promise<string> {
  const { rows } = await owner.query<{ id: string }>(
    'select ledger_grant_budget($1, $2, $3, null, $4, $5)::text as id',
    [world.villageId, on, amount, newId(), TEST_NOW],
  );
  return rows[0]?.id ?? '';
}

async function answerOf(promise: Promise<{ points: number; honour: number }>): Promise<ModelAnswer> {
  try {
    const { points: moved, honour } = await promise;
    return { ok: true, points: moved, honour };
  } catch (error) {
    const refusal = asRefusal(error);
    if (!refusal) throw error;
    return { ok: false, code: refusal.code } as ModelAnswer;
  }
}

/** Everything that is derived, as the database has it: balances, standings, and what all postings sum to. */
async function stateOf(world: World) {
  const { rows } = await owner.query<{
    accounts: Record<string, number>;
    standings: Record<string, number>;
    sum: number;
  }>(
    `select (select jsonb_object_agg(id, balance) from account where village_id = $1 and kind = 'HOUSEHOLD') as accounts,
            (select coalesce(jsonb_object_agg(period || '/' || household_id, honour), '{}') from standing
             where village_id = $1 and honour <> 0) as standings,
            (select coalesce(sum(delta), 0)::int from (
               select points as delta from posting where village_id = $1 union all
               select -points from posting where village_id = $1) m) as sum`,
    [world.villageId],
  );
  const row = rows[0];
  if (!row) throw new Error('no state');
  return row;
}

function expectedOf(world: World, model: LedgerModel) {
  const idOf = (index: number) => world.households[index]?.id ?? '';
  return {
    accounts: Object.fromEntries(model.balances.map((balance, index) => [idOf(index), balance])),
    standings: Object.fromEntries(
      [...model.standings]
        .filter(([, honour]) => honour !== 0)
        .map(([key, honour]) => {
          const [period, index] = key.split('/');
          return [`${period}/${idOf(Number(index))}`, honour];
        }),
    ),
    sum: 0,
  };
}

async function playSequence(townshipId: string, steps: Step[]): Promise<void> {
  const world = await aWorld(townshipId);
  const model = new LedgerModel(HOUSEHOLDS);
  const posted: { id: string; transfer: Transfer | null; answer: ModelAnswer }[] = [];
  for (const one of steps) {
    if (one.do === 'grant') {
      await grant(world, one.day, one.amount);
      model.grant(one.day, one.amount);
    } else if (one.do === 'open' || one.do === 'lock' || one.do === 'close-year') {
      // a lock is tried with and without the publicity before it
      if (one.do === 'lock' && one.withPublicity) {
        const expected = model.open(one.quarter);
        expect(await answerOf(close(world, { ...one, do: 'open' }))).toEqual(expected);
      }
      const expected =
        one.do === 'open'
          ? model.open(one.quarter)
          : one.do === 'lock'
            ? model.lock(one.quarter)
            : model.closeYear(YEAR, CARRY_MOST);
      expect(await answerOf(close(world, one))).toEqual(expected);
      // In the order of the model's: households by their ids, what was closed before what was carried.
      if (one.do === 'close-year' && expected.ok) {
        const made = await owner.query<{ id: string }>(
          `select id::text from posting where village_id = $1 and kind in ('YEAR_CLOSE', 'YEAR_CARRY')
           order by household_id, leg`,
          [world.villageId],
        );
        posted.push(...made.rows.map(({ id }) => ({ id, transfer: null, answer: expected })));
      }
    } else if (one.do === 'reverse') {
      if (posted.length === 0) continue;
      const index = one.of % posted.length;
      const expected = model.reverse(index);
      let id = '';
      const seen = await answerOf(
        reverse(owner, {
          villageId: world.villageId,
          postingId: posted[index]?.id ?? '',
          source: newId(),
          reason: '模型',
          commandId: newId(),
          now: TEST_NOW,
        }).then((result) => {
          id = result.postingId;
          return result;
        }),
      );
      expect(seen).toEqual(expected);
      if (seen.ok) posted.push({ id, transfer: null, answer: seen });
    } else if (one.do === 'repeat') {
      const again = posted[one.of % Math.max(1, posted.length)];
      if (!again?.transfer) continue;
      expect(await post(owner, again.transfer, false)).toMatchObject({ repeated: true, postingId: again.id });
    } else {
      const fromBudget = one.do === 'award' && one.fromBudget;
      const budget = fromBudget ? await grant(world, one.day, 0) : null;
      const transfer = transferOf(world, one, budget);
      const expected =
        one.do === 'award'
          ? model.award(one.household, one.points, one.day, fromBudget)
          : one.do === 'spend'
            ? model.spend(one.household, one.points, one.day)
            : model.deduct(one.household, one.points, one.day);
      let id = '';
      const seen = await answerOf(
        post(owner, transfer, false).then((result) => {
          id = result.postingId;
          return result;
        }),
      );
      expect(seen).toEqual(expected);
      if (seen.ok) posted.push({ id, transfer, answer: seen });
    }
    expect(await stateOf(world)).toEqual(expectedOf(world, model));
  }
  expect(await rebuildLedger(prisma, world.villageId)).toEqual([]);
}

describe('the ledger and its model', () => {
  test(`agree after every step of ${SEQUENCES} sequences`, { timeout: 300_000 }, async () => {
    const { townshipId } = await aVillage({ households: 0 });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), (steps) =>
        playSequence(townshipId, steps),
      ),
      { numRuns: SEQUENCES, seed: 20261124, endOnFailure: true },
    );
    // the sequences do close quarters and years in which something stands
    const { rows } = await owner.query<{ locked: number; closed: number }>(
      `select (select count(*)::int from period p join village v on v.id = p.village_id
               where v.name = '模型村' and p.state = 'LOCKED') as locked,
              (select count(*)::int from posting p join village v on v.id = p.village_id
               where v.name = '模型村' and p.kind = 'YEAR_CLOSE') as closed`,
    );
    expect(rows[0]?.locked).toBeGreaterThan(10);
    expect(rows[0]?.closed).toBeGreaterThan(10);
  });

  test('hold together with eight actors at once', { timeout: 120_000 }, async () => {
    const { townshipId } = await aVillage({ households: 0 });
    const world = await aWorld(townshipId);
    const budget = await grant(world, '2026-11-24' as Day, 300);
    const made: string[] = [];
    const acts = fc.sample(step, { numRuns: 8 * 60, seed: 7 });
    const actors = Array.from({ length: 8 }, async (_, actor) => {
      for (const one of acts.slice(actor * 60, actor * 60 + 60)) {
        if (one.do === 'open' || one.do === 'lock' || one.do === 'close-year') continue;
        if (one.do === 'grant' || one.do === 'repeat') continue;
        if (one.do === 'reverse') {
          const postingId = made[one.of % Math.max(1, made.length)];
          if (!postingId) continue;
          const reversal = {
            villageId: world.villageId,
            postingId,
            source: newId(),
            reason: '模型',
            commandId: newId(),
            now: TEST_NOW,
          };
          await answerOf(reverse(owner, reversal));
        } else {
          const isBudget = one.do === 'award' && one.fromBudget;
          const wanted = isBudget ? { ...one, day: '2026-11-24' as Day } : one;
          const transfer = transferOf(world, wanted, isBudget ? budget : null);
          const twice = await Promise.all(
            [0, 1].map(() =>
              answerOf(
                post(owner, transfer, false).then((result) => {
                  if (!result.repeated) made.push(result.postingId);
                  return result;
                }),
              ),
            ),
          );
          // One may have been refused before another actor's award made room for its twin; both done is done once.
          if (twice[0]?.ok && twice[1]?.ok) expect(twice[0]).toEqual(twice[1]);
        }
        if (one.do === 'spend') await sealLedger(prisma, world.villageId);
      }
    });
    await Promise.all(actors);
    await sealLedger(prisma, world.villageId);
    const { faults } = await verifyLedger(prisma, world.villageId);
    // nothing stands behind its awards and deductions
    expect(faults.filter((one) => one.fault !== 'POSTING_UNFOUNDED')).toEqual([]);
    expect(await rebuildLedger(prisma, world.villageId)).toEqual([]);
    const { rows } = await owner.query(
      'select count(*)::int as postings, count(distinct (source, leg))::int as sources from posting where village_id = $1',
      [world.villageId],
    );
    expect(rows[0].postings).toBe(rows[0].sources);
    expect(rows[0].postings).toBeGreaterThan(100);
    expect((await stateOf(world)).sum).toBe(0);
  });
});
