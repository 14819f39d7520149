import 'server-only';
import type { Db } from '@/lib/platform/db';
import { surnameOf } from '../rules';

/** A household as it is called on its own pages: 03-017 陈家; null when there is none. */
export async function findHouseholdCall(
  db: Db,
  villageId: string,
  householdId: string,
): Promise<string | null> {
  const row = await db.household.findUnique({
    where: { villageId_id: { villageId, id: householdId } },
    select: {
      code: true,
      residents: {
        where: { relation: 'HEAD', leftOn: null },
        select: { name: true },
        orderBy: { createdAt: 'asc' },
        take: 1,
      },
    },
  });
  if (!row) return null;
  const head = row.residents[0];
  return head ? `${row.code} ${surnameOf(head.name)}家` : row.code;
}
