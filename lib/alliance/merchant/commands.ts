import 'server-only';
import { signFacts } from '@/lib/photos/proof';
import { type Command, command, type Tx } from '@/lib/platform/command';
import { idFromWords, NIL_ID, newIdAt } from '@/lib/platform/ids';
import { hitRate } from '@/lib/platform/rate';
import { refuse } from '@/lib/platform/refusal';
import { personOfPhone } from '@/lib/residents/phone/commands';
import { attachMerchantPhoto, recordShopPhoto } from '../photo/attach';
import { canDecideMerchants } from '../policy';
import { spellForSearch } from '../spelling';
import {
  applyInput,
  changeMerchantInput,
  changeShopInput,
  decideInput,
  merchantInput,
  nameOwnerInput,
} from './schema';
import { staffCommands } from './staff';
import type { MerchantState } from './types';

// What a merchant may become and who decides stands in prisma/functions/shop_merchant.sql.

/**
 * The merchant that an application asks for. Not the application's own id, which the applicant's phone made: in a village
 * the merchant's id is that of its account, and must not be somebody else's.
 */
export function merchantIdOf(applicationId: string): string {
  return idFromWords('merchant', applicationId);
}

/** Applications of one number in a day; more are somebody's mistake or somebody's game. */
const APPLICATIONS_OF_NUMBER_MOST = 3;

/**
 * 申请入盟: a shop applies, without a sign-in, with a picture of its front if it likes (POST /api/shop-applications). The
 * answer is the same whatever the number. Refuses NOT_FOUND (no such township), APPLIED_TOO_OFTEN, NOT_ALLOWED (a picture
 * that the server did not see).
 */
export const applyToAlliance = command({
  name: 'apply-to-alliance',
  title: '申请加入商社联盟',
  seat: 'anyone',
  input: applyInput,
  perMinute: 6,
  keep: ({ townshipId, isCharity }) => ({ townshipId, isCharity }),
  may: () => true,
  async run({ input, id, now, tx }) {
    const merchantId = merchantIdOf(id);
    const key = `apply:${signFacts(['apply', input.contactPhone])}`;
    // In this transaction: a second connection for each application would leave none for anybody. One that is refused
    // takes its own count back and leaves the number at its most, so that the next is refused as well.
    const wait = await hitRate(tx, { key, most: APPLICATIONS_OF_NUMBER_MOST, seconds: 86_400 }, now);
    if (wait > 0) throw refuse('APPLIED_TOO_OFTEN', { after: '一天' });
    await tx.$executeRaw`
      select merchant_apply(${merchantId}::uuid, ${newIdAt(now)}::uuid, ${input.townshipId}::uuid, ${input.name}, ${input.kind},
        ${input.address}, ${input.openingHours}, ${input.contactName}, ${input.contactPhone}, ${input.isCharity},
        ${spellForSearch(input.name, input.kind)}, ${now})`;
    const { photo: facts, proof } = input;
    if (facts && proof) {
      const photoId = idFromWords('application-photo', id);
      const front = { id: photoId, merchantId, purpose: 'FRONT' as const, personId: null };
      await recordShopPhoto(tx, { ...front, facts, proof, villageId: null, now });
      await tx.merchant.update({
        where: { id: merchantId },
        data: { frontPhotoId: photoId },
        select: { id: true },
      });
    }
    return { subject: merchantId };
  },
});

/** 准予入盟: the contact becomes the owner and may sign in from today. Refuses NOT_FOUND, PHONE_NEEDED, MERCHANT_ELSEWHERE. */
export const admitMerchant = command({
  name: 'admit-merchant',
  title: '准予商户入盟',
  seat: 'office',
  input: merchantInput,
  keep: (input) => input,
  may: canDecideMerchants,
  async run({ actor, input, now, tx }) {
    const merchant = await tx.merchant.findFirst({
      where: { id: input.merchantId, townshipId: actor.office.id },
      select: { contactName: true, contactPhone: true },
    });
    if (!merchant) throw refuse('NOT_FOUND');
    if (!merchant.contactPhone) throw refuse('PHONE_NEEDED');
    const owner = await personOfPhone(tx, merchant.contactPhone, merchant.contactName, now);
    await tx.$executeRaw`
      select merchant_admit(${input.merchantId}::uuid, ${newIdAt(now)}::uuid, ${owner}::uuid, ${newIdAt(now)}::uuid,
        ${actor.personId}::uuid, ${now})`;
    return { subject: input.merchantId };
  },
});

interface Decision {
  tx: Tx;
  merchantId: string;
  to: MerchantState;
  why: string;
  personId: string;
  now: Date;
}

async function decide({ tx, merchantId, to, why, personId, now }: Decision): Promise<{ subject: string }> {
  await tx.$executeRaw`
    select merchant_decide(${merchantId}::uuid, ${newIdAt(now)}::uuid, ${to}::"MerchantState", ${why}, ${personId}::uuid, ${now})`;
  return { subject: merchantId };
}

const deciding = {
  seat: 'office',
  input: decideInput,
  keep: ({ merchantId }: { merchantId: string }) => ({ merchantId }),
  may: canDecideMerchants,
} as const;

/** 不予通过: rejects an application, with a reason. */
export const rejectMerchant = command({
  ...deciding,
  name: 'reject-merchant',
  title: '不予通过商户申请',
  run: ({ actor, input, now, tx }) =>
    decide({
      tx,
      merchantId: input.merchantId,
      to: 'REJECTED',
      why: input.reason,
      personId: actor.personId,
      now,
    }),
});

