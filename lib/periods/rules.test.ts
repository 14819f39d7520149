import { describe, expect, test } from 'vitest';
import { type Day, dayOf, type Quarter, quarterOf } from '@/lib/platform/clock';
import {
  addQuarters,
  announceBy,
  announceFrom,
  creditDay,
  keptOf,
  PERIOD_STEPS,
  parseQuarter,
  publicityEnd,
  quarterBounds,
  sayYearEnd,
  stageOf,
  yearEndDue,
  yearEndNews,
  yearsAtHand,
} from './rules';

const day = (text: string) => text as Day;
const quarter = (text: string) => text as Quarter;

describe('quarters', () => {
  test('have their first day and the first day after, across the year too', () => {
    expect(quarterBounds(quarter('2026Q1'))).toEqual({ from: '2026-01-01', before: '2026-04-01' });
    expect(quarterBounds(quarter('2026Q4'))).toEqual({ from: '2026-10-01', before: '2027-01-01' });
  });

  test('follow one another', () => {
    expect(addQuarters(quarter('2026Q4'), 1)).toBe('2027Q1');
    expect(addQuarters(quarter('2026Q1'), -1)).toBe('2025Q4');
    expect(addQuarters(quarter('2026Q3'), 0)).toBe('2026Q3');
    expect(addQuarters(quarter('2024Q2'), 9)).toBe('2026Q3');
  });

  test('are read only when there is one of that name', () => {
    expect(parseQuarter('2026Q4')).toBe('2026Q4');
    for (const wrong of ['2026Q5', '2026Q0', '2026-Q1', '26Q1', '', '2026Q11', "2026Q1'"]) {
      expect(parseQuarter(wrong), wrong).toBeNull();
    }
  });

  test('end at midnight in Shanghai', () => {
    const lastMinute = new Date('2026-09-30T15:59:59.999Z');
    const midnight = new Date('2026-09-30T16:00:00Z');
    expect(stageOf(quarter('2026Q3'), null, dayOf(lastMinute))).toBe('RUNNING');
    expect(stageOf(quarter('2026Q3'), null, dayOf(midnight))).toBe('ENDED');
    expect(quarterOf(dayOf(new Date('2026-12-31T15:59:59.999Z')))).toBe('2026Q4');
    expect(quarterOf(dayOf(new Date('2026-12-31T16:00:00Z')))).toBe('2027Q1');
  });
});

describe('the states of a quarter', () => {
  test('go one way', () => {
    expect(PERIOD_STEPS).toEqual({ PUBLICITY: ['LOCKED'], LOCKED: [] });
  });

  test('publicity lasts its whole days, the day it begins not counted', () => {
    expect(publicityEnd(day('2026-10-08'), 7)).toBe('2026-10-15');
    expect(publicityEnd(day('2028-02-26'), 7)).toBe('2028-03-04');
    expect(publicityEnd(day('2026-02-26'), 7)).toBe('2026-03-05');
    expect(publicityEnd(day('2026-12-28'), 7)).toBe('2027-01-04');
  });

  test('before, on and after the last day of publicity', () => {
    const period = { state: 'PUBLICITY' as const, publicUntil: '2026-10-15' };
    expect(stageOf(quarter('2026Q3'), period, day('2026-10-14'))).toBe('PUBLICITY');
    expect(stageOf(quarter('2026Q3'), period, day('2026-10-15'))).toBe('PUBLICITY');
    expect(stageOf(quarter('2026Q3'), period, day('2026-10-16'))).toBe('READY');
    const locked = { ...period, state: 'LOCKED' as const };
    expect(stageOf(quarter('2026Q3'), locked, day('2026-10-10'))).toBe('LOCKED');
  });

  test('what comes late counts for the first day that is still open', () => {
    expect(creditDay(day('2026-09-30'), new Set())).toBe('2026-09-30');
    expect(creditDay(day('2026-09-30'), new Set(['2026Q3']))).toBe('2026-10-01');
    expect(creditDay(day('2026-12-31'), new Set(['2026Q4']))).toBe('2027-01-01');
    expect(creditDay(day('2026-05-05'), new Set(['2026Q2', '2026Q3']))).toBe('2026-10-01');
    // an earlier quarter that was never closed stays open
    expect(creditDay(day('2026-06-30'), new Set(['2026Q3']))).toBe('2026-06-30');
  });
});

describe('the end of a year', () => {
  test('is due thirty days after it is announced, and not in the old year', () => {
    expect(yearEndDue(2026, day('2026-11-24'))).toBe('2027-01-01');
    expect(yearEndDue(2026, day('2026-12-01'))).toBe('2027-01-01');
    expect(yearEndDue(2026, day('2026-12-02'))).toBe('2027-01-01');
    expect(yearEndDue(2026, day('2026-12-03'))).toBe('2027-01-02');
    expect(yearEndDue(2026, day('2027-01-15'))).toBe('2027-02-14');
    expect(yearEndDue(2027, day('2028-01-31'))).toBe('2028-03-01');
  });

  test('is announced by 1 December, so that thirty days fit before the 31st', () => {
    expect(announceBy(2026)).toBe('2026-12-01');
    expect(announceFrom(2026)).toBe('2026-10-01');
  });

  test('leaves what the policy keeps: nothing, all, or up to so many', () => {
    expect(keptOf('CLEAR', null, 43)).toBe(0);
    expect(keptOf('CARRY', null, 43)).toBe(43);
    expect([39, 40, 41].map((points) => keptOf('CARRY_UP_TO', 40, points))).toEqual([39, 40, 40]);
    expect(keptOf('CARRY_UP_TO', 0, 5)).toBe(0);
  });

  test('is said in words', () => {
    expect(sayYearEnd({ policy: 'CARRY_UP_TO', carryMost: 40 })).toContain('最多把 40 分');
    expect(sayYearEnd({ policy: 'CLEAR', carryMost: null })).toContain('全部清零');
    expect(sayYearEnd({ policy: 'CARRY', carryMost: null })).toContain('全部结转');
  });

  test('concerns last year until it is done, and this one from October', () => {
    expect(yearsAtHand(day('2026-09-30'))).toEqual([2025]);
    expect(yearsAtHand(day('2026-10-01'))).toEqual([2025, 2026]);
    expect(yearsAtHand(day('2027-01-01'))).toEqual([2026]);
  });
});

test('what households are told of a year’s end is known before it goes out', () => {
  expect(
    yearEndNews(
      { year: 2026, policy: 'CARRY_UP_TO', carryMost: 40 },
      '2027-01-01' as Day,
      '2026-11-26' as Day,
    ),
  ).toEqual({
    title: '2026 年末，积分这样办',
    body: '结转封顶：每户最多把 40 分带到下一年，多出的清零。2027年1月1日起办理，荣誉分不变。您家的数看“我家”。',
  });
});
