import { describe, expect, test } from 'vitest';
import { rebuildLedger } from '@/lib/ledger/rebuild';
import { sealLedger } from '@/lib/ledger/seal';
import { post, reverse } from '@/lib/ledger/testing/post';
import { verifyLedger } from '@/lib/ledger/verify';
import type { Day } from '@/lib/platform/clock';
import { asRefusal } from '@/lib/platform/command';
import type { YearEndPolicy } from '@/lib/platform/generated/enums';
import { newId } from '@/lib/platform/ids';
import { adoptCatalogue } from '@/lib/rulebook/adopt';
import { anAppointment, aPerson, TEST_NOW } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { aSecondRole, pastAllRules } from '@/lib/testing/red-list';
import { aWorkingVillage, pointsOf, refusalOf, type WorkingVillage } from '@/lib/testing/working-village';
import { announceYearEnd, closeYear } from './commands';
import { keptOf, yearEndDue } from './rules';

const { prisma, owner } = await testDb();

const at = (text: string) => new Date(`${text}:00+08:00`);
const NEW_YEAR = at('2027-01-01T00:00');

/** Gives points to a household for a day, as an approval does. */
async function give(v: WorkingVillage, household: number, points: number, day: string): Promise<string> {
  const { postingId } = await post(owner, {
    villageId: v.id,
    kind: 'AWARD',
    source: newId(),
    debit: v.id,
    credit: v.household(household).id,
    points,
    honour: points,
    household: { householdId: v.household(household).id, residentId: v.household(household).head.id },
    creditedOn: day as Day,
    commandId: newId(),
    now: at(`${day}T12:00`),
  });
  return postingId;
}

/** A deduction that has gone its whole way, written past the triggers; answers what the ledger needs to know of it. */
async function aDeduction(v: WorkingVillage, household: number, points: number, day: string) {
  const [id, itemId] = [newId(), v.item('HOME-04')];
  const { versionId } = await prisma.item.findFirstOrThrow({ where: { villageId: v.id, id: itemId } });
  await pastAllRules(
    owner,
    `insert into deduction (village_id, id, household_id, version_id, item_id, state, seen_on, seen_by, facts,
       recorded_by_id, recorded_at, proposed_by_id, proposed_at, approved_by_id, noticed_at, noticed_how, answer_until,
       posted_at, points)
     values ($1, $2, $3, $4, $5, 'POSTED', '2026-12-01', '巡查组', '看见了', $6, '2026-12-01', $6, '2026-12-02', $7,
       '2026-12-03', '当面', '2026-12-12', $8, $9)`,
    [
      v.id,
      id,
      v.household(household).id,
      versionId,
      itemId,
      v.verifier.id,
      v.supervisor.id,
      at(`${day}T12:00`),
      points,
    ],
  );
  return { source: id, versionId, itemId };
}

/** Takes points that a deduction takes, all of them or none. */
const take = (
  v: WorkingVillage,
  household: number,
  points: number,
  day: string,
  deduction: Awaited<ReturnType<typeof aDeduction>>,
) =>
  post(owner, {
    villageId: v.id,
    kind: 'DEDUCTION',
    ...deduction,
    debit: v.household(household).id,
    credit: v.id,
    points,
    honour: -points,
    household: { householdId: v.household(household).id, residentId: v.household(household).head.id },
    creditedOn: day as Day,
    commandId: newId(),
    now: at(`${day}T12:00`),
  });
const spend = async (v: WorkingVillage, household: number, points: number, day: string) =>
  take(v, household, points, day, await aDeduction(v, household, points, day));

const announce = async (v: WorkingVillage, now: Date, by = v.secretary, year = 2026) =>
  v.run(announceYearEnd, await v.actorOf(by), { year }, { now });
const close = async (v: WorkingVillage, now: Date, by = v.supervisor, id?: string) =>
  v.run(closeYear, await v.actorOf(by), { year: 2026 }, { now, ...(id ? { id } : {}) });
const aVillageBy = (yearEndPolicy: YearEndPolicy, yearEndCarryMost: number | null = null, households = 3) =>
  aWorkingVillage({ households, settings: { yearEndPolicy, yearEndCarryMost } });
const balance = async (v: WorkingVillage, household: number) =>
  (await pointsOf(v.id, v.household(household).id)).spendable;
const closing = (v: WorkingVillage) =>
  prisma.posting.findMany({
    where: { villageId: v.id, kind: { in: ['YEAR_CLOSE', 'YEAR_CARRY'] } },
    orderBy: [{ householdId: 'asc' }, { leg: 'asc' }],
    select: { kind: true, leg: true, points: true, honour: true, householdId: true, residentId: true },
  });

