import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { HouseholdForm } from '@/components/residents/household-forms';
import { PageHead } from '@/components/ui/page-head';
import { requireSeat } from '@/lib/auth/actor';
import { now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { readFormReturn } from '@/lib/platform/form-return';
import { formToken } from '@/lib/platform/origin';
import { canKeepRoster } from '@/lib/residents/policy';
import { listGroups } from '@/lib/residents/reads';

export const metadata: Metadata = { title: '登记一户' };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** A new household with its head; the others are added on its page. */
export default async function NewHousehold({ searchParams }: Props) {
  const actor = await requireSeat('desk');
  if (canKeepRoster(actor) !== true) notFound();
  const at = now();
  const [groups, form] = await Promise.all([
    listGroups(db(), actor.desk.villageId),
    readFormReturn(actor.sessionId, (await searchParams).r, at),
  ]);
  return (
    <div className="narrow">
      <PageHead
        title="登记一户"
        lead="户号由系统排，接着小组里最后一户。"
        back={{ href: '/desk/people', label: '户和人' }}
      />
      <HouseholdForm groups={groups} form={form} token={formToken(actor.sessionId, at)} />
    </div>
  );
}
