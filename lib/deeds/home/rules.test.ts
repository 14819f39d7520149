import { describe, expect, test } from 'vitest';
import { foldTimeline, sayCorrected } from './rules';
import type { LineState, TimelineLine } from './types';

const line = (state: LineState, points: number, more: Partial<TimelineLine> = {}): TimelineLine => ({
  id: `${state}-${points}`,
  deedId: 'deed',
  deductionId: null,
  redemptionId: null,
  itemName: '村道打扫',
  state,
  deedOn: '2026-11-24',
  points,
  spendable: state === 'SUBMITTED' || state === 'RETURNED' ? null : points,
  capSays: '',
  reason: '',
  residentName: '陈建国',
  reporterName: '陈建国',
  channel: 'SELF',
  photos: 1,
  ...more,
});

describe('a deed that was corrected is one line', () => {
  test('that waits again, at the place of the newest, with what was taken back', () => {
    const other = line('APPROVED', 5, { id: 'other', deedId: 'other' });
    const folded = foldTimeline([
      line('SUBMITTED', 2),
      line('REVERSAL', -2, { reason: '看错了照片' }),
      other,
      line('REVERSED', 2),
    ]);
    expect(folded).toHaveLength(2);
    expect(folded[0]).toMatchObject({
      state: 'SUBMITTED',
      points: 2,
      spendable: 0,
      corrected: { points: 2, reason: '看错了照片' },
    });
    expect(folded[1]).toBe(other);
  });

  test.each([
    ['SUBMITTED', 2, '记过 2 分，后来取消了，正在重新核实：看错了'],
    ['RETURNED', 2, '记过 2 分，后来取消并退回了'],
    ['APPROVED', 3, '记过 2 分，更正成 3 分：看错了'],
    ['APPROVED', 2, '记过 2 分，取消过一次，又核实通过了：看错了'],
    ['WITHDRAWN', 2, '记过 2 分，后来取消了：看错了'],
  ] as const)('%s with %i points says what happened', (state, points, said) => {
    const folded = foldTimeline([
      line(state, points),
      line('REVERSAL', -2, { reason: '看错了' }),
      line('REVERSED', 2),
    ]);
    expect(folded.map(sayCorrected)).toEqual([said]);
    expect(sayCorrected(folded[0] as TimelineLine)).not.toContain('冲销');
  });
});

describe('a deduction that was given back', () => {
  test('is one line, struck, that says so', () => {
    const of = { deedId: null, deductionId: 'deduction' };
    const folded = foldTimeline([
      line('REVERSAL', 5, { ...of, reason: '修好了' }),
      line('DEDUCTION', -5, of),
    ]);
    expect(folded).toMatchObject([{ state: 'REVERSED', points: -5, spendable: 0 }]);
    expect(folded.map(sayCorrected)).toEqual(['扣过 5 分，后来取消了，分已经还给您家：修好了']);
  });
});

test('what was never corrected stays as it is, and so does a reversal whose entry is too old to be read', () => {
  const lines = [
    line('REVERSAL', -2),
    line('APPROVED', 5, { deedId: 'other' }),
    line('YEAR_CLOSE', -40, { id: 'close', deedId: null }),
    line('YEAR_CARRY', 40, { id: 'carry', deedId: null }),
  ];
  expect(foldTimeline(lines)).toEqual(lines);
  expect(lines.map(sayCorrected)).toEqual(['', '', '', '']);
});
