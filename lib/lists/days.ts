import 'server-only';
import type { Db } from '@/lib/platform/db';

/** The days a list stays up after its publicity, less what its rows were shown before (list.sql). One query. */
export async function findDaysUp(db: Db, villageId: string, listId: string): Promise<number> {
  const [row] = await db.$queryRaw<{ days: number }[]>`
    select list_days_up(${villageId}::uuid, ${listId}::uuid) as days`;
  if (!row) throw new Error('list_days_up answered nothing');
  return row.days;
}
