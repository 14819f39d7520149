import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { PublicLines } from '@/components/periods/public-lines';
import { EmptyState } from '@/components/ui/message';
import { PageHead } from '@/components/ui/page-head';
import { Pager } from '@/components/ui/pager';
import { SearchField } from '@/components/ui/search-field';
import { Tabs } from '@/components/ui/tabs';
import { requireSeat } from '@/lib/auth/actor';
import { findHouseholdLine } from '@/lib/deductions/subject/reads';
import { canRecordObjections } from '@/lib/objections/policy';
import { findOwnObjections } from '@/lib/objections/standing/reads';
import { LINES_PER_PAGE, listPublicLines } from '@/lib/periods/publicity/reads';
import { listInPublicity } from '@/lib/periods/reads';
import { dayOf, now, sayDay, sayQuarter } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { pageAddress, pageOf } from '@/lib/platform/paging';

export const metadata: Metadata = { title: '对公示的一笔提异议' };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/**
 * For a household without a phone: which line of a quarter in publicity it objects to, its own or another's. Four
 * queries.
 */
export default async function LinesToObject({ searchParams }: Props) {
  const actor = await requireSeat('desk');
  if (canRecordObjections(actor) !== true) notFound();
  const { villageId } = actor.desk;
  const query = await searchParams;
  const today = dayOf(now());
  const [household, quarters] = await Promise.all([
    findHouseholdLine(db(), villageId, query.for),
    listInPublicity(db(), villageId, today),
  ]);
  if (!household || actor.residents.some((home) => home.householdId === household.id)) notFound();
  const start = `/desk/objections/new?for=${household.id}`;
  const path = '/desk/objections/new/lines';
  const head = (
    <PageHead
      title="对公示的哪一笔提异议"
      lead={`${household.code} ${household.headName}提的`}
      back={{ href: start, label: '换一件' }}
    />
  );
  const period = quarters.find((one) => one.code === query.quarter) ?? quarters[0];
  if (!period) {
    return (
      <>
        {head}
        <EmptyState title="现在没有公示的台账">公示期内才能对台账提异议，日子看公示栏。</EmptyState>
      </>
    );
  }
  const typed = typeof query.q === 'string' ? query.q.trim().slice(0, 40) : '';
  const shown = await listPublicLines(db(), villageId, period.code, pageOf(query.page), typed);
  const own = await findOwnObjections(
    db(),
    { villageId, householdId: household.id },
    'POSTING',
    shown.lines.filter((line) => line.objection !== null).map((line) => line.id),
  );
  const here = (quarter: string) => `${path}?for=${household.id}&quarter=${quarter}`;
  const address = (to: number) =>
    pageAddress(`${here(period.code)}${typed ? `&q=${encodeURIComponent(typed)}` : ''}`, to);
  const first = (shown.page - 1) * LINES_PER_PAGE + 1;
  return (
    <>
      {head}
      {quarters.length > 1 ? (
        <Tabs
          label="哪个季度"
          items={quarters.map(({ code }) => ({
            href: here(code),
            label: sayQuarter(code),
            current: code === period.code,
          }))}
        />
      ) : null}
      <p className="list-lead">
        {sayQuarter(period.code)}的公示，到 {sayDay(period.publicUntil as typeof today, today)}为止。
      </p>
      <SearchField
        action={path}
        label="哪一户的一笔，写户号、姓名、拼音或者拼音头一个字母"
        placeholder="找哪一户的：01-003、陈、chen、cjg"
        value={typed}
        keep={{ for: household.id, quarter: period.code }}
      />
      {shown.lines.length === 0 ? (
        <EmptyState title={typed ? `没有找到“${typed}”的` : '这一页没有内容'}>
          {typed ? '换个写法试试，户号、姓名、拼音头一个字母都行。' : '请从第一页看起。'}
        </EmptyState>
      ) : (
        <PublicLines lines={shown.lines} today={today} mayObject own={own} desk={start} />
      )}
      <Pager
        newer={shown.page > 1 ? address(shown.page - 1) : null}
        older={shown.page < shown.pages ? address(shown.page + 1) : null}
        words={['前一页', '后一页']}
        note={`第 ${first}—${first + shown.lines.length - 1} 笔，共 ${shown.total} 笔`}
      />
    </>
  );
}
