import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { MonthChart, MonthTable } from '@/components/alliance/statistics/month-chart';
import { sayOffer } from '@/components/alliance/statistics/offers-taken';
import { ShareStrip } from '@/components/alliance/statistics/share';
import { SheetFoot, SheetHead } from '@/components/print/sheet';
import { LinkButton } from '@/components/ui/button';
import { DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/message';
import { PageBack, Section } from '@/components/ui/page-head';
import { sayFen } from '@/lib/alliance/incentive/rules';
import {
  findShopStanding,
  listMonths,
  listOffersTaken,
  listVillagesTaken,
} from '@/lib/alliance/statistics/reads';
import { monthsUntil, netPoints, sumShares } from '@/lib/alliance/statistics/rules';
import type { OfferCount, VillageFigures } from '@/lib/alliance/statistics/types';
import { requireSeat } from '@/lib/auth/actor';
import { type Day, dayOf, now, sayDay, timeOf } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';

export const metadata: Metadata = { title: '收积分明细' };

const grouped = (value: number) => value.toLocaleString('zh-CN');

/** A shop's last twelve months: by month, by village, by offer. Five queries. */
export default async function Statistics() {
  const actor = await requireSeat('shop');
  const { merchantId, name } = actor.shop;
  const at = now();
  const today = dayOf(at);
  const [standing, months, villages, offers] = await Promise.all([
    findShopStanding(db(), merchantId),
    listMonths(db(), merchantId, today),
    listVillagesTaken(db(), merchantId, today),
    listOffersTaken(db(), merchantId, `${monthsUntil(today)[0]}-01` as Day),
  ]);
  if (!standing) notFound();
  return (
    <>
      <div className="no-print">
        <PageBack href="/shop" label="本店" />
      </div>
      <SheetHead place={name} title="收积分明细" lines={['近 12 个月，按收的那天算；退回的算在退的那天。']} />
      {villages.length === 0 ? (
        <EmptyState title="还没有收过积分">收了第一笔，这里就有数字。</EmptyState>
      ) : (
        <>
          <Section title="按月" id="months">
            <MonthChart months={months} today={today} />
            <MonthTable months={months} today={today} />
            <p className="no-print">
              <LinkButton kind="outline" href="/shop/statistics/csv">
                下载表格
              </LinkButton>
            </p>
          </Section>
          <Section title="积分消费占比" id="share">
            <ShareStrip share={sumShares(months.map((month) => month.share))} today={today} />
          </Section>
          <Section title="按村" id="villages">
            <VillageTable villages={villages} hasMoney={!standing.isCharity} />
          </Section>
          <Section title="按东西" id="offers">
            <OfferTable offers={offers} />
          </Section>
        </>
      )}
      <SheetFoot
        source="数字来自各村台账"
        asOf={`截至 ${sayDay(today, today)} ${timeOf(at)}`}
        ask={standing.isCharity ? undefined : '给多少钱以结算单为准'}
      />
    </>
  );
}

type VillageColumn = 'name' | 'sales' | 'points' | 'back' | 'net' | 'fen';

function VillageTable({ villages, hasMoney }: { villages: VillageFigures[]; hasMoney: boolean }) {
  const columns = [
    { key: 'name', label: '村、社区' },
    { key: 'sales', label: '收了几笔', number: true },
    { key: 'points', label: '收的积分', number: true },
    { key: 'back', label: '退回积分', number: true },
    { key: 'net', label: '净收', number: true },
    ...(hasMoney ? [{ key: 'fen', label: '按协议合', number: true } as const] : []),
  ] as const;
  return (
    <DataTable<VillageColumn>
      caption="近 12 个月，各村"
      columns={columns}
      rows={villages.map((village) => ({
        id: village.villageId,
        cells: {
          name: <a href={`/v/${village.code}`}>{village.name}</a>,
          sales: village.sales,
          points: grouped(village.points),
          back: grouped(village.backPoints),
          net: grouped(netPoints(village)),
          fen: sayFen(village.fen),
        },
      }))}
    />
  );
}

const OFFER_COLUMNS = [
  { key: 'name', label: '东西' },
  { key: 'sales', label: '兑了几笔', number: true },
  { key: 'points', label: '积分', number: true },
] as const;

function OfferTable({ offers }: { offers: OfferCount[] }) {
  if (offers.length === 0) return <EmptyState title="没有">收的都退回了。</EmptyState>;
  return (
    <DataTable<'name' | 'sales' | 'points'>
      caption="近 12 个月，退回的不算"
      columns={OFFER_COLUMNS}
      rows={offers.map((offer) => ({
        id: `${offer.isVoucher} ${offer.title}`,
        cells: { name: sayOffer(offer), sales: offer.sales, points: grouped(offer.points) },
      }))}
    />
  );
}
