import { expect, it } from 'vitest';
import { hallAskWhom, hallToTell, sayVoteAtHome } from './rules';

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

it.each([
  [true, 'HOUSEHOLD', { hasVoted: false }, '新细则正在表决'],
  [true, 'HOUSEHOLD', { hasVoted: true }, '您家已投票'],
  [true, 'ADULT', { hasVoted: true }, '您已投票'],
  [true, 'ADULT', null, '新细则正在表决'],
  [false, 'HOUSEHOLD', { hasVoted: true }, '新细则的表决截止了，看结果'],
] as const)('open %s, by %s, own vote %o: home says %s', (isOpen, unit, own, said) => {
  expect(sayVoteAtHome({ isOpen, unit }, own)).toBe(said);
});

it.each([
  [['村书记'], '村务监督员'],
  [['村务监督员'], '村书记，或者另一位村务监督员'],
  [['村务监督员', '村务监督员'], '村书记，或者另一位村务监督员'],
  [['村书记', '村务监督员'], '村书记和村务监督员，两个人都说一声'],
] as const)('where %j entered the papers, one turns to %s', (entered, whom) => {
  expect(hallAskWhom(entered)).toBe(whom);
});
