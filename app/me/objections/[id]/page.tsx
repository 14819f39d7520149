import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ObjectionClock, ObjectionFacts } from '@/components/objections/objection-facts';
import { Button } from '@/components/ui/button';
import { CommandForm } from '@/components/ui/command-form';
import { Disclosure } from '@/components/ui/disclosure';
import { Notice } from '@/components/ui/message';
import { PageHead, Section } from '@/components/ui/page-head';
import { requireSeat } from '@/lib/auth/actor';
import { speaksForHousehold } from '@/lib/deductions/household/reads';
import { findObjection } from '@/lib/objections/reads';
import { listAttachedPhotos } from '@/lib/photos/attached';
import { dayOf, now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { readFormReturn } from '@/lib/platform/form-return';
import { formToken } from '@/lib/platform/origin';

export const metadata: Metadata = { title: '一件异议' };

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** One objection of one's own household: its clock or outcome, what was said, and taking it back. */
export default async function ObjectionPage({ params, searchParams }: Props) {
  const actor = await requireSeat('resident');
  const { villageId, householdId } = actor.resident;
  const { id } = await params;
  const at = now();
  const one = await findObjection(db(), { villageId, householdId }, id, at);
  if (!one) notFound();
  const query = await searchParams;
  const [photos, speaks, form] = await Promise.all([
    listAttachedPhotos(db(), villageId, 'OBJECTION', [one.id]),
    speaksForHousehold(db(), { villageId, householdId, personId: actor.personId }, at),
    readFormReturn(actor.sessionId, query.r, at),
  ]);
  const href = `/me/objections/${one.id}`;
  return (
    <>
      <PageHead title={`异议第 ${one.number} 号`} back={{ href: '/me/objections', label: '我家的异议' }} />
      {query.ok === 'open-objection' ? <Notice title="送到了。定了会告诉您。" /> : null}
      <ObjectionClock objection={one} today={dayOf(at)} />
      <Section title="您家说的" id="said">
        <ObjectionFacts objection={one} photos={photos.get(one.id)} />
      </Section>
      {one.state === 'OPEN' && speaks ? (
        <Disclosure title="撤回这件异议" open={form !== null}>
          <CommandForm
            name="withdraw-objection"
            back={href}
            next={href}
            token={formToken(actor.sessionId, at)}
            fixed={{ objectionId: one.id }}
            form={form}
          >
            <p>撤回以后不再办。是扣分的，申辩期接着往下算。</p>
            <Button kind="danger" wide>
              撤回
            </Button>
          </CommandForm>
        </Disclosure>
      ) : null}
    </>
  );
}
