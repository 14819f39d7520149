import type { Day } from '@/lib/platform/clock';
import type { OfferCategory, OfferState } from './types';

interface Standing {
  isOpen: boolean;
  stock: number | null;
  validFrom: Day;
  validUntil: Day | null;
}

/** What an offer is on a day: what is closed is closed first, what is over before what is sold out. */
export function offerState({ isOpen, stock, validFrom, validUntil }: Standing, today: Day): OfferState {
  if (!isOpen) return 'CLOSED';
  if (validUntil !== null && validUntil < today) return 'OVER';
  if (validFrom > today) return 'NOT_YET';
  return stock === 0 ? 'SOLD_OUT' : 'OPEN';
}

/** A charity gives services and voluntary work; nothing that is sold. */
export function mayOffer(category: OfferCategory, isCharity: boolean): boolean {
  return !isCharity || category === 'SERVICE' || category === 'VOLUNTEER';
}
