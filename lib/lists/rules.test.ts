import { describe, expect, it } from 'vitest';
import type { Day } from '@/lib/platform/clock';
import { REFUSALS } from '@/lib/platform/refusal-catalogue';
import { isAdult, isNamed, type RowFacts, sayRow } from './facts/rules';
import {
  canGo,
  draftableQuarters,
  isPublicityOver,
  isShown,
  LIST_STEPS,
  lastPublicityDay,
  lastShownDay,
  sayDays,
  sayObjectionNote,
  sayPeriod,
  sayRule,
  sayUntil,
  sayWhenToObject,
} from './rules';
import type { ListState } from './types';

const STATES = Object.keys(LIST_STEPS) as ListState[];

describe('the way of a list', () => {
  it('goes forward one step at a time, and can be withdrawn from any state that is not an end', () => {
    const ways = STATES.flatMap((from) =>
      STATES.filter((to) => canGo(from, to)).map((to) => `${from}→${to}`),
    );
    expect(ways).toEqual([
      'DRAFT→CHECKED',
      'DRAFT→WITHDRAWN',
      'CHECKED→PUBLICITY',
      'CHECKED→WITHDRAWN',
      'PUBLICITY→FINAL',
      'PUBLICITY→WITHDRAWN',
      'FINAL→EXPIRED',
      'FINAL→WITHDRAWN',
    ]);
  });
});

describe('days', () => {
  it('of publicity do not count the one on which the list is put up', () => {
    expect(lastPublicityDay('2026-10-08' as Day, 7)).toBe('2026-10-15');
    expect(lastPublicityDay('2028-02-25' as Day, 7)).toBe('2028-03-03');
    expect(lastPublicityDay('2026-12-28' as Day, 7)).toBe('2027-01-04');
  });

  it.each([
    ['2026-10-14', false],
    ['2026-10-15', false],
    ['2026-10-16', true],
  ])('publicity until 15 October on %s: over %s', (today, over) => {
    expect(isPublicityOver('2026-10-15' as Day, today as Day)).toBe(over);
  });

  it.each([
    ['PUBLICITY', '2027-01-13', true],
    ['FINAL', '2027-01-12', true],
    ['FINAL', '2027-01-13', true],
    ['FINAL', '2027-01-14', false],
    ['PUBLICITY', '2027-01-14', false],
    ['CHECKED', '2027-01-01', false],
    ['DRAFT', '2027-01-01', false],
    ['WITHDRAWN', '2027-01-01', false],
    ['EXPIRED', '2027-01-01', false],
  ] as const)('%s with last day 13 January is shown on %s: %s', (state, today, shown) => {
    expect(isShown({ state, lastDay: lastShownDay('2026-10-15' as Day, 90) }, today as Day)).toBe(shown);
  });

  it('without a last day nothing is shown', () => {
    expect(isShown({ state: 'FINAL', lastDay: null }, '2026-11-24' as Day)).toBe(false);
  });
});

describe('what is said', () => {
  it('a quarter that had not ended says so', () => {
    expect(sayPeriod('2026Q3', new Date('2026-10-08T01:00:00Z'))).toBe('2026年第三季度');
    expect(sayPeriod('2026Q3', new Date('2026-09-30T15:59:00Z'))).toBe('2026年第三季度（未完，截至9月30日）');
    expect(sayPeriod('2026Q3', new Date('2026-09-30T16:00:00Z'))).toBe('2026年第三季度');
    expect(sayPeriod('2026Q4', new Date('2026-11-24T01:00:00Z'))).toBe(
      '2026年第四季度（未完，截至11月24日）',
    );
  });

  it('the quarters one can draft of: the running one and four before it', () => {
    expect(draftableQuarters('2026-11-24' as Day)).toEqual([
      '2026Q4',
      '2026Q3',
      '2026Q2',
      '2026Q1',
      '2025Q4',
    ]);
    expect(draftableQuarters('2027-01-01' as Day)[0]).toBe('2027Q1');
  });

  it('two days, the year once', () => {
    expect(sayDays('2026-10-08' as Day, '2026-10-15' as Day)).toBe('2026年10月8日至10月15日');
    expect(sayDays('2026-12-28' as Day, '2027-01-04' as Day)).toBe('2026年12月28日至2027年1月4日');
  });

  it('the rule', () => {
    const rule = (
      kind: 'RED' | 'BLACK',
      subject: 'HOUSEHOLD' | 'RESIDENT' | 'PLACE',
      top: number | null,
      threshold: number | null,
    ) => sayRule({ kind, subject, top, threshold });
    expect(rule('RED', 'HOUSEHOLD', 10, null)).toBe('荣誉分前 10 名（同分并列）');
    expect(rule('RED', 'RESIDENT', 10, 60)).toBe('荣誉分前 10 名（同分并列），加上荣誉分满 60 分的人');
    expect(rule('RED', 'HOUSEHOLD', null, 60)).toBe('荣誉分满 60 分的户');
    expect(rule('BLACK', 'HOUSEHOLD', null, 5)).toBe('一季里扣分满 5 分的户');
    expect(rule('RED', 'PLACE', 10, 80)).toBe('检查平均 8 分以上（满分 10 分）的前 10 处，同分并列');
    expect(rule('BLACK', 'PLACE', null, 60)).toBe('检查平均不到 6 分（满分 10 分）的地段');
  });
});

