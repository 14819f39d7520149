import { addDays, type Day, dayToDate, parseDay, startOfDay } from '@/lib/platform/clock';
import type { PostingKind } from './types';

// Months and weeks of the ledger. A month is that of Asia/Shanghai: it begins at midnight there, eight hours before
// it does in UTC.

/** `text` as a month `2026-11`, or null when there is none of that name. */
export function parseMonth(text: string | undefined): string | null {
  return text && /^\d{4}-\d{2}$/.test(text) && parseDay(`${text}-01`) ? text : null;
}

/** The month after (or `months` later; negative is earlier). */
export function addMonths(month: string, months: number): string {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + months;
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`;
}

/** The moments between which a month's entries were recorded: from the first, before the second. */
export function monthMoments(month: string): { from: Date; before: Date } {
  return { from: startOfDay(`${month}-01` as Day), before: startOfDay(`${addMonths(month, 1)}-01` as Day) };
}

/** The Monday of a day's week. */
export function mondayOf(day: Day): Day {
  const weekday = (dayToDate(day).getUTCDay() + 6) % 7;
  return addDays(day, -weekday);
}

/** The Mondays of the last `count` weeks, oldest first, that of `today` last. */
export function lastMondays(today: Day, count: number): Day[] {
  const last = mondayOf(today);
  return Array.from({ length: count }, (_, index) => addDays(last, (index + 1 - count) * 7));
}

/** Months from `first` to `last`, newest first, at most `most`. */
export function monthsBetween(first: string, last: string, most: number): string[] {
  const months: string[] = [];
  for (let month = last; month >= first && months.length < most; month = addMonths(month, -1))
    months.push(month);
  return months;
}

/** A month as people say it: 2026年11月. */
export function sayMonth(month: string): string {
  return `${Number(month.slice(0, 4))}年${Number(month.slice(5, 7))}月`;
}

/** What an entry is called: its item, or what happened at a year's end. */
export function sayEntry(entry: { kind: PostingKind; itemName: string; creditedOn: string }): string {
  if (entry.kind === 'YEAR_CLOSE') return `${entry.creditedOn.slice(0, 4)}年末结清`;
  if (entry.kind === 'YEAR_CARRY') return `${entry.creditedOn.slice(0, 4)}年末结转，带到下一年`;
  if (entry.kind === 'REDEMPTION') return '兑换';
  if (entry.kind === 'HOLD') return '兑换预留';
  // of what can be taken back only a redemption is about no item
  if (entry.kind === 'REVERSAL' && entry.itemName === '') return '兑换退回';
  return entry.itemName;
}
