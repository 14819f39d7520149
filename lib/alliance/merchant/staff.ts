import 'server-only';
import { type Command, command } from '@/lib/platform/command';
import { newIdAt } from '@/lib/platform/ids';
import { refuse } from '@/lib/platform/refusal';
import { personOfPhone } from '@/lib/residents/phone/commands';
import { canDecideMerchants } from '../policy';
import { addShopPersonInput, merchantPersonInput, shopPersonInput } from './schema';

// 店员: each signs in by an own number. Only the owner says who they are (shop_merchant.sql). What ends today ends at once:
// an appointment counts to the end of its last day, so its last day becomes yesterday, and both the next request
// (lib/auth/reads.ts) and the next sale (is_staff_of) find the seat gone.

/**
 * 加店员: by name and number. Somebody known here under another name is refused (SHOP_PERSON_NAME), so that numbers can't
 * be tried for whose they are. Refuses SHOP_OWNER_ONLY, SHOP_PERSON_HERE, SHOP_PEOPLE_MOST.
 */
export const addShopPerson = command({
  name: 'add-shop-person',
  title: '加店员',
  seat: 'shop',
  input: addShopPersonInput,
  perMinute: 6,
  keep: () => ({}),
  may: () => true,
  async run({ actor, input, now, tx }) {
    const who = await personOfPhone(tx, input.phone, input.name, now);
    const person = await tx.person.findUniqueOrThrow({ where: { id: who }, select: { name: true } });
    await tx.$executeRaw`
      select shop_person_add(${actor.shop.merchantId}::uuid, ${who}::uuid, ${newIdAt(now)}::uuid, ${actor.personId}::uuid, ${now})`;
    if (person.name !== input.name) throw refuse('SHOP_PERSON_NAME', {}, 'phone');
    return { subject: who };
  },
});

/**
 * 停用店员: at once; also at a shop that has left, and there the own seat too. Refuses SHOP_OWNER_ONLY, SHOP_OWNER_STAYS,
 * NOT_FOUND, MERCHANT_NOT_SETTLED.
 */
export const endShopPerson = command({
  name: 'end-shop-person',
  title: '停用店员',
  seat: 'shop',
  input: shopPersonInput,
  keep: (input) => input,
  may: () => true,
  async run({ actor, input, now, tx }) {
    await tx.$executeRaw`
      select shop_person_end(${actor.shop.merchantId}::uuid, ${input.personId}::uuid, ${actor.personId}::uuid, ${now})`;
    return { subject: input.personId };
  },
});

/**
 * 停用退出的店的人: the township, at once. At a shop that is still in the alliance that is the owner's. Refuses NOT_FOUND,
 * MERCHANT_ELSEWHERE, MERCHANT_OWN_SHOP, MERCHANT_NOT_SETTLED (the owner, while something is still open).
 */
export const endMerchantPerson = command({
  name: 'end-merchant-person',
  title: '停用退出的店的人',
  seat: 'office',
  input: merchantPersonInput,
  keep: (input) => input,
  may: canDecideMerchants,
  async run({ actor, input, now, tx }) {
    await tx.$executeRaw`
      select merchant_person_end(${input.merchantId}::uuid, ${input.personId}::uuid, ${actor.personId}::uuid, ${now})`;
    return { subject: input.merchantId };
  },
});

/** 交店: makes another of the shop's people its owner. Refuses SHOP_OWNER_ONLY, NOT_FOUND. */
export const handOverShop = command({
  name: 'hand-over-shop',
  title: '交店',
  seat: 'shop',
  input: shopPersonInput,
  keep: (input) => input,
  may: () => true,
  async run({ actor, input, now, tx }) {
    await tx.$executeRaw`
      select shop_hand_over(${actor.shop.merchantId}::uuid, ${input.personId}::uuid, ${actor.personId}::uuid, ${now})`;
    return { subject: input.personId };
  },
});

export const staffCommands: Command[] = [addShopPerson, endShopPerson, endMerchantPerson, handOverShop];
