import 'server-only';
import type { Seat as SeatLink } from '@/components/frame/types';
import { currentPath, getActor } from '@/lib/auth/actor';
import type { Actor } from '@/lib/auth/types';
import { db } from '@/lib/platform/db';
import { findVillages, isDemoPlace } from '@/lib/regions/reads';
import type { VillageView } from '@/lib/regions/types';
import { findHouseholdCall } from '@/lib/residents/household/reads';
import { ROLE_NAMES } from '@/lib/residents/types';

/** What a frame is told about who sits where; spread it: `<DeskFrame {...await frameOf(actor, 'desk')} nav={…}>`. */
export interface FrameFacts {
  place: string;
  who: string;
  current: string;
  seats: SeatLink[];
  demo: boolean;
  /** '' where the seat is in no village */
  villageCode: string;
}

/** The facts of the frame of one of the actor's seats: the villages, the household, the demo flag; three queries. */
export async function frameOf(
  actor: Actor,
  seat: 'resident' | 'desk' | 'office' | 'shop' | 'person',
): Promise<FrameFacts> {
  const [current, villages] = await Promise.all([currentPath(), villagesOf(actor)]);
  const seats = seatLinks(actor, villages, seat);
  if (seat === 'resident' && actor.resident) {
    const village = villages.get(actor.resident.villageId);
    const household = await findHouseholdCall(db(), actor.resident.villageId, actor.resident.householdId);
    return { current, seats, who: household ?? '', ...placeOf(village) };
  }
  if (seat === 'desk' && actor.desk) {
    const roles = actor.desk.roles.map((role) => ROLE_NAMES[role]).join('、');
    return { current, seats, who: `${roles} ${actor.name}`, ...placeOf(villages.get(actor.desk.villageId)) };
  }
  const held = seat === 'office' ? actor.office : seat === 'shop' ? actor.shop : null;
  if (!held) return { current, seats, place: '村分', who: actor.name, demo: false, villageCode: '' };
  const placeId = 'merchantId' in held ? held.merchantId : held.id;
  return {
    current,
    seats,
    place: held.name,
    who: actor.name,
    demo: await isDemoPlace(db(), placeId),
    villageCode: '',
  };
}

/** The facts of a village's public frame, for whoever looks: `<PublicFrame {...await publicFrameOf(village)}>`. */
export async function publicFrameOf(village: VillageView) {
  const [actor, current] = await Promise.all([getActor(), currentPath()]);
  return {
    village: village.name,
    code: village.code,
    note: village.townshipName,
    current,
    resident: actor?.resident?.villageId === village.id,
    signedIn: actor !== null,
    seats: actor ? seatLinks(actor, await villagesOf(actor)) : [],
    demo: village.isDemo,
  };
}

/** The places a person may sit, as links. */
export function seatLinks(
  actor: Actor,
  villages: ReadonlyMap<string, VillageView>,
  current?: string,
): SeatLink[] {
  const links: SeatLink[] = [];
  const nameOf = (id: string) => villages.get(id)?.name ?? '';
  for (const { villageId, villageName } of actor.residents) {
    const chosen = villageId === actor.resident?.villageId;
    links.push({
      href: '/me',
      label: `我家 · ${villageName}`,
      current: current === 'resident' && chosen,
      ...(chosen ? {} : { choose: { command: 'choose-home', fixed: { villageId } } }),
    });
  }
  for (const desk of actor.desks) {
    const chosen = desk.villageId === actor.desk?.villageId;
    links.push({
      href: '/desk',
      label: `${desk.roles.map((role) => ROLE_NAMES[role]).join('、')} · ${nameOf(desk.villageId)}`,
      current: current === 'desk' && chosen,
      ...(chosen ? {} : { choose: { command: 'choose-desk', fixed: { villageId: desk.villageId } } }),
    });
  }
  if (actor.office) links.push({ href: '/office', label: actor.office.name, current: current === 'office' });
  for (const { merchantId, name } of actor.shops) {
    const chosen = merchantId === actor.shop?.merchantId;
    links.push({
      href: '/shop',
      label: name,
      current: current === 'shop' && chosen,
      ...(chosen ? {} : { choose: { command: 'choose-shop', fixed: { merchantId } } }),
    });
  }
  return links;
}

function villagesOf(actor: Actor): Promise<Map<string, VillageView>> {
  const ids = new Set(actor.desks.map((desk) => desk.villageId));
  if (actor.resident) ids.add(actor.resident.villageId);
  return findVillages(db(), [...ids]);
}

function placeOf(village: VillageView | undefined) {
  return {
    place: village?.name ?? '',
    demo: village?.isDemo ?? false,
    villageCode: village?.code ?? '',
  };
}
