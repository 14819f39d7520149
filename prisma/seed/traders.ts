import type { Actor } from '@/lib/auth/types';
import { type Day, dateToDay, dayOf } from '@/lib/platform/clock';
import type { PrismaClient } from '@/lib/platform/generated/client';
import { NIL_ID } from '@/lib/platform/ids';

// The shops of a demo village as its trade needs them: those that have terms with it, whoever seeded them.

export interface Shop {
  id: string;
  name: string;
  isCharity: boolean;
  townshipId: string;
  /** its owner, who stands at the counter */
  ownerId: string;
  ownerName: string;
  /** takes points from the day after */
  from: Day;
  offers: { id: string; points: number; from: Day; until: Day | null }[];
}

/** The admitted merchants with terms in force in a village, oldest first. */
export async function shopsOf(db: PrismaClient, villageId: string): Promise<Shop[]> {
  const terms = await db.allianceTerms.findMany({
    where: { villageId, endedAt: null, acceptedAt: { not: null } },
    orderBy: [{ acceptedAt: 'asc' }, { id: 'asc' }],
    select: { merchantId: true, acceptedAt: true },
  });
  const merchants = await db.merchant.findMany({
    where: { id: { in: terms.map((one) => one.merchantId) }, state: 'ADMITTED', ownerId: { not: null } },
    select: { id: true, name: true, isCharity: true, townshipId: true, ownerId: true },
  });
  const [owners, offers] = await Promise.all([
    db.person.findMany({
      where: { id: { in: merchants.flatMap((one) => (one.ownerId ? [one.ownerId] : [])) } },
      select: { id: true, name: true },
    }),
    db.offer.findMany({
      where: { villageId, isOpen: true, stock: null },
      orderBy: { id: 'asc' },
      select: { id: true, merchantId: true, points: true, validFrom: true, validUntil: true },
    }),
  ]);
  return terms.flatMap(({ merchantId, acceptedAt }) => {
    const merchant = merchants.find((one) => one.id === merchantId);
    if (!merchant?.ownerId || !acceptedAt) return [];
    return [
      {
        ...merchant,
        ownerId: merchant.ownerId,
        ownerName: owners.find((one) => one.id === merchant.ownerId)?.name ?? '',
        from: dayOf(acceptedAt),
        offers: offers
          .filter((one) => one.merchantId === merchantId)
          .map((one) => ({
            id: one.id,
            points: one.points,
            from: dateToDay(one.validFrom),
            until: one.validUntil ? dateToDay(one.validUntil) : null,
          })),
      },
    ];
  });
}

/** The owner at the counter. */
export function shopActor(shop: Shop): Actor {
  return {
    personId: shop.ownerId,
    sessionId: NIL_ID,
    name: shop.ownerName,
    resident: null,
    residents: [],
    desk: null,
    desks: [],
    office: null,
    shop: { merchantId: shop.id, name: shop.name },
    shops: [{ merchantId: shop.id, name: shop.name }],
  };
}
