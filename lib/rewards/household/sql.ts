import { Prisma } from '@/lib/platform/db';
import { maskName } from '@/lib/residents/rules';

/** For a query that has a household `h`: its head's name, as it is kept. */
export const NAME_COLUMNS = Prisma.sql`
  coalesce((select r.name from resident r
    where r.village_id = h.village_id and r.household_id = h.id and r.left_on is null and r.relation = 'HEAD'
    order by r.created_at, r.id limit 1), '') as head_name`;

export interface NameRow {
  head_name: string;
}

/**
 * The name as everybody may read it: masked, always. The consent that a household can give names red lists and nothing
 * else (lib/lists/consent/text.ts), so it is not asked here.
 */
export function publicName(row: NameRow): string {
  return maskName(row.head_name);
}
