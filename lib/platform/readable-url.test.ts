import { expect, it } from 'vitest';
import { readableUrl } from './readable-url';

it.each([
  ['/v/qingzhu?q=%E9%99%88', '/v/qingzhu?q=%E9%99%88'],
  ['/me/log/CIVIC-03', '/me/log/CIVIC-03'],
  ['/v/%ZZ', '/-'],
  ['/v/%FF%FE?page=2', '/-?page=2'],
  ['/v/%ED%A0%80', '/-'],
  ['/me/log/%00', '/-'],
  ['/desk/people?q=a%00b&x=%2500', '/desk/people?q=ab&x=%2500'],
  // The query's escapes are the pages' own business: URLSearchParams never throws.
  ['/v/qingzhu?q=%ZZ', '/v/qingzhu?q=%ZZ'],
])('%s is asked for as %s', (url, settled) => {
  expect(readableUrl(url)).toBe(settled);
});
