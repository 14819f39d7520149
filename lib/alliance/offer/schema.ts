import { z } from 'zod';
import { day, id, list, optionalText, text, whole } from '@/lib/platform/form-shape';
import { optionalWhole } from '@/lib/rulebook/draft/schema';

export const OFFER_TITLE_MOST = 40;
export const OFFER_NOTE_MOST = 100;
export const OFFER_STOCK_MOST = 100_000;
/** villages that a shop has terms with */
export const VILLAGES_MOST = 100;

const category = z.enum(['DAILY_GOODS', 'DINING', 'CLOTHING_BEAUTY', 'TRAINING', 'SERVICE', 'VOLUNTEER'], {
  error: '请选一类',
});
const optionalDay = z.union([z.literal('').transform(() => undefined), day()]).optional();

/** What is said of an offer; the same in every village where it stands. */
export const offerFacts = z.object({
  category,
  title: text(1, OFFER_TITLE_MOST),
  note: optionalText(OFFER_NOTE_MOST),
  points: whole(1, 100_000),
  perHouseholdMonth: optionalWhole(1, 1000),
  validFrom: day(),
  validUntil: optionalDay,
  villages: list(id(), VILLAGES_MOST),
  photos: list(id(), 1),
});

interface Days {
  validFrom: string;
  validUntil?: string | undefined;
}

const endsAfterBeginning = ({ validFrom, validUntil }: Days) =>
  validUntil === undefined || validUntil >= validFrom;
const ENDS_BEFORE = { error: '结束的日子早于开始的日子', path: ['validUntil'] };

export const addOfferInput = offerFacts
  .extend({ stock: optionalWhole(0, OFFER_STOCK_MOST) })
  .refine(endsAfterBeginning, ENDS_BEFORE)
  .refine((input) => input.villages.length > 0, { error: '请至少选一个村', path: ['villages'] });

export const changeOfferInput = offerFacts.extend({ offerId: id() }).refine(endsAfterBeginning, ENDS_BEFORE);

const one = z.object({ villageId: id(), offerId: id() });
export const openOfferInput = one;
export const restockOfferInput = one.extend({ add: whole(1, OFFER_STOCK_MOST) });
/** `seen`: how many the shop saw when it counted; empty: not counted. */
export const setOfferStockInput = one.extend({
  seen: optionalWhole(0, OFFER_STOCK_MOST),
  stock: optionalWhole(0, OFFER_STOCK_MOST),
});
