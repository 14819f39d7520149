import type { Day } from '@/lib/platform/clock';
import type { RewardList } from '@/lib/rewards/overview/types';
import { sayStars } from '@/lib/rewards/star/rules';
import type { StarCount } from '@/lib/rewards/star/types';
import type { BatchView } from '@/lib/rewards/voucher/types';

/** A day in full: 2026年12月31日. */
export function sayWholeDay(day: Day): string {
  return `${Number(day.slice(0, 4))}年${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`;
}

/** 五星 2 户，四星 5 户. */
export function sayStarCounts(counts: readonly StarCount[]): string {
  return counts.map((count) => `${sayStars(count.stars)} ${count.households} 户`).join('，');
}

/** A batch in numbers: 没用 8，用掉 1，作废 1; what is nought is left out. */
export function sayVoucherCounts({ counts }: BatchView): string {
  const said = [
    ['没用', counts.ISSUED],
    ['用掉', counts.REDEEMED],
    ['过期', counts.EXPIRED],
    ['作废', counts.CANCELLED],
  ] as const;
  return said
    .filter(([, count]) => count > 0)
    .map(([word, count]) => `${word} ${count}`)
    .join('，');
}

/** How many vouchers a batch has. */
export function vouchersOf({ counts }: BatchView): number {
  return counts.ISSUED + counts.REDEEMED + counts.EXPIRED + counts.CANCELLED;
}

/** What a list is called among rewards: 红榜（户）. */
export function sayList(list: RewardList): string {
  return list.subject === 'RESIDENT' ? '红榜（个人）' : '红榜（户）';
}
