import 'server-only';
import { asRefusal, command, type Tx } from '@/lib/platform/command';
import type { DecisionKind, DeedState } from '@/lib/platform/generated/enums';
import { idFromWords } from '@/lib/platform/ids';
import { refuse } from '@/lib/platform/refusal';
import { tellHousehold } from './notices';
import { canDecideDeeds } from './policy';
import { approveBatchInput, approveDeedInput, returnDeedInput, undoDecisionInput } from './schema';

// Decisions of verifiers. What they may and what they do stands in prisma/functions/deed.sql; here they are called,
// in the transaction in which the household is told.

interface Approval {
  state: DeedState;
  points: number;
  honour: number;
  asked: number;
  cap_note: string;
}

interface DecisionCall {
  villageId: string;
  deedId: string;
  personId: string;
  decisionId: string;
  commandId: string;
  now: Date;
}

async function approve(tx: Tx, call: DecisionCall): Promise<Approval> {
  const rows = await tx.$queryRaw<Approval[]>`
    select state::text as state, points, honour, asked, cap_note from deed_approve(
      ${call.villageId}::uuid, ${call.deedId}::uuid, ${call.personId}::uuid, ${call.decisionId}::uuid,
      ${call.commandId}::uuid, ${call.now}::timestamptz)`;
  const approval = rows[0];
  if (!approval) throw new Error('deed_approve answered nothing');
  if (approval.state === 'APPROVED') {
    await tellHousehold(tx, call, { kind: 'APPROVED', ...approval, capNote: approval.cap_note });
  }
  return approval;
}

/** 通过: points by the rulebook of the deed's day, within caps and budget, posted at once. */
export const approveDeed = command({
  name: 'approve-deed',
  title: '通过申报',
  seat: 'desk',
  input: approveDeedInput,
  perMinute: 240,
  keep: (input) => ({ deedId: input.deedId }),
  may: canDecideDeeds,
  async run({ actor, input, id, now, tx, villageId }) {
    const call = {
      villageId,
      deedId: input.deedId,
      personId: actor.personId,
      decisionId: id,
      commandId: id,
      now,
    };
    const approval = await approve(tx, call);
    return {
      subject: input.deedId,
      state: approval.state,
      points: approval.points,
      honour: approval.honour,
      capNote: approval.cap_note,
    };
  },
});

/** 退回: always with a reason that tells the household how to mend it. */
export const returnDeed = command({
  name: 'return-deed',
  title: '退回申报',
  seat: 'desk',
  input: returnDeedInput,
  perMinute: 240,
  keep: (input) => ({ deedId: input.deedId }),
  may: canDecideDeeds,
  async run({ actor, input, id, now, tx, villageId }) {
    await tx.$queryRaw`
      select deed_return(${villageId}::uuid, ${input.deedId}::uuid, ${actor.personId}::uuid, ${id}::uuid,
                         ${input.reason}::text, ${now}::timestamptz)::text`;
    const call = { villageId, deedId: input.deedId, decisionId: id, now };
    await tellHousehold(tx, call, { kind: 'RETURNED', reason: input.reason });
    return { subject: input.deedId };
  },
});

/**
 * 批量通过: deeds of one event and item. Each deed stands for itself: one that is refused (a cap, recusal, decided
 * already) is reported and doesn't hold up the others. Refuses BATCH_MIXED, NOT_FOUND.
 */
export const approveBatch = command({
  name: 'approve-batch',
  title: '批量通过申报',
  seat: 'desk',
  input: approveBatchInput,
  keep: (input) => ({ deedIds: input.deedIds }),
  may: canDecideDeeds,
  async run({ actor, input, id, now, tx, villageId }) {
    // In the order of ids, so that two batches can't wait for each other in a circle.
    const deedIds = [...new Set(input.deedIds)].sort();
    if (deedIds.length === 0) throw refuse('BAD_INPUT', {}, 'deedIds');
    const deeds = await tx.deed.findMany({
      where: { villageId, id: { in: deedIds } },
      select: { id: true, eventId: true, item: { select: { code: true } } },
    });
    if (deeds.length !== deedIds.length) throw refuse('NOT_FOUND', {}, 'deedIds');
    const first = deeds[0];
    if (
      !first?.eventId ||
      deeds.some((one) => one.eventId !== first.eventId || one.item.code !== first.item.code)
    ) {
      throw refuse('BATCH_MIXED', {}, 'deedIds');
    }
    let approved = 0;
    let waiting = 0;
    const refused: { deedId: string; code: string; sentence: string }[] = [];
    for (const deedId of deedIds) {
      const decisionId = idFromWords('batch', id, deedId);
      await tx.$executeRaw`savepoint one_deed`;
      try {
        const call = { villageId, deedId, personId: actor.personId, decisionId, commandId: id, now };
        const { state } = await approve(tx, call);
        if (state === 'APPROVED') approved++;
        else waiting++;
      } catch (error) {
        const refusal = asRefusal(error);
        if (!refusal || refusal.code === 'BUSY') throw error;
        await tx.$executeRaw`rollback to savepoint one_deed`;
        refused.push({ deedId, code: refusal.code, sentence: refusal.view.sentence });
      }
    }
    return { subject: first.eventId, approved, waiting, refused };
  },
});

/** 撤销: takes back one's own last decision about a deed, within the village's minutes; an approval by reversal. */
export const undoDecision = command({
  name: 'undo-decision',
  title: '撤销核实',
  seat: 'desk',
  input: undoDecisionInput,
  perMinute: 240,
  keep: (input) => ({ deedId: input.deedId }),
  may: canDecideDeeds,
  async run({ actor, input, id, now, tx, villageId }) {
    const rows = await tx.$queryRaw<{ undone: DecisionKind; points: number }[]>`
      select undone::text as undone, points from deed_undo(
        ${villageId}::uuid, ${input.deedId}::uuid, ${actor.personId}::uuid, ${id}::uuid, ${id}::uuid,
        ${now}::timestamptz)`;
    const undone = rows[0]?.undone ?? 'UNDO_FIRST';
    if (undone !== 'UNDO_FIRST') {
      await tellHousehold(tx, { villageId, deedId: input.deedId, decisionId: id, now }, { kind: 'UNDONE' });
    }
    return { subject: input.deedId, undone };
  },
});
