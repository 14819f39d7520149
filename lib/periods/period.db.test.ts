import { describe, expect, test } from 'vitest';
import { undoDecision } from '@/lib/deeds/decisions';
import { rebuildLedger } from '@/lib/ledger/rebuild';
import { post, reverse } from '@/lib/ledger/testing/post';
import { verifyLedger } from '@/lib/ledger/verify';
import { decideObjection, openObjection } from '@/lib/objections/commands';
import type { Day } from '@/lib/platform/clock';
import { asRefusal } from '@/lib/platform/command';
import { newId } from '@/lib/platform/ids';
import { anAppointment, aPerson } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { aSecondRole } from '@/lib/testing/red-list';
import { aWorkingVillage, pointsOf, refusalOf, type WorkingVillage } from '@/lib/testing/working-village';
import { lockPeriod, openPublicity } from './commands';
import { creditDay } from './rules';

const { prisma, owner } = await testDb();

/** A moment in Shanghai. */
const at = (text: string) => new Date(`${text}:00+08:00`);
const ITEM = 'PUBLIC_CLEAN-01'; // 2 points

async function aDeed(v: WorkingVillage, day: string, household = 0): Promise<string> {
  return v.submitted(household, ITEM, { deedOn: day }, { now: at(`${day}T20:00`) });
}

/** A village in which something was recorded for each of these days. */
async function aVillageWith(days: string[], settings = {}): Promise<WorkingVillage> {
  const v = await aWorkingVillage({ settings });
  for (const [index, day] of days.entries()) {
    const approved = await v.approve(await aDeed(v, day, index % 3), v.verifier, { now: at(`${day}T21:00`) });
    expect(refusalOf(approved)).toBeNull();
  }
  return v;
}

const open = async (v: WorkingVillage, quarter: string, now: Date, by = v.secretary) =>
  v.run(openPublicity, await v.actorOf(by), { quarter }, { now });
const lock = async (v: WorkingVillage, quarter: string, now: Date, by = v.supervisor) =>
  v.run(lockPeriod, await v.actorOf(by), { quarter }, { now });

async function closed(v: WorkingVillage, quarter = '2026Q3'): Promise<void> {
  expect(refusalOf(await open(v, quarter, at('2026-10-08T09:00')))).toBeNull();
  expect(refusalOf(await lock(v, quarter, at('2026-10-16T00:00')))).toBeNull();
}

const award = (v: WorkingVillage, creditedOn: string) =>
  post(owner, {
    villageId: v.id,
    kind: 'AWARD',
    source: newId(),
    debit: v.id,
    credit: v.household(0).id,
    points: 3,
    honour: 3,
    household: { householdId: v.household(0).id, residentId: v.household(0).head.id },
    creditedOn: creditedOn as Day,
    commandId: newId(),
    now: new Date(),
  });
const codeOf = async (promise: Promise<unknown>) => {
  try {
    await promise;
    return null;
  } catch (error) {
    const refusal = asRefusal(error);
    if (!refusal) throw error;
    return refusal.code;
  }
};

