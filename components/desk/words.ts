import { type Day, dayOf, sayDay, timeOf } from '@/lib/platform/clock';

/** A moment as the office says it: 今天 07:12, 11月20日 18:03. */
export function sayMoment(at: Date, today: Day): string {
  return `${sayDay(dayOf(at), today)} ${timeOf(at)}`;
}

/** 03-017 陈家 */
export function sayHousehold(one: { householdCode: string; householdCall: string }): string {
  return `${one.householdCode} ${one.householdCall}`.trim();
}
