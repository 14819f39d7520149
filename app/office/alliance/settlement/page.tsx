import type { Metadata } from 'next';
import { Contested } from '@/components/alliance/settlement/contested';
import { DataTable } from '@/components/ui/data-table';
import { Figures } from '@/components/ui/figures';
import { EmptyState, Message } from '@/components/ui/message';
import { PageHead } from '@/components/ui/page-head';
import { listContested } from '@/lib/alliance/settlement/lines/reads';
import { listVillageSettlements } from '@/lib/alliance/settlement/open/reads';
import { canReadContested } from '@/lib/alliance/settlement/policy';
import { sayYuan } from '@/lib/alliance/settlement/rules';
import { requireSeat } from '@/lib/auth/actor';
import { dayOf, now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';

export const metadata: Metadata = { title: '各村和商户结算' };

const COLUMNS = [
  { key: 'name', label: '村、社区' },
  { key: 'open', label: '没付的', number: true },
  { key: 'fen', label: '元', number: true },
  { key: 'overdue', label: '过期没付' },
  { key: 'missed', label: '说没收到、不对', number: true },
  { key: 'slow', label: '拖着的', number: true },
] as const;

/**
 * How each village of an office stands with its merchants: counts, sums and days; for a township also, line by line, what
 * they can't agree on. Two queries.
 */
export default async function OfficeSettlement() {
  const actor = await requireSeat('office');
  const at = now();
  const mayRead = canReadContested(actor) === true;
  const [villages, contested] = await Promise.all([
    listVillageSettlements(db(), actor.office, at),
    mayRead ? listContested(db(), actor.office, at) : [],
  ]);
  const sum = (key: 'open' | 'openFen' | 'overdue' | 'overdueFen' | 'missed') =>
    villages.reduce((total, village) => total + village[key], 0);
  return (
    <>
      <PageHead
        title="各村和商户结算"
        lead={
          mayRead
            ? '付钱是村里的事；过期的、说没收到的、两边说不拢的，请过问一下。'
            : '只看张数、钱数和天数。付钱是村里的事；过期的、说没收到的，请过问一下。'
        }
        back={{ href: '/office', label: '各村情况' }}
      />
      {villages.length === 0 ? (
        <EmptyState title="还没有村和商户签协议">签了协议、收过积分以后，结算情况在这里。</EmptyState>
      ) : (
        <>
          <Figures
            items={[
              { value: sum('open'), label: '张没付' },
              { value: sayYuan(sum('openFen')), label: '元没付' },
              { value: sum('overdue'), label: '张过期' },
            ]}
          />
          {sum('overdue') + sum('missed') > 0 ? (
            <Message tone="look" title={sayTroubles(sum('overdue'), sum('missed'))} />
          ) : null}
          <DataTable<(typeof COLUMNS)[number]['key']>
            caption="各村和商户结算"
            columns={COLUMNS}
            rows={villages.map((village) => ({
              id: village.villageId,
              cells: {
                name: <a href={`/v/${village.code}/solvency`}>{village.name}</a>,
                open: village.open,
                fen: sayYuan(village.openFen),
                overdue:
                  village.overdue > 0
                    ? `${village.overdue} 张，${sayYuan(village.overdueFen)} 元，最久 ${village.overdueDays} 天`
                    : '—',
                missed: village.missed || '—',
                slow: village.slow || '—',
              },
            }))}
          />
          {mayRead ? <Contested statements={contested} today={dayOf(at)} /> : null}
        </>
      )}
    </>
  );
}

function sayTroubles(overdue: number, missed: number): string {
  return [
    overdue > 0 ? `${overdue} 张结算单过期没付` : '',
    missed > 0 ? `${missed} 张商户说没收到钱，或者记的不对` : '',
  ]
    .filter(Boolean)
    .join('，');
}