describe('opening the publicity of a quarter', () => {
  test('waits until its last day is over in Shanghai', async () => {
    const v = await aVillageWith(['2026-09-30']);
    expect(await open(v, '2026Q3', at('2026-09-30T23:59'))).toMatchObject({
      ok: false,
      refusal: { code: 'PERIOD_NOT_OVER', sentence: expect.stringContaining('2026年9月30日才结束') },
    });
    const result = await open(v, '2026Q3', at('2026-10-01T00:00'));
    expect(result).toMatchObject({ ok: true, outcome: { publicUntil: '2026-10-08' } });
    const told = await prisma.message.findFirstOrThrow({
      where: { villageId: v.id, title: { contains: '公示' } },
    });
    expect(told.title).toBe('2026年第三季度的积分开始公示');
    expect(told.body).toContain('10月8日以前可以提异议');
    expect(told.href).toMatch(/^\/v\/.+\/periods\/2026Q3$/);
  });

  test('Q4 ends with the year, Q1 of a leap year with 31 March', async () => {
    const v = await aVillageWith(['2026-12-31']);
    expect(refusalOf(await open(v, '2026Q4', at('2026-12-31T23:59')))).toBe('PERIOD_NOT_OVER');
    expect(refusalOf(await open(v, '2026Q4', at('2027-01-01T00:00')))).toBeNull();
    const leap = await aVillageWith(['2028-02-29']);
    expect(refusalOf(await open(leap, '2028Q1', at('2028-03-31T23:59')))).toBe('PERIOD_NOT_OVER');
    expect(await open(leap, '2028Q1', at('2028-04-01T00:00'))).toMatchObject({
      outcome: { publicUntil: '2028-04-08' },
    });
  });

  test('lasts as long as the rulebook says', async () => {
    const v = await aVillageWith(['2026-09-30'], { publicityDays: 10 });
    expect(await open(v, '2026Q3', at('2026-10-08T09:00'))).toMatchObject({
      outcome: { publicUntil: '2026-10-18' },
    });
  });

  test('goes in order, and what was never used needs no closing', async () => {
    const v = await aVillageWith(['2026-02-10', '2026-09-30']);
    expect(await open(v, '2026Q3', at('2026-10-08T09:00'))).toMatchObject({
      refusal: { code: 'PERIOD_EARLIER_OPEN', sentence: expect.stringContaining('2026年第一季度') },
    });
    expect(refusalOf(await open(v, '2026Q2', at('2026-10-08T09:00')))).toBe('PERIOD_EMPTY');
    expect(refusalOf(await open(v, '2026Q1', at('2026-10-08T09:00')))).toBeNull();
    // in publicity is enough; nobody waits for a lock
    expect(refusalOf(await open(v, '2026Q3', at('2026-10-08T09:01')))).toBeNull();
  });

  test('is the secretary’s, once, and of the own village', async () => {
    const [v, other] = [await aVillageWith(['2026-09-30']), await aVillageWith(['2026-09-30'])];
    for (const by of [v.verifier, v.supervisor, v.steward]) {
      expect(refusalOf(await open(v, '2026Q3', at('2026-10-08T09:00'), by))).toBe('NOT_ALLOWED');
    }
    expect(refusalOf(await open(v, '2026Q3', at('2026-10-08T09:00')))).toBeNull();
    expect(await open(v, '2026Q3', at('2026-10-09T09:00'))).toMatchObject({
      refusal: { code: 'PERIOD_OPENED', sentence: '书记甲在 10月8日 09:00 已经开始公示了。' },
    });
    expect(await prisma.period.count({ where: { villageId: other.id } })).toBe(0);
  });

  test('asked twice under one id is done once; by two at once, once', async () => {
    const v = await aVillageWith(['2026-09-30']);
    const actor = await v.actorOf(v.secretary);
    const id = newId();
    const ask = () => v.run(openPublicity, actor, { quarter: '2026Q3' }, { id, now: at('2026-10-08T09:00') });
    const both = await Promise.all([ask(), ask()]);
    expect(both.map(refusalOf)).toEqual([null, null]);
    const second = await aVillageWith(['2026-09-30']);
    const results = await Promise.all(
      [1, 2, 3].map(() => open(second, '2026Q3', at('2026-10-08T09:00')).then(refusalOf)),
    );
    expect(results.sort()).toEqual(['PERIOD_OPENED', 'PERIOD_OPENED', null].sort());
  });
});

