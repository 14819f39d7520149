import 'server-only';
import { attachPhotos } from '@/lib/photos/attached';
import { dayToDate } from '@/lib/platform/clock';
import { command, type Tx } from '@/lib/platform/command';
import type { Channel } from '@/lib/platform/generated/enums';
import { refuse } from '@/lib/platform/refusal';
import { tellOutcome, tellSubjectHousehold, tellWrittenDown } from './notices';
import { canDecideObjections, canRecordObjections } from './policy';
import {
  decideObjectionInput,
  openObjectionInput,
  recordObjectionInput,
  withdrawObjectionInput,
} from './schema';
import type { ObjectionSubject } from './types';

// What may be objected to, by whom, and what follows from the outcome stands in prisma/functions/objection.sql.

interface Opening {
  villageId: string;
  id: string;
  kind: ObjectionSubject;
  subject: string;
  householdId: string;
  personId: string;
  channel: Channel;
  body: string;
  photos: string[];
  now: Date;
}

async function open(tx: Tx, one: Opening) {
  const { villageId, id, householdId, personId, now } = one;
  const made = await tx.objection.create({
    data: {
      villageId,
      id,
      // the trigger counts it and finds its last day
      number: '0000-000',
      dueOn: dayToDate('2000-01-01' as never),
      subjectKind: one.kind,
      subject: one.subject,
      householdId,
      reporterId: personId,
      channel: one.channel,
      body: one.body,
      openedAt: now,
    },
    select: { number: true },
  });
  const evidence = { villageId, personId, kind: 'OBJECTION' as const, subject: id, householdId };
  await attachPhotos(tx, evidence, one.photos);
  await tellSubjectHousehold(tx, { villageId, objectionId: id, now });
  return { subject: id, number: made.number };
}

const keepSubject = ({ kind, subject, photos }: { kind: string; subject: string; photos: string[] }) => ({
  kind,
  subject,
  photos,
});

/** 提异议: from the phone, for one's own household. */
export const openObjection = command({
  name: 'open-objection',
  title: '提异议',
  seat: 'resident',
  input: openObjectionInput,
  perMinute: 10,
  keep: keepSubject,
  may: () => true,
  run: ({ actor, input, id, now, tx, villageId }) =>
    open(tx, {
      ...input,
      villageId,
      id,
      householdId: actor.resident.householdId,
      personId: actor.personId,
      channel: 'SELF',
      now,
    }),
});

/**
 * 代记异议: written down by the office for a household, by someone who had no part in what it is against; the household
 * is told. Refuses TOOK_PART.
 */
export const recordObjection = command({
  name: 'record-objection',
  title: '代村民记异议',
  seat: 'desk',
  input: recordObjectionInput,
  keep: (input) => ({ ...keepSubject(input), householdId: input.householdId }),
  may: canRecordObjections,
  async run({ actor, input, id, now, tx, villageId }) {
    const household = await tx.household.findFirst({
      where: { villageId, id: input.householdId, leftOn: null },
      select: { id: true },
    });
    if (!household) throw refuse('NOT_FOUND', {}, 'householdId');
    const opened = await open(tx, {
      ...input,
      villageId,
      id,
      personId: actor.personId,
      channel: 'STEWARD',
      now,
    });
    await tellWrittenDown(tx, { villageId, objectionId: id, now, by: actor.name, act: 'opened' });
    return opened;
  },
});

/**
 * 定异议: upheld or rejected, with the reason for both sides; what follows from it happens in the same transaction.
 * Refuses NOT_FOUND, OBJECTION_DECIDED, OWN_HOUSEHOLD, NEAR_KIN, TOOK_PART, ANOTHER_HEARS, REPORTED_AGAIN.
 */
export const decideObjection = command({
  name: 'decide-objection',
  title: '定异议',
  seat: 'desk',
  input: decideObjectionInput,
  keep: ({ objectionId, outcome }) => ({ objectionId, outcome }),
  may: canDecideObjections,
  async run({ actor, input, id, now, tx, villageId }) {
    const { objectionId, outcome, reason } = input;
    await tx.$queryRaw`
      select objection_decide(${villageId}::uuid, ${objectionId}::uuid, ${actor.personId}::uuid,
        ${outcome === 'UPHELD'}::boolean, ${reason}::text, ${id}::uuid, ${now}::timestamptz)::text`;
    await tellOutcome(tx, { villageId, objectionId, now });
    return { subject: objectionId, outcome };
  },
});

async function withdraw(
  tx: Tx,
  call: { villageId: string; objectionId: string; personId: string; id: string; now: Date },
) {
  await tx.$queryRaw`
    select objection_withdraw(${call.villageId}::uuid, ${call.objectionId}::uuid, ${call.personId}::uuid,
      ${call.id}::uuid, ${call.now}::timestamptz)::text`;
  return { subject: call.objectionId };
}

/** 撤回异议: by the household, while nobody has decided. */
export const withdrawObjection = command({
  name: 'withdraw-objection',
  title: '撤回异议',
  seat: 'resident',
  input: withdrawObjectionInput,
  keep: (input) => input,
  may: () => true,
  async run({ actor, input, id, now, tx, villageId }) {
    const { objectionId } = input;
    const mine = await tx.objection.findFirst({
      where: { villageId, id: objectionId, householdId: actor.resident.householdId },
      select: { id: true },
    });
    if (!mine) throw refuse('NOT_FOUND');
    return withdraw(tx, { villageId, objectionId, personId: actor.personId, id, now });
  },
});

/** 代撤异议: by whoever wrote it down, when the household says so; it is told. Refuses TOOK_PART. */
export const withdrawRecordedObjection = command({
  name: 'withdraw-recorded-objection',
  title: '代村民撤回异议',
  seat: 'desk',
  input: withdrawObjectionInput,
  keep: (input) => input,
  may: canRecordObjections,
  async run({ actor, input, id, now, tx, villageId }) {
    const { objectionId } = input;
    const mine = await tx.objection.findFirst({
      where: { villageId, id: objectionId, reporterId: actor.personId, channel: 'STEWARD' },
      select: { id: true },
    });
    if (!mine) throw refuse('NOT_FOUND');
    const done = await withdraw(tx, { villageId, objectionId, personId: actor.personId, id, now });
    await tellWrittenDown(tx, { villageId, objectionId, now, by: actor.name, act: 'withdrawn' });
    return done;
  },
});
