import 'server-only';
import type { Day } from '@/lib/platform/clock';
import { dayToDate } from '@/lib/platform/clock';
import type { Db, Prisma } from '@/lib/platform/db';
import type { PostingKind } from '@/lib/platform/generated/enums';

// The doors of prisma/functions/ledger.sql. Nothing else in the program writes points.

export interface Transfer {
  villageId: string;
  kind: Exclude<PostingKind, 'REVERSAL'>;
  /** what caused it, and which part: posted once for ever */
  source: string;
  leg?: number;
  /** account ids; a household's is its own id, the village issue's is the village's */
  debit: string;
  credit: string;
  /** spendable points to move, ≥ 0 */
  points: number;
  /** change of the honour score */
  honour: number;
  household?: { householdId: string; residentId: string };
  creditedOn: Day;
  versionId?: string;
  itemId?: string;
  itemCode?: string;
  metricValue?: string;
  reason?: string;
  personId?: string;
  commandId: string;
  now: Date;
  /** take what the debit account has and record the rest as shortfall, instead of refusing */
  partial?: boolean;
}

export interface Posted {
  postingId: string;
  /** points that moved */
  points: number;
  honour: number;
  /** of the household, afterwards */
  balance: number;
  /** it was posted before; nothing changed now */
  repeated: boolean;
}

interface PostedRow {
  posting_id: string;
  points: number;
  honour: number;
  balance: bigint | null;
  repeated: boolean;
}

/**
 * Posts one transfer in one round trip. The same source and leg with the same content answers the first posting.
 * Refuses NOT_ENOUGH_POINTS, BUDGET_SPENT, SAME_ID_OTHER_CONTENT (raised in SQL; see `asRefusal`).
 */
export async function post(tx: Db | Prisma.TransactionClient, transfer: Transfer): Promise<Posted> {
  const t = transfer;
  const rows = await tx.$queryRaw<PostedRow[]>`
    select * from ledger_post(
      ${t.villageId}::uuid, ${t.kind}::"PostingKind", ${t.source}::uuid, ${t.leg ?? 0}::smallint,
      ${t.debit}::uuid, ${t.credit}::uuid, ${t.points}::integer, ${t.honour}::integer,
      ${t.household?.householdId ?? null}::uuid, ${t.household?.residentId ?? null}::uuid,
      ${dayToDate(t.creditedOn)}::date, ${t.versionId ?? null}::uuid, ${t.itemId ?? null}::uuid,
      ${t.itemCode ?? null}::text, ${t.metricValue ?? null}::numeric, ${t.reason ?? ''}::text, null::uuid,
      ${t.personId ?? null}::uuid, ${t.commandId}::uuid, ${t.now}::timestamptz, ${t.partial ?? false}::boolean)`;
  return toPosted(rows);
}

export interface Reversal {
  villageId: string;
  /** the posting to take back */
  postingId: string;
  /** what caused the reversal, and which part */
  source: string;
  leg?: number;
  /** in Chinese, as the public ledger shows it */
  reason: string;
  personId?: string;
  commandId: string;
  now: Date;
}

/**
 * Takes a posting back by a new one. Honour goes back in full, points as far as they are still there.
 * Refuses NOT_FOUND, NOT_REVERSIBLE, ALREADY_REVERSED.
 */
export async function reverse(tx: Db | Prisma.TransactionClient, reversal: Reversal): Promise<Posted> {
  const r = reversal;
  const rows = await tx.$queryRaw<PostedRow[]>`
    select * from ledger_reverse(
      ${r.villageId}::uuid, ${r.postingId}::uuid, ${r.source}::uuid, ${r.leg ?? 0}::smallint, ${r.reason}::text,
      ${r.personId ?? null}::uuid, ${r.commandId}::uuid, ${r.now}::timestamptz)`;
  return toPosted(rows);
}

function toPosted(rows: PostedRow[]): Posted {
  const row = rows[0];
  if (!row) throw new Error('the ledger answered nothing');
  return {
    postingId: row.posting_id,
    points: row.points,
    honour: row.honour,
    balance: Number(row.balance ?? 0),
    repeated: row.repeated,
  };
}
