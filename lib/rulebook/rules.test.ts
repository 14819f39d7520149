import { describe, expect, it } from 'vitest';
import sample from '@/prisma/seed/catalogue.json' with { type: 'json' };
import {
  asksQuantity,
  describeItem,
  pointsFor,
  quantityMost,
  sayCap,
  searchItems,
  versionInForce,
} from './rules';
import { catalogueShape } from './schema';
import type { ItemRule } from './types';

const catalogue = catalogueShape.parse(sample);
const items = catalogue.categories.flatMap((category) => category.items);

function item(code: string): ItemRule {
  const found = items.find((one) => one.code === code);
  if (!found) throw new Error(code);
  return {
    ...found,
    capPoints: found.cap.points,
    capPer: found.cap.per,
    scale: (found.scale ?? []).map((step, index) => ({ ...step, id: `step-${index + 1}`, order: index + 1 })),
  };
}

describe('the catalogue', () => {
  it('has 15 categories and 48 items with codes of their own', () => {
    expect(catalogue.categories).toHaveLength(15);
    expect(items).toHaveLength(48);
    expect(new Set(items.map((one) => one.code)).size).toBe(48);
  });

  it('has 41 awards and 7 deductions, none beyond its own cap', () => {
    expect(items.filter((one) => one.points < 0)).toHaveLength(7);
    for (const one of items) expect(Math.abs(one.points)).toBeLessThanOrEqual(one.cap.points);
  });
});

describe('pointsFor', () => {
  it('gives points a unit times the units', () => {
    expect(pointsFor(item('VOLUNTEER-01'), { quantity: 3 })).toBe(6);
    expect(pointsFor(item('SAFETY-02'), { quantity: 1 })).toBe(5);
  });

  it('takes what a deduction says', () => {
    expect(pointsFor(item('HOME-04'), { quantity: 1 })).toBe(-2);
  });

  it('gives what the chosen step of a scale says', () => {
    const honour = item('FAMILY-03');
    expect(honour.scale.map((step) => pointsFor(honour, { quantity: 1, scaleStepId: step.id }))).toEqual([
      5, 10, 20, 30, 50,
    ]);
  });

  it('refuses a step that is not on the scale, none where there is one, and one where there is none', () => {
    expect(pointsFor(item('FAMILY-03'), { quantity: 1, scaleStepId: 'step-6' })).toBeNull();
    expect(pointsFor(item('FAMILY-03'), { quantity: 1 })).toBeNull();
    expect(pointsFor(item('PUBLIC_CLEAN-01'), { quantity: 1, scaleStepId: 'step-1' })).toBeNull();
  });

  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('refuses %s units', (quantity) => {
    expect(pointsFor(item('VOLUNTEER-01'), { quantity })).toBeNull();
  });

  it('refuses several of what is always one', () => {
    expect(pointsFor(item('PUBLIC_CLEAN-01'), { quantity: 2 })).toBeNull();
    expect(pointsFor(item('HOME-03'), { quantity: 2 })).toBeNull();
  });
});

describe('quantityMost', () => {
  it('is what the cap has room for: the last one fits, one more does not', () => {
    for (const code of ['VOLUNTEER-01', 'SAFETY-02', 'WORK_TRUST-02', 'FIVE_CLEAN-02', 'MEDIATION-01']) {
      const one = item(code);
      const most = quantityMost(one);
      expect(most * one.points).toBeLessThanOrEqual(one.capPoints);
      expect((most + 1) * one.points).toBeGreaterThan(one.capPoints);
    }
    expect(quantityMost(item('VOLUNTEER-01'))).toBe(8);
  });

  it('is one for an occasion, a period and a scale', () => {
    for (const code of ['PUBLIC_CLEAN-01', 'HOME-01', 'HOME-03', 'FAMILY-01', 'AGRI_ECO-01', 'FAMILY-03']) {
      expect(quantityMost(item(code))).toBe(1);
      expect(asksQuantity(item(code))).toBe(false);
    }
  });
});

describe('describeItem', () => {
  it.each([
    ['PUBLIC_CLEAN-01', '每次 +2 分；每人每月最多 8 分'],
    ['HOME-01', '每月评一次 +3 分；每户每月最多 3 分'],
    ['VOLUNTEER-01', '每小时 +2 分；每人每月最多 16 分'],
    ['WASTE-02', '每次 +1 分；每户每季最多 10 分'],
    ['HOME-04', '每次 −2 分；每户每月最多扣 4 分'],
    ['FAMILY-03', '每项 +5 至 +50 分；每户每年最多 50 分'],
    ['WORK_TRUST-02', '每人次 +3 分；每人每季最多 15 分'],
  ])('%s: %s', (code, words) => {
    expect(describeItem(item(code))).toBe(words);
  });

  it('says of every item a whole sentence', () => {
    for (const one of items)
      expect(describeItem(item(one.code))).toMatch(/^每.+ [+−]\d+.* 分；每[人户]每[月季年]最多扣? \d+ 分$/);
    expect(sayCap(item('AGRI_ECO-03'))).toBe('每户每年最多扣 10 分');
  });
});

describe('versionInForce', () => {
  const versions = [
    { number: 1, effectiveFrom: '2026-01-01', effectiveUntil: '2026-06-30' },
    { number: 2, effectiveFrom: '2026-07-01', effectiveUntil: null },
    { number: 3, effectiveFrom: null, effectiveUntil: null },
  ];
  it.each([
    ['2025-12-31', undefined],
    ['2026-01-01', 1],
    ['2026-06-30', 1],
    ['2026-07-01', 2],
    ['2030-01-01', 2],
  ])('on %s: %s', (day, number) => {
    expect(versionInForce(versions, day)?.number).toBe(number);
  });
});

describe('searchItems', () => {
  const findable = [
    {
      name: '公共场所打扫',
      pinyin: 'gonggongchangsuodasao',
      initials: 'ggcsds',
      category: '村道与公共场所保洁',
    },
    {
      name: '村道打扫（≥30分钟）',
      pinyin: 'cundaodasaofenzhong',
      initials: 'cddsfz',
      category: '村道与公共场所保洁',
    },
    {
      name: '垃圾分类投放合格',
      pinyin: 'lajifenleitoufanghege',
      initials: 'ljfltfhg',
      category: '垃圾分类与清运',
    },
  ];
  const found = (typed: string) => searchItems(findable, typed).map((one) => one.name.slice(0, 4));

  it('finds by characters, pinyin and initials', () => {
    expect(found('打扫')).toEqual(['公共场所', '村道打扫']);
    expect(found('cundao')).toEqual(['村道打扫']);
    expect(found('CDDS')).toEqual(['村道打扫']);
    expect(found('ds')).toEqual(['公共场所', '村道打扫']);
    expect(found('ｌｊ')).toEqual(['垃圾分类']);
  });

  it('puts the better first and wants every word', () => {
    expect(found('村道')).toEqual(['村道打扫', '公共场所']);
    expect(found('打扫 村道')[0]).toBe('村道打扫');
    expect(found('打扫 分类')).toEqual([]);
  });

  it('finds nothing for what is nothing, and all for nothing', () => {
    expect(found('.*')).toEqual([]);
    expect(found('%')).toEqual([]);
    expect(found('x')).toEqual([]);
    expect(found('  ')).toHaveLength(3);
  });
});
