import 'server-only';
import { dayOf } from '@/lib/platform/clock';
import { type Command, command, type Tx } from '@/lib/platform/command';
import { idFromWords } from '@/lib/platform/ids';
import { refuse } from '@/lib/platform/refusal';
import { mustBeSound } from '../draft/checked';
import { versionInput } from '../draft/schema';
import { takeDraft, takeHeard } from '../draft/take';
import { tellHeads } from '../notices';
import { canKeepRulebook } from '../policy';
import { findVersionInForce } from '../reads';
import {
  COMMENTS_MOST,
  HEARING_DAYS_LEAST,
  HEARING_DAYS_MOST,
  hearingEnd,
  isHearingLongEnough,
} from './rules';
import { answerCommentInput, commentInput, openHearingInput } from './schema';

/**
 * Opens the hearing of a draft: from now on everyone reads it and nobody changes it. Refuses RULEBOOK_FINDINGS,
 * HEARING_DAYS and what takeDraft refuses.
 */
export const openHearing = command({
  name: 'open-hearing',
  title: '公开草案听取意见',
  seat: 'desk',
  input: openHearingInput,
  keep: (input) => input,
  may: canKeepRulebook,
  async run({ input: { versionId, until }, now, tx, villageId }) {
    const version = await takeDraft(tx, villageId, versionId);
    if (!isHearingLongEnough(dayOf(now), until)) {
      throw refuse('HEARING_DAYS', { least: HEARING_DAYS_LEAST, most: HEARING_DAYS_MOST }, 'until');
    }
    await mustBeSound(tx, villageId, versionId);
    await tx.rulebookVersion.update({
      where: { villageId_id: { villageId, id: versionId } },
      data: { state: 'HEARING', hearingFrom: now, hearingUntil: hearingEnd(until) },
      select: { id: true },
    });
    await tellHeads(tx, {
      villageId,
      now,
      title: `新细则草案（第 ${version.number} 版）请您提意见`,
      body: `到 ${Number(until.slice(5, 7))}月${Number(until.slice(8))}日为止，同意的、不同意的都可以说，村里一条一条答复。`,
      page: '/rulebook/draft',
    });
    return { subject: versionId, number: version.number };
  },
});

/** Takes a draft back from its hearing to be rewritten; what was said stays. Refuses BALLOT_KEEPS_DRAFT once it was put to the vote. */
export const takeBackDraft = command({
  name: 'take-back-draft',
  title: '草案退回起草',
  seat: 'desk',
  input: versionInput,
  keep: (input) => input,
  may: canKeepRulebook,
  async run({ input: { versionId }, now, tx, villageId }) {
    const version = await takeHeard(tx, villageId, versionId);
    const ballots = await tx.ballot.count({ where: { villageId, versionId } });
    if (ballots > 0) throw refuse('BALLOT_KEEPS_DRAFT');
    await tx.rulebookVersion.update({
      where: { villageId_id: { villageId, id: versionId } },
      data: { state: 'DRAFT' },
      select: { id: true },
    });
    await tellHeads(tx, {
      villageId,
      now,
      title: `细则草案（第 ${version.number} 版）退回去改`,
      body: '大家说的都留着。改好以后再公开听一次意见。',
      page: '/rulebook',
    });
    return { subject: versionId, number: version.number };
  },
});

/** Whether an item is the draft's, or one in force that the draft would delete. */
async function isInQuestion(
  tx: Tx,
  asked: { villageId: string; versionId: string; itemCode: string; now: Date },
): Promise<boolean> {
  const { villageId, versionId, itemCode: code, now } = asked;
  const inForce = await findVersionInForce(tx, villageId, dayOf(now));
  const items = await tx.item.count({
    where: { villageId, code, versionId: { in: [versionId, ...(inForce ? [inForce.id] : [])] } },
  });
  return items > 0;
}

/** A resident says something of a draft or one of its items, one that it deletes too. It can't be taken back; one may say more. */
export const commentOnDraft = command({
  name: 'comment-on-draft',
  title: '对草案提意见',
  seat: 'resident',
  input: commentInput,
  // what people say is kept in its own table
  keep: ({ versionId, itemCode }) => ({ versionId, itemCode }),
  perMinute: 5,
  may: () => true,
  async run({ actor, input: { versionId, itemCode, body }, id: commandId, now, tx, villageId }) {
    const { householdId } = actor.resident;
    const { hearingUntil } = await takeHeard(tx, villageId, versionId);
    if (now >= hearingUntil) throw refuse('HEARING_OVER');
    const said = await tx.rulebookComment.count({ where: { villageId, versionId, householdId } });
    if (said >= COMMENTS_MOST) throw refuse('COMMENTS_MOST', { most: COMMENTS_MOST });
    if (itemCode && !(await isInQuestion(tx, { villageId, versionId, itemCode, now }))) {
      throw refuse('NOT_FOUND', {}, 'itemCode');
    }
    const id = idFromWords('rulebook-comment', commandId);
    await tx.rulebookComment.create({
      data: {
        villageId,
        id,
        versionId,
        householdId,
        personId: actor.personId,
        itemCode,
        body,
        saidAt: now,
      },
      select: { id: true },
    });
    return { subject: id };
  },
});

/** The office's answer to a comment, once; it is shown below what was said, and told to who said it. */
export const answerComment = command({
  name: 'answer-comment',
  title: '答复对草案的意见',
  seat: 'desk',
  input: answerCommentInput,
  keep: ({ commentId }) => ({ commentId }),
  may: canKeepRulebook,
  async run({ actor, input: { commentId, answer }, id, now, tx, villageId }) {
    const comment = await tx.rulebookComment.findUnique({
      where: { villageId_id: { villageId, id: commentId } },
      select: { personId: true, body: true, version: { select: { village: { select: { code: true } } } } },
    });
    if (!comment) throw refuse('NOT_FOUND');
    const { count } = await tx.rulebookComment.updateMany({
      where: { villageId, id: commentId, answeredAt: null },
      data: { answer, answeredById: actor.personId, answeredAt: now },
    });
    if (count === 0) throw refuse('COMMENT_ANSWERED');
    await tx.message.create({
      data: {
        villageId,
        id: idFromWords('comment-answered', id),
        personId: comment.personId,
        title: '您对细则草案的意见有答复了',
        body: answer,
        href: `/v/${comment.version.village.code}/rulebook/draft#said`,
        createdAt: now,
      },
      select: { id: true },
    });
    return { subject: commentId };
  },
});

export const hearingCommands: Command[] = [openHearing, takeBackDraft, commentOnDraft, answerComment];
