import { Photo } from '@/components/ui/photo';
import { StatusText } from '@/components/ui/status-text';
import { CATEGORY_NAMES, OFFER_STATE_NAMES, type ShopOffer } from '@/lib/alliance/offer/types';
import { shopPhotoAddress } from '@/lib/alliance/photo/types';
import { OFFER_MARKS } from './words';

/** One of a shop's own offers in its list: picture, title, points, and how it stands in each village. */
export function OfferLine({ offer }: { offer: ShopOffer }) {
  return (
    <li className="offer-line">
      <a href={`/shop/offers/${offer.id}`}>
        <span className="offer-picture">
          {offer.photoId ? (
            <Photo src={shopPhotoAddress(offer.photoId, 'small')} alt="" />
          ) : (
            <span className="offer-no-picture">{CATEGORY_NAMES[offer.category].slice(0, 2)}</span>
          )}
        </span>
        <span className="offer-words">
          <b>{offer.title}</b>
          {offer.villages.map((one) => (
            <span key={one.villageId} className="offer-place">
              {one.villageName}{' '}
              <StatusText state={OFFER_MARKS[one.state]}>
                {OFFER_STATE_NAMES[one.state]}
                {one.state === 'OPEN' && one.stock !== null ? `，剩 ${one.stock} 件` : ''}
              </StatusText>
            </span>
          ))}
        </span>
        <b className="offer-points">
          {offer.points}
          <small>分</small>
        </b>
      </a>
    </li>
  );
}
