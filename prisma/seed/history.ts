import type { Actor } from '@/lib/auth/types';
import { markFavourite, recordDeed, recordEvent, submitDeed, withdrawDeed } from '@/lib/deeds/commands';
import { approveBatch, approveDeed, returnDeed, undoDecision } from '@/lib/deeds/decisions';
import { takePhoto as storePhoto } from '@/lib/photos/upload';
import type { Day } from '@/lib/platform/clock';
import { type Command, type CommandOutcome, runCommand } from '@/lib/platform/command';
import { idFromWords } from '@/lib/platform/ids';
import type { RefusalCode } from '@/lib/platform/refusal';
import { itemId, stepId } from '@/lib/rulebook/adopt';
import { deskActor, residentActor } from './actors';
import type { PlannedDeed, PlannedEvent, PlannedPhoto, VillageHistory } from './deeds';
import { demoId, type PlannedVillage } from './people';
import { takePhoto } from './photos';
import { randomOf } from './random';
import { versionNumberOn } from './write-people';

// Lets the planned history happen: one command after another, each at its moment, through the same door that people
// use. A deed that a cap or recusal refuses is treated as the office would treat it.

interface Act {
  at: Date;
  /** breaks ties */
  order: string;
  run: () => Promise<void>;
}

const RECUSED: readonly RefusalCode[] = ['OWN_HOUSEHOLD', 'NEAR_KIN', 'OWN_REPORT', 'SAME_PERSON_TWICE'];
const PASSING: readonly RefusalCode[] = ['PHOTO_NOT_PROCESSED', 'BUSY'];
const TRIES_MOST = 6;
const FULL: readonly RefusalCode[] = ['CAP_REACHED', 'CAP_WOULD_CUT', 'MONTH_CAP_REACHED'];

export async function replayHistory(
  village: PlannedVillage,
  history: VillageHistory,
  today: Day,
): Promise<void> {
  const acts = [
    ...history.deeds.flatMap((deed) => actsOfDeed(village, deed, today)),
    ...history.events.flatMap((event) => actsOfEvent(village, event, today)),
    ...actsOfFavourites(village, history),
  ];
  acts.sort((a, b) => a.at.getTime() - b.at.getTime() || (a.order < b.order ? -1 : 1));
  for (const act of acts) await act.run();
}

/** Runs a command; a refusal is answered by its code. */
async function ask(
  command: Command,
  actor: Actor,
  id: string,
  input: unknown,
  now: Date,
): Promise<CommandOutcome | RefusalCode> {
  const result = await runCommand(command, { actor, id, input, now });
  return result.ok ? result.outcome : result.refusal.code;
}

/** Runs a command that the plan allows. */
async function must(
  command: Command,
  actor: Actor,
  id: string,
  input: unknown,
  now: Date,
): Promise<CommandOutcome> {
  const answer = await ask(command, actor, id, input, now);
  if (typeof answer === 'string')
    throw new Error(`${command.name} was refused: ${answer} (${JSON.stringify(input)})`);
  return answer;
}

async function upload(
  photos: PlannedPhoto[],
  itemCode: string,
  actor: Actor,
  seat: 'resident' | 'desk',
  now: Date,
): Promise<string[]> {
  for (const photo of photos) {
    const random = randomOf('scene', photo.sceneOf ?? photo.id);
    const bytes = await takePhoto(
      { itemCode, takenAt: photo.takenAt, ...(photo.worn ? { worn: true } : {}) },
      random,
    );
    let stored = await storePhoto({ actor, seat, bytes, id: photo.id, now });
    // A machine with its hands full may not decode it in time.
    for (let tries = 1; !stored.ok && PASSING.includes(stored.refusal.code) && tries < TRIES_MOST; tries++) {
      stored = await storePhoto({ actor, seat, bytes, id: photo.id, now });
    }
    if (!stored.ok) throw new Error(`a photo of ${itemCode} was refused: ${stored.refusal.code}`);
  }
  return photos.map((photo) => photo.id);
}