async function isSound(v: WorkingVillage): Promise<void> {
  await sealLedger(prisma, v.id);
  expect((await verifyLedger(prisma, v.id)).faults).toEqual([]);
  expect(await rebuildLedger(prisma, v.id)).toEqual([]);
}

describe('announcing', () => {
  test('from 1 October, by the secretary, with the day from which it can be done', async () => {
    const v = await aVillageBy('CARRY_UP_TO', 40);
    expect(refusalOf(await announce(v, at('2026-09-30T23:59')))).toBe('YEAR_END_TOO_EARLY');
    expect(refusalOf(await announce(v, at('2026-12-05T09:00'), v.supervisor))).toBe('NOT_ALLOWED');
    expect(await announce(v, at('2026-12-05T09:00'))).toMatchObject({
      outcome: { dueOn: yearEndDue(2026, '2026-12-05' as Day) },
    });
    expect(refusalOf(await announce(v, at('2026-12-06T09:00')))).toBe('YEAR_END_ANNOUNCED');
    const row = await prisma.yearEnd.findFirstOrThrow({ where: { villageId: v.id } });
    expect(row).toMatchObject({ policy: 'CARRY_UP_TO', carryMost: 40, doneAt: null });
    const heads = await prisma.resident.count({
      where: { villageId: v.id, relation: 'HEAD', leftOn: null, personId: { not: null } },
    });
    const told = await prisma.message.findMany({ where: { villageId: v.id, title: { contains: '年末' } } });
    expect(told).toHaveLength(heads);
    expect(told[0]?.body).toBe(
      '结转封顶：每户最多把 40 分带到下一年，多出的清零。2027年1月4日起办理，荣誉分不变。您家的数看“我家”。',
    );
  });

  test('needs a rulebook in force on the year’s last day', async () => {
    const v = await aVillageBy('CARRY');
    expect(refusalOf(await announce(v, at('2026-11-24T09:00'), v.secretary, 2025))).toBe(
      'YEAR_END_NO_RULEBOOK',
    );
  });

  test('by two at once is done once', async () => {
    const v = await aVillageBy('CARRY');
    const both = await Promise.all([1, 2].map(() => announce(v, at('2026-11-24T09:00'))));
    expect(both.map(refusalOf).sort()).toEqual(['YEAR_END_ANNOUNCED', null].sort());
  });

  test('anew when the rulebook has changed: the thirty days begin again', async () => {
    const v = await aVillageBy('CARRY');
    await give(v, 0, 20, '2026-11-01');
    await announce(v, at('2026-11-20T09:00'));
    await prisma.$transaction((tx) =>
      adoptCatalogue(tx, v.id, {
        number: 2,
        effectiveFrom: '2026-12-15' as Day,
        settings: { yearEndPolicy: 'CLEAR' },
        resolution: {
          meetingKind: 'ASSEMBLY',
          heldOn: '2026-12-10' as Day,
          eligible: 10,
          present: 9,
          votesFor: 9,
          votesAgainst: 0,
          abstained: 0,
        },
        now: TEST_NOW,
      }),
    );
    // nobody clears what people were told they keep
    expect(refusalOf(await close(v, NEW_YEAR))).toBe('YEAR_END_POLICY_CHANGED');
    expect(await announce(v, at('2026-12-20T09:00'))).toMatchObject({ outcome: { dueOn: '2027-01-19' } });
    expect(refusalOf(await close(v, at('2027-01-18T23:59')))).toBe('YEAR_END_NOT_DUE');
    expect(refusalOf(await close(v, at('2027-01-19T00:00')))).toBeNull();
    expect(await balance(v, 0)).toBe(0);
  });
});

