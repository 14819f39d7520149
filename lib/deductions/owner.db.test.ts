import { describe, expect, test } from 'vitest';
import type { Day } from '@/lib/platform/clock';
import { newId } from '@/lib/platform/ids';
import { anAppointment, TEST_NOW } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { at, deductionWay, testDay } from '@/lib/testing/deduction-way';
import { aWorkingVillage, type WorkingVillage } from '@/lib/testing/working-village';

// What the owner of the tables tries by hand, round the commands and round the functions: every protection holds.

const { prisma, owner } = await testDb();

/** Runs statements in one transaction as the owner; answers the error's text, or 'OK' when it was committed. */
async function tries(...statements: [sql: string, params?: unknown[]][]): Promise<string> {
  const client = await owner.connect();
  try {
    await client.query('begin');
    for (const [sql, params] of statements) await client.query(sql, params ?? []);
    await client.query('commit');
    return 'OK';
  } catch (error) {
    await client.query('rollback');
    return error instanceof Error ? error.message : 'unknown';
  } finally {
    client.release();
  }
}

function insertDeduction(v: WorkingVillage, more: Record<string, unknown> = {}): [string, unknown[]] {
  const row: Record<string, unknown> = {
    village_id: v.id,
    id: newId(),
    household_id: v.household(0).id,
    version_id: null,
    item_id: v.item('HOME-04'),
    seen_on: testDay(0),
    seen_by: '某人',
    facts: '写进去的',
    recorded_by_id: v.steward.id,
    recorded_at: at(testDay(0)),
    points: 2,
    ...more,
  };
  const names = Object.keys(row);
  const values = names.map((name, index) =>
    name === 'version_id'
      ? `(select version_id from item where village_id = $1 and id = $${names.indexOf('item_id') + 1} and $${index + 1}::text is null)`
      : `$${index + 1}`,
  );
  return [`insert into deduction (${names.join(', ')}) values (${values.join(', ')})`, Object.values(row)];
}

function step(
  v: WorkingVillage,
  deductionId: string,
  kind: string,
  by: { id: string } | null,
  now: Date,
  reason = '写进去的',
): [string, unknown[]] {
  return [
    `insert into deduction_step (village_id, id, deduction_id, kind, person_id, reason, done_at)
     values ($1, $2, $3, $4::"DeductionStepKind", $5, $6, $7)`,
    [v.id, newId(), deductionId, kind, by?.id ?? null, reason, now],
  ];
}

const set = (v: WorkingVillage, id: string, what: string): [string, unknown[]] => [
  `update deduction set ${what} where village_id = $1 and id = $2`,
  [v.id, id],
];

const world = async () => {
  const v = await aWorkingVillage();
  return { v, way: deductionWay(v) };
};

describe('a row put in by hand', () => {
  test('begins at the beginning, with its record, by the rules', async () => {
    const { v } = await world();
    const ended = { state: 'POSTED', posted_at: TEST_NOW };
    expect(await tries(insertDeduction(v, ended))).toMatch(/starts as RECORDED/);
    expect(await tries(insertDeduction(v))).toMatch(/has the step that recorded it/);
    expect(await tries(insertDeduction(v, { points: 9 }))).toMatch(/takes what its item says/);
    expect(await tries(insertDeduction(v, { item_id: v.item('PUBLIC_CLEAN-01') }))).toMatch(/ITEM_ADDS/);
    expect(await tries(insertDeduction(v, { facts: ' ' }))).toMatch(/deduction_says_what/);
    expect(await tries(insertDeduction(v, { seen_on: testDay(1) }))).toMatch(/DAY_IN_FUTURE/);
    expect(
      await tries(insertDeduction(v, { seen_on: '2025-12-31', recorded_at: at('2026-01-02' as Day) })),
    ).toMatch(/ITEM_NOT_IN_FORCE/);
  });

  test('is refused for exempt households, minors, own household and whoever has no role', async () => {
    const { v } = await world();
    const id = newId();
    const record = (by: { id: string }) =>
      [insertDeduction(v, { id, recorded_by_id: by.id }), step(v, id, 'RECORD', by, at(testDay(0)))] as const;
    await prisma.household.update({
      where: { villageId_id: { villageId: v.id, id: v.household(0).id } },
      data: { isDisabled: true },
    });
    expect(await tries(...record(v.steward))).toMatch(/HOUSEHOLD_EXEMPT/);
    await prisma.household.update({
      where: { villageId_id: { villageId: v.id, id: v.household(0).id } },
      data: { isDisabled: false },
    });
    expect(await tries(...record(v.supervisor))).toMatch(/NOT_ALLOWED/);
    const mine = { id: v.household(0).head.personId };
    await anAppointment(mine.id, 'STEWARD', { villageId: v.id });
    expect(await tries(...record(mine))).toMatch(/OWN_HOUSEHOLD/);
    const child = v.household(0).residents[2]?.id;
    expect(
      await tries(
        insertDeduction(v, { id, resident_id: child }),
        step(v, id, 'RECORD', v.steward, at(testDay(0))),
      ),
    ).toMatch(/MINOR/);
    expect(await tries(...record(v.steward))).toBe('OK');
  });
});