describe('whose name is shown in full', () => {
  const row = (more: Partial<RowFacts> = {}): RowFacts => ({
    rank: 1,
    points: 30,
    code: '01-004',
    groupName: '一组',
    head: { name: '李素珍', birthYear: 1970, relation: 'HEAD' },
    resident: null,
    place: null,
    isConsented: true,
    hasLeft: false,
    grounds: [],
    ...more,
  });
  const person = (birthYear: number | null, relation: 'CHILD' | 'HEAD' = 'CHILD') =>
    row({ resident: { name: '李小满', birthYear, relation } });

  it('on red lists with consent, of one person from the year after the eighteenth birthday’s', () => {
    expect(isNamed('RED', row(), 2026)).toBe(true);
    expect(isNamed('RED', row({ isConsented: false }), 2026)).toBe(false);
    expect(isNamed('RED', row({ hasLeft: true }), 2026), 'nobody there could take it back').toBe(false);
    expect(isNamed('BLACK', row(), 2026)).toBe(false);
    expect(isNamed('RED', person(2007), 2026)).toBe(true);
    expect(isNamed('RED', person(2008), 2026)).toBe(false);
    expect(isNamed('RED', person(null), 2026)).toBe(false);
    expect(isNamed('RED', person(null, 'HEAD'), 2026)).toBe(true);
    expect(isAdult({ birthYear: 2007, relation: 'CHILD' }, 2025)).toBe(false);
  });

  it('of a household its head’s, who may be a minor: then never', () => {
    const headed = (birthYear: number | null) =>
      row({ head: { name: '李小满', birthYear, relation: 'HEAD' } });
    expect([2007, 2008, null].map((year) => isNamed('RED', headed(year), 2026))).toEqual([true, false, true]);
    expect(isNamed('RED', row({ head: null }), 2026)).toBe(false);
  });

  it('what a row says', () => {
    const red = { kind: 'RED', subject: 'HOUSEHOLD', year: 2026, lastDay: '', threshold: null } as const;
    expect(sayRow(red, row())).toMatchObject({
      name: '李素珍',
      isNamed: true,
      where: '一组 01-004',
      reasons: [],
    });
    expect(sayRow(red, row({ isConsented: false }))).toMatchObject({ name: '李×珍', isNamed: false });
    expect(sayRow(red, row({ head: null })).name).toBe('01-004');
    const black = {
      kind: 'BLACK',
      subject: 'HOUSEHOLD',
      year: 2026,
      lastDay: '公布到2027年1月13日',
      threshold: 5,
    } as const;
    const ground = { item: '乱堆乱放', seenOn: '2026年8月3日', isRestorable: true, points: 5 };
    expect(sayRow(black, row({ grounds: [ground] }))).toMatchObject({
      name: '李×珍',
      isNamed: false,
      reasons: ['乱堆乱放（2026年8月3日）'],
      repair: '把“乱堆乱放”整改好，告诉村里，核实后就撤下',
    });
    expect(sayRow(black, row({ grounds: [{ ...ground, isRestorable: false }] })).repair).toBe(
      '公布到2027年1月13日，到时自动撤下',
    );
    const lasting = { ...ground, item: '焚烧秸秆', isRestorable: false };
    const of = (mended: number, rest: number) =>
      sayRow(
        black,
        row({
          grounds: [
            { ...ground, points: mended },
            { ...lasting, points: rest },
          ],
        }),
      ).repair;
    expect(of(3, 4)).toBe('把“乱堆乱放”整改好，告诉村里，核实后就撤下');
    expect(of(3, 5), 'mending it leaves the row').toBe(
      '“乱堆乱放”整改好，核实后减 3 分；剩下 5 分还在榜上，公布到2027年1月13日，到时自动撤下',
    );
    const place = { name: '老井路', kind: 'ROAD', keeper: '一组' } as const;
    expect(sayRow({ ...black, subject: 'PLACE' }, row({ place, points: 57 }))).toMatchObject({
      name: '老井路',
      where: '路段 · 一组',
      points: 5.7,
    });
  });
});

it('a household is told until when it may object, not until when the list hangs', () => {
  const publicUntil = '2026-12-03' as Day;
  expect(sayWhenToObject({ state: 'PUBLICITY', publicUntil })).toBe(
    '公示到 2026年12月3日，不同意的，这几天点开提异议',
  );
  expect(sayWhenToObject({ state: 'FINAL', publicUntil })).toBe('榜已经定了，不同意还可以点开提异议');
});

it('an objection is brought to a steward, for as long as the list is up', () => {
  expect(sayObjectionNote(7)).toBe('有异议，公布期间扫码或找帮办员提出，7 天内答复。');
  expect(sayObjectionNote(7)).not.toContain('村务监督员');
});

it('until when a list is up is said by its last day, or by how long it will be', () => {
  expect(sayUntil('2027-03-01' as Day, 90)).toBe('公布到2027年3月1日');
  expect(sayUntil(null, 90)).toBe('公示期过后公布 90 天');
});

it('the days in which a household answers are called by one name, also in what is refused', () => {
  expect(JSON.stringify(REFUSALS)).not.toContain('陈述期');
  expect(REFUSALS.LIST_ANSWER_RUNNING.sentence).toContain('申辩期');
});

it('what is refused names no step that there is not: nobody reverses a deduction by hand', () => {
  expect(REFUSALS.LIST_MINOR.next).not.toContain('冲销');
  expect(REFUSALS.LIST_MINOR.next).toContain('重新起草');
});
