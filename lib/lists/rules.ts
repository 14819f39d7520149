import { addDays, type Day, dayOf, type Quarter, quarterOf, sayQuarter, timeOf } from '@/lib/platform/clock';
import type { ListKind, ListState, ListSubject } from '@/lib/platform/generated/enums';

// What holds for lists, as pure functions. The database keeps the same (prisma/functions/list*.sql); pages and commands
// ask here, so that nobody is offered what will be refused.

/** The way of a list: from each state to which others. */
export const LIST_STEPS: Record<ListState, readonly ListState[]> = {
  DRAFT: ['CHECKED', 'WITHDRAWN'],
  CHECKED: ['PUBLICITY', 'WITHDRAWN'],
  PUBLICITY: ['FINAL', 'WITHDRAWN'],
  FINAL: ['EXPIRED', 'WITHDRAWN'],
  EXPIRED: [],
  WITHDRAWN: [],
};

/** Whether a list may go from one state to another. */
export function canGo(from: ListState, to: ListState): boolean {
  return LIST_STEPS[from].includes(to);
}

/** States in which a list is before the public. */
export const PUBLIC_STATES: readonly ListState[] = ['PUBLICITY', 'FINAL'];

/** The last day of publicity: the day it is put up does not count (民法典第二百零一条). */
export function lastPublicityDay(from: Day, publicityDays: number): Day {
  return addDays(from, publicityDays);
}

/** Whether publicity that ends on `until` is over on a day. */
export function isPublicityOver(until: Day, today: Day): boolean {
  return today > until;
}

/** The last day on which a list is shown: so many days after its publicity. */
export function lastShownDay(publicUntil: Day, daysUp: number): Day {
  return addDays(publicUntil, daysUp);
}

/** Whether a list is before the public on a day: in such a state, and not past its last day. */
export function isShown(list: { state: ListState; lastDay: Day | null }, today: Day): boolean {
  return PUBLIC_STATES.includes(list.state) && list.lastDay !== null && today <= list.lastDay;
}

/** The quarters a list can be drafted of on a day: the running one and the four before it, newest first. */
export function draftableQuarters(today: Day): Quarter[] {
  const quarters: Quarter[] = [];
  let day = today;
  for (let n = 0; n < 5; n++) {
    const quarter = quarterOf(day);
    quarters.push(quarter);
    day = addDays(
      `${quarter.slice(0, 4)}-${String(Number(quarter.slice(5)) * 3 - 2).padStart(2, '0')}-01` as Day,
      -1,
    );
  }
  return quarters;
}

/** Whether a quarter had not ended at a moment. */
export function isRunning(period: string, asOf: Date): boolean {
  return quarterOf(dayOf(asOf)) <= period;
}

/** A period as a list says it; one that had not ended when it was drafted says so. */
export function sayPeriod(period: string, asOf: Date): string {
  const said = sayQuarter(period as Quarter);
  return isRunning(period, asOf) ? `${said}（未完，截至${sayMonthDay(dayOf(asOf))}）` : said;
}

/** 10月8日 */
export function sayMonthDay(day: Day): string {
  return `${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`;
}

/** 2026年10月8日 */
export function sayFullDay(day: Day): string {
  return `${day.slice(0, 4)}年${sayMonthDay(day)}`;
}

/** 2026年10月8日 09:00 */
export function sayMoment(at: Date): string {
  return `${sayFullDay(dayOf(at))} ${timeOf(at)}`;
}

/** Two days, the year said once when it is the same: 2026年10月8日至10月15日. */
export function sayDays(from: Day, until: Day): string {
  return `${sayFullDay(from)}至${from.slice(0, 4) === until.slice(0, 4) ? sayMonthDay(until) : sayFullDay(until)}`;
}

/** A score of a place, kept in tenths: 86 is 8.6. */
export function scoreOf(tenths: number): number {
  return tenths / 10;
}

/** The rule a list was drafted by, in one sentence. */
export function sayRule(list: {
  kind: ListKind;
  subject: ListSubject;
  top: number | null;
  threshold: number | null;
}): string {
  const { kind, subject, top, threshold } = list;
  if (subject === 'PLACE') {
    const score = scoreOf(threshold ?? 0);
    return kind === 'BLACK'
      ? `检查平均不到 ${score} 分（满分 10 分）的地段`
      : `检查平均 ${score} 分以上（满分 10 分）${top === null ? '的地段' : `的前 ${top} 处，同分并列`}`;
  }
  if (kind === 'BLACK') return `一季里扣分满 ${threshold ?? 0} 分的户`;
  const what = subject === 'HOUSEHOLD' ? '户' : '人';
  const parts = [
    top === null ? '' : `荣誉分前 ${top} 名（同分并列）`,
    threshold === null ? '' : `荣誉分满 ${threshold} 分的${what}`,
  ].filter(Boolean);
  return parts.join('，加上');
}

/** How points of a row are said: 286 分, of a place 8.6 分. */
export function sayPoints(subject: ListSubject, points: number): string {
  return `${subject === 'PLACE' ? scoreOf(points).toFixed(1) : points} 分`;
}

/**
 * Until when a household may object to a list it stands on: during the publicity to its last day; a list that is final
 * still takes objections while it is up.
 */
export function sayWhenToObject(list: { state: ListState; publicUntil: Day | null }): string {
  return list.state === 'PUBLICITY' && list.publicUntil
    ? `公示到 ${sayFullDay(list.publicUntil)}，不同意的，这几天点开提异议`
    : '榜已经定了，不同意还可以点开提异议';
}

/**
 * How one objects, as a list and its documents say it. A list takes objections for as long as it is up, final or not;
 * whoever has no phone has it written down by a steward, never by the supervisor, who decides (objection.sql).
 */
export function sayObjectionNote(objectionDays: number): string {
  return `有异议，公布期间扫码或找帮办员提出，${objectionDays} 天内答复。`;
}

/** Until when a list is up, or where it is not public yet how long it will be. */
export function sayUntil(lastDay: Day | null, daysUp: number): string {
  return lastDay ? `公布到${sayFullDay(lastDay)}` : `公示期过后公布 ${daysUp} 天`;
}
