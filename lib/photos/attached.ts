import 'server-only';
import type { Tx } from '@/lib/platform/command';
import type { Db } from '@/lib/platform/db';
import type { AttachedTo } from '@/lib/platform/generated/enums';
import { idFromWords } from '@/lib/platform/ids';
import { refuse } from '@/lib/platform/refusal';
import type { PhotoView } from './types';

// Photos that are evidence of something other than a deed: a deduction, a repair, an objection, the minutes of a
// meeting. A photo proves one thing; prisma/functions/photo.sql keeps it.

export interface Attachment {
  villageId: string;
  /** who attaches: only one's own uploads */
  personId: string;
  kind: AttachedTo;
  /** the deduction, objection, resolution … it belongs to */
  subject: string;
  /** the household that may see it beside the office; null: the office alone */
  householdId: string | null;
}

/** Attaches uploaded photos in the order given. Refuses PHOTO_NOT_YOURS, PHOTO_USED. */
export async function attachPhotos(tx: Tx, to: Attachment, photoIds: string[]): Promise<void> {
  if (photoIds.length === 0) return;
  const { villageId, personId, kind, subject, householdId } = to;
  const wanted = [...new Set(photoIds)];
  const mine = await tx.photo.count({ where: { villageId, id: { in: wanted }, uploadedById: personId } });
  if (mine !== photoIds.length) throw refuse('PHOTO_NOT_YOURS', {}, 'photos');
  await tx.attachedPhoto.createMany({
    data: wanted.map((photoId, order) => ({
      villageId,
      id: idFromWords('attached-photo', kind, subject, photoId),
      photoId,
      kind,
      subject,
      householdId,
      order,
    })),
  });
}

/** The photos attached to some things of one kind, in their order, by thing: one query. */
export async function listAttachedPhotos(
  db: Db,
  villageId: string,
  kind: AttachedTo,
  subjects: string[],
): Promise<Map<string, PhotoView[]>> {
  const rows = await db.attachedPhoto.findMany({
    where: { villageId, kind, subject: { in: subjects } },
    orderBy: [{ subject: 'asc' }, { order: 'asc' }],
    select: {
      subject: true,
      photo: {
        select: { id: true, width: true, height: true, takenAt: true, takenClaimed: true, createdAt: true },
      },
    },
  });
  const bySubject = new Map<string, PhotoView[]>();
  for (const { subject, photo } of rows) {
    const { createdAt, ...view } = photo;
    bySubject.set(subject, [...(bySubject.get(subject) ?? []), { ...view, uploadedAt: createdAt }]);
  }
  return bySubject;
}
