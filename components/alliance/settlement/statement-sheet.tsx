import { SheetFoot, SheetHead } from '@/components/print/sheet';
import { Facts } from '@/components/ui/figures';
import { CHANNEL_NAMES, sayState, sayStatement, sayYuan } from '@/lib/alliance/settlement/rules';
import type { PaymentView, PostingView, StatementView } from '@/lib/alliance/settlement/types';
import { type Day, dayOf, timeOf } from '@/lib/platform/clock';
import { PostingTable } from './posting-table';

const whole = (day: Day) =>
  `${Number(day.slice(0, 4))}年${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`;

/** A statement on paper: A4, with the village's head and lines for both sides to sign on. */
export function StatementSheet({
  statement,
  postings,
  at,
  demo,
}: {
  statement: StatementView;
  postings: PostingView[];
  at: Date;
  demo: boolean;
}) {
  const [payment] = statement.payments;
  const { fen, points, lines } = statement;
  return (
    <>
      <SheetHead
        place={statement.villageName}
        title={sayStatement(statement)}
        lines={[
          `商户：${statement.merchantName}`,
          `算到 ${whole(dayOf(statement.cutOff))} ${timeOf(statement.cutOff)}，编号 ${statement.id.slice(-8)}`,
        ]}
      />
      <Facts
        items={[
          [fen < 0 ? '商户欠村里' : '村里应付', <b key="fen">{`${sayYuan(Math.abs(fen))} 元`}</b>],
          ['积分', `${points.toLocaleString('zh-CN')} 分，${lines} 笔`],
          ['最迟付款', fen > 0 ? whole(statement.dueOn) : ''],
          [
            payment && payment.fen < 0 ? '商户退钱' : payment?.fen === 0 ? '抵掉' : '付款',
            payment
              ? [
                  `${whole(payment.paidOn)}，${CHANNEL_NAMES[payment.channel]}`,
                  payment.reference && `凭证号 ${payment.reference}`,
                ]
                  .filter(Boolean)
                  .join('，')
              : '',
          ],
          ['现在', sayState(statement)],
        ]}
      />
      <PostingTable
        caption={`${statement.merchantName}，每一笔`}
        postings={postings}
        today={dayOf(at)}
        total={{ points, fen, lines }}
      />
      <SheetFoot
        source={
          fen < 0
            ? `退回的比收的多，${sayOwed(payment)}每一笔都由积分台账算出。`
            : '每一笔都由积分台账算出，按收积分那天的协议折成钱。'
        }
        asOf={`${whole(dayOf(at))} ${timeOf(at)} 打印`}
        ask="有不对的，同意以前在网上逐笔提出，或者找村书记。"
        signers={['村书记', '商户']}
        demo={demo}
      />
    </>
  );
}

/** How what the merchant owes is settled: by its payment, or before there is one. */
function sayOwed(payment: PaymentView | undefined): string {
  if (!payment) return '从下一张结算单里扣；不再收积分的，退给村里。';
  return payment.fen < 0
    ? `商户一共退给村里 ${sayYuan(-payment.fen)} 元。`
    : '和别的结算单一起算，已经扣掉。';
}
