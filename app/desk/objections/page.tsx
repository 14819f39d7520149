import type { Metadata } from 'next';
import { ObjectionLines } from '@/components/objections/objection-lines';
import { LinkButton } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/message';
import { PageHead } from '@/components/ui/page-head';
import { Pager } from '@/components/ui/pager';
import { Tabs } from '@/components/ui/tabs';
import { requireSeat } from '@/lib/auth/actor';
import { canRecordObjections } from '@/lib/objections/policy';
import { countOpen, listObjections } from '@/lib/objections/reads';
import { dayOf, now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { pageAddress, pageOf, pagerOf } from '@/lib/platform/paging';

export const metadata: Metadata = { title: '异议' };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** The village's objections: open ones by their last day, and what became of the others. */
export default async function Objections({ searchParams }: Props) {
  const actor = await requireSeat('desk');
  const { villageId } = actor.desk;
  const today = dayOf(now());
  const query = await searchParams;
  const isOver = query.which === 'over';
  const here = isOver ? '/desk/objections?which=over' : '/desk/objections';
  const [found, counts] = await Promise.all([
    listObjections(db(), villageId, isOver ? 'OVER' : 'OPEN', pageOf(query.page)),
    countOpen(db(), villageId, today),
  ]);
  const { lines } = found;
  return (
    <>
      <PageHead
        title="异议"
        lead={
          counts.overdue > 0
            ? `有 ${counts.overdue} 件过期没定，镇上已经知道，会来催；还是由没有经手的人来定。`
            : '由没有经手的人来定，写明理由，限期有结果。'
        }
      />
      {canRecordObjections(actor) === true ? (
        <p className="acts">
          <LinkButton href="/desk/objections/new">代村民记一件</LinkButton>
        </p>
      ) : null}
      <Tabs
        label="看哪一些"
        items={[
          { href: '/desk/objections', label: '正在办', current: !isOver, count: counts.open },
          { href: '/desk/objections?which=over', label: '办完的', current: isOver },
        ]}
      />
      {lines.length === 0 && found.page > 1 ? (
        <EmptyState title="这一页没有内容">请从第一页看起。</EmptyState>
      ) : lines.length === 0 ? (
        <EmptyState title={isOver ? '还没有办完的异议' : '没有要办的异议'} />
      ) : (
        <ObjectionLines
          label="异议"
          lines={lines}
          today={today}
          hrefOf={(id) => `/desk/objections/${id}`}
          showHousehold
        />
      )}
      <Pager
        {...pagerOf(found, (to) => pageAddress(here, to), '件')}
        words={isOver ? ['较新的', '较早的'] : ['前一页', '后一页']}
      />
    </>
  );
}
