import 'server-only';
import { attachPhotos } from '@/lib/photos/attached';
import { type Day, dayOf, dayToDate } from '@/lib/platform/clock';
import { command, type Tx } from '@/lib/platform/command';
import { refuse } from '@/lib/platform/refusal';
import { findItemOn } from '@/lib/rulebook/item-on';
import { answerUntilOf, tellOfDeduction } from './notices';
import { canApproveDeductions, canDropDeductions, canProposeDeductions, canRecordDeductions } from './policy';
import {
  approveDeductionInput,
  postDeductionInput,
  proposeDeductionInput,
  reasonedInput,
  recordDeductionInput,
  warnDeductionInput,
} from './schema';
import { findSubject, postDeductionOnce, takeStep } from './steps';

// The office's side, from the record to the posting. What may be done and what it does stands in
// prisma/functions/deduction_steps.sql; here it is asked for, with the evidence and with what the household is told.

/** 记一件扣分: what was seen, by whom, with the evidence. Nothing is taken by it. */
export const recordDeduction = command({
  name: 'record-deduction',
  title: '记一件要提醒或扣分的事',
  seat: 'desk',
  input: recordDeductionInput,
  keep: ({ householdId, itemId, seenOn, photos }) => ({ householdId, itemId, seenOn, photos }),
  may: canRecordDeductions,
  async run({ actor, input, id, now, tx, villageId }) {
    const { householdId, residentId, seenOn } = input;
    const household = await tx.household.findFirst({
      where: { villageId, id: householdId },
      select: { id: true },
    });
    if (!household) throw refuse('NOT_FOUND', {}, 'householdId');
    const asked = await findItemOn(tx, villageId, input.itemId, seenOn);
    if (asked === 'UNKNOWN') throw refuse('NOT_FOUND', {}, 'itemId');
    if (asked === 'NOT_IN_FORCE') throw refuse('ITEM_NOT_IN_FORCE', {}, 'itemId');
    if (asked.item.points > 0) throw refuse('ITEM_ADDS', {}, 'itemId');
    if (asked.item.photo === 'REQUIRED' && input.photos.length === 0)
      throw refuse('PHOTO_REQUIRED', {}, 'photos');
    await tx.$queryRaw`
      select deduction_record(${villageId}::uuid, ${id}::uuid, ${householdId}::uuid, ${residentId ?? null}::uuid,
        ${asked.item.id}::uuid, ${dayToDate(seenOn)}::date, ${input.seenBy}::text, ${input.facts}::text,
        ${actor.personId}::uuid, ${now}::timestamptz)::text`;
    const evidence = {
      villageId,
      personId: actor.personId,
      kind: 'DEDUCTION' as const,
      subject: id,
      householdId,
    };
    await attachPhotos(tx, evidence, input.photos);
    return { subject: id };
  },
});

/** 送提醒: on the phone, on paper or both, with the day on which one looks again. */
export const warnDeduction = command({
  name: 'warn-deduction',
  title: '送提醒',
  seat: 'desk',
  input: warnDeductionInput,
  keep: (input) => input,
  may: canRecordDeductions,
  async run({ actor, input, id, now, tx, villageId }) {
    const { deductionId, recheckOn } = input;
    await findSubject(tx, villageId, deductionId);
    await tx.$queryRaw`
      select deduction_warn(${villageId}::uuid, ${deductionId}::uuid, ${actor.personId}::uuid, ${id}::uuid,
        ${joinWays(input.how)}::text, ${dayToDate(recheckOn)}::date, ${now}::timestamptz)::text`;
    await tellOfDeduction(tx, { villageId, deductionId, causeId: id, now }, { kind: 'WARNED', recheckOn });
    return { subject: deductionId };
  },
});

