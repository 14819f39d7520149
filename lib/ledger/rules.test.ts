import { describe, expect, it } from 'vitest';
import type { Day } from '@/lib/platform/clock';
import { addMonths, lastMondays, mondayOf, monthMoments, monthsBetween, parseMonth, sayMonth } from './rules';

describe('months', () => {
  it.each(['2026-13', '2026-00', '2026-1', '2026-11-01', '', '０２６-11', "2026-11'--"])(
    '%j is none',
    (text) => {
      expect(parseMonth(text)).toBeNull();
    },
  );

  it('begin and end at midnight in Shanghai', () => {
    expect(monthMoments('2026-11')).toEqual({
      from: new Date('2026-10-31T16:00:00Z'),
      before: new Date('2026-11-30T16:00:00Z'),
    });
    expect(monthMoments('2026-12').before).toEqual(new Date('2026-12-31T16:00:00Z'));
  });

  it('follow each other over a year', () => {
    expect(addMonths('2026-12', 1)).toBe('2027-01');
    expect(addMonths('2026-01', -1)).toBe('2025-12');
    expect(addMonths('2026-05', -17)).toBe('2024-12');
    expect(monthsBetween('2025-11', '2026-02', 9)).toEqual(['2026-02', '2026-01', '2025-12', '2025-11']);
    expect(monthsBetween('2020-01', '2026-02', 2)).toEqual(['2026-02', '2026-01']);
    expect(sayMonth('2026-01')).toBe('2026年1月');
  });
});

describe('weeks', () => {
  it('begin on Monday', () => {
    expect(mondayOf('2026-11-23' as Day)).toBe('2026-11-23');
    expect(mondayOf('2026-11-29' as Day)).toBe('2026-11-23');
    expect(mondayOf('2026-11-30' as Day)).toBe('2026-11-30');
    expect(lastMondays('2026-11-24' as Day, 3)).toEqual(['2026-11-09', '2026-11-16', '2026-11-23']);
  });
});
