import 'server-only';
import { type Day, dayOf } from '@/lib/platform/clock';
import type { Db } from '@/lib/platform/db';
import { isId } from '@/lib/platform/ids';
import { maskPhone } from '@/lib/residents/rules';
import type { Actor, DeskRole, DeskSeat, OfficeSeat, ResidentSeat, Role, ShopSeat } from './types';

interface ActorRow {
  session_id: string;
  person_id: string;
  home_village_id: string | null;
  desk_village_id: string | null;
  shop_merchant_id: string | null;
  name: string;
  residents: ResidentSeat[];
  appointments: AppointmentRow[];
}

interface AppointmentRow {
  role: Role;
  villageId: string | null;
  officeId: string | null;
  officeName: string | null;
  merchantId: string | null;
  merchantName: string | null;
}

const DESK_ROLES: readonly Role[] = ['SECRETARY', 'VERIFIER', 'SUPERVISOR', 'STEWARD'];

/**
 * Who a session belongs to and which seats that person holds at this moment: one query. Null when the session is
 * unknown, over or ended. A role counts from its first to its last business day, both included. Of several shops those
 * that take points come first, and those that have left last.
 */
export async function findActor(db: Db, sessionId: string, now: Date): Promise<Actor | null> {
  if (!isId(sessionId)) return null;
  const today: Day = dayOf(now);
  const rows = await db.$queryRaw<ActorRow[]>`
    select s.id as session_id, s.person_id, s.home_village_id, s.desk_village_id, s.shop_merchant_id, p.name,
      coalesce((
        select json_agg(json_build_object('villageId', r.village_id, 'villageName', v.name, 'householdId', r.household_id,
          'residentId', r.id, 'isHead', r.relation = 'HEAD') order by r.created_at, r.id)
        from resident r
        join household h on h.village_id = r.village_id and h.id = r.household_id
        join village v on v.id = r.village_id
        where r.person_id = p.id and r.left_on is null and h.left_on is null
      ), '[]') as residents,
      coalesce((
        select json_agg(json_build_object('role', a.role, 'villageId', a.village_id,
          'officeId', coalesce(t.id, d.id), 'officeName', coalesce(t.name, d.name),
          'merchantId', m.id, 'merchantName', m.name)
          order by merchant_precedence(m.state), a.from_day, a.created_at, a.id)
        from appointment a
        left join township t on t.id = a.township_id
        left join district d on d.id = a.district_id
        left join merchant m on m.id = a.merchant_id
        where a.person_id = p.id and a.from_day <= ${today}::date
          and (a.until_day is null or a.until_day >= ${today}::date)
      ), '[]') as appointments
    from session s join person p on p.id = s.person_id
    where s.id = ${sessionId}::uuid and s.ended_at is null and s.expires_at > ${now}`;
  const row = rows[0];
  return row ? actorOfRow(row) : null;
}

function actorOfRow(row: ActorRow): Actor {
  const { residents } = row;
  const desks = desksOf(row.appointments);
  const shops = shopsOf(row.appointments);
  return {
    personId: row.person_id,
    sessionId: row.session_id,
    name: row.name,
    resident: residents.find((home) => home.villageId === row.home_village_id) ?? residents[0] ?? null,
    residents,
    desk: desks.find((desk) => desk.villageId === row.desk_village_id) ?? desks[0] ?? null,
    desks,
    office: officeOf(row.appointments),
    shop: shops.find((shop) => shop.merchantId === row.shop_merchant_id) ?? shops[0] ?? null,
    shops,
  };
}

function desksOf(appointments: AppointmentRow[]): DeskSeat[] {
  const byVillage = new Map<string, DeskRole[]>();
  for (const { role, villageId } of appointments) {
    if (!villageId || !isDeskRole(role)) continue;
    const roles = byVillage.get(villageId) ?? [];
    if (!roles.includes(role)) roles.push(role);
    byVillage.set(villageId, roles);
  }
  return [...byVillage].map(([villageId, roles]) => ({
    villageId,
    roles: roles.sort((a, b) => DESK_ROLES.indexOf(a) - DESK_ROLES.indexOf(b)),
  }));
}

function isDeskRole(role: Role): role is DeskRole {
  return DESK_ROLES.includes(role);
}

/** The widest office held: a district's before a township's. */
function officeOf(appointments: AppointmentRow[]): OfficeSeat | null {
  for (const level of ['DISTRICT', 'TOWNSHIP'] as const) {
    const held = appointments.find((one) => one.role === level && one.officeId);
    if (held?.officeId) return { level, id: held.officeId, name: held.officeName ?? '' };
  }
  return null;
}

// take_points (prisma/functions/shop_take.sql) chooses among several as this does.
function shopsOf(appointments: AppointmentRow[]): ShopSeat[] {
  const names = new Map<string, string>();
  for (const { role, merchantId, merchantName } of appointments) {
    if (role === 'MERCHANT' && merchantId && !names.has(merchantId))
      names.set(merchantId, merchantName ?? '');
  }
  return [...names].map(([merchantId, name]) => ({ merchantId, name }));
}

/** What the page that asks for a code shows of its request; null when it is over or never was. */
export async function findCodeRequest(
  db: Db,
  requestId: string,
  now: Date,
): Promise<{ id: string; phone: string } | null> {
  if (!isId(requestId)) return null;
  const row = await db.signInCode.findFirst({
    where: { id: requestId, usedAt: null, expiresAt: { gt: now } },
    select: { id: true, phone: true },
  });
  return row ? { id: row.id, phone: maskPhone(row.phone) } : null;
}
