import type { ReactNode } from 'react';
import { Facts } from '@/components/ui/figures';
import { Line, Lines } from '@/components/ui/lines';
import { Photo, PhotoGrid } from '@/components/ui/photo';
import { shopPhotoAddress } from '@/lib/alliance/photo/types';
import { CHANNEL_NAMES, sayStatement, sayYuan } from '@/lib/alliance/settlement/rules';
import type { PaymentView, StatementView } from '@/lib/alliance/settlement/types';
import { type Day, dayOf, sayDay, timeOf } from '@/lib/platform/clock';
import { StatementStatus } from './statement-lines';

const moment = (at: Date, today: Day) => `${sayDay(dayOf(at), today)} ${timeOf(at)}`;

/** What a statement says and where it has come to. */
export function StatementFacts({
  statement,
  today,
  toShop = false,
}: {
  statement: StatementView;
  today: Day;
  toShop?: boolean;
}) {
  const { fen, points, lines } = statement;
  return (
    <Facts
      items={[
        ['现在', <StatementStatus key="state" statement={statement} toShop={toShop} />],
        ['金额', <b key="fen">{`${sayYuan(fen)} 元`}</b>],
        ['积分', `${points.toLocaleString('zh-CN')} 分，${lines} 笔`],
        ['算到', moment(statement.cutOff, today)],
        ['怎么来的', statement.madeBy ? `${statement.madeBy}现结` : '每月 1 日自动结'],
        ['最迟付款', fen > 0 ? sayDay(statement.dueOn, today) : ''],
        ['商户同意', statement.agreedAt ? `${statement.agreedBy}，${moment(statement.agreedAt, today)}` : ''],
        [
          statement.paidFen !== null && statement.paidFen <= 0 ? '商户确认' : '商户确认收款',
          statement.confirmedAt && fen !== 0
            ? `${statement.confirmedBy}，${moment(statement.confirmedAt, today)}`
            : '',
        ],
        ['说明', explain(fen)],
      ]}
    />
  );
}

function explain(fen: number): ReactNode {
  if (fen === 0) return '没有要付的钱：公益的不收钱，或者收的都退了。商户同意就结清。';
  if (fen < 0)
    return `退回的比收的多，商户欠村里 ${sayYuan(-fen)} 元，从下一张结算单里扣。以后不再收积分的，把钱退给村里，记下来就结清。`;
  return '';
}

/** The payment of a statement, what was said of it, and those it replaced. */
export function PaymentChain({
  statement,
  today,
  hrefOf,
}: {
  statement: StatementView;
  today: Day;
  /** the page of another statement of the same payment */
  hrefOf: (id: string) => string;
}) {
  const [last, ...earlier] = statement.payments;
  if (!last) return null;
  return (
    <>
      <PaymentFacts payment={last} today={today}>
        {statement.together.map((one) => (
          <span key={one.id}>
            <a href={hrefOf(one.id)}>{sayStatement(one)}</a>
            {`（${sayYuan(one.fen)} 元）`}
          </span>
        ))}
      </PaymentFacts>
      {earlier.map((payment) => (
        <div key={payment.id}>
          <h3>改过以前是这样记的</h3>
          <p className="soft">为什么改：{payment.replacedWhy}</p>
          <PaymentFacts payment={payment} today={today} />
        </div>
      ))}
    </>
  );
}

function PaymentFacts({
  payment,
  today,
  children,
}: {
  payment: PaymentView;
  today: Day;
  children?: ReactNode[];
}) {
  return (
    <>
      <Facts
        items={[
          [
            payment.fen < 0 ? '商户退了' : '付了',
            payment.fen === 0 ? (
              '互相抵掉，不用付钱'
            ) : (
              <b key="fen">{`${sayYuan(Math.abs(payment.fen))} 元`}</b>
            ),
          ],
          ['哪一天', sayDay(payment.paidOn, today)],
          [
            payment.fen < 0 ? '怎么退的' : '怎么付的',
            payment.fen === 0 ? '' : CHANNEL_NAMES[payment.channel],
          ],
          ['凭证号', payment.reference],
          [payment.fen > 0 ? '一起付的' : '一起算的', children && children.length > 0 ? children : ''],
          ['谁记的', `${payment.paidBy}，${moment(payment.paidAt, today)}`],
          [
            '回单照片',
            payment.slipPhotoId ? (
              <PhotoGrid key="slip">
                <Photo
                  src={shopPhotoAddress(payment.slipPhotoId, 'small')}
                  large={shopPhotoAddress(payment.slipPhotoId, 'large')}
                  alt={payment.fen < 0 ? '退款收条' : '付款回单'}
                />
              </PhotoGrid>
            ) : (
              ''
            ),
          ],
        ]}
      />
      {payment.notes.length > 0 ? (
        <Lines label="两边怎么说">
          {payment.notes.map((note) => (
            <Line
              key={note.at.toISOString()}
              title={note.side === 'VILLAGE' ? '村里答复' : payment.fen > 0 ? '商户说没收到' : '商户说不对'}
              meta={`${note.by}，${moment(note.at, today)}`}
              note={note.body}
            />
          ))}
        </Lines>
      ) : null}
    </>
  );
}
