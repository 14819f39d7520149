import 'server-only';
import { attachPhotos } from '@/lib/photos/attached';
import { command, type Tx } from '@/lib/platform/command';
import { refuse } from '@/lib/platform/refusal';
import { answerUntilOf, hearersOf, tellOfDeduction } from './notices';
import { canHear, canRecordDeductions } from './policy';
import {
  answerDeductionInput,
  claimRepairInput,
  confirmRepairInput,
  hearDeductionInput,
  reasonedInput,
} from './schema';
import { findSubject, takeStep } from './steps';

// The household's side, and what the office answers to it: 申辩 and 整改. What a household says on its phone, a steward
// may write down for people who have none.

/** What the log keeps of what a household says: not its words. */
const keepPhotos = ({ deductionId, photos }: { deductionId: string; photos: string[] }) => ({
  deductionId,
  photos,
});

interface Said {
  tx: Tx;
  villageId: string;
  deductionId: string;
  householdId: string;
  personId: string;
  id: string;
  now: Date;
  photos: string[];
}

async function answer(said: Said, words: string) {
  const { tx, villageId, deductionId, householdId, personId, id, now } = said;
  await tx.$queryRaw`
    select deduction_answer(${villageId}::uuid, ${deductionId}::uuid, ${personId}::uuid, ${id}::uuid, ${words}::text,
      ${now}::timestamptz)::text`;
  const evidence = { villageId, personId, kind: 'ANSWER' as const, subject: deductionId, householdId };
  await attachPhotos(tx, evidence, said.photos);
  return { subject: deductionId };
}

/** 申辩: what the household says to the notice, in its own words. The clock stands still until it is heard. */
export const answerDeduction = command({
  name: 'answer-deduction',
  title: '申辩',
  seat: 'resident',
  input: answerDeductionInput,
  perMinute: 10,
  keep: keepPhotos,
  may: () => true,
  async run({ actor, input, id, now, tx, villageId }) {
    const { deductionId, photos } = input;
    const { householdId } = await findSubject(tx, villageId, deductionId, actor.resident.householdId);
    const { personId } = actor;
    return answer({ tx, villageId, deductionId, householdId, personId, id, now, photos }, input.answer);
  },
});

/**
 * 代记申辩: written down by the office for a household without a phone, by someone who had no part in it; whoever of the
 * household does read messages is told. Refuses TOOK_PART.
 */
export const recordAnswer = command({
  name: 'record-answer',
  title: '代村民记申辩',
  seat: 'desk',
  input: answerDeductionInput,
  keep: keepPhotos,
  may: canRecordDeductions,
  async run({ actor, input, id, now, tx, villageId }) {
    const { deductionId, photos } = input;
    const { householdId } = await findSubject(tx, villageId, deductionId);
    const { personId } = actor;
    const said = { tx, villageId, deductionId, householdId, personId, id, now, photos };
    const done = await answer(said, input.answer);
    const cause = { villageId, deductionId, causeId: id, now };
    const hearers = await hearersOf(tx, { villageId, deductionId, now });
    await tellOfDeduction(tx, cause, { kind: 'ANSWER_RECORDED', by: actor.name, hearers });
    return done;
  },
});

/**
 * 听取申辩: upheld, nothing is taken; rejected, the household has the days that were left, and at least one more. By
 * someone who had no part in it (hearing.sql). Refuses TOOK_PART, ANOTHER_HEARS, HEARD_AS_OBJECTION.
 */
export const hearDeduction = command({
  name: 'hear-deduction',
  title: '听取申辩，作出决定',
  seat: 'desk',
  input: hearDeductionInput,
  keep: ({ deductionId, outcome }) => ({ deductionId, outcome }),
  may: canHear,
  async run({ actor, input, id, now, tx, villageId }) {
    const { deductionId, outcome, reason } = input;
    await findSubject(tx, villageId, deductionId);
    const kind = outcome === 'UPHELD' ? 'HEARD_UPHELD' : 'HEARD_REJECTED';
    await takeStep(tx, { villageId, deductionId, kind, personId: actor.personId, id, reason, now });
    await tellOfDeduction(
      tx,
      { villageId, deductionId, causeId: id, now },
      outcome === 'UPHELD'
        ? { kind: 'DROPPED', reason }
        : { kind: 'CLOCK_RUNS', reason, answerUntil: await answerUntilOf(tx, villageId, deductionId, now) },
    );
    return { subject: deductionId, outcome };
  },
});