describe('closing a year', () => {
  test('carries up to the limit: below, on and above it; both postings stand in the ledger', async () => {
    const v = await aVillageBy('CARRY_UP_TO', 40, 4);
    for (const [household, points] of [39, 40, 43].entries()) await give(v, household, points, '2026-11-01');
    await announce(v, at('2026-11-20T09:00'));
    expect(await close(v, NEW_YEAR)).toMatchObject({
      ok: true,
      outcome: { households: 3, closed: 122, carried: 119 },
    });
    expect([await balance(v, 0), await balance(v, 1), await balance(v, 2), await balance(v, 3)]).toEqual([
      39, 40, 40, 0,
    ]);
    const postings = await closing(v);
    expect(postings).toHaveLength(6);
    expect(postings.every((one) => one.honour === 0 && one.residentId === null)).toBe(true);
    for (const points of [39, 40, 43]) {
      const [taken] = postings.filter((one) => one.kind === 'YEAR_CLOSE' && one.points === points);
      const kept = postings.find((one) => one.householdId === taken?.householdId && one.leg === 1);
      expect(kept?.points).toBe(keptOf('CARRY_UP_TO', 40, points));
    }
    await isSound(v);
  });

  test('clears, or carries all; honour and standings stay', async () => {
    for (const [policy, left] of [
      ['CLEAR', 0],
      ['CARRY', 43],
    ] as const) {
      const v = await aVillageBy(policy);
      await give(v, 0, 43, '2026-11-01');
      await announce(v, at('2026-11-20T09:00'));
      const before = await prisma.standing.findMany({ where: { villageId: v.id } });
      expect(refusalOf(await close(v, NEW_YEAR)), policy).toBeNull();
      expect(await pointsOf(v.id, v.household(0).id)).toEqual({ spendable: left, honour: 43 });
      expect(await prisma.standing.findMany({ where: { villageId: v.id } })).toEqual(before);
      expect(await closing(v)).toHaveLength(left > 0 ? 2 : 1);
      await isSound(v);
    }
  });

  test('is not before the new year, nor before thirty days have passed', async () => {
    const v = await aVillageBy('CLEAR');
    await give(v, 0, 10, '2026-11-01');
    expect(refusalOf(await close(v, NEW_YEAR))).toBe('YEAR_END_NOT_ANNOUNCED');
    await announce(v, at('2026-11-20T09:00'));
    expect(refusalOf(await close(v, at('2026-12-31T23:59')))).toBe('YEAR_END_NOT_DUE');
    expect(await balance(v, 0)).toBe(10);
    const late = await aVillageBy('CLEAR');
    await announce(late, at('2026-12-20T23:59'));
    expect(refusalOf(await close(late, at('2027-01-18T23:59')))).toBe('YEAR_END_NOT_DUE');
    expect(refusalOf(await close(late, at('2027-01-19T00:00')))).toBeNull();
  });

  test('leaves what came in for the new year alone, and takes spent points from the old', async () => {
    const v = await aVillageBy('CLEAR');
    await give(v, 0, 30, '2026-12-20');
    await give(v, 0, 7, '2027-01-02');
    await spend(v, 0, 12, '2027-01-03');
    await give(v, 1, 5, '2026-12-20');
    const undone = await give(v, 1, 4, '2027-01-02');
    await reverse(owner, {
      villageId: v.id,
      postingId: undone,
      source: newId(),
      reason: '撤销',
      commandId: newId(),
      now: at('2027-01-02T13:00'),
    });
    await give(v, 2, 6, '2026-12-20');
    await give(v, 2, 3, '2027-01-02');
    await spend(v, 2, 8, '2027-01-03'); // six of the old, two of the new
    await announce(v, at('2026-11-20T09:00'));
    expect(await close(v, at('2027-01-05T09:00'))).toMatchObject({
      outcome: { households: 2, closed: 23, carried: 0 },
    });
    expect([await balance(v, 0), await balance(v, 1), await balance(v, 2)]).toEqual([7, 0, 1]);
    await isSound(v);
  });

  test('closes households that moved away too', async () => {
    const v = await aVillageBy('CLEAR');
    await give(v, 0, 8, '2026-11-01');
    await prisma.household.updateMany({
      where: { villageId: v.id, id: v.household(0).id },
      data: { leftOn: new Date('2026-11-10') },
    });
    await announce(v, at('2026-11-20T09:00'));
    await close(v, NEW_YEAR);
    expect(await balance(v, 0)).toBe(0);
  });

  test('needs the supervisor, and another person than who announced', async () => {
    const v = await aVillageBy('CLEAR');
    const both = await aPerson('一人两职');
    await anAppointment(both.id, 'SECRETARY', { villageId: v.id });
    await aSecondRole(owner, both.id, 'SUPERVISOR', v.id);
    await give(v, 0, 8, '2026-11-01');
    await announce(v, at('2026-11-20T09:00'), both);
    expect(refusalOf(await close(v, NEW_YEAR, both))).toBe('ANNOUNCED_BY_SAME');
    expect(refusalOf(await close(v, NEW_YEAR, v.secretary))).toBe('NOT_ALLOWED');
    expect(await balance(v, 0)).toBe(8);
    expect(refusalOf(await close(v, NEW_YEAR))).toBeNull();
  });

  test('once: asked twice, by two people, and under one id', async () => {
    const v = await aVillageBy('CARRY_UP_TO', 5);
    await give(v, 0, 8, '2026-11-01');
    await announce(v, at('2026-11-20T09:00'));
    const second = await aPerson('监督乙');
    await anAppointment(second.id, 'SUPERVISOR', { villageId: v.id });
    const id = newId();
    const [first, repeat, other] = await Promise.all([
      close(v, NEW_YEAR, v.supervisor, id),
      close(v, NEW_YEAR, v.supervisor, id),
      close(v, NEW_YEAR, second),
    ]);
    const codes = [first, repeat, other].map(refusalOf);
    expect(codes.filter((code) => code === 'YEAR_END_DONE').length).toBeGreaterThan(0);
    expect(refusalOf(await close(v, NEW_YEAR, second))).toBe('YEAR_END_DONE');
    expect(await balance(v, 0)).toBe(5);
    expect(await closing(v)).toHaveLength(2);
    await isSound(v);
  });

  test('of another village stays where it is', async () => {
    const [v, other] = [await aVillageBy('CLEAR'), await aVillageBy('CLEAR')];
    await give(other, 0, 9, '2026-11-01');
    await announce(v, at('2026-11-20T09:00'));
    await announce(other, at('2026-11-20T09:00'));
    await close(v, NEW_YEAR);
    expect(await balance(other, 0)).toBe(9);
    expect((await prisma.yearEnd.findFirstOrThrow({ where: { villageId: other.id } })).doneAt).toBeNull();
  });

  test('beside approvals and spending at the same moment loses nothing', async () => {
    const v = await aVillageBy('CARRY_UP_TO', 10, 12);
    for (let household = 0; household < 12; household++) await give(v, household, 20, '2026-11-01');
    await announce(v, at('2026-11-20T09:00'));
    const deductions = await Promise.all(
      Array.from({ length: 12 }, (_, household) => aDeduction(v, household, 15, '2027-01-02')),
    );
    const tries = async (work: () => Promise<unknown>) => {
      try {
        await work();
        return true;
      } catch (error) {
        const code = asRefusal(error)?.code;
        if (code === 'NOT_ENOUGH_POINTS' || code === 'BUSY') return false;
        throw error;
      }
    };
    const [closed, spent] = await Promise.all([
      close(v, at('2027-01-02T09:00')),
      Promise.all(deductions.map((one, household) => tries(() => take(v, household, 15, '2027-01-02', one)))),
      Promise.all(Array.from({ length: 12 }, (_, household) => give(v, household, 3, '2027-01-02'))),
    ]);
    expect(refusalOf(closed)).toBeNull();
    for (const [household, isSpent] of spent.entries()) {
      const [has] = [await balance(v, household)];
      // spent before: 20 + 3 − 15 = 8 kept whole; refused after: 10 kept and 3 new; the new points are never closed
      expect(isSpent ? [8] : [13], `household ${household}`).toContain(has);
      expect(has).toBeGreaterThanOrEqual(3);
    }
    await isSound(v);
  });

  test('a thousand households in one transaction', { timeout: 60_000 }, async () => {
    const v = await aVillageBy('CARRY_UP_TO', 10);
    await owner.query(
      `insert into household (village_id, id, group_id, code)
       select $1, gen_random_uuid(), $2, '09-' || lpad(n::text, 3, '0') from generate_series(1, 997) n`,
      [v.id, v.groups[0]?.id],
    );
    await owner.query(
      `select ledger_post($1, 'AWARD', found_award($1, h.id, $2, 12, 12, '2026-11-01', now()), 0::smallint, $1, h.id, 12, 12, h.id, $2, '2026-11-01', null,
         null, null, null, '', null, null, gen_random_uuid(), now()) from household h where h.village_id = $1`,
      [v.id, v.household(0).head.id],
    );
    await announce(v, at('2026-11-20T09:00'));
    expect(await close(v, NEW_YEAR)).toMatchObject({
      outcome: { households: 1000, closed: 12000, carried: 10000 },
    });
  });
});

