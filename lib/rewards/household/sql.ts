import { Prisma } from '@/lib/platform/db';
import { maskName } from '@/lib/residents/rules';

/**
 * For a query that has a household `h`: its head's name, and whether it has agreed to be named in full (the consent of
 * the red list covers 红榜之家 and the honours).
 */
export const NAME_COLUMNS = Prisma.sql`
  coalesce((select r.name from resident r
    where r.village_id = h.village_id and r.household_id = h.id and r.left_on is null and r.relation = 'HEAD'
    order by r.created_at, r.id limit 1), '') as head_name,
  exists (select 1 from consent c
    where c.village_id = h.village_id and c.household_id = h.id and c.withdrawn_at is null) as is_named`;

export interface NameRow {
  head_name: string;
  is_named: boolean;
}

/** The name as everybody may read it. */
export function publicName(row: NameRow): string {
  return row.is_named ? row.head_name : maskName(row.head_name);
}
