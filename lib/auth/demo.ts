import 'server-only';
import type { Db } from '@/lib/platform/db';
import { env } from '@/lib/platform/env';
import { isId } from '@/lib/platform/ids';
import { demoCode } from './codes';
import type { Role } from './types';

/** Someone of the demo district whom a visitor may be for a while. */
export interface DemoPerson {
  id: string;
  name: string;
  /** null for a resident */
  role: Role | null;
  isHead: boolean;
  /** the village, shop, town or district */
  place: string;
}

/** Residents with a phone offered of each demo village. */
const RESIDENTS_OF_A_VILLAGE = 2;

/** The people of the demo district by role; nobody at all outside demo mode. */
export async function listDemoPeople(db: Db): Promise<DemoPerson[]> {
  if (!env().DEMO) return [];
  return db.$queryRaw<DemoPerson[]>`
    with place as (
      select v.id as village_id, t.id as township_id, d.id as district_id, v.name
      from district d join township t on t.district_id = d.id left join village v on v.township_id = t.id
      where d.is_demo
    ), offered as (
      select p.id, p.name, a.role::text as role, false as "isHead", coalesce(v.name, m.name, t.name, d.name) as place,
        case a.role when 'SECRETARY' then 2 when 'VERIFIER' then 3 when 'SUPERVISOR' then 4 when 'STEWARD' then 5
          when 'MERCHANT' then 6 when 'TOWNSHIP' then 7 when 'DISTRICT' then 8 else 9 end as rank,
        coalesce(v.code, '') as code, p.created_at
      from appointment a join person p on p.id = a.person_id
      left join village v on v.id = a.village_id
      left join merchant m on m.id = a.merchant_id
      left join township t on t.id = a.township_id
      left join district d on d.id = a.district_id
      where a.until_day is null and p.phone is not null and (
        a.village_id in (select village_id from place) or a.township_id in (select township_id from place)
        or a.district_id in (select district_id from place)
        or m.township_id in (select township_id from place))
      union all
      select id, name, null, "isHead", place, 1, code, created_at from (
        select p.id, p.name, r.relation = 'HEAD' as "isHead", v.name as place, v.code, p.created_at,
          row_number() over (partition by v.id order by (r.relation = 'HEAD') desc, h.code, r.id) as place_in_village
        from resident r
        join household h on h.village_id = r.village_id and h.id = r.household_id
        join village v on v.id = r.village_id
        join person p on p.id = r.person_id
        where r.village_id in (select village_id from place) and r.left_on is null and p.phone is not null
          and not exists (select 1 from appointment a where a.person_id = p.id)
      ) ranked where place_in_village <= ${RESIDENTS_OF_A_VILLAGE}
    )
    select id, name, role, "isHead", place from offered order by rank, code desc, created_at, id`;
}

/** Whether the page may show this person's codes: in demo mode, to the demo's own people alone. */
export async function isShownCode(db: Db, personId: string): Promise<boolean> {
  return env().DEMO && (await isDemoPerson(db, personId));
}

/** The code of a request as the page shows it; null outside demo mode, and for whoever isn't of the demo. */
export async function findShownCode(db: Db, requestId: string): Promise<string | null> {
  if (!env().DEMO || !isId(requestId)) return null;
  const request = await db.signInCode.findUnique({ where: { id: requestId }, select: { phone: true } });
  const person = request
    ? await db.person.findUnique({ where: { phone: request.phone }, select: { id: true } })
    : null;
  return person && (await isShownCode(db, person.id)) ? demoCode(requestId) : null;
}

/** Whether a person belongs to the demo district, so that demo mode on real data opens no real person's door. */
export async function isDemoPerson(db: Db, personId: string): Promise<boolean> {
  const rows = await db.$queryRaw<{ found: boolean }[]>`
    select exists (
      select 1 from district d
      left join township t on t.district_id = d.id
      left join village v on v.township_id = t.id
      left join merchant m on m.township_id = t.id
      where d.is_demo and (
        exists (select 1 from resident r where r.person_id = ${personId}::uuid and r.village_id = v.id)
        or exists (select 1 from appointment a where a.person_id = ${personId}::uuid and
          (a.village_id = v.id or a.township_id = t.id or a.district_id = d.id or a.merchant_id = m.id)))
    ) as found`;
  return rows[0]?.found ?? false;
}