/** 暂停: takes no points for a time, with a reason that its people read. */
export const suspendMerchant = command({
  ...deciding,
  name: 'suspend-merchant',
  title: '暂停商户',
  run: ({ actor, input, now, tx }) =>
    decide({
      tx,
      merchantId: input.merchantId,
      to: 'SUSPENDED',
      why: input.reason,
      personId: actor.personId,
      now,
    }),
});

/** 恢复: takes points again. */
export const reinstateMerchant = command({
  name: 'reinstate-merchant',
  title: '恢复商户',
  seat: 'office',
  input: merchantInput,
  keep: (input) => input,
  may: canDecideMerchants,
  run: ({ actor, input, now, tx }) =>
    decide({ tx, merchantId: input.merchantId, to: 'ADMITTED', why: '', personId: actor.personId, now }),
});

/** 退出: for good, once everything is settled in every village; its terms end. Refuses MERCHANT_NOT_SETTLED. */
export const leaveMerchant = command({
  ...deciding,
  name: 'leave-merchant',
  title: '商户退出联盟',
  run: ({ actor, input, now, tx }) =>
    decide({
      tx,
      merchantId: input.merchantId,
      to: 'LEFT',
      why: input.reason,
      personId: actor.personId,
      now,
    }),
});

/** 改店的资料: the township corrects what a shop is called and where it is; a number only before it is admitted. */
export const changeMerchant = command({
  name: 'change-merchant',
  title: '改商户资料',
  seat: 'office',
  input: changeMerchantInput,
  keep: ({ merchantId, contactPhone }) => ({ merchantId, isPhoneChanged: contactPhone !== undefined }),
  may: canDecideMerchants,
  async run({ actor, input, tx }) {
    const { merchantId, contactPhone, ...facts } = input;
    const changed = await tx.merchant.updateMany({
      where: {
        id: merchantId,
        townshipId: actor.office.id,
        state: contactPhone ? 'APPLIED' : { in: ['APPLIED', 'ADMITTED', 'SUSPENDED'] },
      },
      data: {
        ...facts,
        spelling: spellForSearch(facts.name, facts.kind),
        ...(contactPhone ? { contactPhone } : {}),
      },
    });
    if (changed.count !== 1) {
      const isThere = await tx.merchant.count({ where: { id: merchantId, townshipId: actor.office.id } });
      throw refuse(isThere ? 'MERCHANT_ELSEWHERE' : 'NOT_FOUND');
    }
    return { subject: merchantId };
  },
});

/** 换店主: the township names another owner, for one who has lost the phone. */
export const nameShopOwner = command({
  name: 'name-shop-owner',
  title: '换店主',
  seat: 'office',
  input: nameOwnerInput,
  keep: ({ merchantId }) => ({ merchantId }),
  may: canDecideMerchants,
  async run({ actor, input, now, tx }) {
    const owner = await personOfPhone(tx, input.phone, input.name, now);
    await tx.$executeRaw`
      select merchant_name_owner(${input.merchantId}::uuid, ${owner}::uuid, ${newIdAt(now)}::uuid, ${actor.personId}::uuid, ${now})`;
    return { subject: input.merchantId };
  },
});

/** Shows a merchant's number to the one of its township who asks, for a few minutes; that it was read is kept for ever. */
export const revealMerchantPhone = command({
  name: 'reveal-merchant-phone',
  title: '查看商户的号码',
  seat: 'office',
  input: merchantInput,
  keep: (input) => input,
  may: canDecideMerchants,
  async run({ actor, input, id, now, tx }) {
    const found = await tx.merchant.count({
      where: { id: input.merchantId, townshipId: actor.office.id, contactPhone: { not: '' } },
    });
    if (found === 0) throw refuse('NOT_FOUND');
    await tx.accessLog.create({
      data: {
        villageId: NIL_ID,
        id,
        personId: actor.personId,
        what: 'merchant-phone',
        subject: input.merchantId,
        readAt: now,
      },
      select: { id: true },
    });
    return { subject: input.merchantId };
  },
});

/** 改本店: opening hours and the picture of the front, by any of its people. */
export const changeShop = command({
  name: 'change-shop',
  title: '改本店资料',
  seat: 'shop',
  input: changeShopInput,
  keep: (input) => input,
  may: () => true,
  async run({ actor, input, tx }) {
    const { merchantId } = actor.shop;
    const [photoId] = input.photos;
    if (photoId) {
      await attachMerchantPhoto(tx, { photoId, merchantId, purpose: 'FRONT', personId: actor.personId });
    }
    const changed = await tx.merchant.updateMany({
      where: { id: merchantId, state: { in: ['ADMITTED', 'SUSPENDED'] } },
      data: { openingHours: input.openingHours, frontPhotoId: photoId ?? null },
    });
    if (changed.count !== 1) throw refuse('MERCHANT_NOT_ADMITTED');
    return { subject: merchantId };
  },
});

export const merchantCommands: Command[] = [
  applyToAlliance,
  admitMerchant,
  rejectMerchant,
  suspendMerchant,
  reinstateMerchant,
  leaveMerchant,
  changeMerchant,
  nameShopOwner,
  revealMerchantPhone,
  changeShop,
  ...staffCommands,
];
