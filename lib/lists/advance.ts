import 'server-only';
import type { Db } from '@/lib/platform/db';

/**
 * Does what time alone does to lists: publicity that is over becomes final, final lists past their last day end.
 * Of one village, or of all; each in a statement of its own, so that one that can't be moved on holds up no other.
 * Answers how many of each. Throws the first fault, when all others are done.
 */
export async function advanceLists(
  db: Db,
  now: Date,
  villageId: string | null = null,
): Promise<{ final: number; expired: number }> {
  const lists = await db.$queryRaw<{ villageId: string; id: string }[]>`
    select village_id as "villageId", id from lists_to_advance(${now}::timestamptz, ${villageId}::uuid)`;
  const counts = { final: 0, expired: 0 };
  let fault: unknown = null;
  for (const one of lists) {
    try {
      const rows = await db.$queryRaw<{ made_final: number; expired: number }[]>`
        select made_final, expired from list_advance(${one.villageId}::uuid, ${one.id}::uuid, ${now}::timestamptz)`;
      counts.final += rows[0]?.made_final ?? 0;
      counts.expired += rows[0]?.expired ?? 0;
    } catch (error) {
      fault ??= error;
    }
  }
  if (fault) throw fault;
  return counts;
}