describe('the state', () => {
  test('is moved by no update', async () => {
    const { v, way } = await world();
    const id = await way.recorded(0);
    for (const state of ['WARNED', 'PROPOSED', 'NOTICED', 'POSTED', 'DROPPED']) {
      expect(await tries(set(v, id, `state = '${state}'`))).toMatch(/changes by its steps/);
    }
    expect(await tries(set(v, id, 'points = 20'))).toMatch(/changes by its steps/);
    expect(await tries(set(v, id, "facts = '别的'"))).toMatch(/changes by its steps/);
    expect(await tries(set(v, id, 'proposed_by_id = recorded_by_id'))).toMatch(/changes by its steps/);
    expect(await tries(['delete from deduction where village_id = $1', [v.id]])).toMatch(/not deleted/);
  });

  test('skips no step', async () => {
    const { v, way } = await world();
    const id = await way.recorded(0);
    for (const kind of ['APPROVE', 'POST', 'HEARD_REJECTED', 'OVERTURN', 'CONFIRM_REPAIR']) {
      const by = kind === 'APPROVE' ? v.supervisor : v.verifier;
      expect(await tries(step(v, id, kind, by, at(testDay(30))))).toMatch(/DEDUCTION_MOVED_ON/);
    }
    expect(await tries(step(v, id, 'PROPOSE', v.verifier, at(testDay(30))))).toMatch(/WARN_FIRST/);
    expect(await tries(step(v, id, 'RECORD', v.steward, at(testDay(0))))).toMatch(/recorded once/);
    expect(await tries(step(v, id, 'REFUSE', null, at(testDay(1))))).toMatch(/someone takes this step/);
    expect(await tries(step(v, id, 'REFUSE', v.verifier, at(testDay(1)), ' '))).toMatch(/SAY_WHY/);
  });

  test('a step, once written, stays', async () => {
    const { v, way } = await world();
    await way.recorded(0);
    expect(await tries(['update deduction_step set reason = $2 where village_id = $1', [v.id, 'x']])).toMatch(
      /append-only/,
    );
    expect(await tries(['delete from deduction_step where village_id = $1', [v.id]])).toMatch(/append-only/);
    expect(await tries(['truncate deduction_step cascade'])).toMatch(/append-only/);
  });
});

describe('days', () => {
  test('are made fewer by nobody', async () => {
    const { v, way } = await world();
    const id = await way.recorded(0);
    expect(
      await tries(
        set(v, id, `warned_how = 'HAND', recheck_on = '${testDay(1)}'`),
        step(v, id, 'WARN', v.steward, at(testDay(0))),
      ),
    ).toMatch(/RECHECK_TOO_SOON/);
    await way.warn(id);
    expect(await tries(set(v, id, `recheck_on = '${testDay(1)}'`))).toMatch(/changes by its steps/);
    await way.propose(id);
    expect(
      await tries(
        set(v, id, `noticed_how = 'HAND', answer_until = '${testDay(8)}'`),
        step(v, id, 'APPROVE', v.supervisor, at(testDay(7))),
      ),
    ).toMatch(/ANSWER_DAYS_FEW/);
    await way.approve(id);
    expect(await tries(set(v, id, `answer_until = '${testDay(8)}'`))).toMatch(/changes by its steps/);
    expect(await tries(step(v, id, 'POST', v.verifier, at(testDay(14))))).toMatch(/ANSWER_DAYS_RUN/);
    expect(await tries(step(v, id, 'REFUSE', null, at(testDay(15))))).toMatch(/nothing bars/);
  });

  test('and a notice that was served on nobody is none', async () => {
    const { v, way } = await world();
    const id = await way.recorded(0);
    await way.warn(id);
    await way.propose(id);
    expect(await tries(step(v, id, 'APPROVE', v.supervisor, at(testDay(7))))).toMatch(/HOW_SERVED/);
  });
});

describe('two people', () => {
  test('even when one holds both roles in the table', async () => {
    const { v, way } = await world();
    const id = await way.recorded(0);
    await way.warn(id);
    await way.propose(id);
    // the trigger on appointments refuses it; without it the deduction still does
    await owner.query('alter table appointment disable trigger appointment_check');
    await anAppointment(v.verifier.id, 'SUPERVISOR', { villageId: v.id });
    await owner.query('alter table appointment enable trigger appointment_check');
    const served = set(v, id, `noticed_how = 'HAND', answer_until = '${testDay(20)}'`);
    expect(await tries(served, step(v, id, 'APPROVE', v.verifier, at(testDay(7))))).toMatch(
      /DEDUCTION_TWO_PEOPLE/,
    );
    expect(await tries(served, step(v, id, 'APPROVE', v.supervisor, at(testDay(7))))).toBe('OK');
  });
});

