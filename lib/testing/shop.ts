import { db } from '@/lib/platform/db';
import { newId } from '@/lib/platform/ids';
import { anAppointment, aPerson, type PersonBuilt, TEST_NOW, type VillageBuilt } from './builders';

export interface ShopBuilt {
  id: string;
  staff: PersonBuilt;
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
}

interface Terms {
  onceMost?: number | null;
  householdMonthMost?: number | null;
  freeMost?: number;
}

/** An admitted merchant with one of staff and terms with the village. */
export async function aShop(
  village: Pick<VillageBuilt, 'id' | 'townshipId' | 'secretary'>,
  { onceMost = null, householdMonthMost = null, freeMost = 100_000 }: Terms = {},
): Promise<ShopBuilt> {
  const id = newId();
  await db().merchant.create({
    data: {
      id,
      townshipId: village.townshipId,
      name: '小卖部',
      kind: '日用品',
      address: '村口',
      state: 'ADMITTED',
    },
    select: { id: true },
  });
  const staff = await aPerson('店家');
  await anAppointment(staff.id, 'MERCHANT', { merchantId: id });
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
    async offer(title, { points = 10, stock = null, perHouseholdMonth = null, ...more } = {}) {
      const offerId = newId();
      await db().offer.create({
        data: {
          villageId: village.id,
          id: offerId,
          merchantId: id,
          category: 'DAILY_GOODS',
          title,
          points,
          stock,
          perHouseholdMonth,
          validFrom: new Date(`${more.validFrom ?? '2026-01-01'}T00:00:00Z`),
          validUntil: more.validUntil ? new Date(`${more.validUntil}T00:00:00Z`) : null,
          isOpen: more.isOpen ?? true,
          createdAt: TEST_NOW,
        },
        select: { id: true },
      });
      return offerId;
    },
  };
}
