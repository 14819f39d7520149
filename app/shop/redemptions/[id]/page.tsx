import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { OrderActs } from '@/components/alliance/counter/order-acts';
import { RedemptionFacts } from '@/components/alliance/counter/redemption-facts';
import { TakeBack } from '@/components/alliance/counter/take-back';
import { LinkButton } from '@/components/ui/button';
import { Message, Refusal } from '@/components/ui/message';
import { PageHead } from '@/components/ui/page-head';
import { SHOP_NOTICES } from '@/lib/alliance/counter/notices';
import { findForShop } from '@/lib/alliance/counter/reads';
import { canDo } from '@/lib/alliance/counter/rules';
import { requireSeat } from '@/lib/auth/actor';
import { dayOf, now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { readFormReturn } from '@/lib/platform/form-return';
import { isId } from '@/lib/platform/ids';
import { noticeOf } from '@/lib/platform/notice';
import { formToken } from '@/lib/platform/origin';

export const metadata: Metadata = { title: '这一笔' };

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** One redemption of the shop, and what may still be done about it: undo, refund, hand over. */
export default async function ShopRedemption({ params, searchParams }: Props) {
  const actor = await requireSeat('shop');
  const [{ id }, query] = await Promise.all([params, searchParams]);
  const at = now();
  const [redemption, form] = await Promise.all([
    isId(id) ? findForShop(db(), actor.shop.merchantId, id) : null,
    readFormReturn(actor.sessionId, query.r, at),
  ]);
  if (!redemption) notFound();
  const today = dayOf(at);
  const token = formToken(actor.sessionId, at);
  const postedOn = redemption.postedAt ? dayOf(redemption.postedAt) : null;
  const can = canDo(redemption, postedOn, today, 'SHOP');
  const notice = redemption.state === 'ASKED' ? undefined : noticeOf(SHOP_NOTICES, query.ok);
  return (
    <>
      <PageHead title="这一笔" back={{ href: '/shop/today', label: '单子' }} />
      {notice ? <Message tone="done" role="status" title={notice} /> : null}
      {form ? <Refusal refusal={form.refusal} /> : null}
      {redemption.state === 'ASKED' ? (
        <Message tone="look" title="等他在手机上点“给”，一分钟里点了才收。">
          <p>
            <a href={`/shop/redemptions/${id}`}>看他点了没有</a>
          </p>
        </Message>
      ) : null}
      <RedemptionFacts redemption={redemption} side="shop" today={today} />
      {redemption.state === 'HELD' ? <OrderActs redemption={redemption} form={form} token={token} /> : null}
      <p>
        <LinkButton kind="primary" wide href="/shop/take">
          再收一笔
        </LinkButton>
      </p>
      <TakeBack redemption={redemption} side="shop" can={can} form={form} token={token} />
    </>
  );
}
