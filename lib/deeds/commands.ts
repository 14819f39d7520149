import 'server-only';
import { command } from '@/lib/platform/command';
import { idFromWords } from '@/lib/platform/ids';
import { refuse } from '@/lib/platform/refusal';
import { canRecordDeeds } from './policy';
import {
  markFavouriteInput,
  recordDeedInput,
  recordEventInput,
  submitDeedInput,
  withdrawDeedInput,
} from './schema';
import { checkFacts, type DeedSubject, insertDeed } from './submission';

/** What the log keeps of a report: everything but the words a person wrote. */
function keepFacts(input: { itemId: string; deedOn: string; quantity: number; photos: string[] }) {
  return { itemId: input.itemId, deedOn: input.deedOn, quantity: input.quantity, photos: input.photos };
}

/**
 * 记一件好事: a resident reports a deed of someone in the household. The deed's id is the command's, so a report that
 * is sent again after a lost answer is the same deed.
 */
export const submitDeed = command({
  name: 'submit-deed',
  title: '记一件好事',
  seat: 'resident',
  input: submitDeedInput,
  perMinute: 30,
  keep: (input) => ({ ...keepFacts(input), residentId: input.residentId }),
  may: () => true,
  async run({ actor, input, id, now, tx, villageId }) {
    const earner = await tx.resident.findFirst({
      where: { villageId, id: input.residentId, householdId: actor.resident.householdId, leftOn: null },
      select: { id: true },
    });
    if (!earner) throw refuse('RESIDENT_NOT_IN_HOUSEHOLD', {}, 'residentId');
    const subject: DeedSubject = { villageId, reporterId: actor.personId, channel: 'SELF', now };
    const facts = await checkFacts(tx, subject, input);
    await insertDeed(tx, subject, facts, {
      id,
      residentId: earner.id,
      householdId: actor.resident.householdId,
    });
    return { subject: id };
  },
});

/** 代记: a steward reports for a resident who has no phone. */
export const recordDeed = command({
  name: 'record-deed',
  title: '代村民记好事',
  seat: 'desk',
  input: recordDeedInput,
  keep: (input) => ({ ...keepFacts(input), residentId: input.residentId }),
  may: canRecordDeeds,
  async run({ actor, input, id, now, tx, villageId }) {
    const earner = await tx.resident.findFirst({
      where: { villageId, id: input.residentId, leftOn: null },
      select: { id: true, householdId: true },
    });
    if (!earner) throw refuse('NOT_FOUND', {}, 'residentId');
    const subject: DeedSubject = { villageId, reporterId: actor.personId, channel: 'STEWARD', now };
    const facts = await checkFacts(tx, subject, input);
    await insertDeed(tx, subject, facts, { id, residentId: earner.id, householdId: earner.householdId });
    return { subject: id };
  },
});

/**
 * 活动登记: one sheet for everyone who was there. Of an item that counts once a household, only the first of each
 * household on the sheet is written. The photos prove all deeds of the event.
 */
export const recordEvent = command({
  name: 'record-event',
  title: '登记活动',
  seat: 'desk',
  input: recordEventInput,
  keep: (input) => ({ itemId: input.itemId, heldOn: input.heldOn, people: input.residentIds.length }),
  may: canRecordDeeds,
  async run({ actor, input, id, now, tx, villageId }) {
    const wanted = [...new Set(input.residentIds)];
    if (wanted.length === 0) throw refuse('BAD_INPUT', {}, 'residentIds');
    const people = await tx.resident.findMany({
      where: { villageId, id: { in: wanted }, leftOn: null },
      select: { id: true, householdId: true },
      orderBy: { id: 'asc' },
    });
    if (people.length !== wanted.length) throw refuse('NOT_FOUND', {}, 'residentIds');
    const subject: DeedSubject = { villageId, reporterId: actor.personId, channel: 'EVENT', now };
    const facts = await checkFacts(tx, subject, { ...input, deedOn: input.heldOn });
    if (facts.item.scale.length > 0) throw refuse('ITEM_NOT_IN_FORCE', {}, 'itemId');
    await tx.event.create({
      data: {
        villageId,
        id,
        itemCode: facts.item.code,
        name: input.name,
        heldOn: new Date(`${input.heldOn}T00:00:00Z`),
        createdById: actor.personId,
        createdAt: now,
      },
      select: { id: true },
    });
    const credited =
      facts.item.subject === 'PERSON'
        ? people
        : [...new Map(people.map((person) => [person.householdId, person])).values()];
    for (const person of credited) {
      await insertDeed(tx, subject, facts, {
        id: idFromWords('event-deed', id, person.id),
        residentId: person.id,
        householdId: person.householdId,
        eventId: id,
      });
    }
    return { subject: id, deeds: credited.length };
  },
});

/** 撤回: by the household or by who logged it, while nobody has decided. */
export const withdrawDeed = command({
  name: 'withdraw-deed',
  title: '撤回申报',
  seat: 'resident',
  input: withdrawDeedInput,
  keep: (input) => ({ deedId: input.deedId }),
  may: () => true,
  async run({ actor, input, id, now, tx, villageId }) {
    await tx.$queryRaw`
      select deed_withdraw(${villageId}::uuid, ${input.deedId}::uuid, ${actor.personId}::uuid, ${id}::uuid,
                           ${now}::timestamptz)::text`;
    return { subject: input.deedId };
  },
});

/** 常用: stars or unstars an item for the household. */
export const markFavourite = command({
  name: 'mark-favourite',
  title: '收藏项目',
  seat: 'resident',
  input: markFavouriteInput,
  keep: (input) => ({ itemCode: input.itemCode, favourite: input.favourite }),
  may: () => true,
  async run({ actor, input, now, tx, villageId }) {
    const { householdId } = actor.resident;
    const known = await tx.item.findFirst({
      where: { villageId, code: input.itemCode },
      select: { id: true },
    });
    if (!known) throw refuse('NOT_FOUND', {}, 'itemCode');
    if (input.favourite === 'yes') {
      await tx.favouriteItem.createMany({
        data: [
          {
            villageId,
            id: idFromWords('favourite', villageId, householdId, input.itemCode),
            householdId,
            itemCode: input.itemCode,
            createdAt: now,
          },
        ],
        skipDuplicates: true,
      });
    } else {
      await tx.favouriteItem.deleteMany({ where: { villageId, householdId, itemCode: input.itemCode } });
    }
    return {};
  },
});
