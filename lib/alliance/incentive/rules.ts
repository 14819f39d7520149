import type { Day } from '@/lib/platform/clock';
import type { IncentiveKind, IncentiveView, Recipient } from './types';

/** The kinds in the order they are offered. */
export const INCENTIVE_KINDS: readonly IncentiveKind[] = ['HONOUR', 'RENT', 'TAX', 'SUBSIDY', 'PLACE'];

/** What each kind is called, and what it is in plain words. */
export const KIND_WORDS: Record<IncentiveKind, { name: string; note: string }> = {
  HONOUR: { name: '荣誉', note: '比如“诚信商户”；大家都看得到，有证书可以打印' },
  RENT: { name: '减租', note: '少收的房租、摊位费' },
  TAX: { name: '减税', note: '按政策办下来的税费减免' },
  SUBSIDY: { name: '公益补贴', note: '给做公益的补贴' },
  PLACE: { name: '区位优先', note: '好位置的摊位、店面，优先给' },
};

/** Whether a kind is one that comes with an amount of money. */
export function takesAmount(kind: IncentiveKind): boolean {
  return kind === 'RENT' || kind === 'TAX' || kind === 'SUBSIDY';
}

/** What an incentive is called: its title, or its kind's name where none was given. */
export function titleOf(kind: IncentiveKind, title: string): string {
  return title || KIND_WORDS[kind].name;
}

export type IncentiveState = 'AHEAD' | 'HOLDS' | 'OVER' | 'REVOKED';

/** Whether it holds on a day: not yet, from its first to its last day, past them, or taken back. */
export function stateOf(
  one: { fromDay: Day; untilDay: Day | null; revokedOn: Day | null },
  today: Day,
): IncentiveState {
  if (one.revokedOn) return 'REVOKED';
  if (one.fromDay > today) return 'AHEAD';
  return one.untilDay !== null && one.untilDay < today ? 'OVER' : 'HOLDS';
}

/** Money as people write it, from 分: 1,200 元, 0.50 元. */
export function sayFen(fen: number): string {
  const yuan = Math.trunc(Math.abs(fen) / 100).toLocaleString('zh-CN');
  const rest = Math.abs(fen) % 100;
  const sign = fen < 0 ? '−' : '';
  return `${sign}${yuan}${rest === 0 ? '' : `.${String(rest).padStart(2, '0')}`} 元`;
}

/** The member that a list is about: one that may receive, or one that has left and did receive; null for any other. */
export function memberOf(
  id: string,
  members: readonly Recipient[],
  incentives: readonly IncentiveView[],
): Recipient | null {
  const given = incentives.find((one) => one.merchantId === id);
  return (
    members.find((one) => one.id === id) ??
    (given ? { id, name: given.merchantName, isCharity: given.isCharity } : null)
  );
}