describe('the ledger around a year’s end', () => {
  test('its postings are made by it alone, never by hand, and never taken back', async () => {
    const v = await aVillageBy('CLEAR');
    await give(v, 0, 8, '2026-11-01');
    const byHand = (kind: string, debit: string, credit: string) =>
      owner.query(
        `select ledger_post($1, $2, gen_random_uuid(), 0::smallint, $3, $4, 5, 0, $5, null, '2026-12-31', null, null, null,
           null, '', null, $6, gen_random_uuid(), $7)`,
        [v.id, kind, debit, credit, v.household(0).id, v.supervisor.id, NEW_YEAR],
      );
    const refused = 'closed and carried by a year';
    await expect(byHand('YEAR_CLOSE', v.household(0).id, v.id)).rejects.toThrow(refused);
    await expect(byHand('YEAR_CARRY', v.id, v.household(0).id)).rejects.toThrow(refused);
    await announce(v, at('2026-11-20T09:00'));
    await close(v, NEW_YEAR);
    await expect(byHand('YEAR_CARRY', v.id, v.household(0).id)).rejects.toThrow(refused);
    const taken = await prisma.posting.findFirstOrThrow({ where: { villageId: v.id, kind: 'YEAR_CLOSE' } });
    const back = reverse(owner, {
      villageId: v.id,
      postingId: taken.id,
      source: newId(),
      reason: '不算',
      commandId: newId(),
      now: NEW_YEAR,
    });
    await expect(back.catch((error) => asRefusal(error)?.code)).resolves.toBe('NOT_REVERSIBLE');
  });

  test('its row refuses, to its owner too, what the commands refuse', async () => {
    const v = await aVillageBy('CARRY_UP_TO', 40);
    await give(v, 0, 50, '2026-11-01');
    const insert = (policy: string, most: number | null, due: string, by = v.secretary.id) =>
      owner.query(
        `insert into year_end (village_id, id, year, policy, carry_most, announced_at, announced_by_id, due_on)
         values ($1, gen_random_uuid(), 2026, $2, $3, '2026-12-20T09:00+08', $4, $5)`,
        [v.id, policy, most, by, due],
      );
    await expect(insert('CLEAR', null, '2027-01-19')).rejects.toThrow('as the rulebook has it');
    await expect(insert('CARRY_UP_TO', 10, '2027-01-19')).rejects.toThrow('as the rulebook has it');
    await expect(insert('CARRY_UP_TO', 40, '2027-01-01')).rejects.toThrow('as the rulebook has it');
    await expect(insert('CARRY_UP_TO', 40, '2027-01-19', v.verifier.id)).rejects.toThrow('NOT_ALLOWED');
    await insert('CARRY_UP_TO', 40, '2027-01-19');
    const update = (sql: string) => owner.query(`update year_end set ${sql} where village_id = $1`, [v.id]);
    await expect(update(`due_on = '2027-01-01'`)).rejects.toThrow();
    await expect(update(`announced_at = '2026-10-01'`)).rejects.toThrow();
    const done = (when: string, by: string) =>
      `done_at = '${when}', done_by_id = '${by}', households = 0, points_closed = 0, points_carried = 0`;
    await expect(update(done('2027-01-18T23:59+08', v.supervisor.id))).rejects.toThrow('YEAR_END_NOT_DUE');
    await expect(update(done('2027-01-19T00:00+08', v.secretary.id))).rejects.toThrow();
    // sums that are not the ledger's
    await expect(
      update(
        `${done('2027-01-19T00:00+08', v.supervisor.id)}, carry_most = 40`.replace(
          'households = 0',
          'households = 1',
        ),
      ),
    ).rejects.toThrow('those of its postings');
    await close(v, at('2027-01-19T00:00'));
    await expect(
      update(
        `done_at = null, done_by_id = null, households = null, points_closed = null, points_carried = null`,
      ),
    ).rejects.toThrow('done once');
    await expect(owner.query('delete from year_end where village_id = $1', [v.id])).rejects.toThrow(
      'not taken away',
    );
    await expect(owner.query('truncate year_end')).rejects.toThrow('append-only');
    await expect(prisma.$executeRaw`delete from year_end`).rejects.toThrow('permission denied');
    await expect(prisma.$executeRaw`update year_end set due_on = '2026-12-31'`).rejects.toThrow(
      'permission denied',
    );
  });

  test('SQL and the rules keep the same', async () => {
    for (const policy of ['CLEAR', 'CARRY', 'CARRY_UP_TO'] as const) {
      for (const points of [0, 1, 39, 40, 41, 100_000]) {
        const most = policy === 'CARRY_UP_TO' ? 40 : null;
        const { rows } = await owner.query('select year_kept($1, $2, $3)::int as kept', [
          policy,
          most,
          points,
        ]);
        expect(rows[0].kept, `${policy} ${points}`).toBe(keptOf(policy, most, points));
      }
    }
  });
});
