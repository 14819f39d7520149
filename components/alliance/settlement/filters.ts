import type { StatementState } from '@/lib/alliance/settlement/types';

/** Which statements a list shows: those of some states, under one word. */
export interface StatementFilter {
  key: string;
  label: string;
  states: readonly StatementState[];
}

const OVER: StatementFilter = { key: 'over', label: '结清的', states: ['CONFIRMED'] };

export const SHOP_FILTERS: readonly StatementFilter[] = [
  { key: 'open', label: '没结清的', states: ['MADE', 'DISPUTED', 'AGREED', 'PAID'] },
  { key: 'mine', label: '等我的', states: ['MADE', 'PAID'] },
  { key: 'village', label: '等村里的', states: ['DISPUTED', 'AGREED'] },
  OVER,
];

export const DESK_FILTERS: readonly StatementFilter[] = [
  { key: 'open', label: '没结清的', states: ['MADE', 'DISPUTED', 'AGREED', 'PAID'] },
  { key: 'mine', label: '等村里的', states: ['DISPUTED', 'AGREED'] },
  { key: 'shop', label: '等商户的', states: ['MADE', 'PAID'] },
  OVER,
];

/** The filter of an address; the first when it names none. */
export function filterOf(filters: readonly StatementFilter[], key: unknown): StatementFilter {
  const found = filters.find((one) => one.key === key) ?? filters[0];
  if (!found) throw new Error('no filters');
  return found;
}

/** How far into a list an address points: a page's worth at a time, 0 when it says nothing of the kind. */
export function offsetOf(asked: unknown, aPage: number): number {
  const page = typeof asked === 'string' && /^[1-9]\d{0,3}$/.test(asked) ? Number(asked) : 1;
  return (page - 1) * aPage;
}
