import type { Metadata } from 'next';
import { RedemptionLines } from '@/components/alliance/counter/redemption-lines';
import { LinkButton } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/message';
import { PageHead } from '@/components/ui/page-head';
import { Pager } from '@/components/ui/pager';
import { listOfHousehold, PAGE_LINES } from '@/lib/alliance/counter/household/reads';
import { requireSeat } from '@/lib/auth/actor';
import { dayOf, now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { pageOf } from '@/lib/platform/paging';

export const metadata: Metadata = { title: '我家的兑换' };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** All that a household paid or ordered with its points, thirty a page. One query. */
export default async function Redemptions({ searchParams }: Props) {
  const actor = await requireSeat('resident');
  const page = pageOf((await searchParams).page);
  const found = await listOfHousehold(db(), actor.resident, page);
  const lines = found.slice(0, PAGE_LINES);
  const address = (number: number) => `/me/redemptions${number > 1 ? `?page=${number}` : ''}`;
  return (
    <>
      <PageHead title="我家的兑换" back={{ href: '/me', label: '我家' }} />
      {lines.length === 0 ? (
        <EmptyState title="还没有兑换过" action={<LinkButton href="/me/pay">出示付款码</LinkButton>}>
          到商社联盟的店里，出示付款码，就能用积分兑东西。
        </EmptyState>
      ) : (
        <RedemptionLines label="我家的兑换" lines={lines} side="household" today={dayOf(now())} />
      )}
      <Pager
        newer={page > 1 ? address(page - 1) : null}
        older={found.length > PAGE_LINES ? address(page + 1) : null}
        note={`第 ${page} 页`}
      />
    </>
  );
}
