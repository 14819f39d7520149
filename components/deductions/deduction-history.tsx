import type { StepView } from '@/lib/deductions/types';
import { type Day, dayOf, sayDay, timeOf } from '@/lib/platform/clock';

const WORDS: Record<StepView['kind'], string> = {
  RECORD: '记下',
  WARN: '送提醒',
  FOUND_MENDED: '复查，已改好',
  PROPOSE: '提出扣分',
  APPROVE: '批准，通知这户',
  REFUSE: '不扣了',
  ANSWER: '申辩',
  OBJECT: '提异议',
  WITHDRAW_OBJECTION: '撤回异议',
  HEARD_UPHELD: '听了，不扣',
  HEARD_REJECTED: '听了，维持',
  POST: '扣分记入台账',
  CLAIM_REPAIR: '报整改',
  CONFIRM_REPAIR: '看过，整改好了，返还',
  REFUSE_REPAIR: '看过，整改还不行',
  OVERTURN: '异议成立，取消扣分，分还给这户',
};

/** Every step of a deduction, oldest first: who, when and why. */
export function DeductionHistory({
  steps,
  today,
  warned,
}: {
  steps: StepView[];
  today: Day;
  /** it was looked at again after a warning */
  warned: boolean;
}) {
  return (
    <ol className="history">
      {steps.map((step) => (
        <li key={step.id}>
          <time dateTime={step.at.toISOString()}>
            {sayDay(dayOf(step.at), today)} {timeOf(step.at)}
          </time>
          <span>
            <b>{step.kind === 'PROPOSE' && warned ? '复查还在，提出扣分' : WORDS[step.kind]}</b>
            {step.who === null ? ' 到期自动办' : ` ${step.who}`}
          </span>
          {step.reason ? <span className="history-reason">{step.reason}</span> : null}
        </li>
      ))}
    </ol>
  );
}
