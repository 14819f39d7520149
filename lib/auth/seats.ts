import type { Seated } from '@/lib/platform/command';
import type { Actor, Role, Seat } from './types';

/** The seats that have pages of their own. */
export type PagedSeat = Exclude<Seat, 'anyone' | 'person'>;

const HOMES: Record<PagedSeat, string> = { resident: '/me', desk: '/desk', office: '/office', shop: '/shop' };

/** Whether an actor may sit here. */
export function holdsSeat<S extends Seat>(actor: Actor | null, seat: S): actor is Seated<S> {
  if (seat === 'anyone') return true;
  if (!actor) return false;
  return seat === 'person' || actor[seat as PagedSeat] !== null;
}

/** The first page of a seat. */
export function seatHome(seat: PagedSeat): string {
  return HOMES[seat];
}

/** Where signing in leads: to the work one has been given, else to one's own household. */
export function homeOf(actor: Actor): string {
  const seat = (['desk', 'office', 'shop', 'resident'] as const).find((one) => actor[one] !== null);
  return seat ? HOMES[seat] : '/account';
}

/** Whether an actor works at the chosen desk in one of these roles. */
export function hasDeskRole(actor: Actor, ...roles: Role[]): boolean {
  return actor.desk?.roles.some((role) => roles.includes(role)) ?? false;
}