async function claim(said: Said, note: string) {
  const { tx, villageId, deductionId, householdId, personId, id, now, photos } = said;
  if (photos.length === 0) throw refuse('PHOTO_REQUIRED', {}, 'photos');
  await tx.$queryRaw`
    select deduction_claim_repair(${villageId}::uuid, ${deductionId}::uuid, ${personId}::uuid, ${id}::uuid,
      ${note}::text, ${now}::timestamptz)::text`;
  const evidence = { villageId, personId, kind: 'REPAIR' as const, subject: deductionId, householdId };
  await attachPhotos(tx, evidence, photos);
  return { subject: deductionId };
}

/** 报整改: the household has mended it, with a photo. */
export const claimRepair = command({
  name: 'claim-repair',
  title: '报整改',
  seat: 'resident',
  input: claimRepairInput,
  perMinute: 10,
  keep: keepPhotos,
  may: () => true,
  async run({ actor, input, id, now, tx, villageId }) {
    const { deductionId, note, photos } = input;
    const { householdId } = await findSubject(tx, villageId, deductionId, actor.resident.householdId);
    const { personId } = actor;
    return claim({ tx, villageId, deductionId, householdId, personId, id, now, photos }, note);
  },
});

/** 代报整改: by the office for a household without a phone, as above. Refuses TOOK_PART. */
export const recordRepair = command({
  name: 'record-repair',
  title: '代村民报整改',
  seat: 'desk',
  input: claimRepairInput,
  keep: keepPhotos,
  may: canRecordDeductions,
  async run({ actor, input, id, now, tx, villageId }) {
    const { deductionId, note, photos } = input;
    const { householdId } = await findSubject(tx, villageId, deductionId);
    const { personId } = actor;
    const done = await claim({ tx, villageId, deductionId, householdId, personId, id, now, photos }, note);
    const cause = { villageId, deductionId, causeId: id, now };
    await tellOfDeduction(tx, cause, { kind: 'REPAIR_RECORDED', by: actor.name });
    return done;
  },
});

/** 整改核实: a verifier, or who may refuse it, has seen it; the points come back by reversal. */
export const confirmRepair = command({
  name: 'confirm-repair',
  title: '整改属实，返还积分',
  seat: 'desk',
  input: confirmRepairInput,
  keep: (input) => input,
  may: canHear,
  async run({ actor, input, id, now, tx, villageId }) {
    const { deductionId } = input;
    await findSubject(tx, villageId, deductionId);
    const rows = await tx.$queryRaw<{ honour: number }[]>`
      select deduction_restore(${villageId}::uuid, ${deductionId}::uuid, ${actor.personId}::uuid, ${id}::uuid,
        '整改好了'::text, ${id}::uuid, ${now}::timestamptz) as honour`;
    const honour = rows[0]?.honour ?? 0;
    await tellOfDeduction(tx, { villageId, deductionId, causeId: id, now }, { kind: 'RESTORED', honour });
    return { subject: deductionId, honour };
  },
});

/**
 * 整改还不行: with the reason; the household may report again. By a verifier who had no part in it, or the ladder of
 * hearings (repair_lookers). Refuses TOOK_PART, ANOTHER_HEARS, NOBODY_HEARS.
 */
export const refuseRepair = command({
  name: 'refuse-repair',
  title: '整改还不行',
  seat: 'desk',
  input: reasonedInput,
  keep: ({ deductionId }) => ({ deductionId }),
  may: canHear,
  async run({ actor, input, id, now, tx, villageId }) {
    const { deductionId, reason } = input;
    await findSubject(tx, villageId, deductionId);
    await takeStep(tx, {
      villageId,
      deductionId,
      kind: 'REFUSE_REPAIR',
      personId: actor.personId,
      id,
      reason,
      now,
    });
    await tellOfDeduction(
      tx,
      { villageId, deductionId, causeId: id, now },
      { kind: 'REPAIR_REFUSED', reason },
    );
    return { subject: deductionId };
  },
});
