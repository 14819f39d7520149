import type { Actor } from '@/lib/auth/types';
import { advanceLists } from '@/lib/lists/advance';
import { checkList, draftList, publishList } from '@/lib/lists/commands';
import { giveConsent } from '@/lib/lists/consent/commands';
import { recordConsent } from '@/lib/lists/consent/paper';
import { CONSENT_TEXT } from '@/lib/lists/consent/text';
import { addPlace, recordPlaceCheck, voidPlaceCheck } from '@/lib/lists/place/commands';
import { takePhoto } from '@/lib/photos/upload';
import { addDays, type Day, dayOf, periodBounds, quarterOf, startOfDay } from '@/lib/platform/clock';
import { type Command, runCommand } from '@/lib/platform/command';
import type { PrismaClient } from '@/lib/platform/generated/client';
import type { RefusalCode } from '@/lib/platform/refusal';
import { deskActor, residentActor } from './actors';
import { drawPaper } from './papers';
import { demoId, type PlannedVillage } from './people';
import { randomOf } from './random';

// The lists of a demo village: last quarter's red one, checked and long before the public, others on their way. Each
// step through its command at its moment; what can't have happened yet by the evening before the day has not.

const PLACES: Record<string, readonly (readonly ['ROAD' | 'RIVER', string, string, readonly number[]])[]> = {
  qingzhu: [
    ['ROAD', '桥头到老井', '一组', [9, 9, 10]],
    ['ROAD', '村委会到小学', '公益性岗位', [8, 9]],
    ['ROAD', '竹林湾环线', '三组', [7, 6]],
    ['RIVER', '青竹河上段', '河长制小组', [8, 8, 9]],
    ['RIVER', '青竹河下段', '四组', [5, 5, 6]],
  ],
  xinghua: [
    ['ROAD', '游客中心到果园', '二组', [9, 9]],
    ['RIVER', '杏花溪', '河长制小组', [8, 9]],
  ],
  binjiang: [],
};

/** What a refusal may be when the day has little behind it: then that list is not there. */
const THIN: readonly RefusalCode[] = [
  'LIST_EMPTY',
  'BLACK_LIST_OFF',
  'LIST_PERIOD_AHEAD',
  'LIST_NO_RULEBOOK',
];

/** Who a steward must leave to another. */
const RECUSED: readonly RefusalCode[] = ['OWN_HOUSEHOLD', 'NEAR_KIN', 'CONSENT_SIGNER'];
const PHOTO_TRIES_MOST = 6;

/** Lets a village's lists happen up to the evening before `today`. */
export async function seedLists(db: PrismaClient, village: PlannedVillage, today: Day): Promise<void> {
  const last = addDays(today, -1);
  const thisQuarter = periodBounds(today, 'QUARTER').from;
  const lastQuarterEnd = addDays(thisQuarter, -1);
  const at = (day: Day, hour: number) => new Date(startOfDay(day).getTime() + hour * 3_600_000);
  const run = async (command: Command, actor: Actor, words: string, input: unknown, now: Date) => {
    const id = demoId(village.plan.code, 'list-command', words);
    const result = await runCommand(command, { actor, id, input, now });
    if (result.ok) return id;
    if (THIN.includes(result.refusal.code)) return null;
    throw new Error(`${command.name} was refused: ${result.refusal.code} (${words})`);
  };
  const secretary = deskActor(village, 'SECRETARY');
  const supervisor = deskActor(village, 'SUPERVISOR');

  await seedPlaces(village, run, {
    secretary,
    at,
    quarters: [addDays(lastQuarterEnd, -40), addDays(thisQuarter, 3)],
    last,
  });
  await seedConsents(village, run, at(addDays(last, -20), 20));
  if (village.plan.code === 'qingzhu') await seedPaperConsent(village, at(addDays(last, -18), 10));

  /** Drafts on a day and brings it as far as `steps` says, as long as the days have come. */
  const list = async (kind: 'RED' | 'BLACK', subject: string, period: string, day: Day, steps: 1 | 2 | 3) => {
    if (day > last) return;
    const words = `${kind} ${subject} ${period}`;
    const listId = await run(draftList, secretary, `draft ${words}`, { kind, subject, period }, at(day, 9));
    if (!listId || steps < 2) return;
    const checked = await run(checkList, supervisor, `check ${words}`, { listId }, at(day, 15));
    if (!checked || steps < 3) return;
    await run(publishList, secretary, `publish ${words}`, { listId }, at(day, 16));
  };
  // A week into the quarter the last one is put before the public; in the first days of a quarter, the evening before.
  const [early = last] = [addDays(thisQuarter, 7), last].sort();
  const before = quarterOf(lastQuarterEnd);
  await list('RED', 'HOUSEHOLD', before, early, 3);
  await list('RED', 'PLACE', before, early, 3);
  await list('BLACK', 'HOUSEHOLD', before, early, 3);
  // final on the morning after their seven days, so that rewards can follow
  const finalOn = addDays(early, 8);
  if (finalOn <= last) await advanceLists(db, at(finalOn, 1), village.id);
  if (village.plan.code === 'qingzhu') {
    const running = quarterOf(last);
    await list('RED', 'RESIDENT', running, addDays(last, -2), 3);
    await list('BLACK', 'HOUSEHOLD', running, addDays(last, -1), 3);
    await list('BLACK', 'PLACE', running, last, 2);
    if (running !== before) await list('RED', 'HOUSEHOLD', running, last, 1);
  }
  await advanceLists(db, at(last, 23), village.id);
}

