import type { Day, Quarter } from '@/lib/platform/clock';

/** A household on the public page of honours; its name masked unless it agreed to be named. */
export interface HonouredHousehold {
  id: string;
  householdCode: string;
  name: string;
}

export interface StarredHousehold extends HonouredHousehold {
  stars: number;
}

export interface HonouredPlaque extends HonouredHousehold {
  number: string;
  /** of its certificate: the last part of the address that verifies it */
  certificate: string;
  quarter: Quarter;
  awardedOn: Day;
}

export interface Honours {
  /** quarters that have ratings, the latest first */
  quarters: Quarter[];
  /** the one that is shown; null when nothing was ever rated */
  quarter: Quarter | null;
  starred: StarredHousehold[];
  plaques: HonouredPlaque[];
}
