import type { HintCount } from '@/lib/alliance/settlement/types';
import { type Day, daysBetween } from '@/lib/platform/clock';
import type { DueDraft } from './types';

const LIST = '/desk/alliance/statements';

/** What is overdue with merchants, or waits too long: one line a kind, from its oldest on. */
export function settlementLine({ hint, count, oldest }: HintCount, today: Day): DueDraft {
  const days = daysBetween(oldest, today);
  const key = `settlement-${hint}`;
  switch (hint) {
    case 'OVERDUE':
      return {
        key,
        day: oldest,
        dayMeans: 'BY',
        what: `付 ${count} 张结算单给商户`,
        who: 'SECRETARY',
        href: `${LIST}?state=mine`,
        note: '商户同意了，过了约定的日子',
      };
    case 'MISSED':
      return {
        key,
        day: oldest,
        dayMeans: 'BY',
        what: `查清 ${count} 张结算单的钱到了没有`,
        who: 'SECRETARY',
        href: `${LIST}?state=shop`,
        note: '商户说没收到',
      };
    case 'DENIED':
      return {
        key,
        day: oldest,
        dayMeans: 'BY',
        what: `查清 ${count} 张结算单上记的退钱或者抵账`,
        who: 'SECRETARY',
        href: `${LIST}?state=shop`,
        note: '商户说记的不对',
      };
    case 'DISPUTE_SLOW':
      return {
        key,
        day: oldest,
        dayMeans: 'BY',
        what: `答复 ${count} 张结算单上商户的疑问`,
        who: 'SECRETARY',
        href: `${LIST}?state=mine`,
        note: `等了 ${days} 天`,
      };
    case 'MERCHANT_SLOW':
      return {
        key,
        day: oldest,
        dayMeans: 'FROM',
        what: `问问商户：${count} 张结算单没有核对或者确认`,
        who: 'SECRETARY',
        href: `${LIST}?state=shop`,
        note: `等了 ${days} 天`,
      };
  }
}
