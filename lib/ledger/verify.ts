import 'server-only';
import type { Db } from '@/lib/platform/db';

export type LedgerFaultKind =
  | 'SEAL_MISSING'
  | 'SEAL_BROKEN'
  | 'POSTING_REMOVED'
  | 'POSTING_CHANGED'
  | 'POSTING_INSERTED'
  | 'BALANCE_WRONG'
  | 'STANDING_WRONG'
  | 'UNSTATED_WRONG'
  | 'POSTING_UNFOUNDED';

export interface LedgerFault {
  villageId: string;
  villageName: string;
  fault: LedgerFaultKind;
  /** number of the seal that no longer fits */
  seal: number | null;
  /** the posting, account or resident it is about */
  subject: string | null;
  detail: string;
}

export interface LedgerCheck {
  villages: number;
  postings: number;
  /** of each village and each kind of fault the first wrong place */
  faults: LedgerFault[];
}

/**
 * Walks the seals of one village, or of all, compares balances and standings with their sums, and asks of each posting
 * what it stands on. Changes nothing.
 */
export async function verifyLedger(db: Db, villageId?: string): Promise<LedgerCheck> {
  const villages = await db.village.findMany({
    ...(villageId ? { where: { id: villageId } } : {}),
    select: { id: true, name: true },
    orderBy: { code: 'asc' },
  });
  const check: LedgerCheck = { villages: villages.length, postings: 0, faults: [] };
  for (const village of villages) {
    check.postings += await db.posting.count({ where: { villageId: village.id } });
    const rows = await db.$queryRaw<
      { fault: LedgerFaultKind; seal: number | null; posting_id: string | null; detail: string }[]
    >`select * from ledger_verify(${village.id}::uuid)`;
    for (const row of rows) {
      check.faults.push({
        villageId: village.id,
        villageName: village.name,
        fault: row.fault,
        seal: row.seal,
        subject: row.posting_id,
        detail: row.detail,
      });
    }
  }
  return check;
}
