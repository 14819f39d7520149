import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { IncentiveFacts } from '@/components/alliance/incentive/incentive-facts';
import { LinkButton } from '@/components/ui/button';
import { PageHead } from '@/components/ui/page-head';
import { findIncentive } from '@/lib/alliance/incentive/reads';
import { requireSeat } from '@/lib/auth/actor';
import { db } from '@/lib/platform/db';
import { isId } from '@/lib/platform/ids';

export const metadata: Metadata = { title: '得到的激励' };

/** One of what the shop received. */
export default async function ShopIncentive({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireSeat('shop');
  const { id } = await params;
  const incentive = isId(id) ? await findIncentive(db(), { merchantId: actor.shop.merchantId }, id) : null;
  if (!incentive) notFound();
  return (
    <>
      <PageHead title={incentive.title} back={{ href: '/shop/incentives', label: '得到的激励' }} />
      <IncentiveFacts incentive={incentive} />
      {incentive.code && !incentive.revokedOn ? (
        <p className="form-act">
          <LinkButton kind="primary" href={`/shop/incentives/${incentive.id}/certificate`}>
            看证书，打印
          </LinkButton>
        </p>
      ) : null}
      <p className="soft">有不对的地方，请找{incentive.giver}。</p>
    </>
  );
}