describe('the lock', () => {
  test('waits until the last day of publicity has passed', async () => {
    const v = await aVillageWith(['2026-09-30']);
    expect(refusalOf(await lock(v, '2026Q3', at('2026-10-16T00:00')))).toBe('PERIOD_NOT_OPENED');
    await open(v, '2026Q3', at('2026-10-08T09:00'));
    expect(refusalOf(await lock(v, '2026Q3', at('2026-10-14T12:00')))).toBe('PUBLICITY_RUNNING');
    expect(await lock(v, '2026Q3', at('2026-10-15T23:59'))).toMatchObject({
      refusal: { code: 'PUBLICITY_RUNNING', sentence: expect.stringContaining('2026年10月15日') },
    });
    expect(refusalOf(await lock(v, '2026Q3', at('2026-10-16T00:00')))).toBeNull();
    expect(refusalOf(await lock(v, '2026Q3', at('2026-10-16T00:01')))).toBe('PERIOD_LOCKED_ALREADY');
  });

  test('needs the supervisor, and another person than who opened', async () => {
    const v = await aVillageWith(['2026-09-30']);
    const both = await aPerson('一人两职');
    await anAppointment(both.id, 'SECRETARY', { villageId: v.id });
    await aSecondRole(owner, both.id, 'SUPERVISOR', v.id);
    await open(v, '2026Q3', at('2026-10-08T09:00'), both);
    expect(refusalOf(await lock(v, '2026Q3', at('2026-10-16T09:00'), both))).toBe('OPENED_BY_SAME');
    expect(refusalOf(await lock(v, '2026Q3', at('2026-10-16T09:00'), v.secretary))).toBe('NOT_ALLOWED');
    expect(refusalOf(await lock(v, '2026Q3', at('2026-10-16T09:00'), v.supervisor))).toBeNull();
  });

  test('by two at once is done once', async () => {
    const v = await aVillageWith(['2026-09-30']);
    await open(v, '2026Q3', at('2026-10-08T09:00'));
    const results = await Promise.all([1, 2].map(() => lock(v, '2026Q3', at('2026-10-16T00:00'))));
    expect(results.map(refusalOf).sort()).toEqual(['PERIOD_LOCKED_ALREADY', null].sort());
  });
});

describe('a quarter that is closed', () => {
  test('takes no award and no deduction, in publicity and locked, from anyone', async () => {
    const v = await aVillageWith(['2026-09-30']);
    await open(v, '2026Q3', at('2026-10-08T09:00'));
    expect(await codeOf(award(v, '2026-09-30'))).toBe('PERIOD_IN_PUBLICITY');
    await lock(v, '2026Q3', at('2026-10-16T09:00'));
    expect(await codeOf(award(v, '2026-09-30'))).toBe('PERIOD_LOCKED');
    expect(await codeOf(award(v, '2026-07-01'))).toBe('PERIOD_LOCKED');
    expect(await codeOf(award(v, '2026-10-01'))).toBeNull();
    expect(await codeOf(award(v, '2026-06-30'))).toBeNull();
    // by hand, as the owner of the table
    const copy = (kind: string, honour: number) =>
      owner.query(
        `insert into posting (village_id, id, kind, source, leg, debit_id, credit_id, points, honour, household_id,
           resident_id, credited_on, command_id, posted_at)
         select village_id, gen_random_uuid(), $2, gen_random_uuid(), 0, debit_id, credit_id, 0, $3, household_id,
           resident_id, '2026-08-15', command_id, now() from posting where village_id = $1 limit 1`,
        [v.id, kind, honour],
      );
    await expect(copy('AWARD', 1)).rejects.toThrow('PERIOD_LOCKED');
    await expect(copy('DEDUCTION', -1)).rejects.toThrow('PERIOD_LOCKED');
  });

  test('what is approved late counts for the first open day, and no point is lost', async () => {
    const v = await aWorkingVillage();
    await v.approve(await aDeed(v, '2026-09-29', 1), v.verifier, { now: at('2026-09-29T21:00') });
    const late = await aDeed(v, '2026-09-30');
    await open(v, '2026Q3', at('2026-10-08T09:00'));
    expect(await v.approve(late, v.verifier, { now: at('2026-10-09T09:00') })).toMatchObject({
      ok: true,
      outcome: { points: 2, honour: 2 },
    });
    expect(await pointsOf(v.id, v.household(0).id)).toEqual({ spendable: 2, honour: 2 });
    const { rows } = await owner.query(
      `select credited_on::text from posting where village_id = $1 and household_id = $2`,
      [v.id, v.household(0).id],
    );
    expect(rows).toEqual([{ credited_on: creditDay('2026-09-30' as Day, new Set(['2026Q3'])) }]);
    const periods = await prisma.standing.findMany({
      where: { villageId: v.id, householdId: v.household(0).id },
      select: { period: true },
    });
    expect(periods.map((one) => one.period).sort()).toEqual(['2026', '2026Q4', 'ALL']);
    expect((await verifyLedger(prisma, v.id)).faults).toEqual([]);
    expect(await rebuildLedger(prisma, v.id)).toEqual([]);
  });

  test('its caps are those of the day it counts for', async () => {
    const v = await aWorkingVillage({ settings: { householdMonthCap: 3 } });
    // September is full, October is not
    await v.approve(await aDeed(v, '2026-09-28'), v.verifier, { now: at('2026-09-28T21:00') });
    const late = await aDeed(v, '2026-09-30');
    await open(v, '2026Q3', at('2026-10-08T09:00'));
    expect(await v.approve(late, v.verifier, { now: at('2026-10-09T09:00') })).toMatchObject({
      outcome: { points: 2, capNote: '' },
    });
  });

  test('a deed of December goes into the new year when Q4 is closed', async () => {
    const v = await aVillageWith(['2026-12-30']);
    const late = await aDeed(v, '2026-12-31', 1);
    await open(v, '2026Q4', at('2027-01-05T09:00'));
    await v.approve(late, v.verifier, { now: at('2027-01-06T09:00') });
    const { rows } = await owner.query(
      `select credited_on::text as day from posting where village_id = $1 and household_id = $2`,
      [v.id, v.household(1).id],
    );
    expect(rows).toEqual([{ day: '2027-01-01' }]);
  });

  test('an approval can be taken back while it is public, and no more once it is locked', async () => {
    const v = await aWorkingVillage();
    await prisma.village.update({ where: { id: v.id }, data: { undoMinutes: 1440 } });
    const [first, second] = [await aDeed(v, '2026-09-30', 0), await aDeed(v, '2026-09-30', 1)];
    const now = at('2026-10-15T22:00');
    await v.approve(first, v.verifier, { now });
    await v.approve(second, v.verifier, { now });
    // opened late enough that the minutes still run when it is locked: only a test can be so quick
    await owner.query(`alter table period disable trigger period_check`);
    await owner.query(
      `insert into period (village_id, id, code, as_of, opened_by_id, public_from, public_until)
       values ($1, gen_random_uuid(), '2026Q3', $2, $3, '2026-10-08', '2026-10-15')`,
      [v.id, now, v.secretary.id],
    );
    await owner.query(`alter table period enable trigger period_check`);
    expect(refusalOf(await v.undo(first, v.verifier, { now: at('2026-10-15T22:30') }))).toBeNull();
    expect(refusalOf(await lock(v, '2026Q3', at('2026-10-16T00:00')))).toBeNull();
    const undo = await v.run(
      undoDecision,
      await v.actorOf(v.verifier),
      { deedId: second },
      { now: at('2026-10-16T00:01') },
    );
    expect(refusalOf(undo)).toBe('PERIOD_LOCKED');
    expect((await pointsOf(v.id, v.household(1).id)).honour).toBe(2);
  });
});

