import { db } from '@/lib/platform/db';
import type { OfferCategory } from '@/lib/platform/generated/enums';
import { newId } from '@/lib/platform/ids';
import { anAppointment, aPerson, type PersonBuilt, TEST_NOW, type VillageBuilt } from './builders';

export interface ShopBuilt {
  id: string;
  /** its owner */
  staff: PersonBuilt;
  /** of the township that admitted it */
  official: PersonBuilt;
  /** the township suspends it, takes it in again, or lets it go */
  become(state: 'SUSPENDED' | 'ADMITTED' | 'LEFT', now?: Date): Promise<void>;
  /** its offer in the village, by title */
  offer(title: string, more?: OfferMore): Promise<string>;
}

interface OfferMore {
  points?: number;
  stock?: number | null;
  perHouseholdMonth?: number | null;
  validFrom?: string;
  validUntil?: string | null;
  isOpen?: boolean;
  category?: OfferCategory;
}

interface Terms {
  onceMost?: number | null;
  householdMonthMost?: number | null;
  freeMost?: number;
  isCharity?: boolean;
}

/** An admitted merchant with one of staff and terms with the village. */
export async function aShop(
  village: Pick<VillageBuilt, 'id' | 'townshipId' | 'secretary'>,
  { onceMost = null, householdMonthMost = null, freeMost = 100_000, isCharity = false }: Terms = {},
): Promise<ShopBuilt> {
  const id = newId();
  const before = (hours: number) => new Date(TEST_NOW.getTime() - hours * 3_600_000);
  await db()
    .$executeRaw`select merchant_apply(${id}::uuid, ${newId()}::uuid, ${village.townshipId}::uuid, '小卖部', '日用品',
    '村口', '', '店家', '', ${isCharity}, 'xiaomaibu xmb', ${before(48)})`;
  const staff = await aPerson('店家');
  await anAppointment(staff.id, 'MERCHANT', { merchantId: id });
  const official = await aPerson('镇上经办');
  await anAppointment(official.id, 'TOWNSHIP', { townshipId: village.townshipId });
  await db()
    .$executeRaw`select merchant_admit(${id}::uuid, ${newId()}::uuid, ${staff.id}::uuid, ${newId()}::uuid,
    ${official.id}::uuid, ${before(24)})`;
  await db().allianceTerms.create({
    data: {
      villageId: village.id,
      id: newId(),
      merchantId: id,
      referenceFen: 100,
      settlementDay: 10,
      onceMost,
      householdMonthMost,
      freeMost,
      signedById: village.secretary.id,
      signedAt: TEST_NOW,
      acceptedById: staff.id,
      acceptedAt: TEST_NOW,
    },
    select: { id: true },
  });
  return {
    id,
    staff,
    official,
    async become(state, now = TEST_NOW) {
      await db()
        .$executeRaw`select merchant_decide(${id}::uuid, ${newId()}::uuid, ${state}::"MerchantState", '试一下',
        ${official.id}::uuid, ${now})`;
    },
    async offer(
      title,
      {
        points = 10,
        stock = null,
        perHouseholdMonth = null,
        category = isCharity ? 'SERVICE' : 'DAILY_GOODS',
        ...more
      } = {},
    ) {
      const offerId = newId();
      await db()
        .$executeRaw`select offer_put(${id}::uuid, ${offerId}::uuid, ${[village.id]}::uuid[], ${category}::"OfferCategory",
        ${title}, '', ${points}::int, ${stock}::int, ${perHouseholdMonth}::int, ${more.validFrom ?? '2026-01-01'}::date,
        ${more.validUntil ?? null}::date, null, ${more.isOpen ?? true}, '', true, ${staff.id}::uuid, ${TEST_NOW})`;
      return offerId;
    },
  };
}
