import type { Metadata } from 'next';
import { IncentiveLine } from '@/components/alliance/incentive/incentive-line';
import { Lines } from '@/components/ui/lines';
import { EmptyState } from '@/components/ui/message';
import { PageHead } from '@/components/ui/page-head';
import { listMerchantIncentives } from '@/lib/alliance/incentive/reads';
import { requireSeat } from '@/lib/auth/actor';
import { dayOf, now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';

export const metadata: Metadata = { title: '得到的激励' };

/** All that the shop received from the township and from villages. One query. */
export default async function ShopIncentives() {
  const actor = await requireSeat('shop');
  const incentives = await listMerchantIncentives(db(), actor.shop.merchantId);
  const today = dayOf(now());
  return (
    <>
      <PageHead
        title="得到的激励"
        lead="镇上和村里给本店的荣誉、减免和补贴。荣誉大家看得到，金额和文件只有本店和村镇干部看得到。"
        back={{ href: '/shop', label: '本店' }}
      />
      {incentives.length === 0 ? (
        <EmptyState title="还没有">
          镇上、村里给了荣誉、减租减税或者补贴，这里就看得到，证书也在这里打印。
        </EmptyState>
      ) : (
        <Lines label="得到的激励">
          {incentives.map((one) => (
            <IncentiveLine
              key={one.id}
              incentive={one}
              today={today}
              href={`/shop/incentives/${one.id}`}
              names="giver"
            />
          ))}
        </Lines>
      )}
    </>
  );
}
