import 'server-only';
import { addDays, type Day, startOfDay } from '@/lib/platform/clock';
import { Prisma } from '@/lib/platform/db';
import type { RedemptionFlow, RedemptionLine, RedemptionState, RedemptionView, RefundSide } from './types';

// Redemptions as SQL answers them. Names of residents are in none of the columns: a shop knows households by code.

export interface LineRow {
  id: string;
  village_id: string;
  flow: RedemptionFlow;
  state: RedemptionState;
  title: string;
  points: number;
  asked_points: number;
  receipt: string;
  household_code: string;
  merchant_name: string;
  made_at: Date;
  posted_at: Date | null;
  held_until: Date | null;
  refund_side: RefundSide | null;
}

export interface ViewRow extends LineRow {
  merchant_id: string;
  village_name: string;
  refund_why: string;
  refund_note: string;
  ended_at: Date | null;
  end_reason: string;
  end_note: string;
}

const columns = Prisma.sql`r.id::text, r.village_id::text, r.flow::text, r.state::text, r.title, r.points, r.asked_points,
  r.receipt, h.code as household_code, m.name as merchant_name, r.made_at, r.posted_at, r.held_until,
  r.refund_side::text`;

const tables = Prisma.sql`from redemption r
  join household h on h.village_id = r.village_id and h.id = r.household_id
  join merchant m on m.id = r.merchant_id`;

/** `select … from redemption r …` for lists. */
export const lineColumns = Prisma.sql`select ${columns} ${tables}`;

/** The same for one redemption, with all of it. */
export const viewColumns = Prisma.sql`select ${columns}, r.merchant_id::text, v.name as village_name, r.refund_why,
  r.refund_note, r.ended_at, r.end_reason, r.end_note ${tables} join village v on v.id = r.village_id`;

/** A row as a list shows it. */
export function toLine(row: LineRow): RedemptionLine {
  return {
    id: row.id,
    villageId: row.village_id,
    flow: row.flow,
    state: row.state,
    title: row.title,
    points: row.points,
    askedPoints: row.asked_points,
    receipt: row.receipt,
    householdCode: row.household_code,
    merchantName: row.merchant_name,
    madeAt: row.made_at,
    postedAt: row.posted_at,
    heldUntil: row.held_until,
    refundSide: row.refund_side,
  };
}

/** A row with all of it. */
export function toView(row: ViewRow): RedemptionView {
  return {
    ...toLine(row),
    merchantId: row.merchant_id,
    villageName: row.village_name,
    refundWhy: row.refund_why,
    refundNote: row.refund_note,
    endedAt: row.ended_at,
    endReason: row.end_reason,
    endNote: row.end_note,
  };
}

/** The moment at which the day `days` after `day` begins. */
export function addDaysToMoment(day: Day, days: number): Date {
  return startOfDay(addDays(day, days));
}
