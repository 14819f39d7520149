import 'server-only';
import { addDays, type Day, dayToDate } from '@/lib/platform/clock';
import type { Tx } from '@/lib/platform/command';

/**
 * Puts a version that was heard and resolved in force from a day on, which may still come; the version before it ends
 * the day before. What is adopted cannot be changed afterwards. Whether it may be adopted at all, the database checks
 * (prisma/functions/rulebook.sql); a breach throws.
 */
export async function putInForce(
  tx: Tx,
  villageId: string,
  versionId: string,
  effectiveFrom: Day,
): Promise<void> {
  await tx.rulebookVersion.updateMany({
    where: { villageId, state: 'ADOPTED', effectiveUntil: null },
    data: { state: 'SUPERSEDED', effectiveUntil: dayToDate(addDays(effectiveFrom, -1)) },
  });
  await tx.rulebookVersion.update({
    where: { villageId_id: { villageId, id: versionId } },
    data: { state: 'ADOPTED', effectiveFrom: dayToDate(effectiveFrom) },
    select: { id: true },
  });
}
