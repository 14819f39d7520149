import 'server-only';
import type { Db } from '@/lib/platform/db';
import type { Solvency, SolvencyMonth } from './types';

interface Row {
  postings: bigint;
  outstanding: bigint;
  holders: bigint;
  reference_fen: number;
  outstanding_most: number | null;
  quarter: string;
  budget: bigint | null;
  budget_left: bigint | null;
  year_budget: bigint | null;
  year_used: bigint;
  months: SolvencyMonth[];
}

/** All figures of a village's points at a moment, from one snapshot (prisma/functions/solvency.sql). One query. */
export async function findSolvency(db: Db, villageId: string, at: Date): Promise<Solvency> {
  const rows = await db.$queryRaw<Row[]>`select * from solvency(${villageId}::uuid, ${at}::timestamptz)`;
  const row = rows[0];
  if (!row) throw new Error('solvency answered nothing');
  const orNull = (value: bigint | null) => (value === null ? null : Number(value));
  return {
    at,
    postings: Number(row.postings),
    outstanding: Number(row.outstanding),
    holders: Number(row.holders),
    referenceFen: row.reference_fen,
    outstandingMost: row.outstanding_most,
    quarter: row.quarter,
    budget: orNull(row.budget),
    budgetLeft: orNull(row.budget_left),
    yearBudget: orNull(row.year_budget),
    yearUsed: Number(row.year_used),
    months: row.months,
  };
}
