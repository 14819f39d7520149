import 'server-only';
import { type Command, command } from '@/lib/platform/command';
import { refuse } from '@/lib/platform/refusal';
import { canSignTerms } from '../policy';
import { acceptTermsInput, endTermsAsShopInput, endTermsAsVillageInput, signTermsInput } from './schema';

// Who signs, accepts and ends, and that terms never change, stands in prisma/functions/shop_terms.sql.

/**
 * 拟协议: the secretary signs terms with a merchant of the township; they bind once the shop accepts. Refuses NOT_FOUND,
 * MERCHANT_NOT_ADMITTED, MERCHANT_OWN_SHOP, BAD_INPUT (no money said for one that is no charity).
 */
export const signTerms = command({
  name: 'sign-terms',
  title: '和商户签协议',
  seat: 'desk',
  input: signTermsInput,
  keep: (input) => input,
  may: canSignTerms,
  async run({ actor, input, id, now, tx, villageId }) {
    const village = await tx.village.findUniqueOrThrow({
      where: { id: villageId },
      select: { townshipId: true },
    });
    const merchant = await tx.merchant.findFirst({
      where: { id: input.merchantId, townshipId: village.townshipId },
      select: { isCharity: true },
    });
    if (!merchant) throw refuse('NOT_FOUND');
    if (!merchant.isCharity && input.yuan === undefined) throw refuse('BAD_INPUT', {}, 'yuan');
    if (input.nearGroupId && !(await tx.group.count({ where: { villageId, id: input.nearGroupId } }))) {
      throw refuse('BAD_INPUT', {}, 'nearGroupId');
    }
    await tx.$executeRaw`
      select terms_sign(${villageId}::uuid, ${id}::uuid, ${input.merchantId}::uuid, ${merchant.isCharity ? 0 : (input.yuan ?? 0)}::int,
        ${input.settlementDay}::int, ${input.onceMost ?? null}::int, ${input.householdMonthMost ?? null}::int,
        ${input.freeMost}::int, ${input.nearGroupId ?? null}::uuid, ${actor.personId}::uuid, ${now})`;
    return { subject: input.merchantId, termsId: id };
  },
});

/** 接受协议: the shop's owner; what was agreed before ends in the same moment. Refuses NOT_FOUND, SHOP_OWNER_ONLY, TERMS_ENDED. */
export const acceptTerms = command({
  name: 'accept-terms',
  title: '接受村里的协议',
  seat: 'shop',
  input: acceptTermsInput,
  keep: (input) => input,
  may: () => true,
  async run({ actor, input, now, tx }) {
    await tx.$executeRaw`
      select terms_accept(${input.villageId}::uuid, ${input.termsId}::uuid, ${actor.shop.merchantId}::uuid,
        ${actor.personId}::uuid, ${now})`;
    return { subject: input.termsId, villageId: input.villageId };
  },
});

/** 结束协议, by the village. What was taken is still settled. Refuses NOT_FOUND, TERMS_ENDED. */
export const endTermsAsVillage = command({
  name: 'end-terms-as-village',
  title: '结束和商户的协议',
  seat: 'desk',
  input: endTermsAsVillageInput,
  keep: ({ termsId }) => ({ termsId }),
  may: canSignTerms,
  async run({ actor, input, now, tx, villageId }) {
    await tx.$executeRaw`
      select terms_end(${villageId}::uuid, ${input.termsId}::uuid, ${input.reason}, ${actor.personId}::uuid, null::uuid, ${now})`;
    return { subject: input.termsId };
  },
});

/** 结束或不接受协议, by the shop's owner. Refuses NOT_FOUND, SHOP_OWNER_ONLY, TERMS_ENDED. */
export const endTermsAsShop = command({
  name: 'end-terms-as-shop',
  title: '结束和村里的协议',
  seat: 'shop',
  input: endTermsAsShopInput,
  keep: ({ villageId, termsId }) => ({ villageId, termsId }),
  may: () => true,
  async run({ actor, input, now, tx }) {
    await tx.$executeRaw`
      select terms_end(${input.villageId}::uuid, ${input.termsId}::uuid, ${input.reason}, ${actor.personId}::uuid,
        ${actor.shop.merchantId}::uuid, ${now})`;
    return { subject: input.termsId, villageId: input.villageId };
  },
});

export const termsCommands: Command[] = [signTerms, acceptTerms, endTermsAsVillage, endTermsAsShop];
