import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { IncentivePage } from '@/components/alliance/incentive/incentive-pages';
import { canGiveTownshipIncentives } from '@/lib/alliance/incentive/policy';
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

/** One incentive under this office; the township takes back what it gave itself, and no village's. */
export default async function OfficeIncentive({ params, searchParams }: Props) {
  const actor = await requireSeat('office');
  const [{ id }, query] = await Promise.all([params, searchParams]);
  const at = now();
  const incentive = isId(id) ? await findIncentive(db(), { office: actor.office }, id) : null;
  if (!incentive) notFound();
  const isOwn = incentive.villageId === null && canGiveTownshipIncentives(actor) === true;
  return (
    <IncentivePage
      page="/office/alliance/incentives"
      incentive={incentive}
      isNew={query.ok === 'give-township-incentive'}
      isRevoked={query.ok === 'revoke-township-incentive'}
      revoke={isOwn ? 'revoke-township-incentive' : null}
      form={await readFormReturn(actor.sessionId, query.r, at)}
      token={formToken(actor.sessionId, at)}
    />
  );
}
