import 'server-only';
import type { Actor } from '@/lib/auth/types';
import type { Db } from '@/lib/platform/db';
import { isId } from '@/lib/platform/ids';
import type { ContentAddress } from '@/lib/platform/storage';
import { canSeePhoto, villagesOf } from './policy';
import type { PhotoView } from './types';

export interface StoredPhoto {
  id: string;
  uploadedById: string;
  sourceHash: string;
  width: number;
  height: number;
}

/** A photo by its id in a village, or null. */
export async function findStoredPhoto(db: Db, villageId: string, id: string): Promise<StoredPhoto | null> {
  return db.photo.findFirst({
    where: { villageId, id },
    select: { id: true, uploadedById: true, sourceHash: true, width: true, height: true },
  });
}

/** Where a photo's file is, for someone who may see it; null otherwise, whether or not there is one. */
export async function findPhotoFile(
  db: Db,
  actor: Actor,
  id: string,
  size: 'small' | 'large',
): Promise<ContentAddress | null> {
  const villages = villagesOf(actor);
  if (!isId(id) || villages.length === 0) return null;
  const photos = await db.photo.findMany({
    where: { villageId: { in: villages }, id },
    select: {
      villageId: true,
      uploadedById: true,
      largeHash: true,
      smallHash: true,
      deeds: { select: { deed: { select: { householdId: true } } } },
      attached: { select: { householdId: true } },
    },
  });
  const photo = photos.find(({ villageId, uploadedById, deeds, attached }) =>
    canSeePhoto(actor, {
      villageId,
      uploadedById,
      isUsed: deeds.length + attached.length > 0,
      householdIds: [
        ...deeds.map(({ deed }) => deed.householdId),
        ...attached.map((one) => one.householdId),
      ].filter((id) => id !== null),
    }),
  );
  if (!photo) return null;
  return size === 'small' ? photo.smallHash : photo.largeHash;
}

/** The photos of deeds of a village, in their order, by deed: one query. */
export async function listPhotosOfDeeds(
  db: Db,
  villageId: string,
  deedIds: string[],
): Promise<Map<string, PhotoView[]>> {
  const rows = await db.deedPhoto.findMany({
    where: { villageId, deedId: { in: deedIds } },
    orderBy: [{ deedId: 'asc' }, { order: 'asc' }],
    select: {
      deedId: true,
      photo: {
        select: { id: true, width: true, height: true, takenAt: true, takenClaimed: true, createdAt: true },
      },
    },
  });
  const byDeed = new Map<string, PhotoView[]>();
  for (const { deedId, photo } of rows) {
    const { createdAt, ...view } = photo;
    byDeed.set(deedId, [...(byDeed.get(deedId) ?? []), { ...view, uploadedAt: createdAt }]);
  }
  return byDeed;
}
