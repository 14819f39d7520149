import { addDays, type Day, dayOf, daysBetween, startOfDay } from '@/lib/platform/clock';

// How long a draft is heard. Pure; days are business days.

/** Whole days people have to read and say something, at least; rulebook.sql asks for 72 hours. */
export const HEARING_DAYS_LEAST = 3;
export const HEARING_DAYS_MOST = 60;
/** Days offered when nothing else is chosen. */
export const HEARING_DAYS_USUAL = 7;
/** What one household may say of one draft. */
export const COMMENTS_MOST = 20;

/** Whether a hearing opened on `today` may end with `until`, its last day. */
export function isHearingLongEnough(today: Day, until: Day): boolean {
  const days = daysBetween(today, until);
  return days >= HEARING_DAYS_LEAST && days <= HEARING_DAYS_MOST;
}

/** The moment a hearing ends whose last day is `until`: midnight after it. */
export function hearingEnd(until: Day): Date {
  return startOfDay(addDays(until, 1));
}

/** The last day of a hearing that ends at a moment. */
export function hearingLastDay(end: Date): Day {
  return dayOf(new Date(end.getTime() - 1));
}

/** The first day on which a meeting may decide after a hearing that ends at a moment. */
export function meetingEarliest(end: Date): Day {
  return dayOf(end);
}
