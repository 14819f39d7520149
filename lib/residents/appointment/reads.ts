import 'server-only';
import { type Day, dateToDay } from '@/lib/platform/clock';
import type { Db } from '@/lib/platform/db';
import type { OfficerView, Role } from '../types';

/**
 * Who holds an office of a village on a day or later, also those who are not on its roster or no longer are: the
 * secretary first. One query.
 */
export async function listOfficers(db: Db, villageId: string, today: Day): Promise<OfficerView[]> {
  const rows = await db.$queryRaw<
    {
      id: string;
      role: Role;
      name: string;
      from: Date;
      until: Date | null;
      householdId: string | null;
      householdCode: string | null;
    }[]
  >`
    select a.id, a.role::text as role, coalesce(r.name, p.name) as name, a.from_day as "from", a.until_day as until,
      h.id as "householdId", h.code as "householdCode"
    from appointment a
    join person p on p.id = a.person_id
    left join resident r on r.village_id = a.village_id and r.person_id = a.person_id
    left join household h on h.village_id = r.village_id and h.id = r.household_id
    where a.village_id = ${villageId}::uuid
      and coalesce(a.until_day, 'infinity') >= greatest(a.from_day, ${today}::date)
    order by array_position('{SECRETARY,SUPERVISOR,VERIFIER,STEWARD}'::text[], a.role::text), a.from_day, a.created_at, a.id`;
  return rows.map((row) => ({
    ...row,
    from: dateToDay(row.from),
    until: row.until ? dateToDay(row.until) : null,
  }));
}