type Run = (
  command: Command,
  actor: Actor,
  words: string,
  input: unknown,
  now: Date,
) => Promise<string | null>;

async function seedPlaces(
  village: PlannedVillage,
  run: Run,
  {
    secretary,
    at,
    quarters,
    last,
  }: { secretary: Actor; at: (day: Day, hour: number) => Date; quarters: Day[]; last: Day },
): Promise<void> {
  for (const [kind, name, keeper, scores] of PLACES[village.plan.code] ?? []) {
    const first = quarters[0] as Day;
    const placeId = await run(
      addPlace,
      secretary,
      `place ${name}`,
      { kind, name, keeper },
      at(addDays(first, -1), 9),
    );
    for (const from of quarters) {
      for (const [index, score] of scores.entries()) {
        const checkedOn = addDays(from, index * 11);
        if (!placeId || checkedOn > last) continue;
        const inspector = deskActor(village, index % 2 ? 'STEWARD' : 'VERIFIER');
        const words = `check ${name} ${checkedOn}`;
        await run(recordPlaceCheck, inspector, words, { placeId, checkedOn, score }, at(checkedOn, 17));
      }
    }
    const wrongOn = addDays(first, 5);
    if (placeId && kind === 'RIVER' && wrongOn <= last)
      await seedVoidedCheck({ run, secretary, village }, placeId, wrongOn, at);
  }
}

/** An inspection that was written down at the wrong place, as someone else of the office found. */
async function seedVoidedCheck(
  { run, secretary, village }: { run: Run; secretary: Actor; village: PlannedVillage },
  placeId: string,
  checkedOn: Day,
  at: (day: Day, hour: number) => Date,
): Promise<void> {
  const input = { placeId, checkedOn, score: 2, note: '' };
  const check = await run(
    recordPlaceCheck,
    deskActor(village, 'STEWARD'),
    `wrong ${placeId}`,
    input,
    at(checkedOn, 16),
  );
  const reason = '记到别的地段上了';
  await run(voidPlaceCheck, secretary, `void ${placeId}`, { checkId: check, reason }, at(checkedOn, 18));
}

/** One household without a phone has signed on paper, at the steward's. */
async function seedPaperConsent(village: PlannedVillage, now: Date): Promise<void> {
  const steward = deskActor(village, 'STEWARD');
  const photoId = demoId(village.plan.code, 'consent-paper');
  const bytes = await drawPaper(randomOf('paper', village.plan.code));
  const before = new Date(now.getTime() - 60_000);
  for (let tries = 1; ; tries++) {
    const stored = await takePhoto({ actor: steward, seat: 'desk', bytes, id: photoId, now: before });
    if (stored.ok) break;
    // A machine with its hands full may not decode it in time.
    if (tries >= PHOTO_TRIES_MOST) throw new Error(`the paper was refused: ${stored.refusal.code}`);
  }
  const silent = village.households.filter((home) => home.residents.every((one) => one.person === null));
  for (const home of silent) {
    const signer = home.residents[0];
    if (!signer) continue;
    const input = {
      householdId: home.id,
      signerId: signer.id,
      textVersion: CONSENT_TEXT.version,
      photos: [photoId],
    };
    const id = demoId(village.plan.code, 'paper-consent', home.id);
    const result = await runCommand(recordConsent, { actor: steward, id, input, now });
    if (result.ok) return;
    if (!RECUSED.includes(result.refusal.code))
      throw new Error(`a consent on paper was refused: ${result.refusal.code}`);
  }
}

/** Two of three households whose head can sign in have said yes. */
async function seedConsents(village: PlannedVillage, run: Run, when: Date): Promise<void> {
  const heads = village.households.flatMap((home) => (home.residents[0]?.person ? [home.residents[0]] : []));
  for (const [index, head] of heads.entries()) {
    if (index % 3 === 2) continue;
    const now = new Date(when.getTime() + index * 60_000);
    const input = { textVersion: CONSENT_TEXT.version };
    await run(giveConsent, residentActor(village, head), `consent ${dayOf(when)} ${head.id}`, input, now);
  }
}
