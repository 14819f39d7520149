import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { StatementSheet } from '@/components/alliance/settlement/statement-sheet';
import { PageBack } from '@/components/ui/page-head';
import { listPostings } from '@/lib/alliance/settlement/lines/reads';
import { findStatement } from '@/lib/alliance/settlement/reads';
import { LINES_MOST } from '@/lib/alliance/settlement/rules';
import { requireSeat } from '@/lib/auth/actor';
import { now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { isId } from '@/lib/platform/ids';
import { findVillages } from '@/lib/regions/reads';
import { shopScopeIn } from '../../../shop-scope';

export const metadata: Metadata = { title: '打印结算单' };

/** A statement on paper, for the shop's own files. */
export default async function PrintShopStatement({
  params,
}: {
  params: Promise<{ village: string; id: string }>;
}) {
  const actor = await requireSeat('shop');
  const { village, id } = await params;
  const scope = isId(id) ? await shopScopeIn(actor.shop.merchantId, village) : null;
  const villageId = scope?.villageIds[0];
  const at = now();
  const statement = scope && villageId ? await findStatement(db(), scope, id, at) : null;
  if (!villageId || !statement) notFound();
  const [postings, villages] = await Promise.all([
    listPostings(db(), villageId, id, { from: 0, most: LINES_MOST }),
    findVillages(db(), [villageId]),
  ]);
  return (
    <>
      <PageBack href={`/shop/statements/${village}/${id}`} label="结算单" />
      <StatementSheet
        statement={statement}
        postings={postings}
        at={at}
        demo={villages.get(villageId)?.isDemo ?? false}
      />
    </>
  );
}
