import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { DecideForm } from '@/components/objections/decide-form';
import { ObjectionClock, ObjectionFacts } from '@/components/objections/objection-facts';
import { Button } from '@/components/ui/button';
import { CommandForm } from '@/components/ui/command-form';
import { Disclosure } from '@/components/ui/disclosure';
import { PageHead, Section } from '@/components/ui/page-head';
import { requireSeat } from '@/lib/auth/actor';
import { findObjection } from '@/lib/objections/reads';
import { SUBJECT_NAMES } from '@/lib/objections/rules';
import type { ObjectionView } from '@/lib/objections/types';
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

/** One objection at the desk: its clock, what was said, and the decision for whoever may take it. */
export default async function ObjectionPage({ params, searchParams }: Props) {
  const actor = await requireSeat('desk');
  const { villageId } = actor.desk;
  const { id } = await params;
  const at = now();
  const one = await findObjection(db(), { villageId }, id, at);
  if (!one) notFound();
  const query = await searchParams;
  const [photos, form] = await Promise.all([
    listAttachedPhotos(db(), villageId, 'OBJECTION', [one.id]),
    readFormReturn(actor.sessionId, query.r, at),
  ]);
  const href = `/desk/objections/${one.id}`;
  const token = formToken(actor.sessionId, at);
  const isMine = one.deciders.some((who) => who.personId === actor.personId);
  const wroteIt = one.channel === 'STEWARD' && one.reporterName === actor.name;
  const thing = thingOf(one);
  return (
    <>
      <PageHead
        title={`异议第 ${one.number} 号：${SUBJECT_NAMES[one.kind]}`}
        back={{ href: '/desk/objections', label: '异议' }}
      />
      <ObjectionClock objection={one} today={dayOf(at)} />
      <Section title="怎么说的" id="said">
        <ObjectionFacts objection={one} photos={photos.get(one.id)} />
        {thing ? (
          <p className="deduction-aside">
            <a href={thing.href}>{thing.words}</a>
          </p>
        ) : null}
      </Section>
      {one.state === 'OPEN' && isMine ? (
        <section className="deduction-act" aria-labelledby="decide-title">
          <h2 id="decide-title">由您来定</h2>
          <DecideForm objection={one} href={href} token={token} form={query.f === 'withdraw' ? null : form} />
        </section>
      ) : null}
      {one.state === 'OPEN' && wroteIt ? (
        <Disclosure title="这户要撤回" open={query.f === 'withdraw'}>
          <CommandForm
            name="withdraw-recorded-objection"
            back={`${href}?f=withdraw`}
            next={href}
            token={token}
            fixed={{ objectionId: one.id }}
            form={query.f === 'withdraw' ? form : null}
          >
            <p>这件是您代记的，这户说不提了，可以代他们撤回。</p>
            <Button kind="danger">撤回</Button>
          </CommandForm>
        </Disclosure>
      ) : null}
    </>
  );
}

function thingOf(one: ObjectionView): { href: string; words: string } | null {
  if (one.kind === 'DEED') return { href: `/desk/deeds/${one.subject.id}`, words: '看这件申报和照片' };
  if (one.kind === 'DEDUCTION')
    return { href: `/desk/deductions/${one.subject.id}`, words: '看这件扣分的经过' };
  if (one.subject.listId)
    return { href: `/desk/lists/${one.subject.listId}/${one.subject.id}`, words: '看榜上这一行的分怎么来的' };
  return null;
}
