import type { DecidedFilter, DecidedState } from './types';

/** What became of a deed, as it is said. */
export const DECIDED_WORDS: Record<DecidedState, string> = {
  APPROVED: '通过',
  RETURNED: '退回',
  WITHDRAWN: '撤回',
};

type Params = Record<string, string | string[] | undefined>;

/** The filter an address asks for; `mine` is the person who looks. What makes no sense is not asked. */
export function parseDecidedFilter(params: Params, mine: string): DecidedFilter {
  const text = (name: string) => {
    const value = params[name];
    return typeof value === 'string' ? value : '';
  };
  const state = text('state').toUpperCase();
  const itemCode = text('item');
  const month = text('month');
  return {
    ...(state in DECIDED_WORDS ? { state: state as DecidedState } : {}),
    ...(/^[A-Z0-9_-]{1,40}$/.test(itemCode) ? { itemCode } : {}),
    ...(/^20\d\d-(0[1-9]|1[0-2])$/.test(month) ? { month } : {}),
    ...(text('who') === 'me' ? { byPersonId: mine } : {}),
  };
}

/** The filter as the query of an address, without the question mark. */
export function writeDecidedFilter(filter: DecidedFilter): string {
  const query = new URLSearchParams();
  if (filter.byPersonId) query.set('who', 'me');
  if (filter.state) query.set('state', filter.state.toLowerCase());
  if (filter.itemCode) query.set('item', filter.itemCode);
  if (filter.month) query.set('month', filter.month);
  return query.toString();
}
