import { describe, expect, test } from 'vitest';
import type { Actor } from '@/lib/auth/types';
import { addDays } from '@/lib/platform/clock';
import { type Command, type CommandResult, runCommand } from '@/lib/platform/command';
import { newId } from '@/lib/platform/ids';
import { TEST_DAY, TEST_NOW } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { aWorkingVillage, pointsOf, refusalOf } from '@/lib/testing/working-village';
import { submitDeed } from './commands';
import { approveDeed, undoDecision } from './decisions';

const { prisma, owner } = await testDb();

const ITEMS = 500;
const WORKERS = 20;

interface Job {
  command: Command;
  actor: Actor;
  id: string;
  input: unknown;
}

/** Sends every job twice at once, by twenty workers: as a weak network and an impatient thumb do. */
async function sendTwice(jobs: Job[]): Promise<[CommandResult, CommandResult][]> {
  const results: [CommandResult, CommandResult][] = new Array(jobs.length);
  let next = 0;
  const worker = async () => {
    for (let n = next++; n < jobs.length; n = next++) {
      const job = jobs[n];
      if (!job) return;
      const send = () =>
        runCommand(job.command, { actor: job.actor, id: job.id, input: job.input, now: TEST_NOW });
      results[n] = await Promise.all([send(), send()]);
    }
  };
  await Promise.all(Array.from({ length: WORKERS }, worker));
  return results;
}

describe('exactly once', () => {
  test(`${ITEMS} reports, approvals and undos, each sent twice at once`, { timeout: 300_000 }, async () => {
    const v = await aWorkingVillage({ households: 25 });
    // WASTE-03: 4 points, 12 a month and person; three people, seven months: enough room for everything below.
    const deeds: Job[] = [];
    for (let n = 0; n < ITEMS; n++) {
      const household = v.household(n % 25);
      const resident = household.residents[Math.floor(n / 25) % 2];
      deeds.push({
        command: submitDeed,
        actor: await v.actorOf(household.head.personId),
        id: newId(),
        input: {
          residentId: resident?.id,
          itemId: v.item(
            ['CIVIC-03', 'LEARNING-02', 'FAMILY-02', 'PUBLIC_CLEAN-01', 'WASTE-03'][Math.floor(n / 50) % 5] ??
              '',
          ),
          deedOn: addDays(TEST_DAY, -(n % 20)),
        },
      });
    }
    const submitted = await sendTwice(deeds);
    for (const [a, b] of submitted) {
      expect(a.ok && b.ok && a.outcome.subject === b.outcome.subject).toBe(true);
      expect([a, b].filter((one) => one.ok && !one.repeated)).toHaveLength(1);
    }
    expect(await prisma.deed.count({ where: { villageId: v.id } })).toBe(ITEMS);

    const verifiers = [await v.actorOf(v.verifier), await v.actorOf(v.secondVerifier)];
    const approvals = deeds.map((deed, n) => ({
      command: approveDeed,
      actor: verifiers[n % 2] as Actor,
      id: newId(),
      input: { deedId: deed.id },
    }));
    const approved = await sendTwice(approvals);
    for (const [a, b] of approved) {
      expect(a.ok).toBe(b.ok);
      if (a.ok && b.ok) expect(a.outcome).toEqual(b.outcome);
    }
    const effects = approved.filter(([a]) => a.ok).length;
    expect(effects).toBeGreaterThan(250);
    expect(await prisma.posting.count({ where: { villageId: v.id, kind: 'AWARD' } })).toBe(effects);

    const undos = approvals.flatMap((one, n) =>
      approved[n]?.[0].ok ? [{ ...one, command: undoDecision, id: newId() }] : [],
    );
    const undone = await sendTwice(undos);
    for (const [a, b] of undone) expect(a.ok && b.ok).toBe(true);
    expect(await prisma.posting.count({ where: { villageId: v.id, kind: 'REVERSAL' } })).toBe(effects);
    for (const household of v.households) {
      expect(await pointsOf(v.id, household.id)).toEqual({ spendable: 0, honour: 0 });
    }
    const { rows } = await owner.query('select count(*)::int as n from command_log where village_id = $1', [
      v.id,
    ]);
    expect(rows[0].n).toBe(ITEMS + effects * 2);
  });

  test('the same id with another body, command or person is refused and changes nothing', async () => {
    const v = await aWorkingVillage();
    const id = newId();
    const deedId = await v.submitted(0, 'CIVIC-03', {}, { id });
    expect(deedId).toBe(id);
    expect(refusalOf(await v.submit(0, 'CIVIC-03', { note: '改了' }, { id }))).toBe('SAME_ID_OTHER_CONTENT');
    expect(refusalOf(await v.submit(1, 'CIVIC-03', {}, { id }))).toBe('SAME_ID_OTHER_CONTENT');
    expect(refusalOf(await v.withdraw(id, 0, { id }))).toBe('SAME_ID_OTHER_CONTENT');
    expect(await prisma.deed.count({ where: { villageId: v.id } })).toBe(1);
    expect(await prisma.deed.findFirstOrThrow({ where: { villageId: v.id } })).toMatchObject({
      note: '',
      state: 'SUBMITTED',
    });
  });

  test('a refused command leaves nothing behind, and its id can be used when the reason is gone', async () => {
    const v = await aWorkingVillage({ settings: { budgetPerQuarter: 1 } });
    const deedId = await v.submitted(0, 'SAFETY-01');
    const id = newId();
    const before = await owner.query('select count(*)::int as n from command_log where village_id = $1', [
      v.id,
    ]);
    expect(refusalOf(await v.approve(deedId, v.verifier, { id }))).toBe('BUDGET_SPENT');
    const after = await owner.query('select count(*)::int as n from command_log where village_id = $1', [
      v.id,
    ]);
    expect(after.rows).toEqual(before.rows);
    expect(await prisma.posting.count({ where: { villageId: v.id } })).toBe(0);
    expect(await prisma.deedDecision.count({ where: { villageId: v.id } })).toBe(0);
    const small = await v.submitted(0, 'CIVIC-03');
    expect(refusalOf(await v.approve(small, v.verifier, { id }))).toBe(null);
  });
});
