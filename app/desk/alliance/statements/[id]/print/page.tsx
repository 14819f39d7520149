import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { StatementSheet } from '@/components/alliance/settlement/statement-sheet';
import { PageBack } from '@/components/ui/page-head';
import { listPostings } from '@/lib/alliance/settlement/lines/reads';
import { canReadSettlement } from '@/lib/alliance/settlement/policy';
import { findStatement } from '@/lib/alliance/settlement/reads';
import { LINES_MOST } from '@/lib/alliance/settlement/rules';
import { requireSeat } from '@/lib/auth/actor';
import { now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { isId } from '@/lib/platform/ids';
import { findVillages } from '@/lib/regions/reads';

export const metadata: Metadata = { title: '打印结算单' };

/** A statement on paper, to be signed by both sides. */
export default async function PrintStatement({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireSeat('desk');
  const { id } = await params;
  const { villageId } = actor.desk;
  if (canReadSettlement(actor) !== true || !isId(id)) notFound();
  const at = now();
  const [statement, postings, villages] = await Promise.all([
    findStatement(db(), { villageIds: [villageId], merchantId: null }, id, at),
    listPostings(db(), villageId, id, { from: 0, most: LINES_MOST }),
    findVillages(db(), [villageId]),
  ]);
  if (!statement) notFound();
  return (
    <>
      <PageBack href={`/desk/alliance/statements/${id}`} label="结算单" />
      <StatementSheet
        statement={statement}
        postings={postings}
        at={at}
        demo={villages.get(villageId)?.isDemo ?? false}
      />
    </>
  );
}
