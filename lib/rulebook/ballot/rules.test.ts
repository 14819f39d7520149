import { expect, it } from 'vitest';
import { hallToTell } from './rules';

it.each([
  [6, 3, 3],
  [300, 200, 200],
  [5, 3, null],
  [5, 2, null],
  [4, 3, null],
  [9, 9, null],
  [9, 0, null],
  [0, 0, null],
])('of %i voters, %i of them in the hall, is told: %s', (voters, hall, told) => {
  expect(hallToTell(voters, hall)).toBe(told);
});
