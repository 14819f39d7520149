import { sayYuan } from '../merchant/rules';
import type { TermsState, TermsView } from './types';

type Facts = Pick<
  TermsView,
  | 'isCharity'
  | 'referenceFen'
  | 'settlementDay'
  | 'onceMost'
  | 'householdMonthMost'
  | 'freeMost'
  | 'nearGroupName'
>;

/** What terms are now. */
export function termsState({ acceptedAt, endedAt }: Pick<TermsView, 'acceptedAt' | 'endedAt'>): TermsState {
  if (endedAt) return acceptedAt ? 'ENDED' : 'DECLINED';
  return acceptedAt ? 'IN_FORCE' : 'OFFERED';
}

export const TERMS_STATE_NAMES: Record<TermsState, string> = {
  OFFERED: '等店主接受',
  IN_FORCE: '生效',
  ENDED: '已结束',
  DECLINED: '没有生效',
};

/** What terms say, a name and a sentence each, on the screen and on paper. */
export function termsFacts(terms: Facts): [string, string][] {
  const { isCharity, referenceFen, settlementDay, onceMost, householdMonthMost, freeMost, nearGroupName } =
    terms;
  return [
    ['村里怎么付', isCharity ? '公益组织，村里不付钱' : `店里每收 1 分，村里付 ${sayYuan(referenceFen)}`],
    ['什么时候付', isCharity ? '' : `上个月收的，这个月 ${settlementDay} 日前付`],
    ['一次最多收', onceMost === null ? '不限' : `${onceMost} 分`],
    ['一户一个月最多', householdMonthMost === null ? '不限' : `${householdMonthMost} 分`],
    ['村民免确认', freeMost === 0 ? '每一笔都要村民在手机上确认' : `${freeMost} 分以内不用再确认`],
    ['离哪个组近', nearGroupName],
  ].filter((fact): fact is [string, string] => fact[1] !== '');
}

/** A rate as a sentence that never gives points a price: what the village pays, not what a point costs. */
export function sayReference(referenceFen: number, isCharity: boolean): string {
  return isCharity ? '村里不付钱' : `1 分付 ${sayYuan(referenceFen)}`;
}
