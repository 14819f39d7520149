import { takePoints, undoRedemption } from '@/lib/alliance/redemption/counter-commands';
import { answerRedemption } from '@/lib/alliance/redemption/household-commands';
import { countOtherSales } from '@/lib/alliance/statistics/commands';
import type { Actor } from '@/lib/auth/types';
import { addDays, type Day, dayOf, daysBetween, startOfDay } from '@/lib/platform/clock';
import { type Command, runCommand } from '@/lib/platform/command';
import type { PrismaClient } from '@/lib/platform/generated/client';
import type { RefusalCode } from '@/lib/platform/refusal';
import { residentActor } from './actors';
import { demoId, demoIdAt, type PlannedResident, type PlannedVillage } from './people';
import { type Random, randomOf } from './random';
import { type Shop, shopActor, shopsOf } from './traders';

// What households of a demo village bought with points in its shops, up to the evening before: each sale through the
// commands, at its moment. A household spends only what it had at that moment and still had to spare afterwards, so
// that the history is one that could have happened.

/** so far back; a shop begins with its terms */
const TRADE_DAYS = 300;
/** of the last days other sales were counted, most of them */
const COUNTED_DAYS = 45;
const SALES_MOST = 130;
/** seconds until a shop takes a wrong sale back */
const UNDONE_AFTER = 300;

/** What a shop or a limit may say on a given day; the household then buys nothing. */
const PASSING: readonly RefusalCode[] = [
  'ONCE_MOST',
  'MONTH_MOST',
  'NOT_ENOUGH_POINTS',
  'OFFER_HAD',
  'OFFER_CLOSED',
  'OFFER_SOLD_OUT',
  'MERCHANT_TAKES_NOTHING',
  'VILLAGE_STOPPED',
];

interface Sale {
  at: Date;
  shop: Shop;
  buyer: PlannedResident;
  offerId: string | null;
  points: number;
  undone: boolean;
}

/** A household's points over time: when and by how much. */
type Moves = { at: number; delta: number }[];

/** Whether a household can spend so much at a moment without ever having had less than nothing since. */
function affords(moves: Moves, at: number, points: number): boolean {
  const sorted = [...moves].sort((a, b) => a.at - b.at);
  let balance = 0;
  let least = Number.POSITIVE_INFINITY;
  let before = 0;
  for (const move of sorted) {
    balance += move.delta;
    if (move.at <= at) before = balance;
    else least = Math.min(least, balance);
  }
  return Math.min(before, least) >= points;
}

async function movesOf(db: PrismaClient, village: PlannedVillage): Promise<Map<string, Moves>> {
  const rows = await db.posting.findMany({
    where: { villageId: village.id },
    select: { debitId: true, creditId: true, points: true, postedAt: true },
  });
  const homes = new Map<string, Moves>(village.households.map((one) => [one.id, []]));
  for (const row of rows) {
    homes.get(row.creditId)?.push({ at: row.postedAt.getTime(), delta: row.points });
    homes.get(row.debitId)?.push({ at: row.postedAt.getTime(), delta: -row.points });
  }
  return homes;
}

const at = (day: Day, minutes: number) => new Date(startOfDay(day).getTime() + minutes * 60_000);

/** The sales of a village, each one affordable when it is made. */
function planSales(
  village: PlannedVillage,
  shops: readonly Shop[],
  homes: Map<string, Moves>,
  today: Day,
  random: Random,
): Sale[] {
  const buyers = village.households.flatMap((household) => {
    const buyer = household.residents.find((one) => one.person !== null);
    return buyer ? [[buyer, 0.2 + household.eagerness] as const] : [];
  });
  const sales: Sale[] = [];
  if (shops.length === 0 || buyers.length === 0) return sales;
  const taken = new Set<number>();
  for (let tries = 0; tries < SALES_MOST * 4 && sales.length < SALES_MOST; tries++) {
    const shop = random.weighed(shops.map((one, index) => [one, 1 / (index + 1)] as const));
    // more and more people come
    const ago = 1 + Math.floor(TRADE_DAYS * random.next() ** 2.2);
    const day = addDays(today, -ago);
    if (day <= shop.from) continue;
    const moment = at(day, random.whole(8 * 60, 19 * 60 + 30));
    const offers = shop.offers.filter((one) => one.from <= day && (one.until === null || one.until >= day));
    const offer = offers.length > 0 && random.chance(0.7) ? random.pick(offers) : null;
    const points = offer?.points ?? random.whole(3, 19);
    const buyer = random.weighed(buyers);
    const moves = homes.get(buyer.householdId);
    const minute = Math.floor(moment.getTime() / 60_000);
    if (!moves || taken.has(minute) || !affords(moves, moment.getTime(), points)) continue;
    taken.add(minute);
    const undone = random.chance(0.04);
    moves.push({ at: moment.getTime(), delta: -points });
    if (undone) moves.push({ at: moment.getTime() + UNDONE_AFTER * 1000, delta: points });
    sales.push({ at: moment, shop, buyer, offerId: offer?.id ?? null, points, undone });
  }
  return sales.sort((a, b) => a.at.getTime() - b.at.getTime());
}

