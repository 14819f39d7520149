import { expect, test } from 'vitest';
import { markCurrent } from './current';

const items = [
  { href: '/me' },
  { href: '/me/messages' },
  { href: '/v/qingzhu' },
  { href: '/v/qingzhu/ledger' },
];

function marked(path: string | undefined): string[] {
  return markCurrent(items, path)
    .filter((item) => item.current)
    .map((item) => item.href);
}

test('the item under whose address the page lies is marked, the longest of several', () => {
  expect(marked('/me')).toEqual(['/me']);
  expect(marked('/me/deeds/1?r=2')).toEqual(['/me']);
  expect(marked('/me/messages?page=2')).toEqual(['/me/messages']);
  expect(marked('/v/qingzhu/ledger')).toEqual(['/v/qingzhu/ledger']);
});

test('an address that only begins with the same letters is another page', () => {
  expect(marked('/menu')).toEqual([]);
  expect(marked('/v/qingzhu2')).toEqual([]);
  expect(marked(undefined)).toEqual([]);
});
