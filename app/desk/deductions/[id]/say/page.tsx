import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { AnswerForm, RepairForm } from '@/components/deductions/household-acts';
import { Message } from '@/components/ui/message';
import { PageHead } from '@/components/ui/page-head';
import { canRecordDeductions } from '@/lib/deductions/policy';
import { readFormReturn } from '@/lib/platform/form-return';
import { isId } from '@/lib/platform/ids';
import { formToken } from '@/lib/platform/origin';
import { deskDeduction, type Props } from '../desk-deduction';

export const metadata: Metadata = { title: '代这户写' };

/** What a household without a phone says, written down for it: its answer, or that it is mended. */
export default async function Say({ params, searchParams }: Props) {
  const { actor, deduction: one, at } = await deskDeduction(params);
  if (canRecordDeductions(actor) !== true) notFound();
  const query = await searchParams;
  const form = await readFormReturn(actor.sessionId, query.r, at);
  const here = `/desk/deductions/${one.id}`;
  const shared = {
    deductionId: one.id,
    seat: 'desk' as const,
    href: `${here}/say`,
    next: here,
    token: formToken(actor.sessionId, at),
    photos: [query.photo].flat().filter(isId),
    form,
  };
  const mayAnswer = one.state === 'NOTICED' && !one.answeredAt;
  const mayRepair =
    !one.repairClaimedAt && (one.state === 'WARNED' || (one.state === 'POSTED' && one.restoredWhenRepaired));
  return (
    <>
      <PageHead
        title={mayRepair ? '代这户报整改' : '代这户写申辩'}
        lead={`${one.householdCode} ${one.headName} · ${one.itemName}`}
        back={{ href: here, label: '这一件' }}
      />
      {one.partakers.includes(actor.personId) ? (
        <Message tone="look" title="这一件您经手过，请没经手的帮办员、核分员或者村书记来写">
          一户只能申辩一次，不能由经手的人替他们写。
        </Message>
      ) : mayAnswer ? (
        <AnswerForm {...shared} />
      ) : mayRepair ? (
        <RepairForm {...shared} />
      ) : (
        <Message tone="look" title="现在没有要代写的">
          这一件已经到了别的步骤，请回去看看。
        </Message>
      )}
    </>
  );
}
