import { expect, it } from 'vitest';
import { parseDay } from './clock';

it.each(['2026-11-24', '2028-02-29', '1949-10-01'])('%s is a day', (text) => {
  expect(parseDay(text)).toBe(text);
});

it.each([
  '2026-02-30',
  '2027-02-29',
  '0000-01-01',
  '0999-12-31',
  '+275760-09-13',
  '2026-11-24T00:00',
  '２０２６-11-24',
])('%s is none', (text) => {
  expect(parseDay(text)).toBe(null);
});
