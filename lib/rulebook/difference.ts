import { describeItem, sayPhoto, signedPoints } from './rules';
import { saySettings } from './settings';
import type { ItemText, RulebookText } from './types';

// What a draft changes against the version in force. Pure; items are the same by code, lines of the covenant by words.

/** One thing that is said differently: what, how until now, how then. */
export interface Change {
  what: string;
  before: string;
  after: string;
}

export interface ItemDifference {
  code: string;
  name: string;
  category: string;
  /** its whole rule, of an added or removed one */
  rule: string;
  /** of one that changed */
  changes: Change[];
}

export interface LineDifference {
  kind: 'SAME' | 'ADDED' | 'REMOVED';
  line: string;
}

export interface RulebookDifference {
  added: ItemDifference[];
  removed: ItemDifference[];
  changed: ItemDifference[];
  settings: Change[];
  covenant: LineDifference[];
  /** whether anything differs */
  isDifferent: boolean;
}

interface Placed {
  category: string;
  item: ItemText;
}

/** The difference of `after` (a draft) against `before` (in force; null: there is none yet, so all is new). */
export function compareRulebooks(before: RulebookText | null, after: RulebookText): RulebookDifference {
  const old = placed(before);
  const fresh = placed(after);
  const added = [...fresh].filter(([code]) => !old.has(code)).map(([, one]) => whole(one));
  const removed = [...old].filter(([code]) => !fresh.has(code)).map(([, one]) => whole(one));
  const changed = [...fresh].flatMap(([code, one]) => {
    const was = old.get(code);
    const changes = was ? compareItems(was, one) : [];
    return changes.length > 0 ? [{ ...whole(one), changes }] : [];
  });
  const settings = before ? compareSettings(before, after) : [];
  const covenant = compareLines(linesOf(before?.covenant ?? ''), linesOf(after.covenant));
  const isDifferent =
    added.length + removed.length + changed.length + settings.length > 0 ||
    covenant.some((line) => line.kind !== 'SAME');
  return { added, removed, changed, settings, covenant, isDifferent };
}

function placed(text: RulebookText | null): Map<string, Placed> {
  return new Map(
    (text?.categories ?? []).flatMap((category) =>
      category.items.map((item) => [item.code, { category: category.name, item }] as const),
    ),
  );
}

function ruleOf(item: ItemText): string {
  return describeItem({ ...item, scale: steps(item) });
}

function steps(item: ItemText) {
  return item.scale.map((step, index) => ({ ...step, id: String(index), order: index + 1 }));
}

function whole({ category, item }: Placed): ItemDifference {
  return { code: item.code, name: item.name, category, rule: ruleOf(item), changes: [] };
}

const sayScale = (item: ItemText) =>
  item.scale.map((step) => `${step.name} ${signedPoints(step.points)}`).join('、') || '不分级';

function compareItems(was: Placed, is: Placed): Change[] {
  const say: [string, (one: Placed) => string][] = [
    ['名称', ({ item }) => item.name],
    ['类别', ({ category }) => category],
    ['分值和封顶', ({ item }) => ruleOf(item)],
    ['分级', ({ item }) => sayScale(item)],
    ['凭证', ({ item }) => item.evidence],
    ['照片', ({ item }) => sayPhoto(item.photo)],
    ['另记', ({ item }) => (item.metricName ? `${item.metricName}（${item.metricUnit}）` : '不记')],
    ['先提醒', ({ item }) => (item.warnFirst ? '先提醒，不改才扣' : '不先提醒')],
    ['整改', ({ item }) => (item.restoredWhenRepaired ? '整改后返还' : '不返还')],
  ];
  return say
    .map(([what, words]) => ({ what, before: words(was), after: words(is) }))
    .filter((change) => change.before !== change.after);
}

function compareSettings(before: RulebookText, after: RulebookText): Change[] {
  const old = new Map(saySettings(before.settings).map((one) => [one.what, one.said]));
  const changes = saySettings(after.settings)
    .map(({ what, said }) => ({ what, before: old.get(what) ?? '', after: said }))
    .filter((change) => change.before !== change.after);
  return before.title === after.title
    ? changes
    : [{ what: '名称', before: before.title, after: after.title }, ...changes];
}

const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** The lines of both in reading order, by their longest common sequence; a covenant has some dozens. */
function compareLines(before: string[], after: string[]): LineDifference[] {
  const common: number[][] = Array.from({ length: before.length + 1 }, () =>
    new Array<number>(after.length + 1).fill(0),
  );
  const at = (i: number, j: number) => common[i]?.[j] ?? 0;
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      const row = common[i] as number[];
      row[j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const lines: LineDifference[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    const [old = '', fresh = ''] = [before[i], after[j]];
    if (i < before.length && j < after.length && old === fresh) {
      lines.push({ kind: 'SAME', line: fresh });
      i++;
      j++;
    } else if (i < before.length && (j >= after.length || at(i + 1, j) >= at(i, j + 1))) {
      lines.push({ kind: 'REMOVED', line: old });
      i++;
    } else {
      lines.push({ kind: 'ADDED', line: fresh });
      j++;
    }
  }
  return lines;
}
