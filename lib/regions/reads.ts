import 'server-only';
import type { Db } from '@/lib/platform/db';
import type { VillageView } from './types';

const SEEN = {
  id: true,
  code: true,
  name: true,
  preset: true,
  welcome: true,
  township: { select: { name: true, district: { select: { name: true, isDemo: true } } } },
} as const;

interface Row extends Omit<VillageView, 'townshipName' | 'districtName' | 'isDemo'> {
  township: { name: string; district: { name: string; isDemo: boolean } };
}

/** At most this many villages are listed on the front page: more than a district has. */
const VILLAGES_MOST = 300;

/** All villages of this installation, by district, township and name. Public. */
export async function listVillages(db: Db): Promise<VillageView[]> {
  const rows = await db.village.findMany({
    select: SEEN,
    orderBy: [
      { township: { district: { code: 'asc' } } },
      { township: { createdAt: 'asc' } },
      { createdAt: 'asc' },
    ],
    take: VILLAGES_MOST,
  });
  return rows.map(viewOf);
}

/** The village behind a public address; null when there is none. Public. */
export async function findVillageByCode(db: Db, code: string): Promise<VillageView | null> {
  const row = await db.village.findUnique({ where: { code }, select: SEEN });
  return row ? viewOf(row) : null;
}

/** Villages by id, for the seats of one person. */
export async function findVillages(db: Db, ids: readonly string[]): Promise<Map<string, VillageView>> {
  if (ids.length === 0) return new Map();
  const rows = await db.village.findMany({ where: { id: { in: [...ids] } }, select: SEEN });
  return new Map(rows.map((row) => [row.id, viewOf(row)]));
}

/** Whether an office (township or district, by id) or a merchant's township lies in a demo district. */
export async function isDemoPlace(db: Db, placeId: string): Promise<boolean> {
  const found = await db.district.findFirst({
    where: {
      isDemo: true,
      OR: [
        { id: placeId },
        { townships: { some: { OR: [{ id: placeId }, { merchants: { some: { id: placeId } } }] } } },
      ],
    },
    select: { id: true },
  });
  return found !== null;
}

function viewOf({ township, ...village }: Row): VillageView {
  return {
    ...village,
    townshipName: township.name,
    districtName: township.district.name,
    isDemo: township.district.isDemo,
  };
}
