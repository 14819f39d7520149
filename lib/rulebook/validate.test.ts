import { describe, expect, it } from 'vitest';
import sample from '@/prisma/seed/catalogue.json' with { type: 'json' };
import { VILLAGES } from '@/prisma/seed/places';
import { PRESETS } from './presets';
import { catalogueShape } from './schema';
import type { ItemText, RulebookText, VersionSettings } from './types';
import { validateRulebook } from './validate';

const catalogue = catalogueShape.parse(sample);

function textOf(of: Partial<RulebookText> = {}): RulebookText {
  return {
    title: '积分制管理细则',
    covenant: '',
    settings: PRESETS.RED_BLACK.settings,
    categories: catalogue.categories.map(({ code, name, items }) => ({
      code,
      name,
      items: items.map((item) => ({
        ...item,
        capPoints: item.cap.points,
        capPer: item.cap.per,
        metricName: item.metric?.name ?? null,
        metricUnit: item.metric?.unit ?? null,
        warnFirst: item.warnFirst ?? false,
        restoredWhenRepaired: item.restoredWhenRepaired ?? false,
        scale: item.scale ?? [],
      })),
    })),
    ...of,
  };
}

const PLAIN: ItemText = {
  code: 'NEW-01',
  name: '打扫村道',
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
};
const DEDUCTING: ItemText = { ...PLAIN, name: '乱倒垃圾', points: -2, subject: 'HOUSEHOLD', warnFirst: true };

const withItem = (item: Partial<ItemText>, basis: ItemText = PLAIN) =>
  textOf({
    settings: { ...PRESETS.RED_BLACK.settings, blackListOn: false },
    categories: [{ code: 'NEW', name: '新', items: [PLAIN, { ...basis, code: 'NEW-02', ...item }] }],
  });
const withSettings = (settings: Partial<VersionSettings>) =>
  textOf({ settings: { ...PRESETS.RED_BLACK.settings, ...settings } });
const what = (text: RulebookText) => validateRulebook(text).map((one) => one.what);

describe('what villages use', () => {
  it('finds nothing in the sample', () => {
    expect(what(textOf())).toEqual([]);
  });

  it.each(Object.entries(PRESETS))('finds nothing in the preset %s', (_, preset) => {
    const categories = textOf()
      .categories.map((category) => ({
        ...category,
        items: category.items.filter((item) => !preset.without.includes(item.code)),
      }))
      .filter((category) => category.items.length > 0);
    const all = new Set(catalogue.categories.flatMap((one) => one.items.map((item) => item.code)));
    expect(preset.without.filter((code) => !all.has(code))).toEqual([]);
    expect(
      what(textOf({ settings: preset.settings, covenant: preset.covenant.join('\n'), categories })),
    ).toEqual([]);
  });

  it.each(VILLAGES.map((village) => [village.name, village.covenant]))(
    'finds nothing in the covenant of %s',
    (_, covenant) => {
      expect(what(textOf({ covenant }))).toEqual([]);
    },
  );
});

describe('items', () => {
  it('a unit within its cap, on it, not over it', () => {
    expect(what(withItem({ points: 7, capPoints: 8 }))).toEqual([]);
    expect(what(withItem({ points: 8, capPoints: 8 }))).toEqual([]);
    expect(what(withItem({ points: 9, capPoints: 8 }))).toEqual(['一次记 9 分，超过封顶 8 分']);
  });

  it('a deduction over its cap is named with its place, why and how to mend it', () => {
    expect(validateRulebook(withItem({ points: -9, capPoints: 8 }, DEDUCTING))).toEqual([
      {
        place: { part: 'ITEM', code: 'NEW-02', name: '乱倒垃圾' },
        what: '一次扣 9 分，超过封顶 8 分',
        why: expect.stringMatching(/兑现不了/),
        mend: expect.stringMatching(/封顶/),
      },
    ]);
  });

  it('a deduction of ten points, not of eleven; twenty in a period, not twenty-one', () => {
    expect(what(withItem({ points: -10, capPoints: 20 }, DEDUCTING))).toEqual([]);
    expect(what(withItem({ points: -11, capPoints: 20 }, DEDUCTING))).toEqual(['一次扣 11 分，太重']);
    expect(what(withItem({ points: -10, capPoints: 21 }, DEDUCTING))).toEqual(['封顶是扣 21 分，太重']);
  });

  it('a deduction is the household’s', () => {
    expect(what(withItem({ subject: 'PERSON' }, DEDUCTING))).toEqual(['扣分是对个人的']);
  });

  it('warning and repair belong to deductions', () => {
    expect(what(withItem({ warnFirst: true }))).toHaveLength(1);
    expect(what(withItem({ restoredWhenRepaired: true }))).toHaveLength(1);
  });

  it('a scale rises, begins at the points, ends within the cap', () => {
    const scale = (...points: number[]) => points.map((one, index) => ({ name: `${index}级`, points: one }));
    expect(what(withItem({ points: 2, capPoints: 8, scale: scale(2, 5, 8) }))).toEqual([]);
    expect(what(withItem({ points: 2, capPoints: 8, scale: scale(2, 5, 9) }))).toEqual([
      '最高一级 9 分，超过封顶 8 分',
    ]);
    expect(what(withItem({ points: 2, capPoints: 8, scale: scale(2, 5, 5) }))).toEqual([
      '分级的分没有一级比一级高',
    ]);
    expect(what(withItem({ points: 2, capPoints: 8, scale: scale(3, 5) }))).toEqual([
      '分值和分级的第一级不一样',
    ]);
    expect(what(withItem({ points: 2, capPoints: 8, scale: scale(2) }))).toEqual(['分级只有一级']);
    expect(what(withItem({ points: -2, capPoints: 8, scale: scale(2, 5) }, DEDUCTING))).toContain(
      '扣分的项目分了级',
    );
  });

  it('a metric has its unit', () => {
    expect(what(withItem({ metricName: '清扫米数', metricUnit: null }))).toEqual(['另记的数只写了一半']);
  });

  it('forbidden words, wherever they hide', () => {
    expect(what(withItem({ evidence: '不交照片的停发补贴' }))[0]).toContain('低保');
    expect(what(withItem({ name: '转发村里的通知' }))[0]).toContain('点赞、转发');
    expect(
      what(
        withItem({
          scale: [
            { name: '登录小程序一次', points: 2 },
            { name: '两次', points: 3 },
          ],
        }),
      )[0],
    ).toContain('登录');
    const inCategory = textOf();
    inCategory.categories.push({ code: 'BAD', name: '罚款', items: [PLAIN] });
    expect(validateRulebook(inCategory)[0]?.place).toEqual({ part: 'CATEGORY', code: 'BAD', name: '罚款' });
  });
});

