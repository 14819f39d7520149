import 'server-only';
import { type Command, command } from '@/lib/platform/command';
import { Prisma } from '@/lib/platform/db';
import { outcomeOf } from './outcome';
import { canSetFreeLimit } from './policy';
import {
  answerRedemptionInput,
  freeLimitInput,
  orderOfferInput,
  pointsAsked,
  redeemFromShelfInput,
  redemptionInput,
  refundAsHouseholdInput,
} from './schema';

// What a household does with its points on its own phone.

/** 扫店里的码兑换: an offer, or an amount. Its id is the redemption's. */
export const redeemFromShelf = command({
  name: 'redeem-from-shelf',
  title: '自己兑换',
  seat: 'resident',
  input: redeemFromShelfInput,
  keep: (input) => input,
  may: () => true,
  run: ({ actor, input, id, now, tx, villageId }) =>
    outcomeOf(
      tx,
      Prisma.sql`redeem_from_shelf(${villageId}::uuid, ${id}::uuid, ${input.merchantId}::uuid,
        ${actor.resident.householdId}::uuid, ${actor.resident.residentId}::uuid, ${input.offerId ?? null}::uuid,
        ${pointsAsked(input) ?? null}::integer, ${actor.personId}::uuid, ${now}::timestamptz)`,
    ),
});

/** 预订: the points are set aside until it is fetched. Its id is the redemption's. */
export const orderOffer = command({
  name: 'order-offer',
  title: '预订兑换品',
  seat: 'resident',
  input: orderOfferInput,
  keep: (input) => input,
  may: () => true,
  run: ({ actor, input, id, now, tx, villageId }) =>
    outcomeOf(
      tx,
      Prisma.sql`order_place(${villageId}::uuid, ${id}::uuid, ${input.merchantId}::uuid,
        ${actor.resident.householdId}::uuid, ${actor.resident.residentId}::uuid, ${input.offerId}::uuid,
        ${input.seen}::integer, ${actor.personId}::uuid, ${now}::timestamptz)`,
    ),
});

/** 取消预订, by the household: the points return. */
export const voidOrder = command({
  name: 'void-order',
  title: '取消预订',
  seat: 'resident',
  input: redemptionInput,
  keep: (input) => input,
  may: () => true,
  run: ({ actor, input, id, now, tx, villageId }) =>
    outcomeOf(
      tx,
      Prisma.sql`order_void(${villageId}::uuid, ${input.redemptionId}::uuid, 'HOUSEHOLD', 'CHANGED_MIND', '',
        ${actor.personId}::uuid, ${id}::uuid, ${now}::timestamptz)`,
    ),
});

/** 确认: yes or no to what a shop asks for, within its minute. */
export const answerRedemption = command({
  name: 'answer-redemption',
  title: '确认或拒绝一笔兑换',
  seat: 'resident',
  input: answerRedemptionInput,
  keep: (input) => input,
  may: () => true,
  run: ({ actor, input, now, tx, villageId }) =>
    outcomeOf(
      tx,
      Prisma.sql`redemption_answer(${villageId}::uuid, ${input.redemptionId}::uuid, ${actor.personId}::uuid, ${input.yes},
        ${now}::timestamptz)`,
    ),
});

/** 退货: asks the shop to agree; or, where it has asked, agrees. */
export const refundAsHousehold = command({
  name: 'refund-as-household',
  title: '村民提出或同意退货',
  seat: 'resident',
  input: refundAsHouseholdInput,
  keep: ({ redemptionId, reason }) => ({ redemptionId, reason }),
  may: () => true,
  run: ({ actor, input, id, now, tx, villageId }) =>
    outcomeOf(
      tx,
      Prisma.sql`redemption_refund(${villageId}::uuid, ${input.redemptionId}::uuid, 'HOUSEHOLD', ${input.reason ?? ''},
        ${input.note}, ${actor.personId}::uuid, ${id}::uuid, ${now}::timestamptz)`,
    ),
});

/** 不退: declines the shop's asking, or takes the household's own back. */
export const declineRefundAsHousehold = command({
  name: 'decline-refund-as-household',
  title: '村民不同意退货',
  seat: 'resident',
  input: redemptionInput,
  keep: (input) => input,
  may: () => true,
  run: ({ actor, input, now, tx, villageId }) =>
    outcomeOf(
      tx,
      Prisma.sql`redemption_refund_decline(${villageId}::uuid, ${input.redemptionId}::uuid, 'HOUSEHOLD',
        ${actor.personId}::uuid, ${now}::timestamptz)`,
    ),
});

/** 免确认: up to how many points a shop may take by the household's code alone; null as the terms say, never more. */
export const setFreeLimit = command({
  name: 'set-free-limit',
  title: '改免确认的分数',
  seat: 'resident',
  input: freeLimitInput,
  keep: (input) => input,
  may: canSetFreeLimit,
  async run({ actor, input, tx, villageId }) {
    const id = actor.resident.householdId;
    await tx.household.update({
      where: { villageId_id: { villageId, id } },
      data: { freeMost: input.points },
      select: { id: true },
    });
    return { subject: id, points: input.points };
  },
});

export const householdCommands: Command[] = [
  redeemFromShelf,
  orderOffer,
  voidOrder,
  answerRedemption,
  refundAsHousehold,
  declineRefundAsHousehold,
  setFreeLimit,
];
