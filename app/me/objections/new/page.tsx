import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ObjectionForm } from '@/components/objections/objection-form';
import { OwnObjection } from '@/components/objections/own-objection';
import { Facts } from '@/components/ui/figures';
import { Message } from '@/components/ui/message';
import { PageHead } from '@/components/ui/page-head';
import { requireSeat } from '@/lib/auth/actor';
import { speaksForHousehold } from '@/lib/deductions/household/reads';
import { findSubject } from '@/lib/objections/reads';
import { sayThing } from '@/lib/objections/rules';
import { findStanding } from '@/lib/objections/standing/reads';
import { dayOf, now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { readFormReturn } from '@/lib/platform/form-return';
import { isId } from '@/lib/platform/ids';
import { formToken } from '@/lib/platform/origin';

export const metadata: Metadata = { title: '提异议' };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** The form, about the thing that the address names; about nothing of this household's it is not found. */
export default async function NewObjection({ searchParams }: Props) {
  const actor = await requireSeat('resident');
  const query = await searchParams;
  const at = now();
  const text = (value: string | string[] | undefined) => (typeof value === 'string' ? value : undefined);
  const subject = await findSubject(db(), actor.resident, text(query.kind), text(query.subject));
  if (!subject) notFound();
  const { villageId, householdId } = actor.resident;
  const [{ own, isHeardForOthers }, speaks, form] = await Promise.all([
    findStanding(db(), actor.resident, subject.kind, subject.id),
    speaksForHousehold(db(), { villageId, householdId, personId: actor.personId }, at),
    readFormReturn(actor.sessionId, query.r, at),
  ]);
  if (own || isHeardForOthers) {
    return (
      <>
        <PageHead title="提异议" back={{ href: '/me/objections', label: '我家的异议' }} />
        {own ? (
          <OwnObjection objection={own} today={dayOf(at)} />
        ) : (
          <Message tone="look" title="这件事已经有人提了异议，正在办">
            结果会公布，不用再提。
          </Message>
        )}
        <Facts
          items={[
            ['对什么', sayThing(subject.kind, subject.title)],
            ['那件事', subject.note],
          ]}
        />
      </>
    );
  }
  if (!speaks) {
    return (
      <>
        <PageHead title="提异议" back={{ href: '/me/objections', label: '我家的异议' }} />
        <Message tone="look" title="提异议要家里的大人来办">
          请家里的成年人用自己的手机办；没有手机的，请帮办员代写。
        </Message>
      </>
    );
  }
  return (
    <>
      <PageHead title="提异议" back={{ href: '/me/objections', label: '我家的异议' }} />
      <ObjectionForm
        subject={subject}
        seat="resident"
        href={`/me/objections/new?kind=${subject.kind}&subject=${subject.id}`}
        next="/me/objections/{subject}"
        token={formToken(actor.sessionId, at)}
        photos={[query.photo].flat().filter(isId)}
        form={form}
      />
    </>
  );
}
