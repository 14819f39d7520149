import 'server-only';
import type { Db } from '@/lib/platform/db';

/**
 * Does what time alone does to lists: publicity that is over becomes final, final lists past their last day end.
 * Of one village, or of all. Answers how many of each.
 */
export async function advanceLists(
  db: Db,
  now: Date,
  villageId: string | null = null,
): Promise<{ final: number; expired: number }> {
  const rows = await db.$queryRaw<{ made_final: number; expired: number }[]>`
    select made_final, expired from list_advance(${now}::timestamptz, ${villageId}::uuid)`;
  return { final: rows[0]?.made_final ?? 0, expired: rows[0]?.expired ?? 0 };
}
