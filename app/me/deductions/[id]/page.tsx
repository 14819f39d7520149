import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { photosOfDeduction } from '@/app/deduction-photos';
import { DeductionFacts, HouseholdWords } from '@/components/deductions/deduction-facts';
import { DeductionHistory } from '@/components/deductions/deduction-history';
import { DeductionStanding } from '@/components/deductions/deduction-standing';
import { AnswerForm, RepairForm } from '@/components/deductions/household-acts';
import { OwnObjection } from '@/components/objections/own-objection';
import { LinkButton } from '@/components/ui/button';
import { Message, Notice, Refusal } from '@/components/ui/message';
import { PageHead, Section } from '@/components/ui/page-head';
import { requireSeat } from '@/lib/auth/actor';
import { speaksForHousehold } from '@/lib/deductions/household/reads';
import { findDeduction } from '@/lib/deductions/reads';
import { isWithinWindow } from '@/lib/objections/rules';
import { findOwnObjections } from '@/lib/objections/standing/reads';
import { dayOf, now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { readFormReturn } from '@/lib/platform/form-return';
import { isId } from '@/lib/platform/ids';
import { noticeOf } from '@/lib/platform/notice';
import { formToken } from '@/lib/platform/origin';

export const metadata: Metadata = { title: '提醒和扣分' };

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const SENT: Record<string, string> = {
  'answer-deduction': '送到了。先停下来不扣，看过会告诉您。',
  'claim-repair': '送到了。村里会来看，看过会告诉您。',
};

/** One warning or deduction of one's own household: what is said, the evidence, the days left, and what can be done. */
export default async function DeductionPage({ params, searchParams }: Props) {
  const actor = await requireSeat('resident');
  const { id } = await params;
  const at = now();
  const one = await findDeduction(db(), actor.resident, id, at);
  if (!one) notFound();
  const query = await searchParams;
  const { villageId, householdId } = actor.resident;
  const [photos, objections, speaks, form] = await Promise.all([
    photosOfDeduction(villageId, one.id),
    findOwnObjections(db(), actor.resident, 'DEDUCTION', [one.id]),
    speaksForHousehold(db(), { villageId, householdId, personId: actor.personId }, at),
    readFormReturn(actor.sessionId, query.r, at),
  ]);
  const today = dayOf(at);
  const href = `/me/deductions/${one.id}`;
  const sent = noticeOf(SENT, query.ok);
  const isOpen = one.state === 'NOTICED' || one.state === 'WARNED' || one.state === 'POSTED';
  const mayAnswer = speaks && one.state === 'NOTICED' && !one.answeredAt;
  const mayRepair =
    speaks &&
    !one.repairClaimedAt &&
    (one.state === 'WARNED' || (one.state === 'POSTED' && one.restoredWhenRepaired));
  const objection = objections.get(one.id);
  const mayObject =
    speaks &&
    !objection &&
    (one.state === 'NOTICED' ||
      (one.state === 'POSTED' && one.postedAt && isWithinWindow(dayOf(one.postedAt), today)));
  const shared = {
    deductionId: one.id,
    seat: 'resident' as const,
    href,
    next: href,
    token: formToken(actor.sessionId, at),
    photos: [query.photo].flat().filter(isId),
    form,
  };
  const hasForm = mayAnswer || mayRepair;
  return (
    <>
      <PageHead title={one.itemName} back={{ href: '/me/deductions', label: '提醒和扣分' }} />
      {sent ? <Notice title={sent} /> : null}
      {form && !hasForm ? <Refusal refusal={form.refusal} /> : null}
      <DeductionStanding deduction={one} today={today} />
      {objection ? <OwnObjection objection={objection} today={today} /> : null}
      {isOpen && !speaks ? (
        <Message title="申辩、报整改、提异议，要家里的大人来办">
          请家里的成年人用自己的手机办；没有手机的，请帮办员代写。
        </Message>
      ) : null}
      <Section title="村里看到的" id="seen">
        <DeductionFacts deduction={one} photos={photos} />
      </Section>
      {one.answer || one.repairNote || photos.repair.length > 0 ? (
        <Section title="您家说的" id="said">
          <HouseholdWords deduction={one} photos={photos} />
        </Section>
      ) : null}
      {mayAnswer ? (
        <Section title="申辩" id="answer">
          <AnswerForm {...shared} />
        </Section>
      ) : null}
      {mayRepair ? (
        <Section title="整改" id="repair">
          <RepairForm {...shared} />
        </Section>
      ) : null}
      {mayObject ? (
        <Section title="不同意" id="object">
          <p>
            {mayAnswer
              ? '您也可以直接提异议：同样先停下来，限期由没经手的人来定，结果公布。'
              : '可以提异议：由没经手的人来定，限期有结果，结果公布。'}
          </p>
          <p className="acts">
            <LinkButton href={`/me/objections/new?kind=DEDUCTION&subject=${one.id}`}>提异议</LinkButton>
          </p>
        </Section>
      ) : null}
      <Section title="经过" id="steps">
        <DeductionHistory steps={one.steps} today={today} warned={one.warnedAt !== null} />
      </Section>
    </>
  );
}
