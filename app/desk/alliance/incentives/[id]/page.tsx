import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { IncentivePage } from '@/components/alliance/incentive/incentive-pages';
import { canGiveIncentives, canSeeIncentives } from '@/lib/alliance/incentive/policy';
import { findIncentive } from '@/lib/alliance/incentive/reads';
import { requireSeat } from '@/lib/auth/actor';
import { now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { readFormReturn } from '@/lib/platform/form-return';
import { isId } from '@/lib/platform/ids';
import { formToken } from '@/lib/platform/origin';

export const metadata: Metadata = { title: '商户激励' };

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** One incentive of the village's. */
export default async function DeskIncentive({ params, searchParams }: Props) {
  const actor = await requireSeat('desk');
  if (canSeeIncentives(actor) !== true) notFound();
  const [{ id }, query] = await Promise.all([params, searchParams]);
  const at = now();
  const incentive = isId(id) ? await findIncentive(db(), { villageId: actor.desk.villageId }, id) : null;
  if (!incentive) notFound();
  return (
    <IncentivePage
      page="/desk/alliance/incentives"
      incentive={incentive}
      isNew={query.ok === 'give-incentive'}
      isRevoked={query.ok === 'revoke-incentive'}
      revoke={canGiveIncentives(actor) === true ? 'revoke-incentive' : null}
      form={await readFormReturn(actor.sessionId, query.r, at)}
      token={formToken(actor.sessionId, at)}
    />
  );
}
