import { addDays, type Day, daysBetween, quarterOf, sayQuarter, yearOf } from '@/lib/platform/clock';
import { SURELY_GROWN } from '@/lib/residents/rules';
import type { Relation } from '@/lib/residents/types';
import type {
  DeductionStanding,
  DeductionState,
  DeductionStepKind,
  DeductionTask,
  DeductionView,
  ServedWay,
} from './types';

/**
 * Where each step leads from a state. The same table stands in prisma/functions/deduction.sql, which enforces it; a test
 * holds the two together.
 */
export const DEDUCTION_NEXT: Record<DeductionState, Partial<Record<DeductionStepKind, DeductionState>>> = {
  RECORDED: { RECORD: 'RECORDED', WARN: 'WARNED', PROPOSE: 'PROPOSED', REFUSE: 'DROPPED' },
  // found mended at any time; proposed from the day to look again on
  WARNED: { CLAIM_REPAIR: 'WARNED', FOUND_MENDED: 'DROPPED', PROPOSE: 'PROPOSED', REFUSE: 'DROPPED' },
  PROPOSED: { APPROVE: 'NOTICED', REFUSE: 'DROPPED' },
  // refused by time alone, when it may no longer be taken
  NOTICED: { ANSWER: 'CONTESTED', OBJECT: 'CONTESTED', POST: 'POSTED', REFUSE: 'DROPPED' },
  CONTESTED: { HEARD_UPHELD: 'DROPPED', HEARD_REJECTED: 'NOTICED', WITHDRAW_OBJECTION: 'NOTICED' },
  POSTED: {
    OBJECT: 'POSTED',
    HEARD_REJECTED: 'POSTED',
    WITHDRAW_OBJECTION: 'POSTED',
    OVERTURN: 'OVERTURNED',
    CLAIM_REPAIR: 'POSTED',
    REFUSE_REPAIR: 'POSTED',
    CONFIRM_REPAIR: 'RESTORED',
  },
  RESTORED: {},
  OVERTURNED: {},
  DROPPED: {},
};

export const ADULT_AGE = 18;

/**
 * Whether someone may still be a minor on a day: nothing is taken for his doing, and he doesn't speak for the household.
 * Only the year of birth is kept, so who turns 18 this year counts as a minor all year; without one it is assumed unless
 * the relation to the head rules it out. `may_be_at_most` in prisma/functions/list.sql is the same.
 */
export function mayBeMinorOn(who: { birthYear: number | null; relation: Relation }, day: Day): boolean {
  if (who.birthYear === null) return !SURELY_GROWN.has(who.relation);
  return Number(yearOf(day)) - who.birthYear <= ADULT_AGE;
}

/** The first day on which one may look again after a warning served on `warnedOn`. */
export function recheckEarliest(warnedOn: Day, warningDays: number): Day {
  return addDays(warnedOn, warningDays);
}

/** The last day to answer a notice served on `servedOn`. */
export function answerLast(servedOn: Day, answerDays: number): Day {
  return addDays(servedOn, answerDays);
}

/** Whether the last day to answer has fully passed. */
export function isAnswerOver(answerUntil: string | null, today: Day): boolean {
  return answerUntil !== null && today > answerUntil;
}

/** Days to answer that are left when the clock stops on `today`. */
export function daysLeftOn(answerUntil: Day, today: Day): number {
  return Math.max(daysBetween(today, answerUntil), 0);
}

/** The last day to answer after the household was heard in vain: what was left, and at least one more day. */
export function answerResumed(answerUntil: Day, today: Day, daysLeft: number): Day {
  const again = addDays(today, Math.max(daysLeft, 1));
  return again > answerUntil ? again : answerUntil;
}

/** What waits to be done about a deduction today. */
export function taskOf(one: DeductionStanding, today: Day): DeductionTask {
  switch (one.state) {
    case 'RECORDED':
      return one.warnFirst ? 'WARN' : 'PROPOSE';
    case 'WARNED':
      return (one.recheckOn !== null && today >= one.recheckOn) || one.repairClaimedAt ? 'RECHECK' : 'WAIT';
    case 'PROPOSED':
      return 'APPROVE';
    case 'NOTICED':
      return isAnswerOver(one.answerUntil, today) ? 'POST' : 'ANSWERING';
    case 'CONTESTED':
      return 'HEAR';
    case 'POSTED':
      return one.repairClaimedAt ? 'REPAIR' : 'NONE';
    default:
      return 'NONE';
  }
}

/** The queue's parts in its order, as they are called. */
export const TASK_NAMES: Record<Exclude<DeductionTask, 'NONE'>, string> = {
  WARN: '要送提醒',
  PROPOSE: '要提出',
  WAIT: '等复查',
  RECHECK: '到期复查',
  APPROVE: '等监督员',
  ANSWERING: '申辩期',
  HEAR: '有申辩',
  POST: '可记',
  REPAIR: '整改待核',
};

/** A state as the office and the household read it. */
export const STATE_NAMES: Record<DeductionState, string> = {
  RECORDED: '刚记下',
  WARNED: '提醒过，等复查',
  PROPOSED: '等监督员看',
  NOTICED: '申辩期',
  CONTESTED: '正在听取申辩',
  POSTED: '已扣分',
  RESTORED: '已整改，分已还',
  OVERTURNED: '异议成立，分已还',
  DROPPED: '不扣了',
};

const WAY_NAMES: Record<ServedWay | 'SMS', string> = {
  PHONE: '手机消息',
  HAND: '当面送到',
  DOOR: '贴在门上',
  // in rows of before: nothing is served by it any more
  SMS: '短信',
};

/** Ways as stored, `PHONE,HAND`, as they are said: 手机消息、当面送到. */
export function sayServed(how: string): string {
  return how
    .split(',')
    .map((way) => WAY_NAMES[way as keyof typeof WAY_NAMES] ?? '')
    .filter(Boolean)
    .join('、');
}

/** Days until a last day, as they are said: 还有 3 天, 今天最后一天, 已过 2 天. */
export function sayDaysLeft(until: Day, today: Day): string {
  const left = daysBetween(today, until);
  if (left > 0) return `还有 ${left} 天`;
  return left === 0 ? '今天是最后一天' : `已过 ${-left} 天`;
}

/**
 * Which quarter a deduction counts for, where that is not the one in which it was seen: what is closed takes nothing
 * more. '' where there is nothing to say.
 */
export function sayCredited(one: {
  seenOn: string;
  creditedOn: string | null;
  state: DeductionState;
}): string {
  if (one.creditedOn === null) return '';
  const [seen, credited] = [quarterOf(one.seenOn as Day), quarterOf(one.creditedOn as Day)];
  if (seen === credited) return '';
  const verb = one.state === 'NOTICED' ? '要扣就算在' : '算在';
  return `${sayQuarter(seen)}已经公示，不再记，${verb}${sayQuarter(credited)}。`;
}

/** A day as a letter has it: 2026年11月24日. */
export function sayFullDay(day: string): string {
  return `${day.slice(0, 4)}年${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`;
}

/** What somebody typed, to stand within a sentence: without the stop at its end. */
export function withoutStop(words: string): string {
  return words.trim().replace(/[。．.！!；;，,]+$/u, '');
}

/** Who is to hear it, or to say that a repair isn't enough. */
export function sayHearers({ hearers }: Pick<DeductionView, 'hearers'>): string {
  const names = hearers.map((who) => who.name).join('、');
  return names ? `由${names}来定` : '要等没经手、不用回避的人来定';
}
