import 'server-only';
import type { z } from 'zod';
import { type Command, command, type Seated, type Tx } from '@/lib/platform/command';
import { attachMerchantPhoto } from '../photo/attach';
import { spellForSearch } from '../spelling';
import {
  addOfferInput,
  changeOfferInput,
  type offerFacts,
  openOfferInput,
  restockOfferInput,
  setOfferStockInput,
} from './schema';

// Who may, where an offer may be open, and that no piece is lost, stands in prisma/functions/shop_offer.sql.

interface Put {
  tx: Tx;
  actor: Seated<'shop'>;
  offerId: string;
  facts: z.output<typeof offerFacts>;
  stock: number | null;
  isNew: boolean;
  now: Date;
}

async function put({ tx, actor, offerId, facts, stock, isNew, now }: Put): Promise<{ subject: string }> {
  const { merchantId } = actor.shop;
  const [photoId] = facts.photos;
  if (photoId)
    await attachMerchantPhoto(tx, { photoId, merchantId, purpose: 'OFFER', personId: actor.personId });
  const villages = [...new Set(facts.villages)].sort();
  await tx.$executeRaw`
    select offer_put(${merchantId}::uuid, ${offerId}::uuid, ${villages}::uuid[], ${facts.category}::"OfferCategory", ${facts.title},
      ${facts.note}, ${facts.points}::int, ${stock}::int, ${facts.perHouseholdMonth ?? null}::int, ${facts.validFrom}::date,
      ${facts.validUntil ?? null}::date, ${photoId ?? null}::uuid, true, ${spellForSearch(facts.title)}, ${isNew},
      ${actor.personId}::uuid, ${now})`;
  return { subject: offerId };
}

/** 上架: a new offer in villages with accepted terms. Refuses OFFER_WITHOUT_TERMS, POOL_SHORT, OFFER_NOT_FOR_CHARITY, OFFERS_MOST. */
export const addOffer = command({
  name: 'add-offer',
  title: '上架兑换品',
  seat: 'shop',
  input: addOfferInput,
  keep: (input) => input,
  may: () => true,
  run: ({ actor, input, id, now, tx }) =>
    put({ tx, actor, offerId: id, facts: input, stock: input.stock ?? null, isNew: true, now }),
});

/** 改兑换品: what is said of it, wherever it stands; and puts it into other villages beside, not counted. */
export const changeOffer = command({
  name: 'change-offer',
  title: '改兑换品',
  seat: 'shop',
  input: changeOfferInput,
  keep: (input) => input,
  may: () => true,
  run: ({ actor, input, now, tx }) =>
    put({ tx, actor, offerId: input.offerId, facts: input, stock: null, isNew: false, now }),
});

const opening = {
  seat: 'shop',
  input: openOfferInput,
  keep: (input: { villageId: string; offerId: string }) => input,
  may: () => true as const,
} as const;

/** 开放 in a village. Refuses OFFER_WITHOUT_TERMS, POOL_SHORT, NOT_FOUND. */
export const openOffer = command({
  ...opening,
  name: 'open-offer',
  title: '开放兑换品',
  async run({ actor, input, now, tx }) {
    await tx.$executeRaw`
      select offer_open(${input.villageId}::uuid, ${input.offerId}::uuid, ${actor.shop.merchantId}::uuid, true, ${actor.personId}::uuid, ${now})`;
    return { subject: input.offerId, villageId: input.villageId };
  },
});

/** 停兑 in a village. */
export const closeOffer = command({
  ...opening,
  name: 'close-offer',
  title: '停兑',
  async run({ actor, input, now, tx }) {
    await tx.$executeRaw`
      select offer_open(${input.villageId}::uuid, ${input.offerId}::uuid, ${actor.shop.merchantId}::uuid, false, ${actor.personId}::uuid, ${now})`;
    return { subject: input.offerId, villageId: input.villageId };
  },
});

/** 补货: so many more in a village, whatever was sold meanwhile. Refuses OFFER_NOT_COUNTED, NOT_FOUND. */
export const restockOffer = command({
  name: 'restock-offer',
  title: '补货',
  seat: 'shop',
  input: restockOfferInput,
  keep: (input) => input,
  may: () => true,
  async run({ actor, input, now, tx }) {
    const [row] = await tx.$queryRaw<{ left: number }[]>`
      select offer_restock(${input.villageId}::uuid, ${input.offerId}::uuid, ${actor.shop.merchantId}::uuid, ${input.add}::int,
        ${actor.personId}::uuid, ${now}) as left`;
    return { subject: input.offerId, villageId: input.villageId, left: row?.left ?? null };
  },
});

/** 改件数: to a number, or to none counted, as seen. Refuses OFFER_STOCK_MOVED, NOT_FOUND. */
export const setOfferStock = command({
  name: 'set-offer-stock',
  title: '改件数',
  seat: 'shop',
  input: setOfferStockInput,
  keep: (input) => input,
  may: () => true,
  async run({ actor, input, now, tx }) {
    await tx.$executeRaw`
      select offer_set_stock(${input.villageId}::uuid, ${input.offerId}::uuid, ${actor.shop.merchantId}::uuid,
        ${input.seen ?? null}::int, ${input.stock ?? null}::int, ${actor.personId}::uuid, ${now})`;
    return { subject: input.offerId, villageId: input.villageId };
  },
});

export const offerCommands: Command[] = [
  addOffer,
  changeOffer,
  openOffer,
  closeOffer,
  restockOffer,
  setOfferStock,
];
