import { sayDaysLeft, sayFullDay } from '@/lib/deductions/rules';
import { addDays, type Day, daysBetween } from '@/lib/platform/clock';
import type { Role } from '@/lib/platform/generated/enums';
import type { ObjectionState, ObjectionSubject, StandingObjection } from './types';

/** What may become of an objection. prisma/functions/objection.sql enforces it. */
export const OBJECTION_STEPS: Record<ObjectionState, readonly ObjectionState[]> = {
  OPEN: ['UPHELD', 'REJECTED', 'WITHDRAWN'],
  UPHELD: [],
  REJECTED: [],
  WITHDRAWN: [],
};

/** Days after a decision within which it can be objected to; objection_window() has the same number. */
export const WINDOW_DAYS = 30;

/** Days to decide where no rulebook says otherwise. */
export const DUE_DAYS = 7;

/** The last day on which an objection opened on `openedOn` should be decided. */
export function dueOn(openedOn: Day, objectionDays: number): Day {
  return addDays(openedOn, objectionDays);
}

/** Whether the last day has fully passed. */
export function isOverdue(due: string, today: Day): boolean {
  return today > due;
}

/** Whether something decided on `decidedOn` may still be objected to. */
export function isWithinWindow(decidedOn: Day, today: Day): boolean {
  return daysBetween(decidedOn, today) <= WINDOW_DAYS;
}

/**
 * Who hears, from the top rung down; a lower one only where each of a higher one is barred. It is found when the
 * household speaks: who is barred, appointed or dismissed later drops no rung.
 */
export const HEARING_LADDER = ['SUPERVISOR', 'SECRETARY', 'VERIFIER'] as const satisfies readonly Role[];

export interface Hearer {
  personId: string;
  role: Role;
  /** own household, near kin, or a part in the decision objected to */
  isBarred: boolean;
}

/** Those who may decide: the unbarred holders of the first role that has one. hearing.sql enforces the same. */
export function whoHears(office: readonly Hearer[]): string[] {
  for (const role of HEARING_LADDER) {
    const free = office.filter((one) => one.role === role && !one.isBarred);
    if (free.length > 0) return free.map((one) => one.personId);
  }
  return [];
}

/** What an objection is against, as it is called. */
export const SUBJECT_NAMES: Record<ObjectionSubject, string> = {
  DEED: '退回的申报',
  DEDUCTION: '扣分',
  POSTING: '公示的台账',
  LIST_ROW: '榜单',
};

/** Whether a word, of an address or a form, is a kind of subject. */
export function isSubjectKind(kind: string | undefined): kind is ObjectionSubject {
  return kind !== undefined && Object.hasOwn(SUBJECT_NAMES, kind);
}

/** What an objection is about, in a line: 扣分：乱倒垃圾; of a list no more than that, where more is not to be told. */
export function sayThing(kind: ObjectionSubject, title: string): string {
  return title ? `${SUBJECT_NAMES[kind]}：${title}` : SUBJECT_NAMES[kind];
}

export const OBJECTION_NAMES: Record<ObjectionState, string> = {
  OPEN: '正在办',
  UPHELD: '成立',
  REJECTED: '不成立',
  WITHDRAWN: '撤回了',
};

/**
 * An objection that a household has made already, in a line: 您家已提异议，第 2026-004 号，还有 5 天; of one that is decided
 * how it ended. The office says 这户.
 */
export function sayStanding(one: StandingObjection, today: Day, whose: '您家' | '这户' = '您家'): string {
  if (one.state !== 'OPEN') return `${whose}提过异议，第 ${one.number} 号，${OBJECTION_NAMES[one.state]}`;
  return `${whose}已提异议，第 ${one.number} 号，${sayDaysLeft(one.dueOn as Day, today)}`;
}

/** Nobody who was to hear is left. A supervisor who comes later decides once it is overdue (decision 67). */
export const NOBODY_LEFT =
  '能定的人都要回避或者不在任了。过了最后一天镇上会知道，那以后由没经手的村务监督员来定';

/** By when an open objection should be decided and by whom; of one the township has heard of, that it is still theirs. */
export function sayWhoDecides(one: { dueOn: string; risenAt: Date | null }, who: readonly string[]): string {
  const names = who.join('、');
  if (!one.risenAt) {
    return `应在 ${sayFullDay(one.dueOn)}前有结果，${names ? `由${names}来定` : NOBODY_LEFT}`;
  }
  return `${sayFullDay(one.dueOn)}前没有定，镇上已经知道，会来催；${names ? `还是由${names}来定` : '村里要先增补一位村务监督员来定'}`;
}

/** The anchor of an objection on the page of its village's objections. */
export function objectionAnchor(number: string): string {
  return `no-${number}`;
}

/** What follows when an objection is upheld, told before deciding. */
export const UPHELD_MEANS: Record<ObjectionSubject, string> = {
  DEED: '这一件重新核实，退回过它的人不再经手',
  DEDUCTION: '这一件不扣了；已经扣了的，冲销还分',
  POSTING: '台账这一笔冲销，原来的申报退回',
  LIST_ROW: '这一行从榜单上撤下；是地段的，检查的记录留着，别的行不变',
};
