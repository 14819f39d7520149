import type { Metadata } from 'next';
import { TakeCounter } from '@/components/alliance/counter/take-counter';
import { TodayStrip } from '@/components/alliance/counter/today-strip';
import { LinkButton } from '@/components/ui/button';
import { enteredText, fieldError } from '@/components/ui/form-return';
import { EmptyState, Message, Refusal } from '@/components/ui/message';
import { PageHead } from '@/components/ui/page-head';
import { findToday } from '@/lib/alliance/counter/news';
import { countWaiting, findCounter } from '@/lib/alliance/counter/reads';
import { PAY_DIGITS, plainDigits } from '@/lib/alliance/counter/rules';
import { requireSeat } from '@/lib/auth/actor';
import { dayOf, now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { readFormReturn } from '@/lib/platform/form-return';
import { newId } from '@/lib/platform/ids';
import { formToken } from '@/lib/platform/origin';

export const metadata: Metadata = { title: '收积分' };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** The shop's counter, and today so far. With a code in its address it was read by a phone's own camera. */
export default async function Take({ searchParams }: Props) {
  const actor = await requireSeat('shop');
  const query = await searchParams;
  const { merchantId } = actor.shop;
  const at = now();
  const today = dayOf(at);
  const [counter, { sum, latest }, waiting, form] = await Promise.all([
    findCounter(db(), merchantId, today),
    findToday(db(), merchantId, today),
    countWaiting(db(), merchantId),
    readFormReturn(actor.sessionId, query.r, at),
  ]);
  const code = typeof query.code === 'string' ? plainDigits(query.code, 99) : '';
  const codeError = fieldError(form, 'code');
  const pointsError = fieldError(form, 'points');
  return (
    <>
      <PageHead
        title="收积分"
        lead={
          counter.villages.length > 0 ? `收${counter.villages.map((one) => one.name).join('、')}的积分` : null
        }
      />
      {counter.villages.map((one) =>
        one.stopWhy === null ? null : (
          <Message key={one.id} tone="stop" title={`${one.name}的积分现在不能收：村里暂停了兑换`}>
            原因：{one.stopWhy}。您已经收的，村里照付。
          </Message>
        ),
      )}
      {form ? <Refusal refusal={form.refusal} /> : null}
      {counter.villages.length === 0 ? (
        <EmptyState title="现在还不能收积分">
          要镇上同意入盟、和村里签好协议，才能收。签好以后这里就能用。
        </EmptyState>
      ) : (
        <TakeCounter
          merchantId={merchantId}
          merchantName={actor.shop.name}
          counter={counter}
          code={code.length === PAY_DIGITS ? code : ''}
          id={newId()}
          token={formToken(actor.sessionId, at)}
          picked={form ? (enteredText(form, 'offerId') ?? null) : null}
          amount={enteredText(form, 'points') ?? ''}
          errors={{
            ...(codeError ? { code: codeError } : {}),
            ...(pointsError ? { points: pointsError } : {}),
          }}
        />
      )}
      <div className="counter-ways">
        <LinkButton href="/shop/voucher">收代金券</LinkButton>
        <LinkButton href="/shop/orders">
          等来取的{waiting.orders > 0 ? ` ${waiting.orders} 件` : ''}
        </LinkButton>
      </div>
      {waiting.refunds > 0 ? (
        <p className="notice-line">
          <a href="/shop/today">
            <b>有 {waiting.refunds} 笔想退货</b>
            <span>等您答复</span>
          </a>
        </p>
      ) : null}
      <TodayStrip today={sum} latest={latest} />
    </>
  );
}
