import { expect, test } from 'vitest';
import { sayAwardAhead } from './rules';

test('what a deed would give: on, below and above what the cap leaves', () => {
  const say = (asked: number, left: number, policy: 'AWARD_REST' | 'REFUSE' = 'AWARD_REST') =>
    sayAwardAhead({ asked, left }, '本月', policy);
  expect(say(2, 8)).toBe('通过后记 2 分，本月这一项还能记 8 分');
  expect(say(2, 2)).toBe('通过后记 2 分，本月这一项还能记 2 分');
  expect(say(4, 2)).toBe('本月这一项只剩 2 分可记，通过后记 2 分');
  expect(say(4, 2, 'REFUSE')).toBe('本月这一项只剩 2 分可记，超出的本村不收');
  expect(say(2, 0)).toMatch(/^本月这一项已经记满/);
  expect(say(2, -1, 'REFUSE')).toMatch(/^本月这一项已经记满/);
});
