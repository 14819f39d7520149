import type { Metadata } from 'next';
import { OverdueLines } from '@/components/objections/overdue-lines';
import { DataTable, type TableRow } from '@/components/ui/data-table';
import { Figures } from '@/components/ui/figures';
import { EmptyState } from '@/components/ui/message';
import { PageHead, Section } from '@/components/ui/page-head';
import { Pager } from '@/components/ui/pager';
import { requireSeat } from '@/lib/auth/actor';
import { listOverdue, listOverdueVillages } from '@/lib/objections/office/reads';
import { type Day, dayOf, daysBetween, now, quarterOf, sayQuarter } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { pageAddress, pageOf, pagerOf } from '@/lib/platform/paging';
import { listOfficeVillages, type VillageFigures } from '@/lib/regions/office/reads';

export const metadata: Metadata = { title: '各村情况' };

const COLUMNS = [
  { key: 'name', label: '村、社区' },
  { key: 'households', label: '户数', number: true },
  { key: 'honour', label: '本季荣誉分', number: true },
  { key: 'active', label: '得分户', number: true },
  { key: 'waiting', label: '等核实', number: true },
  { key: 'oldest', label: '最久', number: true },
  { key: 'objections', label: '过期没定' },
] as const;

type Column = (typeof COLUMNS)[number]['key'];

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/**
 * The villages of a township or district, with what was credited this quarter and what waits, and what households said that is
 * overdue: this is where it rises to. Three queries.
 */
export default async function Office({ searchParams }: Props) {
  const actor = await requireSeat('office');
  const today = dayOf(now());
  const quarter = quarterOf(today);
  const page = pageOf((await searchParams).page);
  const [villages, overdue, late] = await Promise.all([
    listOfficeVillages(db(), actor.office, quarter),
    listOverdueVillages(db(), actor.office, today),
    listOverdue(db(), actor.office, today, page),
  ]);
  const lateCount = [...overdue.values()].reduce((total, one) => total + one.count, 0);
  const townships = [...new Map(villages.map((village) => [village.townshipId, village.townshipName]))];
  const sum = (key: 'households' | 'honour' | 'active' | 'waiting') =>
    villages.reduce((total, village) => total + village[key], 0);
  return (
    <>
      <PageHead
        title="各村情况"
        lead={`${sayQuarter(quarter)}，${villages.length} 个村和社区，数字来自各村台账。`}
      />
      {villages.length === 0 ? (
        <EmptyState title="还没有村">开通村和社区由区里办理。</EmptyState>
      ) : (
        <>
          <Figures
            items={[
              { value: sum('honour').toLocaleString('zh-CN'), label: '本季荣誉分' },
              { value: `${sum('active')} / ${sum('households')}`, label: '得分的户' },
              { value: sum('waiting'), label: '件等核实' },
            ]}
          />
          {lateCount > 0 ? (
            <Section title={`过期没定的异议、申辩和整改（${lateCount} 件）`} id="overdue">
              <p className="list-lead">
                请过问一下，催村里没有经手的人来看、来定。镇上、区里只看哪个村、哪一件、过了几天，不看内容。
              </p>
              <OverdueLines
                lines={late.lines}
                today={today}
                showTownship={actor.office.level === 'DISTRICT'}
              />
              {late.lines.length === 0 ? (
                <EmptyState title="这一页没有内容">请从第一页看起。</EmptyState>
              ) : null}
              <Pager
                {...pagerOf(late, (to) => pageAddress('/office', to, 'overdue'), '件')}
                words={['前一页', '后一页']}
              />
            </Section>
          ) : null}
          <div className="section">
            {townships.map(([id, name]) => (
              <DataTable<Column>
                key={id}
                caption={name}
                columns={COLUMNS}
                rows={villages
                  .filter((village) => village.townshipId === id)
                  .map((village) => rowOf(village, today, overdue.get(village.id)))}
              />
            ))}
          </div>
        </>
      )}
    </>
  );
}

function rowOf(
  village: VillageFigures,
  today: Day,
  overdue: { count: number; oldestDue: Day } | undefined,
): TableRow<Column> {
  const days = village.oldestAt ? daysBetween(dayOf(village.oldestAt), today) : null;
  return {
    id: village.id,
    cells: {
      name: <a href={`/v/${village.code}`}>{village.name}</a>,
      households: village.households,
      honour: village.honour.toLocaleString('zh-CN'),
      active: village.active,
      waiting: village.waiting,
      oldest: days === null ? '—' : days === 0 ? '今天' : `${days} 天`,
      objections: overdue ? `${overdue.count} 件，最久过了 ${daysBetween(overdue.oldestDue, today)} 天` : '—',
    },
  };
}
