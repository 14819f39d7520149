import 'server-only';
import { db } from '@/lib/platform/db';

/**
 * Marks objections, answers and repairs whose last day has passed as risen, each once: from then on both sides read that
 * the township knows. The township reads of them on its first page (office/reads.ts), for as long as they are not decided.
 * Answers how many have risen now.
 */
export async function raiseOverdueObjections(now: Date): Promise<number> {
  const risen = await db().$queryRaw<{ id: string }[]>`
    select id::text from objections_raise_overdue(${now}::timestamptz)
    union all select id::text from deductions_raise_overdue(${now}::timestamptz)`;
  return risen.length;
}
