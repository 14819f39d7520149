import type { Metadata } from 'next';
import { OfferLine } from '@/components/alliance/offer-line';
import { ShopWays } from '@/components/alliance/shop-ways';
import { LinkButton } from '@/components/ui/button';
import { EmptyState, Notice } from '@/components/ui/message';
import { Acts, PageHead, Section } from '@/components/ui/page-head';
import { Pager } from '@/components/ui/pager';
import { SearchField } from '@/components/ui/search-field';
import { Chips } from '@/components/ui/tabs';
import { listShopOffers, listShopVillages } from '@/lib/alliance/offer/reads';
import { OFFER_STATE_NAMES, type OfferState } from '@/lib/alliance/offer/types';
import { requireSeat } from '@/lib/auth/actor';
import { dayOf, now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { tidySearch } from '@/lib/residents/reads';

export const metadata: Metadata = { title: '兑换品' };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const STATES = Object.keys(OFFER_STATE_NAMES) as OfferState[];

/** What a shop gives for points, in all its villages. Two queries. */
export default async function Offers({ searchParams }: Props) {
  const actor = await requireSeat('shop');
  const query = await searchParams;
  const one = (name: string) => (typeof query[name] === 'string' ? (query[name] as string) : '');
  const search = tidySearch(one('q'));
  const state = STATES.find((each) => each === one('state')) ?? null;
  const page = Math.min(1000, Math.max(1, Number.parseInt(one('page'), 10) || 1));
  const villages = await listShopVillages(db(), actor.shop.merchantId);
  const village = villages.find((each) => each.code === one('village')) ?? null;
  const filter = { search, state, villageId: village?.id ?? null, page };
  const found = await listShopOffers(db(), actor.shop.merchantId, filter, dayOf(now()));
  const href = (change: { state?: string; village?: string; page?: number }) => {
    const parts = new URLSearchParams();
    const kept = {
      q: search,
      state: change.state ?? state ?? '',
      village: change.village ?? village?.code ?? '',
    };
    for (const [name, value] of Object.entries(kept)) if (value) parts.set(name, value);
    if (change.page && change.page > 1) parts.set('page', String(change.page));
    const text = parts.toString();
    return `/shop/offers${text ? `?${text}` : ''}`;
  };
  const without = (name: string) =>
    href({})
      .replace(new RegExp(`([?&])${name}=[^&]*&?`), '$1')
      .replace(/[?&]$/, '');
  const isFiltered = search !== '' || state !== null || village !== null;
  return (
    <>
      <PageHead title="兑换品" lead="村民拿积分来兑什么、收几分，本店自己定。" />
      {one('ok') === 'add-offer' ? <Notice title="上架了，村民现在就看得到。" /> : null}
      {villages.length === 0 && found.total === 0 ? (
        <EmptyState
          title="先要有一份生效的协议"
          action={<LinkButton href="/shop/terms">去看协议</LinkButton>}
        >
          村里拟好协议，店主接受了，就能上架。
        </EmptyState>
      ) : (
        <>
          <LinkButton kind="primary" wide href="/shop/offers/new">
            上架一样
          </LinkButton>
          <Acts>
            <div className="grow">
              <SearchField
                action="/shop/offers"
                label="按名字、拼音查找"
                placeholder="名字、拼音"
                value={search}
                keep={{ state: state ?? undefined, village: village?.code }}
              />
            </div>
          </Acts>
          <Chips
            label="状态"
            items={[
              { href: without('state'), label: '全部', current: !state },
              ...STATES.map((each) => ({
                href: href({ state: each }),
                label: OFFER_STATE_NAMES[each],
                current: each === state,
              })),
            ]}
          />
          {villages.length > 1 ? (
            <Chips
              label="村"
              items={[
                { href: without('village'), label: '各村', current: !village },
                ...villages.map((each) => ({
                  href: href({ village: each.code }),
                  label: each.name,
                  current: each.id === village?.id,
                })),
              ]}
            />
          ) : null}
          {found.offers.length === 0 ? (
            <EmptyState title={isFiltered ? '没有这样的' : '还没有上架'}>
              {isFiltered ? '换个字，或者点“全部”。' : '先上架一两样常用的，拍张照片，村民一看就懂。'}
            </EmptyState>
          ) : (
            <ul className="offer-lines" aria-label="兑换品">
              {found.offers.map((offer) => (
                <OfferLine key={offer.id} offer={offer} />
              ))}
            </ul>
          )}
          <Pager
            newer={found.page > 1 ? href({ page: found.page - 1 }) : null}
            older={found.page < found.pages ? href({ page: found.page + 1 }) : null}
            words={['前一页', '后一页']}
            note={`第 ${found.page} 页，共 ${found.pages} 页，${found.total} 样`}
          />
        </>
      )}
      <Section title="本店" id="ways">
        <ShopWays />
      </Section>
    </>
  );
}
