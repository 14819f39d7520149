import { PrintButton } from '@/components/ui/print-button';
import { TERMS_STATE_NAMES, termsFacts, termsState } from '@/lib/alliance/terms/rules';
import type { TermsView } from '@/lib/alliance/terms/types';
import { dayOf } from '@/lib/platform/clock';
import { sayWholeDay } from './words';

/** 协议书: what both sides keep, on one page of A4 with lines to sign on. */
export function TermsPaper({ terms, demo }: { terms: TermsView; demo: boolean }) {
  const state = termsState(terms);
  return (
    <article className="slip terms-paper">
      <div className="acts no-print">
        <PrintButton label="打印协议" />
      </div>
      <header className="slip-head">
        <p>商社联盟</p>
        <h1>积分兑换协议</h1>
      </header>
      <div className="slip-body">
        <p>
          甲方：<b>{terms.villageName}</b>　乙方：<b>{terms.merchantName}</b>
        </p>
        <p>
          村民用做好事得的积分，到乙方兑换东西或服务；乙方收下的积分，由甲方按下面的约定
          {terms.isCharity ? '记账' : '付钱'}。
        </p>
        <dl className="facts">
          {termsFacts(terms).flatMap(([term, value]) => [
            <dt key={`${term}-t`}>{term}</dt>,
            <dd key={`${term}-d`}>{value}</dd>,
          ])}
        </dl>
        <ol className="terms-rules">
          <li>积分不是钱：乙方不找零、不折现、不转给别人，兑换品的积分数由乙方自己定，明明白白写出来。</li>
          <li>
            {terms.isCharity
              ? '乙方是公益组织，只提供便民服务和志愿服务，甲方不付钱。'
              : '乙方收下的每一分，甲方都付，一分不少；价钱按收下那天生效的协议算，以后改了也不变。'}
          </li>
          <li>任何一方随时可以结束，要写明原因。结束以前收下的，照样结清。</li>
          <li>收错了，当天由乙方撤销；过了当天，两边都同意才退。</li>
        </ol>
        <p>
          {terms.signedByName} 于 {sayWholeDay(dayOf(terms.signedAt))} 代表甲方在系统里签字
          {terms.acceptedAt
            ? `；${terms.acceptedByName} 于 ${sayWholeDay(dayOf(terms.acceptedAt))} 代表乙方接受`
            : ''}
          。 现在：{TERMS_STATE_NAMES[state]}
          {terms.endedAt ? `（${sayWholeDay(dayOf(terms.endedAt))}，${terms.endReason}）` : ''}。
        </p>
        {demo ? <p>演示数据，人名地名均为虚构</p> : null}
      </div>
      <div className="sign-lines terms-sign" aria-hidden="true">
        <span>甲方（签名、盖章）　　　　年　　月　　日</span>
        <span>乙方（签名、盖章）　　　　年　　月　　日</span>
      </div>
    </article>
  );
}
