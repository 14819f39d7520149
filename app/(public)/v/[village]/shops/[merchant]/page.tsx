import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { HonoursOfShop } from '@/components/alliance/honours-of-shop';
import { OfferPicture } from '@/components/alliance/shop-entry';
import { sayWholeDay } from '@/components/alliance/words';
import { GoHome } from '@/components/frame/go-home';
import { LinkButton } from '@/components/ui/button';
import { Facts } from '@/components/ui/figures';
import { EmptyState, Message } from '@/components/ui/message';
import { PageHead, Section } from '@/components/ui/page-head';
import { Photo } from '@/components/ui/photo';
import { sayYuan } from '@/lib/alliance/merchant/rules';
import { CATEGORIES, CATEGORY_NAMES } from '@/lib/alliance/offer/types';
import { shopPhotoAddress } from '@/lib/alliance/photo/types';
import {
  countHadThisMonth,
  findVillageShop,
  listOffersOfShop,
  listShopHonours,
} from '@/lib/alliance/shops/reads';
import type { PublicOffer, PublicShopFacts } from '@/lib/alliance/shops/types';
import { getActor } from '@/lib/auth/actor';
import { dayOf, now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { isId } from '@/lib/platform/ids';
import { villageOf } from '../../village';

interface Props {
  params: Promise<{ village: string; merchant: string }>;
}

const find = cache((villageId: string, id: string) =>
  isId(id) ? findVillageShop(db(), villageId, id) : null,
);

async function shopOf(params: Props['params']) {
  const village = await villageOf(params);
  const shop = await find(village.id, (await params).merchant);
  if (!shop) notFound();
  return { village, shop };
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { shop } = await shopOf(params);
  return { title: shop.name };
}

/** A shop in a village: where it is, what it gives, how to take it. Three queries; four for a resident. */
export default async function Shop({ params }: Props) {
  const { village, shop } = await shopOf(params);
  const at = now();
  const today = dayOf(at);
  const actor = await getActor();
  const mine = actor?.resident?.villageId === village.id ? actor.resident.householdId : null;
  const [offers, honours, had] = await Promise.all([
    listOffersOfShop(db(), village.id, shop.id, today),
    listShopHonours(db(), shop.id, today),
    mine ? countHadThisMonth(db(), village.id, mine, shop.id, at) : new Map<string, number>(),
  ]);
  const takes = shop.terms !== null && !shop.isSuspended;
  // Who isn't signed in is led to do so first.
  const buy = mine || !actor ? `/me/buy/${shop.id}` : null;
  return (
    <>
      <PageHead
        title={shop.name}
        lead={shop.isCharity ? `${shop.kind}，公益组织` : shop.kind}
        back={{ href: `/v/${village.code}/shops`, label: '本村商户' }}
      />
      {takes ? null : (
        <Message tone="look" title="这家店现在不收本村的积分。">
          {shop.isSuspended
            ? '镇上暂停了它。已经兑过的不受影响。'
            : '和村里的协议结束了。已经兑过的不受影响。'}
        </Message>
      )}
      <HonoursOfShop honours={honours} />
      <div className="shop-facts">
        {shop.frontPhotoId ? (
          <Photo
            src={shopPhotoAddress(shop.frontPhotoId, 'large')}
            large={shopPhotoAddress(shop.frontPhotoId, 'large')}
            alt={`${shop.name}的门头，点开看大图`}
            fit="contain"
            eager
          />
        ) : null}
        <Facts
          items={[
            ['地址', shop.address],
            ['营业', shop.openingHours],
            ['离哪个组近', shop.terms?.nearGroupName ?? ''],
            ['一次最多', shop.terms?.onceMost ? `${shop.terms.onceMost} 分` : ''],
            ['一户一个月', shop.terms?.householdMonthMost ? `最多 ${shop.terms.householdMonthMost} 分` : ''],
            ['村里给店里', settlementOf(shop)],
          ]}
        />
      </div>
      {takes ? <Offers offers={offers} had={mine ? had : null} name={shop.name} buy={buy} /> : null}
      {takes ? (
        <GoHome actor={actor} villageId={village.id} page={`/v/${village.code}/shops/${shop.id}`} now={at}>
          换到{village.name}的家，用这个村的积分
        </GoHome>
      ) : null}
      {takes && buy ? (
        <p className="shop-buy">
          <LinkButton wide href={buy}>
            在店里了，自己付几分
          </LinkButton>
        </p>
      ) : null}
      <Section title="怎么兑" id="how">
        <ol className="steps">
          <li>
            <b>到店里，选好东西</b>
            <p>问清楚收几分。</p>
          </li>
          <li>
            <b>打开手机上的“付款码”给店里扫</b>
            <p>没有网的时候，把 8 个数字念给店里。也可以扫店里柜台上的码，自己选。</p>
          </li>
          <li>
            <b>两边手机都写着一样的分数，才算好</b>
            <p>分多的时候，要您在自己手机上再点一下“给”。没有手机，用纸的代金券。</p>
          </li>
        </ol>
        <p className="list-note">积分不是钱，不找零。收错了，当天请店里撤销。</p>
      </Section>
    </>
  );
}

/** What the village pays the shop; said as a matter between the two, never as a price of points. */
function settlementOf({ terms, isCharity }: PublicShopFacts): string {
  if (!terms) return '';
  return isCharity
    ? '公益组织，村里不付钱'
    : `店里每收 1 分，付 ${sayYuan(terms.referenceFen)}，每月结算。积分本身没有价钱`;
}

function Offers({
  offers,
  had,
  name,
  buy,
}: {
  offers: PublicOffer[];
  /** how often the reader's household has had each this month; null for others */
  had: Map<string, number> | null;
  name: string;
  /** where a resident pays by himself; null for who can't */
  buy: string | null;
}) {
  if (offers.length === 0) {
    return (
      <Section title="能兑什么" id="offers">
        <EmptyState title="现在没有上架的">可以到店里问，有的店按分数收，不一定都写在这里。</EmptyState>
      </Section>
    );
  }
  return CATEGORIES.filter((category) => offers.some((offer) => offer.category === category)).map(
    (category) => (
      <Section key={category} title={CATEGORY_NAMES[category]} id={`kind-${category}`}>
        <ul className="offer-list" aria-label={`${name}的${CATEGORY_NAMES[category]}`}>
          {offers
            .filter((offer) => offer.category === category)
            .map((offer) => (
              <li key={offer.id} id={`o-${offer.id}`}>
                <OfferPicture offer={offer} />
                <div>
                  <h3>{offer.title}</h3>
                  {offer.note ? <p>{offer.note}</p> : null}
                  <p className="soft">{aboutOffer(offer, had?.get(offer.id) ?? null, had !== null)}</p>
                  {buy && offer.state === 'OPEN' ? (
                    <LinkButton href={`${buy}?offer=${offer.id}`} aria-label={`自己兑 ${offer.title}`}>
                      自己兑这个
                    </LinkButton>
                  ) : null}
                </div>
                <b className="offer-points">
                  {offer.points}
                  <small>分</small>
                </b>
              </li>
            ))}
        </ul>
      </Section>
    ),
  );
}

/** What is left of an offer, and of the household's share of it. */
function aboutOffer(offer: PublicOffer, had: number | null, isResident: boolean): string {
  const { perHouseholdMonth, stock, state, validUntil } = offer;
  const left = perHouseholdMonth === null ? null : Math.max(0, perHouseholdMonth - (had ?? 0));
  return [
    state === 'SOLD_OUT'
      ? '兑完了'
      : state === 'NOT_YET'
        ? '还没开始'
        : stock === null
          ? ''
          : `还有 ${stock} 件`,
    perHouseholdMonth === null ? '' : `每户每月 ${perHouseholdMonth} 次`,
    isResident && left !== null ? (left === 0 ? '您家这个月兑满了' : `您家这个月还能兑 ${left} 次`) : '',
    validUntil ? `到${sayWholeDay(validUntil)}` : '',
  ]
    .filter(Boolean)
    .join('，');
}
