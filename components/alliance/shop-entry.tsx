import { CATEGORY_NAMES } from '@/lib/alliance/offer/types';
import { shopPhotoAddress } from '@/lib/alliance/photo/types';
import type { PublicOffer, PublicShop } from '@/lib/alliance/shops/types';

/** A shop in a village's list: its front, what it is, and some of what it gives. */
export function ShopEntry({ shop, href }: { shop: PublicShop; href: string }) {
  const near = shop.nearGroupName ? `近${shop.nearGroupName}` : '';
  const rest = shop.offerCount - shop.offers.length;
  return (
    <li className="shop-entry">
      <div className="shop-entry-head">
        {shop.frontPhotoId ? (
          <img
            className="shop-front"
            src={shopPhotoAddress(shop.frontPhotoId, 'small')}
            alt={`${shop.name}的门头`}
            loading="lazy"
            decoding="async"
          />
        ) : null}
        <div>
          <h2>
            <a href={href}>{shop.name}</a>
          </h2>
          <p>{[shop.kind, shop.isCharity ? '公益组织' : '', near].filter(Boolean).join(' · ')}</p>
          <p className="soft">{[shop.address, shop.openingHours].filter(Boolean).join('，')}</p>
        </div>
      </div>
      {shop.offers.length > 0 ? (
        <ul className="offer-tiles" aria-label={`${shop.name}能兑的`}>
          {shop.offers.map((offer) => (
            <li key={offer.id}>
              <a href={`${href}#o-${offer.id}`}>
                <OfferPicture offer={offer} />
                <span className="offer-tile-title">{offer.title}</span>
                <b>
                  {offer.points} 分{offer.state === 'SOLD_OUT' ? <small>兑完了</small> : null}
                </b>
              </a>
            </li>
          ))}
        </ul>
      ) : (
        <p className="soft">现在没有上架的，可以到店里问。</p>
      )}
      {rest > 0 ? (
        <p className="shop-entry-more">
          <a href={href}>
            还有 {rest} 样<span className="said">，{shop.name}</span>
          </a>
        </p>
      ) : null}
    </li>
  );
}

/** The picture of an offer, or its kind written where there is none. */
export function OfferPicture({ offer }: { offer: Pick<PublicOffer, 'photoId' | 'category'> }) {
  return (
    <span className="offer-picture">
      {offer.photoId ? (
        <img src={shopPhotoAddress(offer.photoId, 'small')} alt="" loading="lazy" decoding="async" />
      ) : (
        <span className="offer-no-picture">{CATEGORY_NAMES[offer.category].slice(0, 2)}</span>
      )}
    </span>
  );
}
