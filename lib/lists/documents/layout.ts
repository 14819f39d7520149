import type { ListedRow, ListFacts } from './types';
import { breakLines, sayName, widthOf } from './wording';

// How the rows of a poster fall on its sheets. Measures are millimetres of A3; A4 is the same, smaller by the root of
// two. Counted out here and not left to the browser, so that every machine prints the same sheets. Pure.

/** Where rows may stand on the first sheet, under the large title, and on those that follow. */
const ROOM = { first: 202, next: 256 } as const;
const WIDTH = 237;
const GUTTER = 15;

export interface SetRow {
  row: ListedRow;
  name: string;
  /** height of the row and size of its name */
  height: number;
  size: number;
  /** the name is set so much smaller to fit; below it breaks into two lines */
  scale: number;
  breaks: boolean;
  reasons: string[];
  repair: string[];
}

export interface Sheet {
  columns: SetRow[][];
  /** empty room above the rows, where they don't fill the sheet */
  above: number;
}

export interface PosterLayout {
  /** WIDE: one line a row over the whole width · PAIR: two columns, two lines a row · DENSE: two columns, one line */
  form: 'WIDE' | 'PAIR' | 'DENSE' | 'REASONS';
  sheets: Sheet[];
}

/** Two lines of a name that is set so small stand within its row. */
const BROKEN = 0.56;
const WIDE_MOST = 12;
const PAIR_MOST = 60;
/** Rows are set so much higher at most. */
const FILL = 1.35;
const FORMS = {
  PAIR: { height: 22, size: 10.6, name: 57 },
  DENSE: { height: 12.5, size: 7.8, name: 45 },
} as const;
/** Of a row with reasons: the line of the name, a line of text, and the space around. */
export const REASON = { name: 17, size: 11.5, text: 6.2, line: 9, around: 9 } as const;

function fitName(name: string, width: number, size: number): Pick<SetRow, 'scale' | 'breaks'> {
  const scale = Math.min(1, width / (widthOf(name) * size));
  return scale < BROKEN ? { scale: BROKEN, breaks: true } : { scale, breaks: false };
}

/** Lays the rows of a list out. */
export function layOut(facts: ListFacts): PosterLayout {
  if (facts.rows.some((row) => row.reasons.length > 0 || row.repair)) {
    return { form: 'REASONS', sheets: flow(facts.rows.map((row) => withReasons(facts, row))) };
  }
  const form = facts.rows.length <= WIDE_MOST ? 'WIDE' : facts.rows.length <= PAIR_MOST ? 'PAIR' : 'DENSE';
  if (form === 'WIDE') return { form, sheets: [wideSheet(facts)] };
  const { height: least, size, name: width } = FORMS[form];
  const onFirst = Math.floor(ROOM.first / least);
  // Where one sheet is enough, its rows fill it.
  const height =
    facts.rows.length <= 2 * onFirst
      ? Math.min(least * FILL, ROOM.first / Math.ceil(facts.rows.length / 2))
      : least;
  const rows = facts.rows.map((row): SetRow => {
    const name = sayName(facts, row);
    return { row, name, height, size, ...fitName(name, width, size), reasons: [], repair: [] };
  });
  const sheets: Sheet[] = [];
  for (let at = 0; at < rows.length; ) {
    const most = Math.floor((sheets.length === 0 ? ROOM.first : ROOM.next) / height);
    const part = rows.slice(at, at + 2 * most);
    // The last sheet's columns are of equal length.
    const left = Math.min(most, Math.ceil(part.length / 2));
    sheets.push({ columns: [part.slice(0, left), part.slice(left)], above: 0 });
    at += part.length;
  }
  return { form, sheets };
}

/** Few rows: the fewer, the larger. */
function wideSheet(facts: ListFacts): Sheet {
  const height = Math.min(44, ROOM.first / Math.max(facts.rows.length, 1));
  const size = Math.min(20, Math.max(10.6, height * 0.63));
  const rows = facts.rows.map((row): SetRow => {
    const name = sayName(facts, row);
    return { row, name, height, size, ...fitName(name, 110, size), reasons: [], repair: [] };
  });
  return { columns: [rows], above: (ROOM.first - height * rows.length) / 3 };
}

function withReasons(facts: ListFacts, row: ListedRow): SetRow {
  const name = sayName(facts, row);
  const most = WIDTH / REASON.text;
  const reasons = row.reasons.flatMap((reason) => breakLines(reason, most));
  const repair = row.repair ? breakLines(`怎么撤下：${row.repair}`, most) : [];
  const height = REASON.around + REASON.name + (reasons.length + repair.length) * REASON.line;
  const { size } = REASON;
  return { row, name, height, size, ...fitName(name, 133, size), reasons, repair };
}

/** Rows of different heights, one under the other; a row stays whole. */
function flow(rows: SetRow[]): Sheet[] {
  const sheets: Sheet[] = [];
  let column: SetRow[] = [];
  let left: number = ROOM.first;
  for (const row of rows) {
    if (row.height > left && column.length > 0) {
      sheets.push({ columns: [column], above: 0 });
      column = [];
      left = ROOM.next;
    }
    column.push(row);
    left -= row.height;
  }
  sheets.push({ columns: [column], above: 0 });
  return sheets;
}

export const POSTER = { width: WIDTH, gutter: GUTTER } as const;
