import { sayWholeDay } from '@/components/rewards/words';
import { KIND_WORDS, sayFen, stateOf } from '@/lib/alliance/incentive/rules';
import type { IncentiveView } from '@/lib/alliance/incentive/types';
import type { Day } from '@/lib/platform/clock';

/** From when until when: 2026年1月1日到2026年12月31日, 2026年1月1日起. */
export function sayDays({ fromDay, untilDay }: { fromDay: Day; untilDay: Day | null }): string {
  return untilDay ? `${sayWholeDay(fromDay)}到${sayWholeDay(untilDay)}` : `${sayWholeDay(fromDay)}起`;
}

/** How it stands today, in a word. */
export function sayState(one: IncentiveView, today: Day): string {
  return { AHEAD: '还没开始', HOLDS: '有效', OVER: '到期了', REVOKED: '收回了' }[stateOf(one, today)];
}

/** What it is beside its title: the kind, unless the title says it already, and the amount. */
export function sayWhat({ kind, title, amountFen }: IncentiveView): string {
  const name = KIND_WORDS[kind].name;
  return [title === name ? '' : name, amountFen === null ? '' : sayFen(amountFen)]
    .filter(Boolean)
    .join(' · ');
}
