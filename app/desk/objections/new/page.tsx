import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { HouseholdLines } from '@/components/deductions/household-lines';
import { ObjectionForm } from '@/components/objections/objection-form';
import { Line, Lines } from '@/components/ui/lines';
import { EmptyState, Message } from '@/components/ui/message';
import { PageHead } from '@/components/ui/page-head';
import { SearchField } from '@/components/ui/search-field';
import { requireSeat } from '@/lib/auth/actor';
import { findHouseholdLine, findHouseholds } from '@/lib/deductions/subject/reads';
import { canRecordObjections } from '@/lib/objections/policy';
import { findPartakers, findSubject, listObjectable } from '@/lib/objections/reads';
import { sayThing, WINDOW_DAYS } from '@/lib/objections/rules';
import { dayOf, now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { readFormReturn } from '@/lib/platform/form-return';
import { isId } from '@/lib/platform/ids';
import { formToken } from '@/lib/platform/origin';

export const metadata: Metadata = { title: '代村民记异议' };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const textOf = (value: string | string[] | undefined) =>
  typeof value === 'string' ? value.trim().slice(0, 40) : '';

/** For a household without a phone: whose, about what, the form. */
export default async function NewObjection({ searchParams }: Props) {
  const actor = await requireSeat('desk');
  if (canRecordObjections(actor) !== true) notFound();
  const { villageId } = actor.desk;
  const query = await searchParams;
  const at = now();
  const household = query.for === undefined ? null : await findHouseholdLine(db(), villageId, query.for);
  if (query.for !== undefined && !household) notFound();
  if (!household) {
    const typed = textOf(query.q);
    const found = typed ? await findHouseholds(db(), villageId, typed) : [];
    return (
      <>
        <PageHead
          title="代村民记异议"
          lead="先找是哪一户提的"
          back={{ href: '/desk/objections', label: '异议' }}
        />
        <SearchField
          action="/desk/objections/new"
          label="找户，写户号、姓名、拼音或者拼音头一个字母"
          placeholder="找：01-003、陈、chen、cjg"
          value={typed}
        />
        <HouseholdLines
          typed={typed}
          found={found.map((one) => ({ ...one, isExempt: false }))}
          hrefOf={(id) => `/desk/objections/new?for=${id}`}
        />
      </>
    );
  }
  const who = `${household.code} ${household.headName}`;
  const start = `/desk/objections/new?for=${household.id}`;
  const scope = { villageId, householdId: household.id };
  if (query.subject === undefined) {
    const objectable = await listObjectable(db(), scope, dayOf(at));
    return (
      <>
        <PageHead title="对什么提异议" lead={who} back={{ href: '/desk/objections/new', label: '换一户' }} />
        {objectable.length === 0 ? (
          <EmptyState title="这户没有可以提异议的决定">
            退回的申报和扣分，{WINDOW_DAYS}{' '}
            天以内可以提；榜上有这户的，公布期间可以提。对公示的台账，请从公示的页面提。
          </EmptyState>
        ) : (
          <Lines label="可以提异议的">
            {objectable.map((one) => (
              <Line
                key={one.id}
                href={`${start}&kind=${one.kind}&subject=${one.id}`}
                title={sayThing(one.kind, one.title)}
                meta={one.note}
              />
            ))}
          </Lines>
        )}
      </>
    );
  }
  const [subject, partakers, form] = await Promise.all([
    findSubject(db(), scope, textOf(query.kind), textOf(query.subject)),
    findPartakers(db(), villageId, textOf(query.kind), textOf(query.subject)),
    readFormReturn(actor.sessionId, query.r, at),
  ]);
  if (!subject) notFound();
  if (partakers.includes(actor.personId)) {
    return (
      <>
        <PageHead title="代村民记异议" lead={who} back={{ href: start, label: '换一件' }} />
        <Message tone="look" title="这一件您经手过，请没经手的帮办员、核分员或者村书记来写">
          {sayThing(subject.kind, subject.title)}。一户对一件事只能提一次，不能由经手的人替他们用掉。
        </Message>
      </>
    );
  }
  return (
    <>
      <PageHead title="代村民记异议" lead={who} back={{ href: start, label: '换一件' }} />
      <ObjectionForm
        subject={subject}
        seat="desk"
        householdId={household.id}
        href={`${start}&kind=${subject.kind}&subject=${subject.id}`}
        next="/desk/objections/{subject}"
        token={formToken(actor.sessionId, at)}
        photos={[query.photo].flat().filter(isId)}
        form={form}
      />
    </>
  );
}
