/**
 * The business day is a day in Asia/Shanghai, which has had no summer time since 1991: UTC+8, always. So a plain
 * shift is exact, and no rule of a village depends on where its server stands.
 */
const SHANGHAI_OFFSET_MS = 8 * 60 * 60 * 1000;

/** A calendar day, `2026-11-24`. */
export type Day = string & { readonly __day: unique symbol };

/** A quarter, `2026Q4`. */
export type Quarter = string & { readonly __quarter: unique symbol };

/** Years that people mean: PostgreSQL knows no year 0. */
const DAY = /^([12]\d{3})-(\d{2})-(\d{2})$/;

/** The business day of a moment. */
export function dayOf(at: Date): Day {
  return new Date(at.getTime() + SHANGHAI_OFFSET_MS).toISOString().slice(0, 10) as Day;
}

/** The time of day of a moment, `07:12`. */
export function timeOf(at: Date): string {
  return new Date(at.getTime() + SHANGHAI_OFFSET_MS).toISOString().slice(11, 16);
}

/** `text` as a day, or null when there is no such day (2026-02-30). */
export function parseDay(text: string): Day | null {
  if (!DAY.test(text)) return null;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === text ? (text as Day) : null;
}

/** What a `date` column is written with and read as: midnight UTC of that day. */
export function dayToDate(day: Day): Date {
  return new Date(`${day}T00:00:00Z`);
}

/** A `date` column's value as a day. */
export function dateToDay(date: Date): Day {
  return date.toISOString().slice(0, 10) as Day;
}

/** The moment a business day begins. */
export function startOfDay(day: Day): Date {
  return new Date(dayToDate(day).getTime() - SHANGHAI_OFFSET_MS);
}

/** The day `days` later; negative is earlier. */
export function addDays(day: Day, days: number): Day {
  return dateToDay(new Date(dayToDate(day).getTime() + days * 86_400_000));
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((dayToDate(to).getTime() - dayToDate(from).getTime()) / 86_400_000);
}

/** The quarter of a day. */
export function quarterOf(day: Day): Quarter {
  return `${day.slice(0, 4)}Q${Math.ceil(Number(day.slice(5, 7)) / 3)}` as Quarter;
}

/** The year of a day, `2026`. */
export function yearOf(day: Day): string {
  return day.slice(0, 4);
}

/** The month of a day, `2026-11`. */
export function monthOf(day: Day): string {
  return day.slice(0, 7);
}

/** The first day of a cap's period around `day`, and the first day after it. */
export function periodBounds(day: Day, per: 'MONTH' | 'QUARTER' | 'YEAR'): { from: Day; before: Day } {
  const year = Number(day.slice(0, 4));
  const month = Number(day.slice(5, 7));
  const first = per === 'YEAR' ? 1 : per === 'QUARTER' ? Math.floor((month - 1) / 3) * 3 + 1 : month;
  const length = per === 'YEAR' ? 12 : per === 'QUARTER' ? 3 : 1;
  const text = (y: number, m: number) => `${y}-${String(m).padStart(2, '0')}-01` as Day;
  const next = first + length;
  return { from: text(year, first), before: next > 12 ? text(year + 1, next - 12) : text(year, next) };
}

/** Now; tests and the demo seed pass their own moment instead of asking. */
export function now(): Date {
  const fixed = process.env.CUNFEN_NOW;
  return fixed ? new Date(fixed) : new Date();
}

/** A day as people say it, relative to `today`: 今天, 昨天, 前天, 11月20日, and with the year when it is another. */
export function sayDay(day: Day, today: Day): string {
  const ago = daysBetween(day, today);
  if (ago === 0) return '今天';
  if (ago === 1) return '昨天';
  if (ago === 2) return '前天';
  const said = `${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`;
  return yearOf(day) === yearOf(today) ? said : `${yearOf(day)}年${said}`;
}

/** A quarter as people say it: 2026年第四季度. */
export function sayQuarter(quarter: Quarter): string {
  return `${quarter.slice(0, 4)}年第${'一二三四'[Number(quarter.slice(5)) - 1]}季度`;
}
