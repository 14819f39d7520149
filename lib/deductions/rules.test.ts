import { describe, expect, test } from 'vitest';
import { type Day, dayOf } from '@/lib/platform/clock';
import {
  answerLast,
  answerResumed,
  daysLeftOn,
  isAnswerOver,
  mayBeMinorOn,
  recheckEarliest,
  sayCredited,
  sayDaysLeft,
  sayServed,
  taskOf,
  withoutStop,
} from './rules';
import type { DeductionStanding } from './types';

const day = (text: string) => text as Day;

describe('minors', () => {
  test('are those who may be eighteen or younger in the year; of unknown age, by their relation to the head', () => {
    const may = (
      birthYear: number | null,
      on: string,
      relation: 'CHILD' | 'GRANDCHILD' | 'HEAD' | 'OTHER' = 'CHILD',
    ) => mayBeMinorOn({ birthYear, relation }, day(on));
    expect(may(2009, '2026-11-24')).toBe(true);
    // born in December, seen in January: seventeen
    expect(may(2008, '2026-01-01')).toBe(true);
    expect(may(2007, '2026-01-01')).toBe(false);
    expect(may(2007, '2025-12-31')).toBe(true);
    expect(may(2008, '2026-11-24', 'HEAD')).toBe(true);
    expect(may(null, '2026-11-24')).toBe(true);
    expect(may(null, '2026-11-24', 'GRANDCHILD')).toBe(true);
    expect(may(null, '2026-11-24', 'OTHER')).toBe(true);
    expect(may(null, '2026-11-24', 'HEAD')).toBe(false);
  });
});

describe('days', () => {
  test('to look again begin the warning’s days later, over a leap day and a year’s end', () => {
    expect(recheckEarliest(day('2026-11-24'), 7)).toBe('2026-12-01');
    expect(recheckEarliest(day('2028-02-25'), 7)).toBe('2028-03-03');
    expect(recheckEarliest(day('2026-12-28'), 7)).toBe('2027-01-04');
  });

  test('to answer: the last one is still the household’s, the next begins at midnight in Shanghai', () => {
    const last = answerLast(day('2026-11-24'), 7);
    expect(last).toBe('2026-12-01');
    expect(isAnswerOver(last, dayOf(new Date('2026-12-01T15:59:59Z')))).toBe(false);
    expect(isAnswerOver(last, dayOf(new Date('2026-12-01T16:00:00Z')))).toBe(true);
    expect(isAnswerOver(null, day('2026-12-02'))).toBe(false);
  });

  test('stand still while the household is heard, and at least one is left then', () => {
    const until = day('2026-12-01');
    expect(daysLeftOn(until, day('2026-11-25'))).toBe(6);
    expect(daysLeftOn(until, until)).toBe(0);
    expect(daysLeftOn(until, day('2026-12-02'))).toBe(0);
    expect(answerResumed(until, day('2026-12-10'), 6)).toBe('2026-12-16');
    expect(answerResumed(until, day('2026-12-10'), 0)).toBe('2026-12-11');
    // heard at once: nothing is lost
    expect(answerResumed(until, day('2026-11-25'), 1)).toBe('2026-12-01');
  });

  test('for which it counts are said where the quarter it was seen in is closed', () => {
    const one = { seenOn: '2026-09-30', state: 'NOTICED' as const };
    expect(sayCredited({ ...one, creditedOn: null })).toBe('');
    expect(sayCredited({ ...one, creditedOn: '2026-09-30' })).toBe('');
    expect(sayCredited({ ...one, creditedOn: '2026-10-01' })).toBe(
      '2026年第三季度已经公示，不再记，要扣就算在2026年第四季度。',
    );
    expect(sayCredited({ ...one, state: 'POSTED', creditedOn: '2026-10-01' })).toContain('不再记，算在');
  });

  test('are said as people say them', () => {
    expect(sayDaysLeft(day('2026-11-27'), day('2026-11-24'))).toBe('还有 3 天');
    expect(sayDaysLeft(day('2026-11-24'), day('2026-11-24'))).toBe('今天是最后一天');
    expect(sayDaysLeft(day('2026-11-23'), day('2026-11-24'))).toBe('已过 1 天');
    expect(sayServed('PHONE,HAND')).toBe('手机消息、当面送到');
    expect(sayServed('')).toBe('');
  });
});

describe('what waits', () => {
  const today = day('2026-12-01');
  const standing = (more: Partial<DeductionStanding>): DeductionStanding => ({
    state: 'RECORDED',
    warnFirst: true,
    recheckOn: null,
    answerUntil: null,
    repairClaimedAt: null,
    ...more,
  });
  test('follows from the state and the day', () => {
    expect(taskOf(standing({}), today)).toBe('WARN');
    expect(taskOf(standing({ warnFirst: false }), today)).toBe('PROPOSE');
    expect(taskOf(standing({ state: 'WARNED', recheckOn: '2026-12-02' }), today)).toBe('WAIT');
    expect(taskOf(standing({ state: 'WARNED', recheckOn: '2026-12-01' }), today)).toBe('RECHECK');
    expect(
      taskOf(standing({ state: 'WARNED', recheckOn: '2026-12-02', repairClaimedAt: new Date() }), today),
    ).toBe('RECHECK');
    expect(taskOf(standing({ state: 'PROPOSED' }), today)).toBe('APPROVE');
    expect(taskOf(standing({ state: 'NOTICED', answerUntil: '2026-12-01' }), today)).toBe('ANSWERING');
    expect(taskOf(standing({ state: 'NOTICED', answerUntil: '2026-11-30' }), today)).toBe('POST');
    expect(taskOf(standing({ state: 'CONTESTED' }), today)).toBe('HEAR');
    expect(taskOf(standing({ state: 'POSTED' }), today)).toBe('NONE');
    expect(taskOf(standing({ state: 'POSTED', repairClaimedAt: new Date() }), today)).toBe('REPAIR');
    expect(taskOf(standing({ state: 'DROPPED' }), today)).toBe('NONE');
  });
});

describe('words within a sentence', () => {
  test('lose the stop at their end, and nothing else', () => {
    expect(withoutStop('堆着旧木料。。')).toBe('堆着旧木料');
    expect(withoutStop('占了 1.5 米！')).toBe('占了 1.5 米');
    expect(withoutStop(' 没有停。又来了')).toBe('没有停。又来了');
  });
});
