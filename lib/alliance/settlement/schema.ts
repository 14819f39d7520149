import { z } from 'zod';
import { day, id, list, optionalText, text, whole } from '@/lib/platform/form-shape';
import { MONEY_CHANNELS } from './rules';

// Shapes of what comes in about settlement; forms and the server share them.

/** why a line is wrong, and the answer to it */
export const LINE_WORDS_MOST = 100;
export const NOTE_MOST = 200;
export const REFERENCE_MOST = 60;
/** statements that one payment covers */
const STATEMENTS_MOST = 60;
/** 分 of money: ten million yuan */
const FEN_MOST = 1_000_000_000;

const words = text(2, LINE_WORDS_MOST);

export const agreeStatementInput = z.object({ villageId: id(), statementId: id() });
export const disputeLineInput = z.object({ villageId: id(), statementId: id(), lineId: id(), reason: words });
export const withdrawDisputeInput = z.object({ villageId: id(), statementId: id(), lineId: id() });
export const answerLineInput = z.object({ statementId: id(), lineId: id(), answer: words });
export const makeStatementInput = z.object({ merchantId: id() });
export const makeStatementAsShopInput = z.object({ villageId: id() });

const paid = {
  paidOn: day(),
  /** OFFSET is the server's to say: where nothing is owed */
  channel: z.enum(MONEY_CHANNELS, { error: '请选怎么付的' }).optional(),
  reference: optionalText(REFERENCE_MOST),
  photos: list(id(), 1),
};
export const recordPaymentInput = z.object({
  merchantId: id(),
  statements: list(id(), STATEMENTS_MOST).refine((ids) => ids.length > 0, { error: '请勾选要付的结算单' }),
  /** 分 of money that the payer saw as the sum; below zero the merchant has handed it back */
  fen: whole(-FEN_MOST, FEN_MOST),
  ...paid,
});
export const correctPaymentInput = z.object({ paymentId: id(), ...paid, reason: words });
export const confirmPaymentInput = z.object({ villageId: id(), paymentId: id() });
export const missPaymentInput = z.object({ villageId: id(), paymentId: id(), body: text(2, NOTE_MOST) });
export const answerPaymentInput = z.object({ paymentId: id(), body: text(2, NOTE_MOST) });
