import { describe, expect, it } from 'vitest';
import type { Day } from '@/lib/platform/clock';
import { mayOffer, offerState } from './rules';
import { CATEGORIES } from './types';

const TODAY = '2026-11-24' as Day;
const day = (text: string) => text as Day;
const OPEN = { isOpen: true, stock: 3, validFrom: day('2026-11-01'), validUntil: null };

describe('an offer', () => {
  it.each([
    ['open', {}, 'OPEN'],
    ['open without a count', { stock: null }, 'OPEN'],
    ['from today', { validFrom: TODAY }, 'OPEN'],
    ['until today', { validUntil: TODAY }, 'OPEN'],
    ['from tomorrow', { validFrom: day('2026-11-25') }, 'NOT_YET'],
    ['until yesterday', { validUntil: day('2026-11-23') }, 'OVER'],
    ['sold out', { stock: 0 }, 'SOLD_OUT'],
    ['sold out and over', { stock: 0, validUntil: day('2026-11-23') }, 'OVER'],
    ['closed, whatever else', { isOpen: false, stock: 0, validUntil: day('2026-11-23') }, 'CLOSED'],
  ])('%s', (_what, more, state) => {
    expect(offerState({ ...OPEN, ...more }, TODAY)).toBe(state);
  });

  it('of a charity is a service or voluntary work', () => {
    expect(CATEGORIES.filter((category) => mayOffer(category, true))).toEqual(['SERVICE', 'VOLUNTEER']);
    expect(CATEGORIES.filter((category) => mayOffer(category, false))).toEqual(CATEGORIES);
  });
});
