import 'server-only';
import { attachPhotos } from '@/lib/photos/attached';
import { dayOf, dayToDate } from '@/lib/platform/clock';
import { command } from '@/lib/platform/command';
import { refuse } from '@/lib/platform/refusal';
import { canInspectPlaces, canKeepPlaces, canVoidPlaceChecks } from '../policy';
import { addPlaceInput, closePlaceInput, recordPlaceCheckInput, voidPlaceCheckInput } from './schema';

/** 登记地段: a road section, a river reach, a square. Its name is its own in the village. */
export const addPlace = command({
  name: 'add-place',
  title: '登记地段',
  seat: 'desk',
  input: addPlaceInput,
  keep: (input) => ({ ...input }),
  may: canKeepPlaces,
  async run({ input, id, now, tx, villageId }) {
    const { count } = await tx.place.createMany({
      data: [{ villageId, id, kind: input.kind, name: input.name, keeper: input.keeper, createdAt: now }],
      skipDuplicates: true,
    });
    if (count === 0) throw refuse('PLACE_EXISTS', {}, 'name');
    return { subject: id };
  },
});

/** 停止检查: a place that is no longer inspected; what was found of it stays. */
export const closePlace = command({
  name: 'close-place',
  title: '停止检查地段',
  seat: 'desk',
  input: closePlaceInput,
  keep: (input) => ({ placeId: input.placeId }),
  may: canKeepPlaces,
  async run({ input, now, tx, villageId }) {
    const { count } = await tx.place.updateMany({
      where: { villageId, id: input.placeId, closedOn: null },
      data: { closedOn: dayToDate(dayOf(now)) },
    });
    if (count === 0) {
      const there = await tx.place.findFirst({
        where: { villageId, id: input.placeId },
        select: { id: true },
      });
      throw refuse(there ? 'PLACE_CLOSED' : 'NOT_FOUND', {}, 'placeId');
    }
    return { subject: input.placeId };
  },
});

/** 记一次检查: the step of the published scale that the inspector saw, with photos that only the office sees. */
export const recordPlaceCheck = command({
  name: 'record-place-check',
  title: '记地段检查',
  seat: 'desk',
  input: recordPlaceCheckInput,
  keep: (input) => ({ placeId: input.placeId, checkedOn: input.checkedOn, score: input.score }),
  may: canInspectPlaces,
  async run({ actor, input, id, now, tx, villageId }) {
    const place = await tx.place.findFirst({ where: { villageId, id: input.placeId }, select: { id: true } });
    if (!place) throw refuse('NOT_FOUND', {}, 'placeId');
    if (input.checkedOn > dayOf(now)) throw refuse('DAY_IN_FUTURE', {}, 'checkedOn');
    await tx.placeCheck.create({
      data: {
        villageId,
        id,
        placeId: place.id,
        checkedOn: dayToDate(input.checkedOn),
        score: input.score,
        note: input.note,
        checkedById: actor.personId,
        recordedAt: now,
      },
      select: { id: true },
    });
    await attachPhotos(
      tx,
      { villageId, personId: actor.personId, kind: 'PLACE_CHECK', subject: id, householdId: null },
      input.photos,
    );
    return { subject: place.id };
  },
});

/**
 * 作废检查: an inspection that someone else recorded wrongly; it stays to be seen, and counts for nothing. Lists that
 * rest on it follow in the same transaction. Refuses PLACE_CHECK_OWN, PLACE_CHECK_VOIDED.
 */
export const voidPlaceCheck = command({
  name: 'void-place-check',
  title: '作废地段检查',
  seat: 'desk',
  input: voidPlaceCheckInput,
  keep: (input) => ({ checkId: input.checkId }),
  may: canVoidPlaceChecks,
  async run({ actor, input, id, now, tx, villageId }) {
    const { checkId, reason } = input;
    const check = await tx.placeCheck.findFirst({
      where: { villageId, id: checkId },
      select: { placeId: true },
    });
    if (!check) throw refuse('NOT_FOUND', {}, 'checkId');
    const { count } = await tx.placeCheckVoid.createMany({
      data: [{ villageId, id, checkId, reason, voidedById: actor.personId, voidedAt: now }],
      skipDuplicates: true,
    });
    if (count === 0) throw refuse('PLACE_CHECK_VOIDED', {}, 'checkId');
    return { subject: check.placeId };
  },
});

/** The commands of this part. */
export const placeCommands = [addPlace, closePlace, recordPlaceCheck, voidPlaceCheck];
