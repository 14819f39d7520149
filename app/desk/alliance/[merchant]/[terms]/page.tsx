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
  params: Promise<{ merchant: string; terms: string }>;
}

/** Terms on paper, for the village's office. */
export default async function DeskTermsPaper({ params }: Props) {
  const actor = await requireSeat('desk');
  const { villageId } = actor.desk;
  const { merchant, terms: id } = await params;
  if (!isId(id)) notFound();
  const [terms, villages] = await Promise.all([
    findTerms(db(), { villageId, termsId: id }),
    findVillages(db(), [villageId]),
  ]);
  if (!terms || terms.merchantId !== merchant) notFound();
  return (
    <>
      <PageBack href={`/desk/alliance/${merchant}`} label={terms.merchantName} />
      <TermsPaper terms={terms} demo={villages.get(villageId)?.isDemo ?? false} />
    </>
  );
}
