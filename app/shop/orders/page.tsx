import type { Metadata } from 'next';
import { RedemptionLines } from '@/components/alliance/counter/redemption-lines';
import { EmptyState } from '@/components/ui/message';
import { PageHead } from '@/components/ui/page-head';
import { listOrders } from '@/lib/alliance/counter/reads';
import { requireSeat } from '@/lib/auth/actor';
import { dayOf, now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';

export const metadata: Metadata = { title: '等来取的' };

/** Orders that wait to be picked up, the one that ends first at the top. One query. */
export default async function Orders() {
  const actor = await requireSeat('shop');
  const orders = await listOrders(db(), actor.shop.merchantId);
  return (
    <>
      <PageHead
        title="等来取的"
        lead="来取的时候对一下尾号，点进去交付，分才到本店。"
        back={{ href: '/shop/take', label: '收积分' }}
      />
      {orders.length === 0 ? (
        <EmptyState title="没有等来取的东西">村民在手机上预留了东西，会出现在这里。</EmptyState>
      ) : (
        <RedemptionLines label="等来取的" lines={orders} side="shop" today={dayOf(now())} />
      )}
    </>
  );
}
