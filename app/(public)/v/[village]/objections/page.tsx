import type { Metadata } from 'next';
import { ObjectionState } from '@/components/objections/objection-lines';
import { DataTable } from '@/components/ui/data-table';
import { Figures } from '@/components/ui/figures';
import { Line, Lines } from '@/components/ui/lines';
import { EmptyState } from '@/components/ui/message';
import { PageHead, Section } from '@/components/ui/page-head';
import { Pager } from '@/components/ui/pager';
import { sayDaysLeft } from '@/lib/deductions/rules';
import { countQuarters, listOutcomes } from '@/lib/objections/public/reads';
import { isOverdue, objectionAnchor, sayThing } from '@/lib/objections/rules';
import { type Day, dayOf, now, type Quarter, sayDay, sayQuarter } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { pageAddress, pageOf, pagerOf } from '@/lib/platform/paging';
import { type Query, queryOf, villageOf } from '../village';

interface Props {
  params: Promise<{ village: string }>;
  searchParams: Query;
}

const QUARTERS_MOST = 8;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const village = await villageOf(params);
  return { title: `${village.name}异议办理` };
}

const COLUMNS = [
  { key: 'quarter', label: '季度' },
  { key: 'opened', label: '收到', number: true },
  { key: 'inTime', label: '按期定', number: true },
  { key: 'late', label: '过期才定', number: true },
  { key: 'upheld', label: '成立', number: true },
  { key: 'open', label: '还在办', number: true },
] as const;

/** How a village deals with objections: counts by quarter, those it deals with and outcomes, without names and reasons. */
export default async function Objections({ params, searchParams }: Props) {
  const village = await villageOf(params);
  const today = dayOf(now());
  const page = pageOf(await queryOf(searchParams, 'page'));
  const [quarters, outcomes] = await Promise.all([
    countQuarters(db(), village.id, QUARTERS_MOST),
    listOutcomes(db(), village.id, page),
  ]);
  const sum = (key: 'opened' | 'inTime' | 'decided' | 'upheld' | 'open') =>
    quarters.reduce((total, one) => total + one[key], 0);
  return (
    <>
      <PageHead
        title="异议办理"
        lead="自家的退回、扣分、上榜，各家都能提；公示的每一笔、榜上的地段，全村都能提。由没有经手的人来定，这里只公布结果，不写名字。"
        back={{ href: `/v/${village.code}`, label: '公示栏' }}
      />
      {quarters.length === 0 ? (
        <EmptyState title="还没有人提过异议">
          退回的申报、扣分、公示的台账、榜单，觉得不对都可以提。
        </EmptyState>
      ) : (
        <>
          <Figures
            items={[
              { value: `${sum('opened')} 件`, label: '两年来收到' },
              { value: `${sum('inTime')} / ${sum('decided')}`, label: '按期定的' },
              { value: `${sum('upheld')} 件`, label: '成立' },
              { value: `${sum('open')} 件`, label: '还在办' },
            ]}
          />
          <DataTable<(typeof COLUMNS)[number]['key']>
            caption="按季度"
            columns={COLUMNS}
            rows={quarters.map((one) => ({
              id: one.quarter,
              cells: {
                quarter: sayQuarter(one.quarter as Quarter),
                opened: one.opened,
                inTime: one.inTime,
                late: one.decided - one.inTime,
                upheld: one.upheld,
                open: one.open,
              },
            }))}
          />
          <Section title="结果" id="outcomes">
            <Lines label="异议的结果">
              {outcomes.lines.map((one) => (
                <Line
                  key={one.number}
                  id={objectionAnchor(one.number)}
                  title={sayThing(one.kind, one.title)}
                  meta={`第 ${one.number} 号 · ${sayDay(dayOf(one.openedAt), today)}提的`}
                  state={<ObjectionState state={one.state} />}
                  note={
                    one.state === 'OPEN'
                      ? sayDaysLeft(one.dueOn as Day, today)
                      : one.decidedAt
                        ? `${sayDay(dayOf(one.decidedAt), today)}定的，${
                            isOverdue(one.dueOn, dayOf(one.decidedAt)) ? '过了期' : '按期'
                          }`
                        : null
                  }
                />
              ))}
            </Lines>
            {outcomes.lines.length === 0 ? (
              <EmptyState title="这一页没有内容">请从第一页看起。</EmptyState>
            ) : null}
            <Pager
              {...pagerOf(
                outcomes,
                (to) => pageAddress(`/v/${village.code}/objections`, to, 'outcomes'),
                '件',
              )}
            />
          </Section>
        </>
      )}
    </>
  );
}
