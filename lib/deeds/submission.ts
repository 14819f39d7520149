import 'server-only';
import { type Day, dayOf, dayToDate } from '@/lib/platform/clock';
import type { Tx } from '@/lib/platform/command';
import type { Channel } from '@/lib/platform/generated/enums';
import { idFromWords } from '@/lib/platform/ids';
import { refuse } from '@/lib/platform/refusal';
import { findItemOn, type ItemOnDay } from '@/lib/rulebook/item-on';
import { pointsFor, quantityMost } from '@/lib/rulebook/rules';
import { refuseDay } from './rules';

export interface DeedFacts {
  itemId: string;
  scaleStepId?: string | undefined;
  deedOn: Day;
  quantity: number;
  metricValue?: string | undefined;
  note: string;
  photos: string[];
}

export interface DeedSubject {
  villageId: string;
  reporterId: string;
  channel: Channel;
  now: Date;
}

export interface CheckedFacts extends DeedFacts {
  item: ItemOnDay;
  pointsAsked: number;
}

/**
 * Checks what a report says against the village's rulebook of the deed's day. Refuses NOT_FOUND (no such item in
 * this village), ITEM_NOT_IN_FORCE, ITEM_IS_DEDUCTION, DAY_IN_FUTURE, DAY_TOO_OLD, SCALE_STEP_REQUIRED,
 * QUANTITY_RANGE, PHOTO_REQUIRED, PHOTO_NOT_YOURS.
 */
export async function checkFacts(tx: Tx, subject: DeedSubject, facts: DeedFacts): Promise<CheckedFacts> {
  const { villageId, now } = subject;
  const village = await tx.village.findUniqueOrThrow({
    where: { id: villageId },
    select: { deedAgeDaysMax: true },
  });
  const wrongDay = refuseDay(facts.deedOn, dayOf(now), village.deedAgeDaysMax);
  if (wrongDay) throw refuse(wrongDay, { days: village.deedAgeDaysMax }, 'deedOn');

  const asked = await findItemOn(tx, villageId, facts.itemId, facts.deedOn, facts.scaleStepId);
  if (asked === 'UNKNOWN') throw refuse('NOT_FOUND', {}, 'itemId');
  if (asked === 'NOT_IN_FORCE') throw refuse('ITEM_NOT_IN_FORCE', {}, 'itemId');
  const { item } = asked;
  if (item.points < 0) throw refuse('ITEM_IS_DEDUCTION', {}, 'itemId');

  const step = item.scale.find((one) => one.id === asked.scaleStepId);
  if (item.scale.length > 0 && !step) throw refuse('SCALE_STEP_REQUIRED', {}, 'scaleStepId');
  const most = quantityMost(item);
  const pointsAsked = pointsFor(item, { quantity: facts.quantity, scaleStepId: step?.id ?? null });
  if (pointsAsked === null) throw refuse('QUANTITY_RANGE', { most }, 'quantity');
  if (facts.quantity > most) throw refuse('QUANTITY_RANGE', { most }, 'quantity');
  if (item.photo === 'REQUIRED' && facts.photos.length === 0) throw refuse('PHOTO_REQUIRED', {}, 'photos');
  await checkPhotos(tx, subject, facts.photos);

  return {
    ...facts,
    item,
    scaleStepId: step?.id,
    metricValue: item.metricName ? facts.metricValue : undefined,
    pointsAsked,
  };
}

async function checkPhotos(tx: Tx, subject: DeedSubject, photos: string[]): Promise<void> {
  if (photos.length === 0) return;
  if (new Set(photos).size !== photos.length) throw refuse('PHOTO_NOT_YOURS', {}, 'photos');
  const mine = await tx.photo.count({
    where: { villageId: subject.villageId, id: { in: photos }, uploadedById: subject.reporterId },
  });
  if (mine !== photos.length) throw refuse('PHOTO_NOT_YOURS', {}, 'photos');
}

/** Writes one deed with its photos. A photo that proves something else already is refused by the database. */
export async function insertDeed(
  tx: Tx,
  subject: DeedSubject,
  facts: CheckedFacts,
  deed: { id: string; residentId: string; householdId: string; eventId?: string },
): Promise<void> {
  const { villageId, reporterId, channel, now } = subject;
  await tx.deed.create({
    data: {
      villageId,
      id: deed.id,
      householdId: deed.householdId,
      residentId: deed.residentId,
      reporterId,
      versionId: facts.item.versionId,
      itemId: facts.item.id,
      scaleStepId: facts.scaleStepId ?? null,
      eventId: deed.eventId ?? null,
      channel,
      deedOn: dayToDate(facts.deedOn),
      quantity: facts.quantity,
      metricValue: facts.metricValue ?? null,
      note: facts.note,
      submittedAt: now,
      pointsAsked: facts.pointsAsked,
    },
    select: { id: true },
  });
  if (facts.photos.length > 0) {
    await tx.deedPhoto.createMany({
      data: facts.photos.map((photoId, order) => ({
        villageId,
        id: idFromWords('deed-photo', deed.id, photoId),
        deedId: deed.id,
        photoId,
        order,
      })),
    });
  }
}
