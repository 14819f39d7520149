import { PHASES, turnOfPhase } from '@/lib/alliance/settlement/rules';
import type { StatementPhase } from '@/lib/alliance/settlement/types';

/** Which statements a list shows: those of some phases, under one word. */
export interface StatementFilter {
  key: string;
  label: string;
  phases: readonly StatementPhase[];
}

const OPEN: StatementFilter = {
  key: 'open',
  label: '没结清的',
  phases: PHASES.filter((phase) => phase !== 'CONFIRMED'),
};
const OVER: StatementFilter = { key: 'over', label: '结清的', phases: ['CONFIRMED'] };
const turn = (side: 'SHOP' | 'VILLAGE') => PHASES.filter((phase) => turnOfPhase(phase) === side);

export const SHOP_FILTERS: readonly StatementFilter[] = [
  OPEN,
  { key: 'mine', label: '等我的', phases: turn('SHOP') },
  { key: 'village', label: '等村里的', phases: turn('VILLAGE') },
  OVER,
];

export const DESK_FILTERS: readonly StatementFilter[] = [
  OPEN,
  { key: 'mine', label: '等村里的', phases: turn('VILLAGE') },
  { key: 'shop', label: '等商户的', phases: turn('SHOP') },
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

/** The address of a place in a list; with `line` of one line of it, so that what is said of that line stays on its page. */
export function addressAt(base: string, from: number, aPage: number, line?: string): string {
  const query = new URLSearchParams();
  if (from > 0) query.set('page', String(from / aPage + 1));
  if (line) query.set('line', line);
  return query.size > 0 ? `${base}?${query}` : base;
}
