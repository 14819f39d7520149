import { CALLED_NAMES } from '../types';
import type { ListedRow, ListFacts } from './types';

// What documents of a list say in the same words, wherever they say it. Pure.

/** 红榜, 黑榜: the word is the sign, whatever the colour. */
export function sayKind(kind: ListFacts['kind']): string {
  return kind === 'RED' ? '红榜' : '黑榜';
}

/** 先进个人: of whom a list is, and what for */
export function sayCalled(facts: Pick<ListFacts, 'kind' | 'subject'>): string {
  return CALLED_NAMES[facts.kind][facts.subject];
}

/** 青竹村 · 2026年第三季度 */
export function sayWhose(facts: ListFacts): string {
  return `${facts.villageName} · ${facts.periodName}`;
}

/** 青竹村红榜 2026年第三季度 先进个人 */
export function sayTitle(facts: ListFacts): string {
  return [`${facts.villageName}${sayKind(facts.kind)}`, facts.periodName, sayCalled(facts)]
    .filter(Boolean)
    .join(' ');
}

/** What stands where there are no rows. */
export const NO_ROWS = '榜上现在一行也没有了。';

/** Whether rows have places: of households to be mended none comes first. */
export function isRanked(facts: Pick<ListFacts, 'kind' | 'subject'>): boolean {
  return facts.kind === 'RED' || facts.subject === 'PLACE';
}

const COUNTED = { HOUSEHOLD: '户', RESIDENT: '人', PLACE: '处' } as const;

/** 前 10 名（并列同列），共 11 户 */
export function sayRule(facts: ListFacts): string {
  const count = `共 ${facts.rows.length} ${COUNTED[facts.subject]}`;
  return facts.rule ? `${facts.rule}，${count}` : count;
}

/** 李素珍 家; of someone without a name their code; of persons and places the name itself */
export function sayName(facts: Pick<ListFacts, 'subject'>, row: ListedRow): string {
  return facts.subject === 'HOUSEHOLD' && !/^[\d-]+$/.test(row.name) ? `${row.name} 家` : row.name;
}

/** The figure of a row: 286, of a place 8.0. */
export function sayFigure(facts: Pick<ListFacts, 'subject'>, row: ListedRow): string {
  return facts.subject === 'PLACE' ? row.points.toFixed(1) : String(row.points);
}

/** What the figure of a row counts: 286 分, of a place 8.0 分, on a black list 扣 6 分. */
export function sayPoints(facts: Pick<ListFacts, 'kind' | 'subject'>, row: ListedRow): string {
  const said = `${sayFigure(facts, row)} 分`;
  return isRanked(facts) ? said : `扣 ${said}`;
}

/** When and how to speak up, and what it rests on: the lines at the foot of every document. */
export function sayFoot(facts: ListFacts): string[] {
  const { publicity } = facts;
  const when = publicity ? `公示 ${publicity.from}至${publicity.until}` : '尚未公示，仅供核对';
  return [`${when}，台账截至 ${facts.asOf}`, facts.objectionNote, facts.rulebookNote];
}

/** 第 2 版，代替 7F3A 91C2 · 演示数据，姓名均为虚构 */
export function sayEdition(facts: ListFacts): string {
  const edition = `第 ${facts.edition} 版${facts.replaces ? `，代替 ${facts.replaces}` : ''}`;
  return facts.isDemo ? `${edition} · 演示数据，姓名均为虚构` : edition;
}

/** The first eight digits of a document's hash, as they are compared by eye: 7F3A 91C2. */
export function sayHash(hash: string): string {
  return `${hash.slice(0, 4)} ${hash.slice(4, 8)}`.toUpperCase();
}

const WIDE = new Set('·×');

/** How many characters wide a text is set: a Chinese one counts 1, a Latin one about half. */
export function widthOf(text: string): number {
  let width = 0;
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    width += char === ' ' ? 0.25 : code < 0x2000 && !WIDE.has(char) ? 0.58 : 1;
  }
  return width;
}

/** Numbers stay whole, with what they count; a closing mark never begins a line. */
const PIECES = /[0-9A-Za-z.:-]+[年月日分天户人]?|./gu;
const CLOSING = /^[，。；：！？、）」”》〉]$/;

/** Breaks a text into lines of at most about `most` characters' width. */
export function breakLines(text: string, most: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of text.match(PIECES) ?? []) {
    if (line && widthOf(line + piece) > most && !CLOSING.test(piece)) {
      lines.push(line);
      line = '';
    }
    line += piece;
  }
  if (line) lines.push(line);
  return lines;
}
