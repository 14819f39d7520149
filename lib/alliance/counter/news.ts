import 'server-only';
import { type Day, dayOf, timeOf } from '@/lib/platform/clock';
import type { Db } from '@/lib/platform/db';
import { listRung, listShopDay, sumShopDay } from './reads';
import type { RedemptionLine, ShopNews, ShopNewsLine } from './types';

const RUNG_MOST = 20;
const LATEST_MOST = 5;
/** Asked again so far back: what was made at a moment may be committed a little after it. */
const OVERLAP_MS = 30_000;
/** A phone that slept hears no more than this. */
const BACK_MS_MOST = 10 * 60_000;

/** What a shop's phone is told: what residents paid by themselves since it last asked, and today so far. Three queries. */
export async function findShopNews(
  db: Db,
  merchantId: string,
  after: Date | null,
  now: Date,
): Promise<ShopNews> {
  const today = dayOf(now);
  const since = Math.max((after ?? now).getTime() - OVERLAP_MS, now.getTime() - BACK_MS_MOST);
  const [rung, { sum, latest }] = await Promise.all([
    listRung(db, merchantId, new Date(since), RUNG_MOST),
    findToday(db, merchantId, today),
  ]);
  return { ok: true, at: now.toISOString(), rung: rung.map(toNews), today: sum, latest };
}

/** Today at a shop in short. Two queries. */
export async function findToday(
  db: Db,
  merchantId: string,
  today: Day,
): Promise<{ sum: ShopNews['today']; latest: ShopNewsLine[] }> {
  const [sum, lines] = await Promise.all([
    sumShopDay(db, merchantId, today),
    listShopDay(db, merchantId, { day: today }),
  ]);
  return { sum, latest: lines.slice(0, LATEST_MOST).map(toNews) };
}

function toNews(line: RedemptionLine): ShopNewsLine {
  const { id, state, title, points, receipt, householdCode } = line;
  return { id, state, title, points, receipt, householdCode, time: timeOf(line.madeAt) };
}
