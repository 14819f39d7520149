import { describe, expect, it } from 'vitest';
import type { Day } from '@/lib/platform/clock';
import { hearingEnd, hearingLastDay, isHearingLongEnough, meetingEarliest } from './rules';

const day = (text: string) => text as Day;

describe('a hearing', () => {
  it.each([
    ['2026-11-26', false],
    ['2026-11-27', true],
    ['2027-01-23', true],
    ['2027-01-24', false],
  ])('opened on 24 November may last until %s: %s', (until, may) => {
    expect(isHearingLongEnough(day('2026-11-24'), day(until))).toBe(may);
  });

  it('counts over a leap day and the year’s end', () => {
    expect(isHearingLongEnough(day('2028-02-27'), day('2028-02-29'))).toBe(false);
    expect(isHearingLongEnough(day('2028-02-27'), day('2028-03-01'))).toBe(true);
    expect(isHearingLongEnough(day('2026-12-30'), day('2027-01-02'))).toBe(true);
  });

  it('ends at midnight in Shanghai after its last day', () => {
    const end = hearingEnd(day('2026-12-01'));
    expect(end.toISOString()).toBe('2026-12-01T16:00:00.000Z');
    expect(hearingLastDay(end)).toBe('2026-12-01');
    expect(meetingEarliest(end)).toBe('2026-12-02');
  });
});
