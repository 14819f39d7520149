import type { ReactNode } from 'react';
import { PrintButton } from '@/components/ui/print-button';
import { sayFullDay, withoutStop } from '@/lib/deductions/rules';
import type { DeductionView } from '@/lib/deductions/types';
import { type Day, dayOf } from '@/lib/platform/clock';

interface SlipProps {
  deduction: DeductionView;
  village: string;
  today: Day;
  demo: boolean;
}

/** 提醒单: what was seen, until when to mend it, and that nothing is taken then. Fits A5, with a slip to sign. */
export function WarningSlip({ recheckOn, ...props }: SlipProps & { recheckOn: Day }) {
  const { deduction: one } = props;
  return (
    <Slip {...props} title="提醒单" served={one.warnedAt ? dayOf(one.warnedAt) : props.today}>
      <p>
        {sayFullDay(one.seenOn)}，{one.seenBy}看到：{withoutStop(one.facts)}。
      </p>
      <p>
        按村里的积分细则（第 {one.versionNumber} 版）“{one.itemName}”一项，请您家在
        <b> {sayFullDay(recheckOn)} </b>前改好。到时有人再来看一次，
        <b>改好了就不扣分</b>。
      </p>
      <p>
        如果那时还没有改，会提出扣 {one.points}{' '}
        分，还要村务监督员批准，并且再书面通知您；扣以前您可以申辩。有难处请早点告诉村里，可以请人帮忙。
      </p>
    </Slip>
  );
}

/** 扣分告知书: what is to be taken, why, until when the household may answer, and how. */
export function NoticeSlip({ answerUntil, ...props }: SlipProps & { answerUntil: Day }) {
  const { deduction: one } = props;
  return (
    <Slip {...props} title="扣分告知书" served={one.noticedAt ? dayOf(one.noticedAt) : props.today}>
      <p>
        {sayFullDay(one.seenOn)}，{one.seenBy}看到：{withoutStop(one.facts)}。
        {one.warnedAt && one.recheckOn ? `提醒以后，${sayFullDay(one.recheckOn)}起复查，还没有改好。` : ''}
      </p>
      <p>
        按村里的积分细则（第 {one.versionNumber} 版）“{one.itemName}”一项，拟扣您家
        <b> {one.points} 分</b>。<b>现在还没有扣。</b>
      </p>
      <p>
        您可以在<b> {sayFullDay(answerUntil)} </b>
        （含当天）前申辩，或者提异议：在手机上写、请帮办员代写、当面说都行。您说了就先停下来，由没有经手这件事的人看过再定。
      </p>
      <p>
        {one.restoredWhenRepaired ? '扣分以后整改好了，报给村里看过，分数还给您。' : ''}
        不说也可以，过了这一天按细则记入台账；以后不同意，30 天内还可以提异议。
      </p>
    </Slip>
  );
}

function Slip({
  title,
  deduction: one,
  village,
  demo,
  served,
  children,
}: SlipProps & { title: string; served: Day; children: ReactNode }) {
  return (
    <article className="slip">
      <div className="acts no-print">
        <PrintButton label={`打印${title}`} />
      </div>
      <header className="slip-head">
        <p>{village}村民积分</p>
        <h1>{title}</h1>
        <p className="slip-to">
          {one.householdCode} {one.headName} 家：
        </p>
      </header>
      <div className="slip-body">{children}</div>
      <footer className="slip-foot">
        <p>{village}</p>
        <p>{sayFullDay(served)}</p>
      </footer>
      <section className="slip-receipt">
        <h2>
          {title}回执 <small>{one.householdCode}</small>
        </h2>
        <p>“{one.itemName}”已经收到。签名只表示收到，不表示同意。</p>
        <div className="slip-lines">
          <span>收件人</span>
          <span>送达人</span>
          <span>日期</span>
        </div>
        <p className="slip-ways">送达方式：□ 当面 □ 贴在门上 □ 家人代收 □ 其他</p>
        {demo ? <p className="slip-ways print-only">演示数据，人名地名均为虚构</p> : null}
      </section>
    </article>
  );
}
