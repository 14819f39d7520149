import type pg from 'pg';
import type { Day } from '@/lib/platform/clock';
import type { PostingKind } from '@/lib/platform/generated/enums';

// The kernel's two doors, as its tests knock at them: with the owner's rights. The program has none to them; it gives and
// takes points through the functions that have a reason to (deed.sql, deduction_steps.sql, shop_*.sql, year_end.sql).

type Queryable = Pick<pg.Pool, 'query'>;

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
 * Posts one transfer in one round trip. The same source and leg with the same content answers the first posting. An award
 * gets the deed that it stands on, with its source as the decision, unless the kernel is tested alone (`founded`).
 * Refuses NOT_ENOUGH_POINTS, BUDGET_SPENT, SAME_ID_OTHER_CONTENT (raised in SQL; see `asRefusal`).
 */
export async function post(owner: Queryable, transfer: Transfer, founded = true): Promise<Posted> {
  const t = transfer;
  const { rows } = await owner.query<PostedRow>(
    `select l.* from (
       select case when $2::text <> 'AWARD' or not $21::boolean then $3::uuid else found_award($1, $9, $10, $7, $8, $11, $18, $3, $16, $13) end
         as source offset 0
     ) f cross join lateral ledger_post($1::uuid, $2::text::"PostingKind", f.source, $4::smallint, $5::uuid, $6::uuid, $7::integer,
       $8::integer, $9::uuid, $10::uuid, $11::date, $12::uuid, $13::uuid, $14::text, $15::numeric, $19::text, null::uuid,
       $16::uuid, $17::uuid, $18::timestamptz, $20::boolean) l`,
    [
      t.villageId,
      t.kind,
      t.source,
      t.leg ?? 0,
      t.debit,
      t.credit,
      t.points,
      t.honour,
      t.household?.householdId ?? null,
      t.household?.residentId ?? null,
      t.creditedOn,
      t.versionId ?? null,
      t.itemId ?? null,
      t.itemCode ?? null,
      t.metricValue ?? null,
      t.personId ?? null,
      t.commandId,
      t.now,
      t.reason ?? '',
      t.partial ?? false,
      founded,
    ],
  );
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
export async function reverse(owner: Queryable, reversal: Reversal): Promise<Posted> {
  const r = reversal;
  const { rows } = await owner.query<PostedRow>(
    'select * from ledger_reverse($1, $2, $3, $4, $5, $6, $7, $8)',
    [r.villageId, r.postingId, r.source, r.leg ?? 0, r.reason, r.personId ?? null, r.commandId, r.now],
  );
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