function actsOfDeed(village: PlannedVillage, deed: PlannedDeed, today: Day): Act[] {
  const { fate } = deed;
  let isAwaitingSecond = false;
  let isOpen = false;
  const act = (name: string, at: Date, run: (at: Date) => Promise<void>): Act => ({
    at,
    order: `${deed.id}${name}`,
    run: () => run(at),
  });
  const id = (name: string) => idFromWords('demo-command', deed.id, name);

  const giveBack = async (name: string, at: Date, verifier: number, reason: string) => {
    for (let i = 0; i < 3; i++) {
      const actor = deskActor(village, 'VERIFIER', (verifier + i) % 3);
      const answer = await ask(returnDeed, actor, id(`${name}${i}`), { deedId: deed.id, reason }, at);
      if (typeof answer !== 'string') {
        isOpen = false;
        return;
      }
      if (!RECUSED.includes(answer)) throw new Error(`a return was refused: ${answer}`);
    }
  };
  /** Answers who approved, or null when nobody could. */
  const approve = async (name: string, at: Date, verifier: number): Promise<Actor | null> => {
    for (let i = 0; i < 3; i++) {
      const actor = deskActor(village, 'VERIFIER', (verifier + i) % 3);
      const answer = await ask(approveDeed, actor, id(`${name}${i}`), { deedId: deed.id }, at);
      if (typeof answer !== 'string') {
        isAwaitingSecond = answer.state === 'AWAITING_SECOND';
        return actor;
      }
      if (FULL.includes(answer)) {
        await giveBack(`${name}full`, at, verifier, '这一项本期已经记满，下期再报');
        return null;
      }
      if (answer === 'BUDGET_SPENT') return null;
      if (!RECUSED.includes(answer)) throw new Error(`an approval was refused: ${answer}`);
    }
    return null;
  };

  const acts: Act[] = [act('0submit', deed.submittedAt, (at) => submit(village, deed, today, at))];
  if (fate.kind === 'WITHDRAW') {
    acts.push(
      act('1withdraw', fate.at, async (at) => {
        const actor = reporterOf(village, deed);
        await must(withdrawDeed, actor, id('withdraw'), { deedId: deed.id }, at);
      }),
    );
  } else if (fate.kind === 'RETURN') {
    acts.push(act('1return', fate.at, (at) => giveBack('return', at, fate.verifier, fate.reason)));
  } else if (fate.kind === 'APPROVE') {
    acts.push(
      act('1approve', fate.at, async (at) => {
        await approve('approve', at, fate.verifier);
      }),
    );
    if (fate.secondAt) {
      acts.push(
        act('2second', fate.secondAt, async (at) => {
          if (isAwaitingSecond) await approve('second', at, fate.verifier + 1);
        }),
      );
    }
  } else if (fate.kind === 'UNDO') {
    let by: Actor | null = null;
    acts.push(
      act('1approve', fate.at, async (at) => {
        by = await approve('approve', at, fate.verifier);
      }),
      act('2undo', fate.undoAt, async (at) => {
        if (!by) return;
        await must(undoDecision, by, id('undo'), { deedId: deed.id }, at);
        isOpen = true;
      }),
      act('3after', new Date(fate.undoAt.getTime() + 4 * 60_000), async (at) => {
        if (!isOpen) return;
        if (fate.next === 'RETURN') await giveBack('after', at, fate.verifier, '照片里看不出做了什么');
        if (fate.next === 'APPROVE') await approve('after', at, fate.verifier);
      }),
    );
  }
  return acts;
}

function reporterOf(village: PlannedVillage, deed: PlannedDeed): Actor {
  return deed.reporter === 'STEWARD' ? deskActor(village, 'STEWARD') : residentActor(village, deed.reporter);
}

async function submit(village: PlannedVillage, deed: PlannedDeed, today: Day, at: Date): Promise<void> {
  const actor = reporterOf(village, deed);
  const bySteward = deed.reporter === 'STEWARD';
  const before = new Date(at.getTime() - 60_000);
  const photos = await upload(deed.photos, deed.itemCode, actor, bySteward ? 'desk' : 'resident', before);
  const version = versionNumberOn(village, today, deed.deedOn);
  await must(
    bySteward ? recordDeed : submitDeed,
    actor,
    deed.id,
    {
      residentId: deed.resident.id,
      itemId: itemId(village.id, version, deed.itemCode),
      ...(deed.scaleStep ? { scaleStepId: stepId(village.id, version, deed.itemCode, deed.scaleStep) } : {}),
      deedOn: deed.deedOn,
      quantity: deed.quantity,
      ...(deed.metricValue ? { metricValue: deed.metricValue } : {}),
      note: deed.note,
      photos,
    },
    at,
  );
}

function actsOfEvent(village: PlannedVillage, event: PlannedEvent, today: Day): Act[] {
  const steward = deskActor(village, 'STEWARD');
  const acts: Act[] = [
    {
      at: event.recordedAt,
      order: event.id,
      run: async () => {
        const version = versionNumberOn(village, today, event.heldOn);
        const photos = await upload(event.photos, event.itemCode, steward, 'desk', event.recordedAt);
        await must(
          recordEvent,
          steward,
          event.id,
          {
            itemId: itemId(village.id, version, event.itemCode),
            name: event.name,
            heldOn: event.heldOn,
            residentIds: event.people.map((person) => person.id),
            photos,
          },
          event.recordedAt,
        );
      },
    },
  ];
  const { approvedAt } = event;
  if (approvedAt) {
    // What one verifier must leave to another, the other does.
    for (const index of [0, 1]) {
      const at = new Date(approvedAt.getTime() + index * 1_800_000);
      acts.push({
        at,
        order: `${event.id}${index}`,
        run: async () => {
          await must(
            approveBatch,
            deskActor(village, 'VERIFIER', index),
            idFromWords('demo-command', event.id, `batch${index}`),
            { deedIds: event.people.map((person) => idFromWords('event-deed', event.id, person.id)) },
            at,
          );
        },
      });
    }
  }
  return acts;
}

/** The known villagers have starred what they do most. */
function actsOfFavourites(village: PlannedVillage, history: VillageHistory): Act[] {
  const at = history.deeds[0]?.submittedAt;
  if (!at) return [];
  const groups = village.plan.groups.length;
  return [0, groups].flatMap((index) =>
    ['PUBLIC_CLEAN-01', 'WASTE-01', 'HOME-01'].map((itemCode) => ({
      at,
      order: itemCode,
      run: async () => {
        const head = village.households[index]?.residents[0];
        if (!head?.person) return;
        const id = demoId('favourite', head.id, itemCode);
        await must(markFavourite, residentActor(village, head), id, { itemCode, favourite: 'yes' }, at);
      },
    })),
  );
}
