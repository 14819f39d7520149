import 'server-only';
import type { Tx } from '@/lib/platform/command';
import { refuse } from '@/lib/platform/refusal';

/** Locks a household for a change of the roster. Refuses NOT_FOUND, HOUSEHOLD_LEFT. */
export async function lockHousehold(tx: Tx, villageId: string, householdId: string): Promise<void> {
  const rows = await tx.$queryRaw<{ left_on: Date | null }[]>`
    select left_on from household
    where village_id = ${villageId}::uuid and id = ${householdId}::uuid for no key update`;
  if (!rows[0]) throw refuse('NOT_FOUND');
  if (rows[0].left_on) throw refuse('HOUSEHOLD_LEFT');
}

/** Locks the household of a member, who must still live there. Refuses NOT_FOUND, HOUSEHOLD_LEFT, RESIDENT_LEFT. */
export async function lockResident(tx: Tx, villageId: string, residentId: string) {
  const where = { villageId_id: { villageId, id: residentId } };
  const found = await tx.resident.findUnique({ where, select: { householdId: true } });
  if (!found) throw refuse('NOT_FOUND');
  await lockHousehold(tx, villageId, found.householdId);
  const resident = await tx.resident.findUniqueOrThrow({
    where,
    select: { householdId: true, relation: true, name: true, personId: true, leftOn: true },
  });
  if (resident.leftOn) throw refuse('RESIDENT_LEFT');
  return resident;
}
