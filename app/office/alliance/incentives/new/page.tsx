import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { NewIncentive } from '@/components/alliance/incentive/new-incentive';
import { canGiveTownshipIncentives } from '@/lib/alliance/incentive/policy';
import { listOfficeRecipients } from '@/lib/alliance/incentive/reads';
import { requireSeat } from '@/lib/auth/actor';
import { dayOf, now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { readFormReturn } from '@/lib/platform/form-return';
import { formToken } from '@/lib/platform/origin';

export const metadata: Metadata = { title: '记一项激励' };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** The township gives. */
export default async function NewTownshipIncentivePage({ searchParams }: Props) {
  const actor = await requireSeat('office');
  if (canGiveTownshipIncentives(actor) !== true) notFound();
  const query = await searchParams;
  const at = now();
  const members = await listOfficeRecipients(db(), actor.office);
  if (query.merchant !== undefined && !members.some((one) => one.id === query.merchant)) notFound();
  return (
    <NewIncentive
      page="/office/alliance/incentives"
      command="give-township-incentive"
      query={query}
      members={members}
      today={dayOf(at)}
      form={await readFormReturn(actor.sessionId, query.r, at)}
      token={formToken(actor.sessionId, at)}
    />
  );
}
