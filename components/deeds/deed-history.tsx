import type { DecisionView } from '@/lib/deeds/own/types';
import { dayOf, sayDay, timeOf } from '@/lib/platform/clock';

const WORDS: Record<DecisionView['kind'], string> = {
  FIRST_APPROVE: '第一位核分员通过',
  APPROVE: '核分员通过',
  RETURN: '核分员退回',
  WITHDRAW: '撤回',
  UNDO_APPROVE: '核分员撤销了通过，记的分取消',
  UNDO_RETURN: '核分员撤销了退回，重新等核实',
  OVERTURN: '公示期里有人提异议，成立，记的分取消并退回',
  UNDO_FIRST: '第一位核分员撤销了通过',
};

/** What happened to a deed, oldest first: logged, then each decision with who and why. */
export function DeedHistory({
  logged,
  decisions,
  now,
}: {
  logged: { at: Date; who: string };
  decisions: DecisionView[];
  now: Date;
}) {
  const steps = [
    { at: logged.at, words: '记下', who: logged.who, reason: '' },
    ...decisions.map((one) => ({
      at: one.at,
      words: WORDS[one.kind],
      who: one.personName,
      reason: one.reason,
    })),
  ];
  const today = dayOf(now);
  return (
    <ol className="history">
      {steps.map((step, index) => (
        <li key={`${step.at.getTime()} ${String(index)}`}>
          <time dateTime={step.at.toISOString()}>
            {sayDay(dayOf(step.at), today)} {timeOf(step.at)}
          </time>
          <span>
            <b>{step.words}</b>
            {step.who ? ` ${step.who}` : ''}
          </span>
          {step.reason ? <span className="history-reason">原因：{step.reason}</span> : null}
        </li>
      ))}
    </ol>
  );
}