/** 已改好: found mended when one looked again; nothing is taken. */
export const dropMended = command({
  name: 'drop-mended',
  title: '复查已改好，不扣',
  seat: 'desk',
  input: reasonedInput,
  keep: ({ deductionId }) => ({ deductionId }),
  may: canRecordDeductions,
  run: ({ actor, input, id, now, tx, villageId }) =>
    drop(tx, { villageId, kind: 'FOUND_MENDED', personId: actor.personId, id, now, ...input }),
});

/** 不扣了: given up before it was approved, or not approved by the supervisor. */
export const dropDeduction = command({
  name: 'drop-deduction',
  title: '不扣了',
  seat: 'desk',
  input: reasonedInput,
  keep: ({ deductionId }) => ({ deductionId }),
  may: canDropDeductions,
  run: ({ actor, input, id, now, tx, villageId }) =>
    drop(tx, { villageId, kind: 'REFUSE', personId: actor.personId, id, now, ...input }),
});

/** 提出扣分: one looked again and it is still there, with photos of it; or no warning was asked. */
export const proposeDeduction = command({
  name: 'propose-deduction',
  title: '提出扣分',
  seat: 'desk',
  input: proposeDeductionInput,
  keep: ({ deductionId, photos }) => ({ deductionId, photos }),
  may: canProposeDeductions,
  async run({ actor, input, id, now, tx, villageId }) {
    const { deductionId, reason, photos } = input;
    const { householdId } = await findSubject(tx, villageId, deductionId);
    const personId = actor.personId;
    await takeStep(tx, { villageId, deductionId, kind: 'PROPOSE', personId, id, reason, now });
    await attachPhotos(
      tx,
      { villageId, personId, kind: 'RECHECK', subject: deductionId, householdId },
      photos,
    );
    return { subject: deductionId };
  },
});

/** 批准: by the supervisor, another person. It is the notice to the household, and its days to answer begin. */
export const approveDeduction = command({
  name: 'approve-deduction',
  title: '批准扣分，通知这户',
  seat: 'desk',
  input: approveDeductionInput,
  keep: (input) => input,
  may: canApproveDeductions,
  async run({ actor, input, id, now, tx, villageId }) {
    const { deductionId } = input;
    await findSubject(tx, villageId, deductionId);
    const servedOn: Day = input.servedOn ?? dayOf(now);
    await tx.$queryRaw`
      select deduction_approve(${villageId}::uuid, ${deductionId}::uuid, ${actor.personId}::uuid, ${id}::uuid,
        ${joinWays(input.how)}::text, ${dayToDate(servedOn)}::date, ${now}::timestamptz)::text`;
    const answerUntil = await answerUntilOf(tx, villageId, deductionId, now);
    await tellOfDeduction(tx, { villageId, deductionId, causeId: id, now }, { kind: 'NOTICED', answerUntil });
    return { subject: deductionId, answerUntil };
  },
});

/** 记入台账: one whose days to answer have passed; the same happens by itself every hour. */
export const postDeduction = command({
  name: 'post-deduction',
  title: '申辩期已过，记入台账',
  seat: 'desk',
  input: postDeductionInput,
  keep: (input) => input,
  may: canDropDeductions,
  async run({ actor, input, id, now, tx, villageId }) {
    const { deductionId } = input;
    const posted = await postDeductionOnce(tx, { villageId, deductionId, personId: actor.personId, id, now });
    return { subject: deductionId, ...posted };
  },
});

function joinWays(ways: string[]): string {
  return [...new Set(ways)].join(',');
}

async function drop(
  tx: Tx,
  step: {
    villageId: string;
    deductionId: string;
    kind: 'FOUND_MENDED' | 'REFUSE';
    personId: string;
    id: string;
    reason: string;
    now: Date;
  },
) {
  const { state } = await findSubject(tx, step.villageId, step.deductionId);
  await takeStep(tx, step);
  // What was only written down has never reached the household.
  if (state === 'WARNED') {
    await tellOfDeduction(tx, { ...step, causeId: step.id }, { kind: 'DROPPED', reason: step.reason });
  }
  return { subject: step.deductionId };
}
