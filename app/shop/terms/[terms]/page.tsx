import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { TermsPaper } from '@/components/alliance/terms-paper';
import { PageBack } from '@/components/ui/page-head';
import { findTerms } from '@/lib/alliance/terms/reads';
import { requireSeat } from '@/lib/auth/actor';
import { db } from '@/lib/platform/db';
import { isId } from '@/lib/platform/ids';
import { findVillages } from '@/lib/regions/reads';

export const metadata: Metadata = { title: '积分兑换协议' };

interface Props {
  params: Promise<{ terms: string }>;
}

/** Terms on paper, for the shop. */
export default async function ShopTermsPaper({ params }: Props) {
  const actor = await requireSeat('shop');
  const { terms: id } = await params;
  const terms = isId(id) ? await findTerms(db(), { merchantId: actor.shop.merchantId, termsId: id }) : null;
  if (!terms) notFound();
  const village = (await findVillages(db(), [terms.villageId])).get(terms.villageId);
  return (
    <>
      <PageBack href="/shop/terms" label="协议" />
      <TermsPaper terms={terms} demo={village?.isDemo ?? false} />
    </>
  );
}
