import type { Metadata } from 'next';
import { NoticeSlip } from '@/components/deductions/paper-slip';
import { PageBack } from '@/components/ui/page-head';
import { answerLast } from '@/lib/deductions/rules';
import { type Day, dayOf } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { findVillages } from '@/lib/regions/reads';
import { deskDeduction, type Props } from '../desk-deduction';

export const metadata: Metadata = { title: '扣分告知书' };

/** The notice on paper, with the days to answer and a receipt to sign. */
export default async function Notice({ params }: Pick<Props, 'params'>) {
  const { actor, deduction: one, at } = await deskDeduction(params);
  const village = (await findVillages(db(), [actor.desk.villageId])).get(actor.desk.villageId);
  const today = dayOf(at);
  return (
    <>
      <PageBack href={`/desk/deductions/${one.id}`} label="这一件" />
      <NoticeSlip
        deduction={one}
        village={village?.name ?? ''}
        demo={village?.isDemo ?? false}
        today={today}
        answerUntil={(one.answerUntil as Day | null) ?? answerLast(today, one.answerDays)}
      />
    </>
  );
}
