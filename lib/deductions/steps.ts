import 'server-only';
import type { Tx } from '@/lib/platform/command';
import type { DeductionState, DeductionStepKind } from '@/lib/platform/generated/enums';
import { refuse } from '@/lib/platform/refusal';
import { tellOfDeduction } from './notices';

// The doors of prisma/functions/deduction_steps.sql that several commands go through.

/** The deduction a step is about; of another village, or given a household of another one: NOT_FOUND. */
export async function findSubject(
  tx: Tx,
  villageId: string,
  deductionId: string,
  householdId?: string,
): Promise<{ householdId: string; state: DeductionState }> {
  const found = await tx.deduction.findFirst({
    where: { villageId, id: deductionId, ...(householdId ? { householdId } : {}) },
    select: { householdId: true, state: true },
  });
  if (!found) throw refuse('NOT_FOUND');
  return found;
}

/** Takes a step that says no more than its reason. Refuses as the trigger on `deduction_step` does. */
export async function takeStep(
  tx: Tx,
  step: {
    villageId: string;
    deductionId: string;
    kind: DeductionStepKind;
    personId: string;
    id: string;
    reason: string;
    now: Date;
  },
): Promise<void> {
  await tx.$queryRaw`
    select deduction_step_take(${step.villageId}::uuid, ${step.deductionId}::uuid, ${step.kind}::"DeductionStepKind",
      ${step.personId}::uuid, ${step.id}::uuid, ${step.reason}::text, ${step.now}::timestamptz)::text`;
}

/** What posting did: POSTED with what was taken, or DROPPED with why nothing may be. */
export interface PostedDeduction {
  state: 'POSTED' | 'DROPPED';
  honour: number;
  points: number;
  [key: string]: string | number;
}

/**
 * Posts one deduction whose days to answer have passed, and tells the household. `personId` null: by time alone.
 * Refuses NOT_FOUND, DEDUCTION_MOVED_ON, ANSWER_DAYS_RUN, NO_HEAD.
 */
export async function postDeductionOnce(
  tx: Tx,
  call: { villageId: string; deductionId: string; personId: string | null; id: string; now: Date },
): Promise<PostedDeduction> {
  const { villageId, deductionId, personId, id, now } = call;
  const rows = await tx.$queryRaw<
    { state: 'POSTED' | 'DROPPED'; honour: number; points: number; reason: string }[]
  >`
    select state::text as state, honour, points, reason from deduction_post(${villageId}::uuid, ${deductionId}::uuid,
      ${personId}::uuid, ${id}::uuid, ${id}::uuid, ${now}::timestamptz)`;
  const posted = rows[0];
  if (!posted) throw new Error('deduction_post answered nothing');
  const { state, honour, points, reason } = posted;
  await tellOfDeduction(
    tx,
    { villageId, deductionId, causeId: id, now },
    state === 'POSTED' ? { kind: 'POSTED', honour } : { kind: 'DROPPED', reason },
  );
  return { state, honour, points };
}