describe('after the lock', () => {
  const twoPostings = async (v: WorkingVillage) => {
    const [one, two] = await prisma.posting.findMany({
      where: { villageId: v.id, kind: 'AWARD' },
      orderBy: { id: 'asc' },
    });
    if (!one || !two) throw new Error('there are two lines');
    return [one, two] as const;
  };
  /** A quarter that is locked, with an objection to each of these lines from the days it was public. */
  const closedWith = async (v: WorkingVillage, postings: string[]): Promise<string[]> => {
    expect(refusalOf(await open(v, '2026Q3', at('2026-10-08T09:00')))).toBeNull();
    const actor = await v.actorOf(v.household(1).head.personId);
    const objections: string[] = [];
    for (const subject of postings) {
      const input = { kind: 'POSTING', subject, body: '这笔不对' };
      const result = await v.run(openObjection, actor, input, { now: at('2026-10-10T09:00') });
      expect(refusalOf(result)).toBeNull();
      if (result.ok) objections.push(String(result.outcome.subject));
    }
    expect(refusalOf(await lock(v, '2026Q3', at('2026-10-16T00:00')))).toBeNull();
    return objections;
  };
  // as the part that decides objections leaves it behind
  const setObjection = (v: WorkingVillage, id: string, state: string) =>
    owner.query(
      `set session_replication_role = replica; update objection set state = '${state}', decided_by_id = '${v.supervisor.id}',
       decided_at = now(), reason = '查过了' where id = '${id}'; set session_replication_role = origin`,
    );
  const takeBack = (v: WorkingVillage, postingId: string, source: string) =>
    reverse(owner, {
      villageId: v.id,
      postingId,
      source,
      reason: '异议成立',
      commandId: newId(),
      now: new Date(),
    });

  test('nobody reverses a line without a reason that stands', async () => {
    const v = await aVillageWith(['2026-09-30', '2026-09-29']);
    const [{ id: posting }, { id: another }] = await twoPostings(v);
    const [id = '', other = ''] = await closedWith(v, [posting, another]);
    expect(await codeOf(takeBack(v, posting, newId()))).toBe('PERIOD_LOCKED');
    for (const state of ['OPEN', 'REJECTED', 'WITHDRAWN']) {
      if (state !== 'OPEN') await setObjection(v, id, state);
      expect(await codeOf(takeBack(v, posting, id)), state).toBe('PERIOD_LOCKED');
    }
    // an upheld objection about something else opens nothing
    await setObjection(v, other, 'UPHELD');
    expect(await codeOf(takeBack(v, posting, other))).toBe('PERIOD_LOCKED');
    expect(await prisma.posting.count({ where: { villageId: v.id, kind: 'REVERSAL' } })).toBe(0);
  });

  test('an objection upheld against the line reverses it', async () => {
    const v = await aVillageWith(['2026-09-30', '2026-09-29']);
    const [one] = await twoPostings(v);
    const [upheld = ''] = await closedWith(v, [one.id]);
    await setObjection(v, upheld, 'UPHELD');
    expect(await codeOf(takeBack(v, one.id, upheld))).toBeNull();
  });

  test('an objection upheld against the return of its deed gave the line, and does not take it back', async () => {
    const v = await aVillageWith(['2026-09-29']);
    const deed = await aDeed(v, '2026-09-30', 1);
    await v.giveBack(deed, '照片看不清，请补一张', v.verifier, { now: at('2026-10-01T09:00') });
    const actor = await v.actorOf(v.household(1).head.personId);
    const input = { kind: 'DEED', subject: deed, body: '照片是清楚的' };
    const objected = await v.run(openObjection, actor, input, { now: at('2026-10-02T09:00') });
    const objectionId = objected.ok ? String(objected.outcome.subject) : '';
    const decided = await v.run(
      decideObjection,
      await v.actorOf(v.supervisor),
      { objectionId, outcome: 'UPHELD', reason: '看过照片，清楚' },
      { now: at('2026-10-03T09:00') },
    );
    expect(refusalOf(decided)).toBeNull();
    const now = at('2026-10-04T09:00');
    expect(refusalOf(await v.approve(deed, v.secondVerifier, { now }))).toBeNull();
    await closed(v);
    const line = await prisma.posting.findFirstOrThrow({
      where: { villageId: v.id, kind: 'AWARD', householdId: v.household(1).id },
    });
    expect(await codeOf(takeBack(v, line.id, objectionId))).toBe('PERIOD_LOCKED');
  });

  test('upheld in the same transaction, in either order, is enough; the end decides', async () => {
    const v = await aVillageWith(['2026-09-30', '2026-09-29']);
    const [one, two] = await twoPostings(v);
    const objections = await closedWith(v, [one.id, two.id]);
    for (const [posting, id = '', state] of [
      [one.id, objections[0], 'UPHELD'],
      [two.id, objections[1], 'REJECTED'],
    ] as const) {
      const client = await owner.connect();
      try {
        await client.query('begin');
        await client.query(
          `select ledger_reverse($1, $2, $3, 0::smallint, '异议', null, gen_random_uuid(), now())`,
          [v.id, posting, id],
        );
        await client.query(`set local session_replication_role = replica`);
        await client.query(
          `update objection set state = '${state}', decided_by_id = $2, decided_at = now(), reason = '查过了' where id = $1`,
          [id, v.supervisor.id],
        );
        await client.query(`set local session_replication_role = origin`);
        const commit = client.query('commit');
        if (state === 'UPHELD') await commit;
        else await expect(commit).rejects.toThrow('PERIOD_LOCKED');
      } finally {
        await client.query('rollback').catch(() => undefined);
        client.release();
      }
    }
    expect(await prisma.posting.count({ where: { villageId: v.id, kind: 'REVERSAL' } })).toBe(1);
  });
});

