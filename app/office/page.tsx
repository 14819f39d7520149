import type { Metadata } from 'next';
import { DataTable, type TableRow } from '@/components/ui/data-table';
import { Figures } from '@/components/ui/figures';
import { EmptyState, Message } from '@/components/ui/message';
import { PageHead } from '@/components/ui/page-head';
import { requireSeat } from '@/lib/auth/actor';
import { listOverdueVillages } from '@/lib/objections/office/reads';
import { type Day, dayOf, daysBetween, now, quarterOf, sayQuarter } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { listOfficeVillages, type VillageFigures } from '@/lib/regions/office/reads';

export const metadata: Metadata = { title: '各村情况' };

const COLUMNS = [
  { key: 'name', label: '村、社区' },
  { key: 'households', label: '户数', number: true },
  { key: 'honour', label: '本季荣誉分', number: true },
  { key: 'active', label: '得分户', number: true },
  { key: 'waiting', label: '等核实', number: true },
  { key: 'oldest', label: '最久', number: true },
  { key: 'objections', label: '异议过期' },
] as const;

type Column = (typeof COLUMNS)[number]['key'];

/** The villages of a township or district, with what was credited this quarter and what waits. Two queries. */
export default async function Office() {
  const actor = await requireSeat('office');
  const today = dayOf(now());
  const quarter = quarterOf(today);
  const [villages, overdue] = await Promise.all([
    listOfficeVillages(db(), actor.office, quarter),
    listOverdueVillages(db(), actor.office, today),
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
            <Message tone="look" title={`有 ${lateCount} 件异议过期没定`}>
              请过问一下。镇上只看件数和天数，不看内容；由村里没有经手的人来定。
            </Message>
          ) : null}
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
