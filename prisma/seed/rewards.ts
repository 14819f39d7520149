import type { Actor } from '@/lib/auth/types';
import { addDays, type Day, dayOf, periodBounds, quarterOf, startOfDay } from '@/lib/platform/clock';
import { type Command, type CommandOutcome, runCommand } from '@/lib/platform/command';
import type { PrismaClient } from '@/lib/platform/generated/client';
import { idFromWords } from '@/lib/platform/ids';
import type { RefusalCode } from '@/lib/platform/refusal';
import { awardPlaques, revokePlaque } from '@/lib/rewards/plaque/commands';
import { awardStars } from '@/lib/rewards/star/commands';
import { cancelVoucher, confirmVouchers, issueVouchers } from '@/lib/rewards/voucher/commands';
import { deskActor } from './actors';
import { demoId, type PlannedVillage } from './people';

// The rewards of a demo village: stars of the quarters that are over; plaques and vouchers for the red lists that are
// final. Where there are none, there are no rewards. A step that would fall after yesterday has not happened yet.

const BUYS: Record<string, readonly [buys: string, points: number]> = {
  qingzhu: ['食用油一桶（5 升）', 50],
  xinghua: ['农家乐午餐一份', 40],
  binjiang: ['大米一袋（10 斤）', 30],
};

/** What a refusal may be when the day has little behind it. */
const THIN: readonly RefusalCode[] = ['NO_STARS_DUE', 'STARS_WAIT_FOR_PUBLICITY', 'REWARD_LIST_NOT_FINAL'];

/** Gives a village its rewards up to the evening before `today`. */
export async function seedRewards(db: PrismaClient, village: PlannedVillage, today: Day): Promise<void> {
  const last = addDays(today, -1);
  const secretary = deskActor(village, 'SECRETARY');
  const supervisor = deskActor(village, 'SUPERVISOR');
  const at = (day: Day, hour: number) => new Date(startOfDay(day).getTime() + hour * 3_600_000);
  const run = async (
    command: Command,
    actor: Actor,
    words: string,
    input: unknown,
    now: Date,
  ): Promise<CommandOutcome | null> => {
    if (dayOf(now) > last) return null;
    const id = idFromWords('demo-command', village.plan.code, 'reward', words);
    const result = await runCommand(command, { actor, id, input, now });
    if (result.ok) return result.outcome;
    if (THIN.includes(result.refusal.code)) return null;
    throw new Error(`${command.name} was refused: ${result.refusal.code} (${words})`);
  };

  const thisQuarter = periodBounds(today, 'QUARTER').from;
  const before = quarterOf(addDays(thisQuarter, -1));
  const earlierFrom = periodBounds(addDays(thisQuarter, -1), 'QUARTER').from;
  const earlier = quarterOf(addDays(earlierFrom, -1));
  const [soon = last] = [addDays(thisQuarter, 14), last].sort();
  await run(awardStars, secretary, `stars ${earlier}`, { period: earlier }, at(addDays(earlierFrom, 14), 10));
  await run(awardStars, secretary, `stars ${before}`, { period: before }, at(soon, 10));

  const lists = await db.villageList.findMany({
    where: { villageId: village.id, kind: 'RED', subject: 'HOUSEHOLD', state: 'FINAL' },
    orderBy: [{ finalAt: 'asc' }, { id: 'asc' }],
    select: { id: true, period: true, finalAt: true },
  });
  for (const list of lists) {
    if (!list.finalAt) continue;
    const final = dayOf(list.finalAt);
    const day = (days: number) => addDays(final, days);
    const words = `list ${list.period}`;
    const input = { listId: list.id, rowIds: [] };
    await run(awardPlaques, secretary, `plaques ${words}`, input, at(day(1), 10));
    await revokeOne(db, village, list.id, (plaqueId) =>
      run(
        revokePlaque,
        supervisor,
        `revoke ${words}`,
        { plaqueId, reason: '获评以后查出一笔重复记分，分数已冲销' },
        at(day(9), 15),
      ),
    );
    await issueFor(db, village, list.id, { run, secretary, supervisor, words, at, day, last });
  }
}

type Run = (
  command: Command,
  actor: Actor,
  words: string,
  input: unknown,
  now: Date,
) => Promise<CommandOutcome | null>;

/** In one village one plaque has been taken back, so that a revoked certificate can be seen. */
async function revokeOne(
  db: PrismaClient,
  village: PlannedVillage,
  listId: string,
  revoke: (plaqueId: string) => Promise<unknown>,
): Promise<void> {
  if (village.plan.code !== 'binjiang') return;
  const plaques = await db.plaque.findMany({
    where: { villageId: village.id, listId },
    orderBy: { number: 'desc' },
    take: 1,
    select: { id: true },
  });
  if (plaques[0]) await revoke(plaques[0].id);
}

/** Vouchers of one list: confirmed, one of them cancelled; in 青竹村 a second batch waits for the supervisor. */
async function issueFor(
  db: PrismaClient,
  village: PlannedVillage,
  listId: string,
  {
    run,
    secretary,
    supervisor,
    words,
    at,
    day,
    last,
  }: {
    run: Run;
    secretary: Actor;
    supervisor: Actor;
    words: string;
    at: (day: Day, hour: number) => Date;
    day: (days: number) => Day;
    last: Day;
  },
): Promise<void> {
  const [buys, points] = BUYS[village.plan.code] ?? ['日用品一份', 20];
  const common = { listId, rowIds: [] };
  const issued = await run(
    issueVouchers,
    secretary,
    `issue ${words}`,
    { ...common, buys, points, expiresOn: addDays(last, 90) },
    at(day(2), 10),
  );
  const batchId = issued?.subject;
  const confirmed = batchId
    ? await run(confirmVouchers, supervisor, `confirm ${words}`, { batchId }, at(day(3), 9))
    : null;
  if (batchId && confirmed) {
    const [voucher] = await db.voucher.findMany({
      where: { villageId: village.id, batchId },
      orderBy: { household: { code: 'desc' } },
      take: 1,
      select: { id: true },
    });
    await run(
      cancelVoucher,
      secretary,
      `cancel ${words}`,
      { voucherId: voucher?.id, reason: '打印时裁坏了，另补发' },
      at(day(5), 11),
    );
  }
  if (village.plan.code === 'qingzhu' && day(3) <= last) {
    const input = { ...common, buys: '洗衣液一瓶（3 公斤）', points: 30, expiresOn: addDays(last, 60) };
    await run(issueVouchers, secretary, demoId('waiting', words), input, at(last, 16));
  }
}