describe('the whole', () => {
  it('has items, and not only deductions, and no empty category', () => {
    expect(
      what(textOf({ categories: [], settings: { ...PRESETS.RED_BLACK.settings, blackListOn: false } })),
    ).toEqual(['一项都没有']);
    expect(
      what(
        textOf({
          categories: [{ code: 'A', name: '甲', items: [DEDUCTING] }],
          settings: { ...PRESETS.RED_BLACK.settings, blackThreshold: 9 },
        }),
      ),
    ).toEqual(['只有扣分，没有加分']);
    expect(
      what(
        textOf({
          categories: [
            { code: 'A', name: '甲', items: [PLAIN, DEDUCTING] },
            { code: 'B', name: '乙', items: [] },
          ],
        }),
      ),
    ).toEqual(['“乙”这一类下面没有项目']);
  });

  it('names the line of the covenant', () => {
    expect(validateRulebook(textOf({ covenant: '一、爱护环境。\n二、违者罚款。' }))[0]?.place).toEqual({
      part: 'COVENANT',
      line: 2,
    });
  });
});

describe('settings', () => {
  it.each([
    [{ starThresholds: [10, 20, 20] }, '星级的分数没有从低到高'],
    [{ starThresholds: [0, 20] }, '星级的分数没有从低到高'],
    [{ starThresholds: [1, 2, 3, 4, 5, 6] }, '星级超过五星'],
    [{ yearEndPolicy: 'CARRY_UP_TO' as const, yearEndCarryMost: null }, '年底最多转多少分没有写'],
    [{ redTop: null, redThreshold: null }, '红榜取谁没有写'],
    [{ blackDays: 181 }, '黑榜要挂 181 天，太久'],
    [{ blackThreshold: 2 }, '扣满 2 分就上黑榜，扣一次就上了'],
    [{ publicityDays: 4 }, '公示只有 4 天'],
    [{ answerDays: 6 }, '扣分申辩只给 6 天'],
    [{ warningDays: 2 }, '提醒后只给 2 天整改'],
    [{ objectionDays: 31 }, '异议要等 31 天才答复'],
  ])('refuses %o', (settings, said) => {
    expect(what(withSettings(settings))).toContain(said);
  });

  it.each([
    { starThresholds: [] },
    { starThresholds: [1, 2, 3, 4, 5] },
    { yearEndPolicy: 'CARRY_UP_TO' as const, yearEndCarryMost: 1 },
    { redTop: null, redThreshold: 1 },
    { blackDays: 180 },
    { blackThreshold: 3 },
    { publicityDays: 5, answerDays: 7, warningDays: 3, objectionDays: 30 },
  ])('allows %o', (settings) => {
    expect(what(withSettings(settings))).toEqual([]);
  });

  it('asks a black list for an item that deducts', () => {
    const categories = [{ code: 'A', name: '甲', items: [PLAIN] }];
    expect(what(textOf({ categories }))).toEqual(['设了黑榜，却没有扣分的项目']);
    expect(
      what(textOf({ categories, settings: { ...PRESETS.RED_BLACK.settings, blackListOn: false } })),
    ).toEqual([]);
  });
});
