import 'server-only';
import type { Day } from '@/lib/platform/clock';
import type { Db } from '@/lib/platform/db';
import { type LineRow, lineColumns, toLine, toView, type ViewRow, viewColumns } from '../rows';
import { ASKED_SECONDS } from '../rules';
import type {
  CodeNews,
  FreeLimit,
  RedemptionLine,
  RedemptionState,
  RedemptionView,
  ShelfView,
} from '../types';

// What a household reads of paying. Each read names the village and the household, which come from the actor.

/** Redemptions on one page of a household's list. */
export const PAGE_LINES = 30;
/** What became of a code is news for so long. */
const NEWS_MINUTES = 3;

interface Scope {
  villageId: string;
  householdId: string;
}

/** A household's redemptions, newest first, a page at a time and one more. One query. */
export async function listOfHousehold(db: Db, scope: Scope, page = 1): Promise<RedemptionLine[]> {
  const rows = await db.$queryRaw<LineRow[]>`
    ${lineColumns} where r.village_id = ${scope.villageId}::uuid and r.household_id = ${scope.householdId}::uuid
    order by r.made_at desc, r.id desc limit ${PAGE_LINES + 1} offset ${(page - 1) * PAGE_LINES}`;
  return rows.map(toLine);
}

/** One redemption of a household; null when it isn't its own. One query. */
export async function findOfHousehold(db: Db, scope: Scope, id: string): Promise<RedemptionView | null> {
  const [row] = await db.$queryRaw<ViewRow[]>`
    ${viewColumns} where r.village_id = ${scope.villageId}::uuid and r.household_id = ${scope.householdId}::uuid
      and r.id = ${id}::uuid`;
  return row ? toView(row) : null;
}

/** What a household has just paid or ordered by itself at a shop, the last since a moment; null when nothing. One query. */
export async function findJustMade(
  db: Db,
  scope: Scope,
  merchantId: string,
  since: Date,
): Promise<RedemptionLine | null> {
  const [row] = await db.$queryRaw<LineRow[]>`
    ${lineColumns} where r.village_id = ${scope.villageId}::uuid and r.household_id = ${scope.householdId}::uuid
      and r.merchant_id = ${merchantId}::uuid and r.flow in ('SHELF', 'ORDER') and r.state in ('POSTED', 'HELD')
      and r.made_at >= ${since} order by r.made_at desc, r.id desc limit 1`;
  return row ? toLine(row) : null;
}

/** How many orders a household has to fetch. One query. */
export async function countHeld(db: Db, scope: Scope): Promise<number> {
  return db.redemption.count({
    where: { villageId: scope.villageId, householdId: scope.householdId, state: 'HELD' },
  });
}

/** What a household can spend. One query. */
export async function findBalance(db: Db, scope: Scope): Promise<number> {
  const account = await db.account.findUnique({
    where: { villageId_id: { villageId: scope.villageId, id: scope.householdId } },
    select: { balance: true },
  });
  return Number(account?.balance ?? 0);
}

/** The code that this device shows and that is still good, with its end; null when there is none. One query. */
export async function findShownCode(
  db: Db,
  villageId: string,
  sessionId: string,
  now: Date,
): Promise<{ code: string; expiresAt: Date } | null> {
  const row = await db.payCode.findFirst({
    where: { villageId, sessionId, usedAt: null, expiresAt: { gt: now } },
    orderBy: { expiresAt: 'desc' },
    select: { digits: true, expiresAt: true },
  });
  return row ? { code: row.digits, expiresAt: row.expiresAt } : null;
}

/** What the shop made of a code that this device showed in the last minutes; null when nothing. One query. */
export async function findCodeNews(
  db: Db,
  villageId: string,
  sessionId: string,
  now: Date,
): Promise<CodeNews | null> {
  const since = new Date(now.getTime() - NEWS_MINUTES * 60_000);
  const [row] = await db.$queryRaw<(LineRow & { made_at: Date })[]>`
    ${lineColumns} join pay_code c on c.village_id = r.village_id and c.redemption_id = r.id
    where c.village_id = ${villageId}::uuid and c.session_id = ${sessionId}::uuid
      and c.expires_at >= ${since}::timestamptz and r.made_at >= ${since}::timestamptz
    order by r.made_at desc limit 1`;
  if (!row) return null;
  const left = ASKED_SECONDS - Math.ceil((now.getTime() - row.made_at.getTime()) / 1000);
  const isOver = row.state === 'ASKED' && left <= 0;
  const state: RedemptionState = isOver ? 'LAPSED' : row.state;
  return {
    id: row.id,
    state,
    merchantName: row.merchant_name,
    title: row.title,
    points: row.points,
    askedPoints: row.asked_points,
    receipt: row.receipt,
    secondsLeft: state === 'ASKED' ? Math.min(left, ASKED_SECONDS) : 0,
  };
}

/**
 * What a resident would pay at a shop, for an offer or an amount, and what the household has; null when the shop
 * takes no points of this village, or has no such offer today. One query.
 */
export async function findShelf(
  db: Db,
  scope: Scope,
  merchantId: string,
  offerId: string | null,
  today: Day,
): Promise<ShelfView | null> {
  const [row] = await db.$queryRaw<
    {
      name: string;
      once_most: number | null;
      balance: bigint;
      id: string | null;
      title: string;
      note: string;
      points: number;
      photo_id: string | null;
      stock: number | null;
    }[]
  >`
    select m.name, t.once_most, coalesce(a.balance, 0) as balance, o.id::text, o.title, o.note, o.points,
      o.photo_id::text, o.stock
    from alliance_terms t join merchant m on m.id = t.merchant_id and m.state = 'ADMITTED'
    left join account a on a.village_id = t.village_id and a.id = ${scope.householdId}::uuid
    left join offer o on o.village_id = t.village_id and o.merchant_id = t.merchant_id and o.id = ${offerId}::uuid
      and o.is_open and o.valid_from <= ${today}::date and (o.valid_until is null or o.valid_until >= ${today}::date)
    where t.village_id = ${scope.villageId}::uuid and t.merchant_id = ${merchantId}::uuid and t.ended_at is null
      and t.accepted_at is not null`;
  if (!row || (offerId && !row.id)) return null;
  return {
    merchantId,
    merchantName: row.name,
    onceMost: row.once_most,
    balance: Number(row.balance),
    offer: row.id
      ? {
          id: row.id,
          title: row.title,
          note: row.note,
          points: row.points,
          photoId: row.photo_id,
          stock: row.stock,
        }
      : null,
  };
}

/** What a household pays without a word more, and what shops' terms say. One query. */
export async function findFreeLimit(db: Db, scope: Scope): Promise<FreeLimit> {
  const [row] = await db.$queryRaw<{ points: number | null; least: number | null; most: number | null }[]>`
    select h.free_most as points, min(t.free_most) as least, max(t.free_most) as most from household h
    left join alliance_terms t on t.village_id = h.village_id and t.ended_at is null and t.accepted_at is not null
    where h.village_id = ${scope.villageId}::uuid and h.id = ${scope.householdId}::uuid group by h.free_most`;
  return {
    points: row?.points ?? null,
    terms:
      row?.least === null || row?.least === undefined
        ? null
        : { least: row.least, most: row.most ?? row.least },
  };
}
