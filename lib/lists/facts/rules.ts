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
  grounds: { item: string; seenOn: string; isRestorable: boolean }[];
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

/** A row as it is published. `lastDay` is the day on which a black list ends, as it is said, or how long it stays. */
export function sayRow(
  list: { kind: ListKind; subject: ListSubject; year: number; lastDay: string },
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
    repair: list.kind === 'BLACK' ? sayRepair(row.grounds, list.lastDay) : '',
  };
}

/** What would take a row off a black list. */
export function sayRepair(grounds: RowFacts['grounds'], lastDay: string): string {
  const restorable = [...new Set(grounds.filter((one) => one.isRestorable).map((one) => one.item))];
  return restorable.length > 0
    ? `把“${restorable.join('”“')}”整改好，告诉村里，核实后就撤下`
    : `${lastDay}，到时自动撤下`;
}
