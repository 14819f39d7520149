import 'server-only';
import { type Day, dayToDate } from '@/lib/platform/clock';
import type { Db } from '@/lib/platform/db';

/** A shop as its own people see it. */
export interface ShopView {
  name: string;
  kind: string;
  address: string;
  openingHours: string;
  townshipName: string;
  districtName: string;
  /** who may sign in for it today */
  staff: string[];
  /** the villages of its township */
  villages: { code: string; name: string }[];
}

/** A merchant's own record; null when there is none. */
export async function findShop(db: Db, merchantId: string, today: Day): Promise<ShopView | null> {
  const day = dayToDate(today);
  const row = await db.merchant.findUnique({
    where: { id: merchantId },
    select: {
      name: true,
      kind: true,
      address: true,
      openingHours: true,
      township: {
        select: {
          name: true,
          district: { select: { name: true } },
          villages: { select: { code: true, name: true }, orderBy: { createdAt: 'asc' }, take: 200 },
        },
      },
      appointments: {
        where: { role: 'MERCHANT', from: { lte: day }, OR: [{ until: null }, { until: { gte: day } }] },
        orderBy: [{ from: 'asc' }, { id: 'asc' }],
        select: { person: { select: { name: true } } },
      },
    },
  });
  if (!row) return null;
  return {
    name: row.name,
    kind: row.kind,
    address: row.address,
    openingHours: row.openingHours,
    townshipName: row.township.name,
    districtName: row.township.district.name,
    staff: row.appointments.map(({ person }) => person.name),
    villages: row.township.villages,
  };
}
