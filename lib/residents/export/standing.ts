import 'server-only';
import { dateToDay } from '@/lib/platform/clock';
import type { Db } from '@/lib/platform/db';

const ROWS_MOST = 20_000;

/**
 * What of an export is about how a household stands before the village: lists and the consent to be named on them,
 * stars, plaques, vouchers, what it paid with points, what it said of a draft, and that (never what) it voted.
 */
export async function findStanding(
  db: Db,
  villageId: string,
  householdId: string,
  residentIds: readonly string[],
) {
  const mine = { where: { villageId, householdId }, take: ROWS_MOST };
  const [rows, consents, stars, plaques, vouchers, redemptions, payCodes, looks, comments, votes] =
    await Promise.all([
      db.listRow.findMany({
        ...mine,
        orderBy: { list: { draftedAt: 'desc' } },
        select: {
          listId: true,
          residentId: true,
          rank: true,
          points: true,
          state: true,
          goneWhy: true,
          goneAt: true,
          grounds: { select: { deductionId: true } },
          list: { select: { kind: true, period: true, state: true, publicFrom: true, expiresOn: true } },
        },
      }),
      db.consent.findMany({
        ...mine,
        orderBy: { givenAt: 'desc' },
        select: {
          id: true,
          text: true,
          textVersion: true,
          givenAt: true,
          signerId: true,
          recorderId: true,
          withdrawnAt: true,
          withdrawnSignerId: true,
          withdrawnRecorderId: true,
        },
      }),
      db.starRating.findMany({
        ...mine,
        orderBy: { awardedAt: 'desc' },
        select: {
          period: true,
          stars: true,
          honour: true,
          awardedAt: true,
          revokedAt: true,
          revokedWhy: true,
        },
      }),
      db.plaque.findMany({
        ...mine,
        orderBy: { awardedOn: 'desc' },
        select: {
          number: true,
          code: true,
          listId: true,
          awardedOn: true,
          revokedAt: true,
          revokedWhy: true,
        },
      }),
      db.voucher.findMany({
        ...mine,
        orderBy: { batch: { issuedAt: 'desc' } },
        select: {
          id: true,
          code: true,
          state: true,
          endedAt: true,
          endReason: true,
          batch: { select: { buys: true, points: true, issuedAt: true, confirmedAt: true, expiresOn: true } },
        },
      }),
      db.redemption.findMany({
        ...mine,
        orderBy: { madeAt: 'desc' },
        select: {
          merchantId: true,
          residentId: true,
          flow: true,
          state: true,
          title: true,
          points: true,
          askedPoints: true,
          heldUntil: true,
          receipt: true,
          madeAt: true,
          postedAt: true,
          refundSide: true,
          refundWhy: true,
          refundNote: true,
          endedAt: true,
          endReason: true,
          endNote: true,
        },
      }),
      // never its digits: one of them may be on a phone at this moment
      db.payCode.findMany({
        ...mine,
        orderBy: { madeAt: 'desc' },
        select: { residentId: true, madeAt: true, expiresAt: true, usedAt: true, redemptionId: true },
      }),
      db.patternLook.findMany({
        ...mine,
        orderBy: { at: 'desc' },
        select: { merchantId: true, kind: true, count: true, note: true, at: true },
      }),
      db.rulebookComment.findMany({
        ...mine,
        orderBy: { saidAt: 'desc' },
        select: { itemCode: true, body: true, saidAt: true, answer: true, answeredAt: true },
      }),
      db.ballotVoter.findMany({
        where: { villageId, voterId: { in: [householdId, ...residentIds] } },
        take: ROWS_MOST,
        select: { voterId: true, channel: true, ballot: { select: { closesAt: true } } },
      }),
    ]);
  const orNull = (date: Date | null) => (date ? dateToDay(date) : null);
  return {
    listRows: rows.map(({ grounds, list, ...row }) => ({
      ...row,
      deductions: grounds.map((ground) => ground.deductionId),
      list: { ...list, publicFrom: orNull(list.publicFrom), expiresOn: orNull(list.expiresOn) },
    })),
    consents: consents.map(({ signerId, recorderId, withdrawnSignerId, withdrawnRecorderId, ...one }) => ({
      ...one,
      // of a paper: who signed it; that the office wrote it down
      signedBy: signerId,
      isRecordedByOffice: recorderId !== null,
      withdrawalSignedBy: withdrawnSignerId,
      isWithdrawalRecordedByOffice: withdrawnRecorderId !== null,
    })),
    stars,
    plaques: plaques.map(({ awardedOn, ...plaque }) => ({ ...plaque, awardedOn: dateToDay(awardedOn) })),
    vouchers: vouchers.map(({ batch, ...voucher }) => ({
      ...voucher,
      // of a batch that nobody has confirmed its code is shown to nobody (decision 35)
      code: batch.confirmedAt ? voucher.code : null,
      isConfirmed: batch.confirmedAt !== null,
      buys: batch.buys,
      points: batch.points,
      issuedAt: batch.issuedAt,
      expiresOn: dateToDay(batch.expiresOn),
    })),
    redemptions,
    payCodes,
    patternLooks: looks,
    commentsOnDrafts: comments,
    votesTakenPartIn: votes.map(({ voterId, channel, ballot }) => ({
      residentId: voterId === householdId ? null : voterId,
      channel,
      closedAt: ballot.closesAt,
    })),
  };
}
