import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { HouseholdLines } from '@/components/deductions/household-lines';
import { ObjectionForm } from '@/components/objections/objection-form';
import { Line, Lines } from '@/components/ui/lines';
import { EmptyState, Message } from '@/components/ui/message';
import { PageHead, Section } from '@/components/ui/page-head';
import { SearchField } from '@/components/ui/search-field';
import { requireSeat } from '@/lib/auth/actor';
import { findHouseholdLine, findHouseholds } from '@/lib/deductions/subject/reads';
import { listPlaceRows } from '@/lib/lists/place/reads';
import { canRecordObjections } from '@/lib/objections/policy';
import { findPartakers, findSubject, listObjectable } from '@/lib/objections/reads';
import { sayStanding, sayThing, WINDOW_DAYS } from '@/lib/objections/rules';
import { findStanding } from '@/lib/objections/standing/reads';
import { listInPublicity } from '@/lib/periods/reads';
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

/** For a household without a phone: whose, about what (its own things here, public ones on pages beside), the form. */
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
  if (actor.residents.some((home) => home.householdId === household.id)) {
    return (
      <>
        <PageHead title="代村民记异议" lead={who} back={{ href: '/desk/objections/new', label: '换一户' }} />
        <Message tone="look" title="这是您自家，不用代记">
          自家的异议由家里的大人自己提：在<a href="/me/objections">我家的异议</a>
          里，或者在公示页、榜单上点“提异议”。
        </Message>
      </>
    );
  }
  if (query.subject === undefined) {
    const today = dayOf(at);
    const [objectable, quarters, places] = await Promise.all([
      listObjectable(db(), scope, today),
      listInPublicity(db(), villageId, today),
      listPlaceRows(db(), villageId, today),
    ]);
    return (
      <>
        <PageHead title="对什么提异议" lead={who} back={{ href: '/desk/objections/new', label: '换一户' }} />
        {objectable.length === 0 ? (
          <EmptyState title="这户自己的，现在没有可以提异议的">
            退回的申报和扣分，{WINDOW_DAYS} 天以内可以提；榜上有这户的，公布期间可以提。
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
        <Section title="全村都可以提的" id="everyone">
          {quarters.length + places.lines.length === 0 ? (
            <p className="list-note">现在没有公示的台账，也没有榜上的地段。</p>
          ) : (
            <Lines label="全村都可以提的">
              {quarters.length > 0 ? (
                <Line
                  href={`/desk/objections/new/lines?for=${household.id}`}
                  title="公示的台账里的一笔"
                  meta="自家的、别家的都可以"
                />
              ) : null}
              {places.lines.length > 0 ? (
                <Line
                  href={`/desk/objections/new/places?for=${household.id}`}
                  title="榜上的一个地段"
                  meta="哪一户都可以"
                />
              ) : null}
            </Lines>
          )}
        </Section>
      </>
    );
  }
  const [subject, { own, isHeardForOthers }, partakers, form] = await Promise.all([
    findSubject(db(), scope, textOf(query.kind), textOf(query.subject)),
    findStanding(db(), scope, textOf(query.kind), textOf(query.subject)),
    findPartakers(db(), villageId, textOf(query.kind), textOf(query.subject)),
    readFormReturn(actor.sessionId, query.r, at),
  ]);
  if (!subject) notFound();
  if (own || isHeardForOthers) {
    return (
      <>
        <PageHead title="代村民记异议" lead={who} back={{ href: start, label: '换一件' }} />
        {own ? (
          <Message tone="look" title={sayStanding(own, dayOf(at), '这户')}>
            <p>
              同一件事不用再提。<a href={`/desk/objections/${own.id}`}>看这件异议</a>
            </p>
          </Message>
        ) : (
          <Message tone="look" title="这件事已经有人提了异议，正在办">
            结果会公布，不用再提。
          </Message>
        )}
      </>
    );
  }
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
