import { describe, expect, test } from 'vitest';
import { type Day, dayOf } from '@/lib/platform/clock';
import {
  dueOn,
  isOverdue,
  isWithinWindow,
  OBJECTION_STEPS,
  sayStanding,
  sayWhoDecides,
  WINDOW_DAYS,
  whoHears,
} from './rules';

const day = (text: string) => text as Day;

describe('the clock', () => {
  test('ends when the last day has fully passed in Shanghai', () => {
    const due = dueOn(day('2026-12-28'), 7);
    expect(due).toBe('2027-01-04');
    expect(isOverdue(due, dayOf(new Date('2027-01-04T15:59:59Z')))).toBe(false);
    expect(isOverdue(due, dayOf(new Date('2027-01-04T16:00:00Z')))).toBe(true);
    expect(dueOn(day('2028-02-26'), 7)).toBe('2028-03-04');
  });

  test('of objecting runs thirty days', () => {
    expect(WINDOW_DAYS).toBe(30);
    expect(isWithinWindow(day('2026-11-01'), day('2026-11-30'))).toBe(true);
    expect(isWithinWindow(day('2026-11-01'), day('2026-12-01'))).toBe(true);
    expect(isWithinWindow(day('2026-11-01'), day('2026-12-02'))).toBe(false);
  });
});

describe('states', () => {
  test('an objection is decided once', () => {
    expect(OBJECTION_STEPS.OPEN).toHaveLength(3);
    for (const state of ['UPHELD', 'REJECTED', 'WITHDRAWN'] as const) {
      expect(OBJECTION_STEPS[state]).toEqual([]);
    }
  });
});

test.each([
  ['OPEN', '2026-12-01', '您家已提异议，第 2026-004 号，还有 5 天'],
  ['OPEN', '2026-11-26', '您家已提异议，第 2026-004 号，今天是最后一天'],
  ['OPEN', '2026-11-24', '您家已提异议，第 2026-004 号，已过 2 天'],
  ['UPHELD', '2026-12-01', '您家提过异议，第 2026-004 号，成立'],
  ['REJECTED', '2026-12-01', '您家提过异议，第 2026-004 号，不成立'],
] as const)('a household’s own objection, %s and due on %s, is said to it', (state, due, said) => {
  expect(sayStanding({ id: '', number: '2026-004', state, dueOn: due }, day('2026-11-26'))).toBe(said);
});

test('an overdue objection says in one sentence that the township knows and who still decides', () => {
  const due = { dueOn: '2026-11-25', risenAt: null };
  expect(sayWhoDecides(due, ['赵守正'])).toBe('应在 2026年11月25日前有结果，由赵守正来定');
  expect(sayWhoDecides({ ...due, risenAt: new Date() }, ['赵守正', '何立新'])).toBe(
    '2026年11月25日前没有定，镇上已经知道，会来催；还是由赵守正、何立新来定',
  );
  expect(sayWhoDecides(due, [])).toContain('那以后由没经手的村务监督员来定');
  expect(sayWhoDecides({ ...due, risenAt: new Date() }, [])).toContain('先增补');
});

describe('who hears', () => {
  const one = (
    personId: string,
    role: 'SUPERVISOR' | 'SECRETARY' | 'VERIFIER' | 'STEWARD',
    isBarred = false,
  ) => ({
    personId,
    role,
    isBarred,
  });
  test('the supervisors, as many as are not barred', () => {
    expect(whoHears([one('a', 'SUPERVISOR'), one('b', 'SUPERVISOR', true), one('c', 'SECRETARY')])).toEqual([
      'a',
    ]);
  });
  test('the secretary when each supervisor is barred, a verifier when he is too', () => {
    expect(whoHears([one('a', 'SUPERVISOR', true), one('c', 'SECRETARY'), one('d', 'VERIFIER')])).toEqual([
      'c',
    ]);
    expect(
      whoHears([
        one('a', 'SUPERVISOR', true),
        one('c', 'SECRETARY', true),
        one('d', 'VERIFIER'),
        one('e', 'VERIFIER', true),
      ]),
    ).toEqual(['d']);
  });
  test('nobody else, ever', () => {
    expect(whoHears([one('a', 'SUPERVISOR', true), one('s', 'STEWARD')])).toEqual([]);
    expect(whoHears([])).toEqual([]);
  });
});
