import type { Actor } from '@/lib/auth/types';
import { submitDeed, withdrawDeed } from '@/lib/deeds/commands';
import { approveDeed, returnDeed, undoDecision } from '@/lib/deeds/decisions';
import type { Day } from '@/lib/platform/clock';
import { type Command, type CommandResult, runCommand } from '@/lib/platform/command';
import { db } from '@/lib/platform/db';
import { newId } from '@/lib/platform/ids';
import { adoptCatalogue, itemId, type RulebookSettings } from '@/lib/rulebook/adopt';
import { actorFor, aVillage, TEST_DAY, TEST_NOW, type VillageBuilt } from './builders';

/** What one run asks: everything has a default but who and what. */
export interface Ask {
  id?: string;
  now?: Date;
}

export interface WorkingVillage extends VillageBuilt {
  /** the item of this code in the adopted version */
  item(code: string): string;
  /** actors, made once */
  actorOf(person: string | { id: string }): Promise<Actor>;
  run(command: Command, actor: Actor, input: unknown, ask?: Ask): Promise<CommandResult>;
  /** the head of the household reports; answers the result */
  submit(household: number, code: string, more?: Record<string, unknown>, ask?: Ask): Promise<CommandResult>;
  /** the same, and the deed's id; throws when refused */
  submitted(household: number, code: string, more?: Record<string, unknown>, ask?: Ask): Promise<string>;
  approve(deedId: string, by?: { id: string }, ask?: Ask): Promise<CommandResult>;
  giveBack(deedId: string, reason?: string, by?: { id: string }, ask?: Ask): Promise<CommandResult>;
  undo(deedId: string, by?: { id: string }, ask?: Ask): Promise<CommandResult>;
  withdraw(deedId: string, household: number, ask?: Ask): Promise<CommandResult>;
}

/** A village whose rulebook of 48 items has been in force since January, with the verbs of a deed's life. */
export async function aWorkingVillage(
  options: Parameters<typeof aVillage>[0] & { settings?: RulebookSettings } = {},
): Promise<WorkingVillage> {
  const { settings, ...rest } = options;
  const village = await aVillage(rest);
  await db().$transaction(
    (tx) =>
      adoptCatalogue(tx, village.id, {
        number: 1,
        effectiveFrom: '2026-01-01' as Day,
        resolution: {
          meetingKind: 'ASSEMBLY',
          heldOn: '2025-12-20' as Day,
          eligible: 100,
          present: 80,
          votesFor: 70,
          votesAgainst: 5,
          abstained: 5,
        },
        ...(settings ? { settings } : {}),
        now: TEST_NOW,
      }),
    { timeout: 20_000 },
  );
  const actors = new Map<string, Promise<Actor>>();
  const actorOf = (person: string | { id: string }) => {
    const id = typeof person === 'string' ? person : person.id;
    const known = actors.get(id) ?? actorFor(id);
    actors.set(id, known);
    return known;
  };
  const run = (command: Command, actor: Actor, input: unknown, ask: Ask = {}) =>
    runCommand(command, { actor, id: ask.id ?? newId(), input, now: ask.now ?? TEST_NOW });
  const item = (code: string) => itemId(village.id, 1, code);

  const submit: WorkingVillage['submit'] = async (household, code, more = {}, ask = {}) => {
    const { head } = village.household(household);
    const input = { residentId: head.id, itemId: item(code), deedOn: TEST_DAY, ...more };
    return run(submitDeed, await actorOf(head.personId), input, ask);
  };

  return {
    ...village,
    item,
    actorOf,
    run,
    submit,
    async submitted(household, code, more, ask) {
      const result = await submit(household, code, more, ask);
      if (!result.ok) throw new Error(`refused: ${result.refusal.code}`);
      return String(result.outcome.subject);
    },
    async approve(deedId, by = village.verifier, ask = {}) {
      return run(approveDeed, await actorOf(by), { deedId }, ask);
    },
    async giveBack(deedId, reason = '照片看不清，请补一张', by = village.verifier, ask = {}) {
      return run(returnDeed, await actorOf(by), { deedId, reason }, ask);
    },
    async undo(deedId, by = village.verifier, ask = {}) {
      return run(undoDecision, await actorOf(by), { deedId }, ask);
    },
    async withdraw(deedId, household, ask = {}) {
      return run(withdrawDeed, await actorOf(village.household(household).head.personId), { deedId }, ask);
    },
  };
}

/** The refusal's code, or null when the command went through: what most tests ask. */
export function refusalOf(result: CommandResult): string | null {
  return result.ok ? null : result.refusal.code;
}

/** A household's spendable points and its honour of all time. */
export async function pointsOf(
  villageId: string,
  householdId: string,
): Promise<{ spendable: number; honour: number }> {
  const account = await db().account.findUniqueOrThrow({
    where: { villageId_id: { villageId, id: householdId } },
    select: { balance: true },
  });
  const { _sum } = await db().standing.aggregate({
    where: { villageId, householdId, period: 'ALL' },
    _sum: { honour: true },
  });
  return { spendable: Number(account.balance), honour: Number(_sum.honour ?? 0) };
}