describe('the table itself', () => {
  const insert = (v: WorkingVillage, change: Record<string, string>) => {
    const row: Record<string, string> = {
      village_id: v.id,
      id: newId(),
      code: '2026Q3',
      as_of: at('2026-10-08T09:00').toISOString(),
      opened_by_id: v.secretary.id,
      public_from: '2026-10-08',
      public_until: '2026-10-15',
      ...change,
    };
    const names = Object.keys(row);
    return owner.query(
      `insert into period (${names.join(', ')}) values (${names.map((_, i) => `$${i + 1}`).join(', ')})`,
      Object.values(row),
    );
  };

  test('refuses, to its owner too, what the commands refuse', async () => {
    const v = await aVillageWith(['2026-09-30']);
    await expect(insert(v, { state: 'LOCKED' })).rejects.toThrow('begins with its publicity');
    await expect(insert(v, { code: '2026Q5' })).rejects.toThrow('begins with its publicity');
    await expect(insert(v, { public_until: '2026-10-14' })).rejects.toThrow('as long as the rulebook says');
    await expect(insert(v, { public_from: '2026-10-01' })).rejects.toThrow('as long as the rulebook says');
    await expect(insert(v, { opened_by_id: v.verifier.id })).rejects.toThrow('NOT_ALLOWED');
    await expect(insert(v, { code: '2026Q4' })).rejects.toThrow('PERIOD_NOT_OVER');
    await insert(v, {});
    const update = (sql: string) => owner.query(`update period set ${sql} where village_id = $1`, [v.id]);
    await expect(update(`public_until = '2026-10-09'`)).rejects.toThrow('can only be locked');
    await expect(
      update(`state = 'LOCKED', locked_at = '2026-10-15T23:59+08', locked_by_id = '${v.supervisor.id}'`),
    ).rejects.toThrow('PUBLICITY_RUNNING');
    await expect(
      update(`state = 'LOCKED', locked_at = '2026-10-16T00:00+08', locked_by_id = '${v.secretary.id}'`),
    ).rejects.toThrow('NOT_ALLOWED');
    await update(`state = 'LOCKED', locked_at = '2026-10-16T00:00+08', locked_by_id = '${v.supervisor.id}'`);
    await expect(update(`state = 'PUBLICITY', locked_at = null, locked_by_id = null`)).rejects.toThrow();
    await expect(owner.query('delete from period where village_id = $1', [v.id])).rejects.toThrow(
      'stays closed',
    );
    await expect(owner.query('truncate period')).rejects.toThrow('append-only');
    await expect(prisma.$executeRaw`delete from period`).rejects.toThrow('permission denied');
    await expect(prisma.$executeRaw`update period set state = 'LOCKED'`).rejects.toThrow('permission denied');
  });
});

