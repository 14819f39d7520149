import { describe, expect, it } from 'vitest';
import { compareRulebooks } from './difference';
import { PRESETS } from './presets';
import type { ItemText, RulebookText } from './types';

const item = (code: string, of: Partial<ItemText> = {}): ItemText => ({
  code,
  name: `项目${code}`,
  points: 2,
  unit: 'TIME',
  unitName: '次',
  subject: 'PERSON',
  capPoints: 8,
  capPer: 'MONTH',
  evidence: '照片',
  photo: 'OPTIONAL',
  metricName: null,
  metricUnit: null,
  warnFirst: false,
  restoredWhenRepaired: false,
  scale: [],
  ...of,
});
const text = (items: ItemText[], of: Partial<RulebookText> = {}): RulebookText => ({
  title: '细则',
  covenant: '一、爱护环境。\n二、邻里和睦。',
  settings: PRESETS.RED_BLACK.settings,
  categories: [{ code: 'A', name: '甲', items }],
  ...of,
});

describe('compareRulebooks', () => {
  it('finds nothing between a version and itself', () => {
    const one = text([item('A-01')]);
    expect(compareRulebooks(one, structuredClone(one)).isDifferent).toBe(false);
  });

  it('tells added, removed and changed items apart by their code', () => {
    const found = compareRulebooks(
      text([item('A-01'), item('A-02')]),
      text([item('A-02', { points: 3, capPoints: 9, name: '新名' }), item('A-03')]),
    );
    expect(found.added.map((one) => [one.code, one.rule])).toEqual([
      ['A-03', '每次 +2 分；每人每月最多 8 分'],
    ]);
    expect(found.removed.map((one) => one.code)).toEqual(['A-01']);
    expect(found.changed).toMatchObject([
      {
        code: 'A-02',
        changes: [
          { what: '名称', before: '项目A-02', after: '新名' },
          {
            what: '分值和封顶',
            before: '每次 +2 分；每人每月最多 8 分',
            after: '每次 +3 分；每人每月最多 9 分',
          },
        ],
      },
    ]);
  });

  it('sees a scale, a metric and what protects', () => {
    const found = compareRulebooks(
      text([item('A-01', { points: -2, warnFirst: true, restoredWhenRepaired: true })]),
      text([item('A-01', { points: -2, metricName: '处数', metricUnit: '处' })]),
    );
    expect(found.changed[0]?.changes.map((change) => change.what)).toEqual(['另记', '先提醒', '整改']);
    const scaled = compareRulebooks(
      text([
        item('A-01', {
          scale: [
            { name: '村', points: 2 },
            { name: '镇', points: 5 },
          ],
        }),
      ]),
      text([
        item('A-01', {
          scale: [
            { name: '村', points: 2 },
            { name: '镇', points: 6 },
          ],
        }),
      ]),
    );
    expect(scaled.changed[0]?.changes.map((change) => change.what)).toEqual(['分值和封顶', '分级']);
  });

  it('says settings in words', () => {
    const found = compareRulebooks(
      text([]),
      text([], { settings: { ...PRESETS.RED_BLACK.settings, answerDays: 10, blackListOn: false } }),
    );
    expect(found.settings).toEqual([
      { what: '黑榜', before: expect.stringContaining('扣满 5 分'), after: '不设' },
      { what: '扣分申辩', before: expect.stringContaining('7 天'), after: expect.stringContaining('10 天') },
    ]);
  });

  it('sets the lines of the covenant beside each other', () => {
    const found = compareRulebooks(
      text([]),
      text([], { covenant: '一、爱护环境。\n\n二、尊老爱幼。\n二、邻里和睦。' }),
    );
    expect(found.covenant).toEqual([
      { kind: 'SAME', line: '一、爱护环境。' },
      { kind: 'ADDED', line: '二、尊老爱幼。' },
      { kind: 'SAME', line: '二、邻里和睦。' },
    ]);
    const removed = compareRulebooks(text([]), text([], { covenant: '二、邻里和睦。' }));
    expect(removed.covenant[0]).toEqual({ kind: 'REMOVED', line: '一、爱护环境。' });
  });

  it('of the first version is all new', () => {
    const found = compareRulebooks(null, text([item('A-01')]));
    expect(found.added).toHaveLength(1);
    expect(found.removed).toEqual([]);
    expect(found.settings).toEqual([]);
    expect(found.covenant.every((line) => line.kind === 'ADDED')).toBe(true);
  });
});
