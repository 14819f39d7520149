import type { ListedRow, ListFacts } from '../types';

// Facts of lists that were never in a database, for tests of what documents look like.

/** Names that have cost other programs dearly: rare characters, a dot, two surnames, twenty characters. */
export const HARD_NAMES = [
  '陈䶮',
  '𠮷田𪟝',
  '罗㛃',
  '阿依古丽·买买提',
  '欧阳××',
  '阿卜杜热合曼·买买提依明江托合提尼亚孜',
];

/** Rows of a list: `names` in turn. */
export function someRows(
  count: number,
  names: readonly string[] = ['李素珍', '王×', ...HARD_NAMES],
): ListedRow[] {
  return Array.from({ length: count }, (_, n) => ({
    rank: n + 1,
    name: names[n % names.length] ?? '',
    isNamed: false,
    where: `${'一二三四'[n % 4]}组 0${(n % 4) + 1}-${String(n + 1).padStart(3, '0')}`,
    points: 500 - n,
    reasons: [],
    repair: '',
  }));
}

/** Rows of a black list, with two reasons each. */
export function someCases(count: number): ListedRow[] {
  return someRows(count, ['王×', '刘×国']).map((row) => ({
    ...row,
    points: 4,
    reasons: ['占道堆放柴草、建材（2026年8月3日）', '生活垃圾不入桶、倒进沟渠（2026年9月11日）'],
    repair: '把“占道堆放柴草、建材”整改好，告诉村里，核实后就撤下',
  }));
}

/** A list's facts: a red list of households in publicity unless told otherwise. */
export function someFacts(more: Partial<ListFacts> = {}): ListFacts {
  return {
    villageId: '01900000-0000-7000-8000-000000000001',
    listId: '01900000-0000-7000-8000-000000000002',
    villageName: '青竹村',
    townshipName: '石桥镇',
    districtName: '云川区',
    isDemo: true,
    kind: 'RED',
    subject: 'HOUSEHOLD',
    periodName: '2026年第三季度',
    rows: someRows(10),
    asOf: '2026年10月8日 09:00',
    rule: '前 10 名（并列同列）',
    publicity: { from: '2026年10月8日', until: '10月15日' },
    objectionNote: '有异议，公布期间扫码或找帮办员提出，7 天内答复。',
    rulebookNote: '按村民会议 2026年1月12日通过的第 2 版细则，由台账算出',
    address: 'https://points.example.org/v/qingzhu/lists/01900000-0000-7000-8000-000000000002',
    edition: 1,
    replaces: null,
    ...more,
  };
}
