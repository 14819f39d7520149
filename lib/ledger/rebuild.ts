import 'server-only';
import type { Db } from '@/lib/platform/db';

export interface RebuiltRow {
  what: 'account' | 'standing';
  key: string;
  had: number;
  now: number;
}

/**
 * Derives a village's balances and standings from its postings again. Answers the rows it had to change: none,
 * unless something else than the ledger wrote to them.
 */
export async function rebuildLedger(db: Db, villageId: string): Promise<RebuiltRow[]> {
  const rows = await db.$queryRaw<
    { what: 'account' | 'standing'; key: string; had: bigint; is_now: bigint }[]
  >`
    select * from ledger_rebuild(${villageId}::uuid)`;
  return rows.map((row) => ({ what: row.what, key: row.key, had: Number(row.had), now: Number(row.is_now) }));
}
