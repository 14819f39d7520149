import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ObjectionForm } from '@/components/objections/objection-form';
import { PageHead } from '@/components/ui/page-head';
import { requireSeat } from '@/lib/auth/actor';
import { findSubject } from '@/lib/objections/reads';
import { now } from '@/lib/platform/clock';
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
  const form = await readFormReturn(actor.sessionId, query.r, at);
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