describe('at the same moment', () => {
  test('no posting slips in behind the publicity: each is in it, or counts for the next quarter', async () => {
    for (let round = 0; round < 4; round++) {
      const v = await aWorkingVillage({ households: 12 });
      await v.approve(await aDeed(v, '2026-09-28'), v.verifier, { now: at('2026-09-28T21:00') });
      const deeds = await Promise.all(
        Array.from({ length: 12 }, (_, index) => aDeed(v, '2026-09-30', index)),
      );
      const now = at('2026-10-08T09:00');
      let asOf: { count: number; honour: number } | undefined;
      const opening = async () => {
        expect(refusalOf(await open(v, '2026Q3', now))).toBeNull();
        // what is there the moment publicity has begun
        const { rows } = await owner.query(
          `select count(*)::int as count, sum(honour)::int as honour from posting
           where village_id = $1 and credited_on < '2026-10-01'`,
          [v.id],
        );
        asOf = rows[0];
      };
      const results = await Promise.all([
        ...deeds.slice(0, 6).map((deed) => v.approve(deed, v.verifier, { now })),
        opening().then(() => null),
        ...deeds.slice(6).map((deed) => v.approve(deed, v.secondVerifier, { now })),
      ]);
      for (const result of results) if (result) expect(refusalOf(result)).toBeNull();
      const { rows } = await owner.query(
        `select count(*)::int as count, sum(honour)::int as honour from posting
         where village_id = $1 and credited_on < '2026-10-01'`,
        [v.id],
      );
      expect(rows[0]).toEqual(asOf);
      const total = await prisma.posting.aggregate({ where: { villageId: v.id }, _sum: { honour: true } });
      expect(total._sum.honour).toBe(26);
      expect(await rebuildLedger(prisma, v.id)).toEqual([]);
    }
  });
});
