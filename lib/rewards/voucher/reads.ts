import 'server-only';
import { type Day, dateToDay, dayOf, type Quarter } from '@/lib/platform/clock';
import { type Db, Prisma } from '@/lib/platform/db';
import { NAME_COLUMNS, type NameRow, publicName } from '../household/sql';
import { stateOn } from './rules';
import type { BatchView, OwnVoucher, SheetVoucher, VoucherLine, VoucherState } from './types';

// Codes leave the database in two reads alone: that of the household that holds them, and the sheet to cut, which has
// to be opened by a command that is kept.

/** How long the sheet stays open to the one who opened it. */
const SHEET_MINUTES = 15;
/** Batches on one page of the office. */
const BATCHES_MOST = 50;

interface BatchRow {
  id: string;
  list_id: string;
  period: Quarter;
  buys: string;
  points: number;
  expires_on: Date;
  is_whole: boolean;
  issued_by_id: string;
  issued_by: string;
  issued_at: Date;
  confirmed_at: Date | null;
  dropped_at: Date | null;
  decided_by: string | null;
  dropped_why: string;
  issued: bigint;
  redeemed: bigint;
  expired: bigint;
  cancelled: bigint;
}

function batches(villageId: string, which: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    select b.id, b.list_id, l.period, b.buys, b.points, b.expires_on, b.is_whole, b.issued_by_id,
      p.name as issued_by, b.issued_at, b.confirmed_at, b.dropped_at, d.name as decided_by, b.dropped_why, c.*
    from voucher_batch b
    join village_list l on l.village_id = b.village_id and l.id = b.list_id
    join person p on p.id = b.issued_by_id
    left join person d on d.id = coalesce(b.confirmed_by_id, b.dropped_by_id)
    cross join lateral (
      select count(*) filter (where v.state = 'ISSUED') as issued,
        count(*) filter (where v.state = 'REDEEMED') as redeemed,
        count(*) filter (where v.state = 'EXPIRED') as expired,
        count(*) filter (where v.state = 'CANCELLED') as cancelled
      from voucher v where v.village_id = b.village_id and v.batch_id = b.id
    ) c
    where b.village_id = ${villageId}::uuid and ${which}
    order by b.issued_at desc, b.id desc limit ${BATCHES_MOST}`;
}

function batchOf(row: BatchRow, today: Day): BatchView {
  const expiresOn = dateToDay(row.expires_on);
  const issued = Number(row.issued);
  const expired = Number(row.expired);
  // What the daily job has not come to yet reads as expired.
  const isOver = stateOn('ISSUED', expiresOn, today) === 'EXPIRED';
  return {
    id: row.id,
    listId: row.list_id,
    quarter: row.period,
    buys: row.buys,
    points: row.points,
    expiresOn,
    isWhole: row.is_whole,
    state: row.confirmed_at ? 'CONFIRMED' : row.dropped_at ? 'DROPPED' : 'WAITING',
    issuedById: row.issued_by_id,
    issuedBy: row.issued_by,
    issuedAt: row.issued_at,
    decidedBy: row.decided_by ?? '',
    decidedAt: row.confirmed_at ?? row.dropped_at,
    droppedWhy: row.dropped_why,
    counts: {
      ISSUED: isOver ? 0 : issued,
      REDEEMED: Number(row.redeemed),
      EXPIRED: isOver ? expired + issued : expired,
      CANCELLED: Number(row.cancelled),
    },
  };
}

/** The latest batches of a village, or those of one list; without codes. One query. */
export async function listBatches(
  db: Db,
  villageId: string,
  today: Day,
  listId: string | null = null,
): Promise<BatchView[]> {
  const which = listId ? Prisma.sql`b.list_id = ${listId}::uuid` : Prisma.sql`true`;
  const rows = await db.$queryRaw<BatchRow[]>(batches(villageId, which));
  return rows.map((row) => batchOf(row, today));
}

/** One batch; null when there is none in this village. One query. */
export async function findBatch(
  db: Db,
  villageId: string,
  batchId: string,
  today: Day,
): Promise<BatchView | null> {
  const [row] = await db.$queryRaw<BatchRow[]>(batches(villageId, Prisma.sql`b.id = ${batchId}::uuid`));
  return row ? batchOf(row, today) : null;
}

interface LineRow extends NameRow {
  id: string;
  household_id: string;
  household_code: string;
  state: VoucherState;
  expires_on: Date;
  ended_at: Date | null;
  ended_by: string | null;
  end_reason: string;
}

/** The vouchers of a batch by household, or one of them; without codes. One query. */
export async function listVouchers(
  db: Db,
  villageId: string,
  batchId: string,
  today: Day,
  voucherId: string | null = null,
): Promise<VoucherLine[]> {
  const rows = await db.$queryRaw<LineRow[]>`
    select v.id, v.household_id, h.code as household_code, ${NAME_COLUMNS}, v.state::text as state, b.expires_on,
      v.ended_at, p.name as ended_by, v.end_reason
    from voucher v
    join voucher_batch b on b.village_id = v.village_id and b.id = v.batch_id
    join household h on h.village_id = v.village_id and h.id = v.household_id
    left join person p on p.id = v.ended_by_id
    where v.village_id = ${villageId}::uuid and v.batch_id = ${batchId}::uuid
      and (${voucherId}::uuid is null or v.id = ${voucherId}::uuid)
    order by h.code, v.id`;
  return rows.map((row) => ({
    id: row.id,
    householdId: row.household_id,
    householdCode: row.household_code,
    headName: row.head_name,
    state: stateOn(row.state, dateToDay(row.expires_on), today),
    endedAt: row.ended_at,
    endedBy: row.ended_by ?? '',
    endReason: row.end_reason,
  }));
}

/**
 * A household's own vouchers, of confirmed batches: what can be used first, then what is over. A code is answered only
 * while it can be used. One query.
 */
export async function listOwnVouchers(
  db: Db,
  scope: { villageId: string; householdId: string },
  today: Day,
): Promise<OwnVoucher[]> {
  const rows = await db.voucher.findMany({
    where: {
      villageId: scope.villageId,
      householdId: scope.householdId,
      batch: { confirmedAt: { not: null } },
    },
    orderBy: [{ batch: { expiresOn: 'asc' } }, { id: 'asc' }],
    select: {
      id: true,
      code: true,
      state: true,
      endedAt: true,
      endReason: true,
      batch: { select: { buys: true, expiresOn: true } },
    },
  });
  const views = rows.map((row): OwnVoucher => {
    const expiresOn = dateToDay(row.batch.expiresOn);
    const state = stateOn(row.state, expiresOn, today);
    return {
      id: row.id,
      code: state === 'ISSUED' ? row.code : null,
      buys: row.batch.buys,
      expiresOn,
      state,
      endedOn: row.endedAt ? dayOf(row.endedAt) : null,
      endReason: row.endReason,
    };
  });
  return [
    ...views.filter((one) => one.state === 'ISSUED'),
    ...views.filter((one) => one.state !== 'ISSUED').reverse(),
  ];
}

/** Whether this person has opened the sheet of a batch in the last minutes. One query. */
export async function isSheetOpen(
  db: Db,
  villageId: string,
  batchId: string,
  personId: string,
  now: Date,
): Promise<boolean> {
  const found = await db.accessLog.findFirst({
    where: {
      villageId,
      subject: batchId,
      what: 'voucher-codes',
      personId,
      readAt: { gt: new Date(now.getTime() - SHEET_MINUTES * 60_000) },
    },
    select: { id: true },
  });
  return found !== null;
}

/**
 * The vouchers of a batch that can be used, with their codes: for the sheet to cut, once isSheetOpen. None of a batch
 * that isn't confirmed. One query.
 */
export async function listSheetVouchers(
  db: Db,
  villageId: string,
  batchId: string,
  today: Day,
): Promise<SheetVoucher[]> {
  const rows = await db.$queryRaw<(NameRow & { id: string; code: string; household_code: string })[]>`
    select v.id, v.code, h.code as household_code, ${NAME_COLUMNS}
    from voucher v
    join voucher_batch b on b.village_id = v.village_id and b.id = v.batch_id
    join household h on h.village_id = v.village_id and h.id = v.household_id
    where v.village_id = ${villageId}::uuid and v.batch_id = ${batchId}::uuid and v.state = 'ISSUED'
      and b.confirmed_at is not null and b.expires_on >= ${today}::date
    order by h.code, v.id`;
  return rows.map((row) => ({
    id: row.id,
    code: row.code,
    householdCode: row.household_code,
    name: publicName(row),
  }));
}
