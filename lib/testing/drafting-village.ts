import type { Actor } from '@/lib/auth/types';
import { type Day, dayOf, dayToDate, startOfDay } from '@/lib/platform/clock';
import { type Command, type CommandResult, runCommand } from '@/lib/platform/command';
import { db } from '@/lib/platform/db';
import { newId } from '@/lib/platform/ids';
import { openBallot } from '@/lib/rulebook/ballot/commands';
import { draftRulebook } from '@/lib/rulebook/draft/commands';
import { openHearing } from '@/lib/rulebook/hearing/commands';
import { actorFor, aVillage, TEST_NOW, type VillageBuilt } from './builders';

/** The days of a draft's life in tests: heard from the test's day, to its end; put to the vote and resolved after. */
export const HEARD_UNTIL = '2026-12-01' as Day;
export const AFTER_HEARING = new Date('2026-12-02T02:00:00Z');
export const BALLOT_CLOSES = new Date('2026-12-05T10:00:00Z');
export const AFTER_BALLOT = new Date('2026-12-05T11:00:00Z');

export interface DraftingVillage extends VillageBuilt {
  secretaryActor: Actor;
  run(
    command: Command,
    actor: Actor,
    input: unknown,
    ask?: { id?: string; now?: Date },
  ): Promise<CommandResult>;
  /** the same; throws when refused, answers the outcome */
  must(
    command: Command,
    actor: Actor,
    input: unknown,
    ask?: { id?: string; now?: Date },
  ): Promise<Record<string, unknown>>;
  /** a resident's actor: the head of a household unless told otherwise */
  resident(household: number, member?: number): Promise<Actor>;
  /** drafts from a preset; answers the version's id */
  draft(from?: string): Promise<string>;
  /** drafts and opens the hearing */
  hear(from?: string): Promise<string>;
  /** drafts, hears, and opens the vote after the hearing; answers both ids */
  putToVote(): Promise<{ versionId: string; ballotId: string }>;
  /** a photo uploaded by the secretary */
  photo(): Promise<string>;
  /** the statements with which the owner of the tables records a resolution, for trying what must be refused */
  resolution(versionId: string, of: RawResolution): Promise<string[]>;
}

/** What is written of a resolution by hand. */
export interface RawResolution {
  kind?: string;
  unit?: string;
  heldOn?: string;
  /** eligible, present, for, against, abstained */
  numbers: string;
  /** when it was recorded, by the secretary */
  at?: string | null;
  minutes?: string | null;
}

/** A village without a rulebook, with the verbs of a draft's life. */
export async function aDraftingVillage(
  options: Parameters<typeof aVillage>[0] = {},
): Promise<DraftingVillage> {
  const village = await aVillage({ households: 3, ...options });
  // on the roll of every ballot of a test, whatever moment the test plays at
  const long = dayToDate('2025-01-01' as Day);
  await db().household.updateMany({ where: { villageId: village.id }, data: { createdAt: long } });
  await db().resident.updateMany({ where: { villageId: village.id }, data: { createdAt: long } });
  const secretaryActor = await actorFor(village.secretary);
  const run: DraftingVillage['run'] = (command, actor, input, ask = {}) =>
    runCommand(command, { actor, id: ask.id ?? newId(), input, now: ask.now ?? TEST_NOW });
  const must: DraftingVillage['must'] = async (command, actor, input, ask) => {
    const result = await run(command, actor, input, ask);
    if (!result.ok) throw new Error(`${command.name} refused: ${JSON.stringify(result.refusal)}`);
    return result.outcome;
  };
  const draft = async (from = 'RED_BLACK') =>
    String((await must(draftRulebook, secretaryActor, { from })).subject);
  const hear = async (from?: string) => {
    const versionId = await draft(from);
    await must(openHearing, secretaryActor, { versionId, until: HEARD_UNTIL });
    return versionId;
  };
  const photo = async () => {
    const id = newId();
    const hash = id.replaceAll('-', '').padEnd(64, '0');
    await db().photo.create({
      data: {
        villageId: village.id,
        id,
        uploadedById: village.secretary.id,
        sourceHash: hash,
        largeHash: hash,
        smallHash: hash,
        width: 800,
        height: 600,
        bytes: 1000,
        perceptual: 0n,
      },
      select: { id: true },
    });
    return id;
  };
  return {
    ...village,
    secretaryActor,
    run,
    must,
    resident: (household, member = 0) =>
      actorFor(village.household(household).residents[member]?.personId ?? '', { at: TEST_NOW }),
    draft,
    hear,
    async putToVote() {
      const versionId = await hear();
      const hour = (BALLOT_CLOSES.getTime() - startOfDay(dayOf(BALLOT_CLOSES)).getTime()) / 3_600_000;
      const input = { versionId, closesOn: dayOf(BALLOT_CLOSES), closesTime: `${hour}:00` };
      const { ballotId } = await must(openBallot, secretaryActor, input, { now: AFTER_HEARING });
      return { versionId, ballotId: String(ballotId) };
    },
    photo,
    async resolution(versionId, of) {
      const id = newId();
      const minutes = of.minutes === undefined ? await photo() : of.minutes;
      const text = (value: string | null) => (value === null ? 'null' : `'${value}'`);
      const at = of.at === undefined ? AFTER_HEARING.toISOString() : of.at;
      return [
        `insert into resolution (village_id, id, version_id, meeting_kind, unit, held_on, eligible, present, votes_for,
           votes_against, abstained, minutes_id, recorded_by_id, recorded_at)
         values ('${village.id}', '${id}', '${versionId}', '${of.kind ?? 'ASSEMBLY'}', '${of.unit ?? 'HOUSEHOLD'}',
           '${of.heldOn ?? '2026-12-02'}', ${of.numbers}, ${text(minutes)}, '${village.secretary.id}', ${text(at)})`,
        ...(minutes
          ? [
              `insert into attached_photo (village_id, id, photo_id, kind, subject, sort_order)
               values ('${village.id}', gen_random_uuid(), '${minutes}', 'RESOLUTION', '${id}', 0)`,
            ]
          : []),
      ];
    },
  };
}
