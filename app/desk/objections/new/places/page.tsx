import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { PlaceRowLines } from '@/components/objections/place-row-lines';
import { EmptyState } from '@/components/ui/message';
import { PageHead } from '@/components/ui/page-head';
import { Pager } from '@/components/ui/pager';
import { requireSeat } from '@/lib/auth/actor';
import { findHouseholdLine } from '@/lib/deductions/subject/reads';
import { listPlaceRows } from '@/lib/lists/place/reads';
import { canRecordObjections } from '@/lib/objections/policy';
import { findOwnObjections } from '@/lib/objections/standing/reads';
import { dayOf, now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { pageAddress, pageOf, pagerOf } from '@/lib/platform/paging';

export const metadata: Metadata = { title: '对榜上的地段提异议' };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** For a household without a phone: which place on a list it objects to. Three queries. */
export default async function PlacesToObject({ searchParams }: Props) {
  const actor = await requireSeat('desk');
  if (canRecordObjections(actor) !== true) notFound();
  const { villageId } = actor.desk;
  const query = await searchParams;
  const today = dayOf(now());
  const [household, found] = await Promise.all([
    findHouseholdLine(db(), villageId, query.for),
    listPlaceRows(db(), villageId, today, pageOf(query.page)),
  ]);
  if (!household || actor.residents.some((home) => home.householdId === household.id)) notFound();
  const own = await findOwnObjections(
    db(),
    { villageId, householdId: household.id },
    'LIST_ROW',
    found.lines.map((row) => row.id),
  );
  const start = `/desk/objections/new?for=${household.id}`;
  return (
    <>
      <PageHead
        title="对榜上的哪个地段提异议"
        lead={`${household.code} ${household.headName}提的`}
        back={{ href: start, label: '换一件' }}
      />
      {found.lines.length === 0 ? (
        <EmptyState title={found.page > 1 ? '这一页没有内容' : '现在榜上没有地段'}>
          {found.page > 1 ? '请从第一页看起。' : '地段上了榜，公布期间哪一户都可以提异议。'}
        </EmptyState>
      ) : (
        <PlaceRowLines rows={found.lines} own={own} today={today} desk={start} />
      )}
      <Pager
        {...pagerOf(found, (to) => pageAddress(`/desk/objections/new/places?for=${household.id}`, to), '处')}
        words={['前一页', '后一页']}
      />
    </>
  );
}
