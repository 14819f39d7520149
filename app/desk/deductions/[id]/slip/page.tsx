import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { WarningSlip } from '@/components/deductions/paper-slip';
import { PageBack } from '@/components/ui/page-head';
import { recheckEarliest } from '@/lib/deductions/rules';
import { type Day, dayOf } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { findVillages } from '@/lib/regions/reads';
import { deskDeduction, type Props } from '../desk-deduction';

export const metadata: Metadata = { title: '提醒单' };

/** The warning on paper, with a receipt to sign. */
export default async function Slip({ params }: Pick<Props, 'params'>) {
  const { actor, deduction: one, at } = await deskDeduction(params);
  if (!one.warnFirst) notFound();
  const village = (await findVillages(db(), [actor.desk.villageId])).get(actor.desk.villageId);
  const today = dayOf(at);
  return (
    <>
      <PageBack href={`/desk/deductions/${one.id}`} label="这一件" />
      <WarningSlip
        deduction={one}
        village={village?.name ?? ''}
        demo={village?.isDemo ?? false}
        today={today}
        recheckOn={(one.recheckOn as Day | null) ?? recheckEarliest(today, one.warningDays)}
      />
    </>
  );
}
