import type { Role } from '@/lib/platform/generated/enums';

export type { Role } from '@/lib/platform/generated/enums';

/** Roles of a village's office. */
export type DeskRole = Extract<Role, 'STEWARD' | 'VERIFIER' | 'SECRETARY' | 'SUPERVISOR'>;

export interface ResidentSeat {
  villageId: string;
  villageName: string;
  householdId: string;
  residentId: string;
  isHead: boolean;
}

export interface DeskSeat {
  villageId: string;
  roles: DeskRole[];
}

export interface OfficeSeat {
  level: 'TOWNSHIP' | 'DISTRICT';
  id: string;
  name: string;
}

export interface ShopSeat {
  merchantId: string;
  name: string;
}

/**
 * Who asks: read from the database on each request, so that a role that ended an hour ago has ended. Null seats are
 * seats the person doesn't hold.
 */
export interface Actor {
  personId: string;
  sessionId: string;
  name: string;
  /** the home chosen among `residents` */
  resident: ResidentSeat | null;
  residents: ResidentSeat[];
  /** the desk chosen among `desks` */
  desk: DeskSeat | null;
  desks: DeskSeat[];
  office: OfficeSeat | null;
  /** the shop chosen among `shops` */
  shop: ShopSeat | null;
  shops: ShopSeat[];
}

/** Which of an actor's seats a command or page is for. */
export type Seat = 'anyone' | 'person' | 'resident' | 'desk' | 'office' | 'shop';
