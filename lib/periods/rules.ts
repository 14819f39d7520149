import {
  addDays,
  type Day,
  daysBetween,
  periodBounds,
  type Quarter,
  quarterOf,
  sayDay,
  sayQuarter,
  yearOf,
} from '@/lib/platform/clock';
import type { PeriodState, QuarterStage, YearEndPolicy, YearRule } from './types';

// Quarters and years: when what may be done. The same rules stand in prisma/functions/period.sql and year_end.sql,
// which enforce them; period.db.test.ts and year-end.db.test.ts hold the two together.

/** What may become of a quarter; one that is open has no row. */
export const PERIOD_STEPS: Record<PeriodState, readonly PeriodState[]> = {
  PUBLICITY: ['LOCKED'],
  LOCKED: [],
};

/** Days between the announcement of a year's end and the day it is done, at least. */
export const YEAR_END_NOTICE_DAYS = 30;

const QUARTER = /^\d{4}Q[1-4]$/;

/** `text` as a quarter `2026Q4`, or null. */
export function parseQuarter(text: string): Quarter | null {
  return QUARTER.test(text) ? (text as Quarter) : null;
}

/** The first day of a quarter, and the first day after it. */
export function quarterBounds(quarter: Quarter): { from: Day; before: Day } {
  const month = (Number(quarter.slice(5)) - 1) * 3 + 1;
  return periodBounds(`${quarter.slice(0, 4)}-${String(month).padStart(2, '0')}-01` as Day, 'QUARTER');
}

/** The quarter after (or `count` later; negative is earlier). */
export function addQuarters(quarter: Quarter, count: number): Quarter {
  const index = Number(quarter.slice(0, 4)) * 4 + Number(quarter.slice(5)) - 1 + count;
  return `${String(Math.floor(index / 4)).padStart(4, '0')}Q${(index % 4) + 1}` as Quarter;
}

/** The last day of publicity that begins on `from`: that day is not counted, so `days` whole days follow. */
export function publicityEnd(from: Day, days: number): Day {
  return addDays(from, days);
}

/** Where a quarter stands on `today`. */
export function stageOf(
  quarter: Quarter,
  period: { state: PeriodState; publicUntil: string } | null,
  today: Day,
): QuarterStage {
  if (period?.state === 'LOCKED') return 'LOCKED';
  if (period) return today > period.publicUntil ? 'READY' : 'PUBLICITY';
  return today >= quarterBounds(quarter).before ? 'ENDED' : 'RUNNING';
}

/** The quarters to show: those given and that of `today`, newest first. */
export function quartersAtHand(today: Day, codes: readonly string[]): Quarter[] {
  const known = codes.flatMap((code) => parseQuarter(code) ?? []);
  return [...new Set([quarterOf(today), ...known])].sort().reverse();
}

/** The quarter that has to be made public before `quarter`: the earliest of the open ones in which something stands. */
export function blockedBy(quarter: Quarter, open: readonly Quarter[]): Quarter | null {
  return [...open].sort().find((other) => other < quarter) ?? null;
}

/** The day for which something of `day` counts: the first day of the next quarter that nobody has made public. */
export function creditDay(day: Day, closed: ReadonlySet<string>): Day {
  let credited = day;
  while (closed.has(quarterOf(credited))) credited = quarterBounds(quarterOf(credited)).before;
  return credited;
}

/** The day from which a year can be closed when its end was announced on `announcedOn`. */
export function yearEndDue(year: number, announcedOn: Day): Day {
  const newYear = `${String(year + 1).padStart(4, '0')}-01-01` as Day;
  const noticed = addDays(announcedOn, YEAR_END_NOTICE_DAYS);
  return daysBetween(newYear, noticed) > 0 ? noticed : newYear;
}

/** The last day on which announcing still leaves thirty days before the year is over: 1 December. */
export function announceBy(year: number): Day {
  return addDays(`${String(year).padStart(4, '0')}-12-31` as Day, -YEAR_END_NOTICE_DAYS);
}

/** The first day on which a year's end can be announced. */
export function announceFrom(year: number): Day {
  return `${String(year).padStart(4, '0')}-10-01` as Day;
}

/** What a household keeps of `points` at the year's end. */
export function keptOf(policy: YearEndPolicy, carryMost: number | null, points: number): number {
  if (policy === 'CLEAR') return 0;
  return policy === 'CARRY' ? points : Math.min(points, carryMost ?? 0);
}

/** What happens with points at a year's end, in words. */
export function sayYearEnd(rule: Pick<YearRule, 'policy' | 'carryMost'>): string {
  if (rule.policy === 'CLEAR') return '年末清零：没用完的可兑积分全部清零';
  if (rule.policy === 'CARRY') return '全部结转：没用完的可兑积分都带到下一年';
  return `结转封顶：每户最多把 ${rule.carryMost} 分带到下一年，多出的清零`;
}

/** What every household is told when a year's end is announced; the office reads it before it goes out. */
export function yearEndNews(rule: YearRule, dueOn: Day, today: Day): { title: string; body: string } {
  return {
    title: `${rule.year} 年末，积分这样办`,
    body: `${sayYearEnd(rule)}。${sayDay(dueOn, today)}起办理，荣誉分不变。您家的数看“我家”。`,
  };
}

/** The years whose end can be of interest on a day: last year's until it is done, and from October this year's. */
export function yearsAtHand(today: Day): number[] {
  const year = Number(yearOf(today));
  return today >= announceFrom(year) ? [year - 1, year] : [year - 1];
}

/** 三季度 of a quarter within its own year; with the year else: 2026年第三季度. */
export function sayQuarterShort(quarter: Quarter, today: Day): string {
  return quarter.startsWith(yearOf(today)) ? sayQuarter(quarter).slice(5) : sayQuarter(quarter);
}
