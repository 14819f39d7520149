import { addDays, type Day } from '@/lib/platform/clock';
import type { DeductionFact, DueDraft } from './types';

/** What waits to be done about deductions, in the queue's order. Nothing of a household's time to answer is lost sight of. */
export function deductionLine({ task, day, due, role, count }: DeductionFact, today: Day): DueDraft {
  const line = (what: string, who: DueDraft['who'], more: Partial<DueDraft> = {}): DueDraft => ({
    key: `deduction-${task}-${day}-${role ?? ''}`,
    day,
    dayMeans: due ? 'BY' : 'FROM',
    what,
    who,
    href: `/desk/deductions?task=${task.toLowerCase()}`,
    ...more,
  });
  switch (task) {
    case 'WARN':
      return line(`给 ${count} 户送提醒`, 'VERIFIER', { note: '记下了，还没有提醒' });
    case 'PROPOSE':
      return line(`提出 ${count} 件扣分，或者不扣`, 'VERIFIER', { note: '记下了，还没有人提出' });
    case 'RECHECK':
      return line(`复查 ${count} 户整改了没有`, 'VERIFIER');
    case 'APPROVE':
      return line(`审批 ${count} 件扣分`, 'SUPERVISOR');
    case 'HEAR':
      return line(`听 ${count} 户的申辩`, role ?? 'SUPERVISOR');
    case 'REPAIR':
      return line(`去看 ${count} 户报了整改的`, role ?? 'SUPERVISOR', { note: '改好了的，还分' });
    case 'ANSWERING':
      if (day >= today) return line(`${count} 户申辩期的最后一天`, null, { dayMeans: 'ON' });
      return line(`${count} 件扣分过了申辩期，可以记了`, 'VERIFIER', {
        day: addDays(day, 1),
        href: '/desk/deductions?task=post',
      });
  }
}
