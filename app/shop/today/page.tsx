import type { Metadata } from 'next';
import { RedemptionLines } from '@/components/alliance/counter/redemption-lines';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/message';
import { PageHead, Section } from '@/components/ui/page-head';
import { Pager } from '@/components/ui/pager';
import { SearchField } from '@/components/ui/search-field';
import { listRefundsAsked, listShopDay, PAGE_LINES, sumShopDay } from '@/lib/alliance/counter/reads';
import { plainDigits } from '@/lib/alliance/counter/rules';
import { requireSeat } from '@/lib/auth/actor';
import { addDays, type Day, dayOf, now, parseDay, sayDay } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { pageOf } from '@/lib/platform/paging';

export const metadata: Metadata = { title: '单子' };

const RECEIPT_DIGITS = 4;

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** What a shop took on a day, or under a receipt number, thirty a page. Three queries. */
export default async function Today({ searchParams }: Props) {
  const actor = await requireSeat('shop');
  const query = await searchParams;
  const { merchantId } = actor.shop;
  const today = dayOf(now());
  const asked = typeof query.day === 'string' ? parseDay(query.day) : null;
  const day = asked && asked <= today ? asked : today;
  const digits = typeof query.q === 'string' ? plainDigits(query.q, RECEIPT_DIGITS) : '';
  const receipt = digits.length === RECEIPT_DIGITS ? digits : null;
  const page = pageOf(query.page);
  const [found, sum, refunds] = await Promise.all([
    listShopDay(db(), merchantId, { day, receipt, page }),
    sumShopDay(db(), merchantId, day),
    listRefundsAsked(db(), merchantId),
  ]);
  const lines = found.slice(0, PAGE_LINES);
  const address = (number: number) => {
    const parts = new URLSearchParams(receipt ? { q: receipt } : day === today ? {} : { day });
    if (number > 1) parts.set('page', String(number));
    return `/shop/today${parts.size > 0 ? `?${parts}` : ''}`;
  };
  return (
    <>
      <PageHead
        title={receipt ? `尾号 ${receipt}` : `${sayDay(day, today)}的单子`}
        lead={receipt ? null : `收成 ${sum.count} 笔，${sum.points} 分`}
        back={{ href: '/shop/take', label: '收积分' }}
      />
      {refunds.length > 0 ? (
        <Section title="等您答复" id="refunds">
          <RedemptionLines label="想退货的" lines={refunds} side="shop" today={today} />
        </Section>
      ) : null}
      <SearchField action="/shop/today" label="按尾号找" value={receipt ?? ''} placeholder="尾号，四个数字" />
      <div className="day-list">
        {lines.length === 0 ? (
          <EmptyState title={receipt ? '没有这个尾号' : '这一天没有收积分'}>
            {receipt ? '请看准四个数字再找一次。' : null}
          </EmptyState>
        ) : (
          <RedemptionLines
            label={receipt ? '这个尾号的' : '这一天的'}
            lines={lines}
            side="shop"
            today={today}
          />
        )}
      </div>
      <Pager
        newer={page > 1 ? address(page - 1) : null}
        older={found.length > PAGE_LINES ? address(page + 1) : null}
        note={`第 ${page} 页`}
      />
      <OtherDay day={day} today={today} />
    </>
  );
}

function OtherDay({ day, today }: { day: Day; today: Day }) {
  return (
    <>
      <form method="get" action="/shop/today" className="other-day">
        <label className="field-label" htmlFor="f-day">
          看哪一天
        </label>
        <input className="input" id="f-day" type="date" name="day" defaultValue={day} max={today} />
        <Button>看</Button>
      </form>
      <p className="list-end">
        <a href={`/shop/today?day=${addDays(day, -1)}`}>前一天</a>
      </p>
    </>
  );
}