describe('points', () => {
  const ledgerPost = (v: WorkingVillage, source: string, points: number): [string, unknown[]] => [
    `select ledger_post($1, 'DEDUCTION', $2, 0::smallint, $3, $1, $4, -($4::integer), $3, $5, $6, i.version_id, i.id, i.code,
       null, '', null, $7, $2, $8, true) from item i where i.village_id = $1 and i.id = $9`,
    [
      v.id,
      source,
      v.household(0).id,
      points,
      v.household(0).head.id,
      testDay(0),
      v.supervisor.id,
      at(testDay(15)),
      v.item('HOME-04'),
    ],
  ];

  test('are taken by nothing but a deduction that went the whole way', async () => {
    const { v, way } = await world();
    expect(await tries(ledgerPost(v, newId(), 2))).toMatch(/a deduction that was posted/);
    const id = await way.noticed(0);
    expect(await tries(ledgerPost(v, id, 2))).toMatch(/a deduction that was posted|exactly while/);
    const post = step(v, id, 'POST', null, at(testDay(15)));
    expect(await tries(post)).toMatch(/exactly while a deduction is posted/);
    expect(await tries(post, ledgerPost(v, id, 3))).toMatch(/a deduction that was posted/);
    expect(await tries(post, ledgerPost(v, id, 2))).toBe('OK');
  });

  test('are given back by nothing but its repair or an objection', async () => {
    const { v, way } = await world();
    const id = await way.posted(0);
    const { id: posting } = await prisma.posting.findFirstOrThrow({ where: { villageId: v.id, source: id } });
    const reverse: [string, unknown[]] = [
      `select ledger_reverse($1, $2, $3, 0::smallint, 'x', $4, $3, $5)`,
      [v.id, posting, newId(), v.supervisor.id, at(testDay(16))],
    ];
    expect(await tries(reverse)).toMatch(/reversed by its repair or an objection/);
    await way.claimRepair(id, 0, testDay(16));
    const confirm = step(v, id, 'CONFIRM_REPAIR', v.verifier, at(testDay(17)));
    expect(await tries(confirm)).toMatch(/exactly while|points are/);
  });
});

describe('hearing', () => {
  test('is nobody’s who took part, and never without what was said', async () => {
    const { v, way } = await world();
    const id = await way.noticed(0);
    expect(await tries(step(v, id, 'ANSWER', { id: v.household(1).head.personId }, at(testDay(8))))).toMatch(
      /NOT_ALLOWED/,
    );
    expect(await tries(step(v, id, 'ANSWER', { id: v.household(0).head.personId }, at(testDay(8))))).toMatch(
      /SAY_WHY/,
    );
    expect(await tries(step(v, id, 'OBJECT', { id: v.household(0).head.personId }, at(testDay(8))))).toMatch(
      /there is no objection/,
    );
    await way.answer(id, 0, testDay(8));
    expect(await tries(set(v, id, "answer = '改过的话'"))).toMatch(/changes by its steps/);
    for (const by of [v.supervisor, v.verifier]) {
      expect(await tries(step(v, id, 'HEARD_REJECTED', by, at(testDay(9))))).toMatch(/TOOK_PART/);
    }
    expect(await tries(step(v, id, 'HEARD_REJECTED', v.secretary, at(testDay(9)), ''))).toMatch(/SAY_WHY/);
    expect(await tries(step(v, id, 'OVERTURN', v.secretary, at(testDay(9))))).toMatch(/MOVED_ON/);
  });
});

describe('the program’s own role', () => {
  test('writes no deduction, step or outcome but through the functions', async () => {
    const { v, way } = await world();
    const id = await way.recorded(0);
    const denied = /permission denied/;
    const run = (sql: string, ...params: unknown[]) => prisma.$executeRawUnsafe(sql, ...params);
    await expect(run(`update deduction set points = 1 where id = '${id}'`)).rejects.toThrow(denied);
    await expect(run(`delete from deduction where id = '${id}'`)).rejects.toThrow(denied);
    await expect(
      run(
        `insert into deduction_step (village_id, id, deduction_id, kind, done_at) values ('${v.id}', '${newId()}', '${id}', 'POST', now())`,
      ),
    ).rejects.toThrow(denied);
    await expect(run(`update objection set reason = 'x' where village_id = '${v.id}'`)).rejects.toThrow(
      denied,
    );
  });
});
