import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { NewIncentive } from '@/components/alliance/incentive/new-incentive';
import { canGiveIncentives } from '@/lib/alliance/incentive/policy';
import { listVillageRecipients } from '@/lib/alliance/incentive/reads';
import { requireSeat } from '@/lib/auth/actor';
import { dayOf, now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { readFormReturn } from '@/lib/platform/form-return';
import { formToken } from '@/lib/platform/origin';

export const metadata: Metadata = { title: '记一项激励' };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** The village gives. */
export default async function NewIncentivePage({ searchParams }: Props) {
  const actor = await requireSeat('desk');
  if (canGiveIncentives(actor) !== true) notFound();
  const query = await searchParams;
  const at = now();
  const members = await listVillageRecipients(db(), actor.desk.villageId);
  if (query.merchant !== undefined && !members.some((one) => one.id === query.merchant)) notFound();
  return (
    <NewIncentive
      page="/desk/alliance/incentives"
      command="give-incentive"
      query={query}
      members={members}
      today={dayOf(at)}
      form={await readFormReturn(actor.sessionId, query.r, at)}
      token={formToken(actor.sessionId, at)}
    />
  );
}
