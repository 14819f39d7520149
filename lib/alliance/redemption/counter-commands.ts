import 'server-only';
import { type Command, command } from '@/lib/platform/command';
import { Prisma } from '@/lib/platform/db';
import { outcomeOf } from './outcome';
import {
  backAsShopInput,
  pointsAsked,
  redeemVoucherInput,
  refundAsShopInput,
  takePointsInput,
  villageRedemptionInput,
  voidAsShopInput,
} from './schema';
import { TAKES_A_MINUTE, takenBy } from './taking';

// What a shop does. A shop sits in no village: which one a redemption is of is said by the code, or named, and then
// looked up together with whose it is; the functions refuse what isn't the shop's like what isn't there.

/** Codes of vouchers a shop may try in a minute: they are near to money. */
const VOUCHERS_A_MINUTE = 30;

/** 收积分: by the code on a resident's phone. Its id is the redemption's; the code is kept nowhere. */
export const takePoints = command({
  name: 'take-points',
  title: '收积分',
  seat: 'shop',
  input: takePointsInput,
  keep: (input) => ({ offerId: input.offerId, points: pointsAsked(input), partial: input.partial }),
  hashOf: takenBy,
  perMinute: TAKES_A_MINUTE,
  may: () => true,
  run: ({ actor, input, id, now, tx }) =>
    outcomeOf(
      tx,
      Prisma.sql`redeem_by_code(${id}::uuid, ${actor.shop.merchantId}::uuid, ${input.code},
        ${input.offerId ?? null}::uuid, ${pointsAsked(input) ?? null}::integer, ${input.partial}, ${actor.personId}::uuid,
        ${now}::timestamptz)`,
    ),
});

/** 核销代金券: the village pays; the household's points stay as they are. The code is kept nowhere. */
export const redeemVoucher = command({
  name: 'redeem-voucher',
  title: '核销代金券',
  seat: 'shop',
  input: redeemVoucherInput,
  keep: () => ({}),
  perMinute: VOUCHERS_A_MINUTE,
  may: () => true,
  run: ({ actor, input, id, now, tx }) =>
    outcomeOf(
      tx,
      Prisma.sql`redeem_voucher(${id}::uuid, ${actor.shop.merchantId}::uuid, ${input.code}, ${actor.personId}::uuid,
        ${now}::timestamptz)`,
    ),
});

/** 撤销: what was taken today goes back. */
export const undoRedemption = command({
  name: 'undo-redemption',
  title: '撤销一笔兑换',
  seat: 'shop',
  input: backAsShopInput,
  keep: ({ villageId, redemptionId, reason }) => ({ villageId, redemptionId, reason }),
  may: () => true,
  run: ({ actor, input, id, now, tx }) =>
    outcomeOf(
      tx,
      Prisma.sql`redemption_undo(${input.villageId}::uuid, ${input.redemptionId}::uuid, ${input.reason}, ${input.note},
        ${actor.personId}::uuid, ${id}::uuid, ${now}::timestamptz)`,
    ),
});

/** 退货: asks the household to agree; or, where it has asked, agrees. */
export const refundAsShop = command({
  name: 'refund-as-shop',
  title: '店里提出或同意退货',
  seat: 'shop',
  input: refundAsShopInput,
  keep: ({ villageId, redemptionId, reason }) => ({ villageId, redemptionId, reason }),
  may: () => true,
  run: ({ actor, input, id, now, tx }) =>
    outcomeOf(
      tx,
      Prisma.sql`redemption_refund(${input.villageId}::uuid, ${input.redemptionId}::uuid, 'SHOP', ${input.reason ?? ''},
        ${input.note}, ${actor.personId}::uuid, ${id}::uuid, ${now}::timestamptz)`,
    ),
});

/** 不退: declines the household's asking, or takes the shop's own back. */
export const declineRefundAsShop = command({
  name: 'decline-refund-as-shop',
  title: '店里不同意退货',
  seat: 'shop',
  input: villageRedemptionInput,
  keep: (input) => input,
  may: () => true,
  run: ({ actor, input, now, tx }) =>
    outcomeOf(
      tx,
      Prisma.sql`redemption_refund_decline(${input.villageId}::uuid, ${input.redemptionId}::uuid, 'SHOP',
        ${actor.personId}::uuid, ${now}::timestamptz)`,
    ),
});

/** 取货: the goods of an order are handed over, and its points are the shop's. Past its days it expires instead. */
export const handOverOrder = command({
  name: 'hand-over-order',
  title: '交付预订的东西',
  seat: 'shop',
  input: villageRedemptionInput,
  keep: (input) => input,
  may: () => true,
  run: ({ actor, input, now, tx }) =>
    outcomeOf(
      tx,
      Prisma.sql`order_hand_over(${input.villageId}::uuid, ${input.redemptionId}::uuid, ${actor.personId}::uuid,
        ${now}::timestamptz)`,
    ),
});

/** 取消预订, by the shop: the points return. */
export const voidOrderAsShop = command({
  name: 'void-order-as-shop',
  title: '店里取消预订',
  seat: 'shop',
  input: voidAsShopInput,
  keep: ({ villageId, redemptionId, reason }) => ({ villageId, redemptionId, reason }),
  may: () => true,
  run: ({ actor, input, id, now, tx }) =>
    outcomeOf(
      tx,
      Prisma.sql`order_void(${input.villageId}::uuid, ${input.redemptionId}::uuid, 'SHOP', ${input.reason}, ${input.note},
        ${actor.personId}::uuid, ${id}::uuid, ${now}::timestamptz)`,
    ),
});

export const counterCommands: Command[] = [
  takePoints,
  redeemVoucher,
  undoRedemption,
  refundAsShop,
  declineRefundAsShop,
  handOverOrder,
  voidOrderAsShop,
];
