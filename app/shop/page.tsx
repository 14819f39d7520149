import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { CharityMark } from '@/components/alliance/charity-mark';
import { ShopSettlementSummary } from '@/components/alliance/settlement-summary';
import { ShopWays } from '@/components/alliance/shop-ways';
import { OtherSalesPart } from '@/components/alliance/statistics/count-form';
import { MonthChart, MonthTable } from '@/components/alliance/statistics/month-chart';
import { OffersTaken } from '@/components/alliance/statistics/offers-taken';
import { ShareStrip } from '@/components/alliance/statistics/share';
import { TermsMessage } from '@/components/alliance/statistics/terms-message';
import { LinkButton } from '@/components/ui/button';
import { Disclosure } from '@/components/ui/disclosure';
import { BigNumber, Facts, Figures } from '@/components/ui/figures';
import { Line, Lines } from '@/components/ui/lines';
import { EmptyState, Notice, Refusal } from '@/components/ui/message';
import { PageHead, Section } from '@/components/ui/page-head';
import { listRefundsAsked } from '@/lib/alliance/counter/reads';
import { countStatements, listUnstated } from '@/lib/alliance/settlement/reads';
import { findShopHome, findShopStanding } from '@/lib/alliance/statistics/reads';
import { countableDays, netPoints, RECENT_DAYS, sumShares } from '@/lib/alliance/statistics/rules';
import type { Takings } from '@/lib/alliance/statistics/types';
import { requireSeat } from '@/lib/auth/actor';
import { dayOf, now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { readFormReturn } from '@/lib/platform/form-return';
import { formToken } from '@/lib/platform/origin';
import { isOfOtherShop } from '@/lib/platform/shop-said';
import { findShop } from '@/lib/regions/shop/reads';
import { shopScope } from './statements/shop-scope';

export const metadata: Metadata = { title: '本店' };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const grouped = (value: number) => value.toLocaleString('zh-CN');

/** A shop's first page: what it took today, the ways to the counter, how it goes, and its own record. */
export default async function Shop({ searchParams }: Props) {
  const actor = await requireSeat('shop');
  const { merchantId } = actor.shop;
  const at = now();
  const today = dayOf(at);
  const query = await searchParams;
  const { scope } = await shopScope(merchantId);
  const [shop, standing, home, statements, unstated, refunds, form] = await Promise.all([
    findShop(db(), merchantId, today),
    findShopStanding(db(), merchantId),
    findShopHome(db(), merchantId, today),
    countStatements(db(), scope),
    listUnstated(db(), scope),
    listRefundsAsked(db(), merchantId),
    readFormReturn(actor.sessionId, query.r, at),
  ]);
  if (!shop || !standing) notFound();
  const days = countableDays(today);
  const hasTaken = home.months.some((month) => month.sales > 0 || month.backSales > 0);
  const takesNow = standing.state === 'ADMITTED' && standing.villages.length > 0;
  return (
    <>
      <PageHead title={shop.name} lead={`${shop.districtName} · ${shop.townshipName}`}>
        {standing.isCharity ? <CharityMark /> : null}
      </PageHead>
      {form && isOfOtherShop(form.refusal) ? <Refusal refusal={form.refusal} /> : null}
      {query.ok === 'count-other-sales' ? <Notice title="记下了。今天和明天都还能改。" /> : null}
      <TermsMessage standing={standing} />
      {takesNow ? (
        <nav className="shop-acts" aria-label="收积分">
          <LinkButton kind="primary" wide href="/shop/take">
            收积分
          </LinkButton>
          <LinkButton kind="outline" href="/shop/voucher">
            代金券
          </LinkButton>
          <LinkButton kind="outline" href="/shop/today">
            今天收的
          </LinkButton>
        </nav>
      ) : null}
      <BigNumber
        label={standing.isCharity ? '今天大家用掉的积分' : '今天收的积分'}
        value={grouped(netPoints(home.today))}
        unit="分"
        note={sayToday(home.today)}
      />
      {home.openOrders.orders + refunds.length > 0 ? (
        <Lines label="等您办的">
          {home.openOrders.orders > 0 ? (
            <Line
              href="/shop/orders"
              title="等人来取的预订"
              figure={`${home.openOrders.orders} 单`}
              meta={`一共 ${grouped(home.openOrders.points)} 分，取货时才算收到`}
            />
          ) : null}
          {refunds.length > 0 ? (
            <Line
              href="/shop/today#refunds"
              title="有人想退货"
              figure={`${refunds.length} 笔`}
              meta="同意了就退，不同意也请答复"
            />
          ) : null}
        </Lines>
      ) : null}

      <ShopSettlementSummary counts={statements} unstated={unstated} isCharity={standing.isCharity} />

      <Section title="积分消费占比" id="other-sales">
        <ShareStrip share={sumShares(home.months.slice(-2).map((month) => month.share))} today={today} />
        <OtherSalesPart
          chosen={days.find((day) => day === query.day) ?? today}
          days={days}
          today={today}
          counted={home.counted}
          todaySales={home.today.sales - home.today.backSales}
          form={form && isOfOtherShop(form.refusal) ? null : form}
          token={formToken(actor.sessionId, at)}
        />
      </Section>

      <Section title="一个月一个月地看" id="months">
        {hasTaken ? (
          <>
            <MonthChart months={home.months} today={today} />
            <Disclosure title="每个月的数字">
              <MonthTable months={home.months} today={today} />
            </Disclosure>
            <p className="more">
              <a href="/shop/statistics">按村、按东西看明细</a>
            </p>
          </>
        ) : (
          <EmptyState title="还没有收过积分">收了第一笔，这里就按月画出来。</EmptyState>
        )}
      </Section>

      {hasTaken ? (
        <Section title={`近 ${RECENT_DAYS} 天`} id="recent">
          <Figures
            items={[
              { value: `${home.households.all} 户`, label: '来用过积分' },
              { value: `${home.households.repeat} 户`, label: '来过两次以上' },
            ]}
          />
          <OffersTaken offers={home.offers} label={standing.isCharity ? '给出去最多的' : '兑得最多的'} />
        </Section>
      ) : null}

      <Section title="店里的事" id="shop">
        <Lines label="店里的事">
          <Line href="/shop/incentives" title="本店得到的激励" meta="荣誉证书、减租减税、补贴" />
        </Lines>
        <ShopWays />
        <Facts
          items={[
            ['行当', shop.kind],
            ['地址', shop.address],
            ['营业', shop.openingHours],
            ['店里的人', shop.staff.join('、')],
            ['收哪些村的', standing.villages.map((village) => village.name).join('、')],
          ]}
        />
        <p className="soft">有不对的地方，请找{shop.townshipName}改。</p>
      </Section>
      <Section title="附近的村和社区" id="villages">
        <Lines label="附近的村和社区">
          {shop.villages.map((village) => (
            <Line key={village.code} href={`/v/${village.code}`} title={village.name} meta="看公示栏" />
          ))}
        </Lines>
      </Section>
    </>
  );
}

/** 收了 3 笔 60 分，退回 1 笔 20 分，已经减去. */
function sayToday(today: Takings): string {
  if (today.sales === 0 && today.backSales === 0) return '今天还没有收。';
  const taken = `收了 ${today.sales} 笔 ${grouped(today.points)} 分`;
  if (today.backSales === 0) return `${taken}。`;
  return `${taken}，退回 ${today.backSales} 笔 ${grouped(today.backPoints)} 分，已经减去。`;
}