/** One household that goes to one shop much more often than anybody, so that 看一眼 has something to show. */
function planRegular(
  village: PlannedVillage,
  shops: readonly Shop[],
  homes: Map<string, Moves>,
  today: Day,
): Sale[] {
  const shop = shops.find((one) => !one.isCharity);
  const [, ...others] = village.households;
  const rich = others
    .filter((one) => one.residents.some((each) => each.person !== null))
    .map((one) => ({ one, moves: homes.get(one.id) ?? [] }))
    .sort((a, b) => sumOf(b.moves) - sumOf(a.moves))[1];
  const buyer = rich?.one.residents.find((one) => one.person !== null);
  if (!shop || !rich || !buyer || village.plan.code !== 'qingzhu') return [];
  return Array.from({ length: 9 }, (_, index): Sale | null => {
    const day = addDays(today, -(1 + index * 2));
    const moment = at(day, 18 * 60 + 41 + index);
    if (day <= shop.from || !affords(rich.moves, moment.getTime(), 4)) return null;
    rich.moves.push({ at: moment.getTime(), delta: -4 });
    return { at: moment, shop, buyer, offerId: null, points: 4, undone: false };
  }).filter((sale) => sale !== null);
}

const sumOf = (moves: Moves) => moves.reduce((sum, move) => sum + move.delta, 0);

/** Runs a command; answers its outcome, or null for what may be refused on a given day. */
async function ask(command: Command, actor: Actor, id: string, input: unknown, now: Date) {
  const result = await runCommand(command, { actor, id, input, now });
  if (result.ok) return result.outcome;
  if (PASSING.includes(result.refusal.code)) return null;
  throw new Error(`${command.name} was refused: ${result.refusal.code}`);
}

async function sell(db: PrismaClient, village: PlannedVillage, sale: Sale, words: string): Promise<boolean> {
  const { buyer, shop } = sale;
  const id = demoIdAt(sale.at, 'sale', village.plan.code, words);
  const [code] = await db.$queryRaw<{ digits: string }[]>`
    select digits from pay_code_make(${village.id}::uuid, ${demoId('code', id)}::uuid, ${buyer.householdId}::uuid,
      ${buyer.id}::uuid, ${buyer.person?.id ?? ''}::uuid, ${demoId('phone', buyer.id)}::uuid, ${sale.at}::timestamptz)`;
  const what = sale.offerId ? { offerId: sale.offerId, seen: sale.points } : { points: sale.points };
  const outcome = await ask(takePoints, shopActor(shop), id, { code: code?.digits, ...what }, sale.at);
  if (!outcome) return false;
  const soon = (seconds: number) => new Date(sale.at.getTime() + seconds * 1000);
  if (outcome.state === 'ASKED') {
    const input = { redemptionId: id, yes: true };
    await ask(answerRedemption, residentActor(village, buyer), demoId('yes', id), input, soon(20));
  }
  if (sale.undone) {
    const input = { villageId: village.id, redemptionId: id, reason: 'WRONG_AMOUNT' };
    await ask(undoRedemption, shopActor(shop), demoId('undo', id), input, soon(UNDONE_AFTER));
  }
  return true;
}

/** Lets the trade of a village happen, and its shops count their other sales. */
export async function seedTrade(db: PrismaClient, village: PlannedVillage, today: Day): Promise<void> {
  const shops = await shopsOf(db, village.id);
  const random = randomOf('trade', village.plan.code);
  const homes = await movesOf(db, village);
  const sales = [
    ...planSales(village, shops, homes, today, random),
    ...planRegular(village, shops, homes, today),
  ].sort((a, b) => a.at.getTime() - b.at.getTime());
  const perDay = new Map<string, number>();
  for (const [index, sale] of sales.entries()) {
    if (!(await sell(db, village, sale, String(index)))) continue;
    const key = `${sale.shop.id} ${dayOf(sale.at)}`;
    perDay.set(key, (perDay.get(key) ?? 0) + 1);
  }
  for (const shop of shops) {
    for (let ago = Math.min(COUNTED_DAYS, daysBetween(shop.from, today) - 1); ago >= 1; ago--) {
      const day = addDays(today, -ago);
      // some days are forgotten
      if (random.chance(0.25)) continue;
      const otherSales = 3 * (perDay.get(`${shop.id} ${day}`) ?? 0) + random.whole(0, 2);
      const id = demoId('count', village.plan.code, shop.id, day);
      await ask(countOtherSales, shopActor(shop), id, { day, otherSales }, at(day, 20 * 60 + 15));
    }
  }
}
