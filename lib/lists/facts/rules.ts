import type { PlaceKind, Relation } from '@/lib/platform/generated/enums';
import { maskName, SURELY_GROWN } from '@/lib/residents/rules';
import type { ListedRow } from '../documents/types';
import { PLACE_KIND_NAMES } from '../place/types';
import { scoreOf } from '../rules';
import type { ListKind, ListSubject } from '../types';

// What a list may say of whom. Pure.

export interface Someone {
  name: string;
  birthYear: number | null;
  relation: Relation;
}

/** Of what a row is, as it is read from the database. */
export interface RowFacts {
  rank: number;
  points: number;
  code: string | null;
  groupName: string | null;
  head: Someone | null;
  resident: Someone | null;
  place: { name: string; kind: PlaceKind; keeper: string } | null;
  /** the household's consent, as it is at this moment */
  isConsented: boolean;
  /** whether the household has left, or the resident has or lives in another one: its consent no longer speaks for them */
  hasLeft: boolean;
  grounds: { item: string; seenOn: string; isRestorable: boolean; points: number }[];
}

/** Someone who turns 18 this year still counts as a minor; of someone without a birth year the relation must tell. */
export function isAdult(who: { birthYear: number | null; relation: Relation }, year: number): boolean {
  return who.birthYear === null ? SURELY_GROWN.has(who.relation) : year - who.birthYear > 18;
}

/** Who a row is called by: a single person, or the household's head; null for a place and where there is no head. */
export function namesake(row: Pick<RowFacts, 'head' | 'resident'>): Someone | null {
  return row.resident ?? row.head;
}

/**
 * Whether a name is shown in full: on a red list alone, with the household's consent at this moment, and only an
 * adult's, since a household's consent speaks for its adults. A head can be a minor: an orphan, or one of two brothers.
 * Nor of whoever has left or died: nobody is there any more who could take the consent back.
 */
export function isNamed(
  kind: ListKind,
  row: Pick<RowFacts, 'isConsented' | 'hasLeft' | 'head' | 'resident'>,
  year: number,
): boolean {
  const who = namesake(row);
  return kind === 'RED' && row.isConsented && !row.hasLeft && who !== null && isAdult(who, year);
}

/**
 * A row as it is published. `lastDay` is the day on which a black list ends, as it is said, or how long it stays;
 * `threshold` the points from which it has a row.
 */
export function sayRow(
  list: { kind: ListKind; subject: ListSubject; year: number; lastDay: string; threshold: number | null },
  row: RowFacts,
): ListedRow {
  if (row.place) {
    return {
      rank: row.rank,
      name: row.place.name,
      isNamed: false,
      where: [PLACE_KIND_NAMES[row.place.kind], row.place.keeper].filter(Boolean).join(' · '),
      points: scoreOf(row.points),
      reasons: [],
      repair: '',
    };
  }
  const name = namesake(row)?.name ?? null;
  const named = isNamed(list.kind, row, list.year);
  return {
    rank: row.rank,
    name: name === null ? (row.code ?? '') : named ? name : maskName(name),
    isNamed: named,
    where: [row.groupName, row.code].filter(Boolean).join(' '),
    points: row.points,
    reasons: list.kind === 'BLACK' ? row.grounds.map((one) => `${one.item}（${one.seenOn}）`) : [],
    repair: list.kind === 'BLACK' ? sayRepair(row.grounds, list) : '',
  };
}

/**
 * What would take a row off a black list. Mending does so where what is left is below the threshold; else it is said what
 * it changes and that the row stays: nobody is promised what the list won't keep.
 */
export function sayRepair(
  grounds: RowFacts['grounds'],
  list: { lastDay: string; threshold: number | null },
): string {
  const mended = grounds.filter((one) => one.isRestorable);
  if (mended.length === 0) return `${list.lastDay}，到时自动撤下`;
  const items = `“${[...new Set(mended.map((one) => one.item))].join('”“')}”`;
  const sum = (of: RowFacts['grounds']) => of.reduce((points, one) => points + one.points, 0);
  const left = sum(grounds) - sum(mended);
  return left < (list.threshold ?? 1)
    ? `把${items}整改好，告诉村里，核实后就撤下`
    : `${items}整改好，核实后减 ${sum(mended)} 分；剩下 ${left} 分还在榜上，${list.lastDay}，到时自动撤下`;
}
