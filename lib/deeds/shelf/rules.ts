import type { CapPolicy } from '@/lib/platform/generated/enums';

/** What an item's cap leaves of what a deed would give. */
export interface AwardAhead {
  /** what the rule gives for it */
  asked: number;
  /** what is left of the cap; 0 when it is used up */
  left: number;
}

/**
 * What a deed would add, said before it is sent. The database decides when it is approved (deed.sql); other deeds
 * may have used the cap by then.
 */
export function sayAwardAhead({ asked, left }: AwardAhead, period: string, policy: CapPolicy): string {
  if (left <= 0) return `${period}这一项已经记满，报了也不再加分，做了的好事照样留在记录里`;
  if (asked <= left) return `通过后记 ${asked} 分，${period}这一项还能记 ${left} 分`;
  if (policy === 'REFUSE') return `${period}这一项只剩 ${left} 分可记，超出的本村不收`;
  return `${period}这一项只剩 ${left} 分可记，通过后记 ${left} 分`;
}

/** The period of a cap as it is said from inside it. */
export const PERIOD_NOW = { MONTH: '本月', QUARTER: '本季', YEAR: '今年' } as const;
