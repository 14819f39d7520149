import { Message } from '@/components/ui/message';
import { sayCredited, sayDaysLeft, sayFullDay } from '@/lib/deductions/rules';
import type { DeductionView } from '@/lib/deductions/types';
import { type Day, daysBetween } from '@/lib/platform/clock';

/** Where a deduction stands, told to its household: what that means, and what it may do until when. */
export function DeductionStanding({ deduction: one, today }: { deduction: DeductionView; today: Day }) {
  switch (one.state) {
    case 'RECORDED':
      return (
        <Message title="村里记下了一条，还没有定">
          {one.warnFirst
            ? '会先提醒您，给您时间改。现在没有扣分。'
            : '现在没有扣分。要扣会先通知您，您可以申辩。'}
        </Message>
      );
    case 'WARNED':
      return (
        <Message
          tone="look"
          title={`请在 ${one.recheckOn ? sayFullDay(one.recheckOn) : ''}前改好，改好了就不扣分`}
        >
          {one.repairClaimedAt
            ? '您说已经改好了，村里会来看，看过会告诉您。'
            : `${one.recheckOn ? sayDaysLeft(one.recheckOn as Day, today) : ''}。到时有人再来看一次。`}
        </Message>
      );
    case 'PROPOSED':
      return (
        <Message tone="look" title="复查时还在，有人提出扣分，等村务监督员看">
          现在没有扣分。批准了会通知您，您有 {one.answerDays} 天申辩。
        </Message>
      );
    case 'NOTICED':
      return <Noticed one={one} today={today} />;
    case 'CONTESTED':
      return (
        <Message tone="look" title="您说了情况，先停下来，不扣分">
          {one.objection
            ? `异议第 ${one.objection.number} 号，${sayFullDay(one.objection.dueOn)}前有结果。`
            : `由没有经手的人看过再定，定了会告诉您。${sayLooked(one)}`}
        </Message>
      );
    case 'POSTED':
      return (
        <Message tone="stop" title={`扣了 ${one.taken?.honour ?? one.points} 分`}>
          {one.taken && one.taken.points < one.taken.honour
            ? `荣誉分 −${one.taken.honour}；可兑积分只扣到零，扣了 ${one.taken.points} 分。`
            : `荣誉分和可兑积分各 −${one.taken?.honour ?? one.points}。`}
          {sayCredited(one)}
          {one.repairClaimedAt
            ? `您报了整改，村里会来看。${sayLooked(one)}`
            : one.restoredWhenRepaired
              ? '整改好了，分数还给您。'
              : ''}
        </Message>
      );
    case 'RESTORED':
      return (
        <Message tone="done" title="整改好了，分数已经还给您">
          谢谢您。
        </Message>
      );
    case 'OVERTURNED':
      return (
        <Message tone="done" title="异议成立，分数已经还给您">
          {`理由：${one.endReason}`}
        </Message>
      );
    default:
      return (
        <Message tone="done" title="不扣分了">
          {`理由：${one.endReason}`}
        </Message>
      );
  }
}

/** Until when what the household said is looked at; of what is overdue, that the township knows. */
function sayLooked({ saidDueOn, saidRisenAt }: DeductionView): string {
  if (!saidDueOn) return '';
  return saidRisenAt
    ? `${sayFullDay(saidDueOn)}前没有人看，镇上已经知道，会来催。`
    : `${sayFullDay(saidDueOn)}前会有人看。`;
}

function Noticed({ one, today }: { one: DeductionView; today: Day }) {
  const until = one.answerUntil as Day;
  const left = daysBetween(today, until);
  return (
    <div className="deduction-days">
      <p>
        拟扣 <b>{one.points} 分</b>，现在还没有扣
      </p>
      {left >= 0 ? (
        <p className="deduction-left">
          <b>{left === 0 ? '今天' : left}</b>
          <span>{left === 0 ? '是申辩的最后一天' : '天可以申辩'}</span>
        </p>
      ) : (
        <p>申辩期 {sayFullDay(until)} 过完了，马上要记。还没记的话，现在说也来得及。</p>
      )}
      <p className="deduction-until">到 {sayFullDay(until)}（含当天）</p>
      {sayCredited(one) ? <p>{sayCredited(one)}</p> : null}
    </div>
  );
}
