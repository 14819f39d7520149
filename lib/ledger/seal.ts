import 'server-only';
import type { Db } from '@/lib/platform/db';

/** Seals a village's postings since its last seal, block by block; answers how many were sealed. */
export async function sealLedger(db: Db, villageId: string): Promise<number> {
  const BLOCK = 5000;
  let sealed = 0;
  for (;;) {
    const rows = await db.$queryRaw<{ count: number }[]>`
      select ledger_seal_village(${villageId}::uuid, ${BLOCK}::integer) as count`;
    const count = rows[0]?.count ?? 0;
    sealed += count;
    if (count < BLOCK) return sealed;
  }
}
