import 'server-only';
import type { Day } from '@/lib/platform/clock';
import { type Command, command, type Tx } from '@/lib/platform/command';
import { refuse } from '@/lib/platform/refusal';
import { attachMerchantPhoto } from '../../photo/attach';
import { canSettle, canSettleAsShop } from '../policy';
import {
  answerPaymentInput,
  confirmPaymentInput,
  correctPaymentInput,
  missPaymentInput,
  recordPaymentInput,
} from '../schema';

// What may be paid, replaced and confirmed is kept by prisma/functions/shop_settlement_payment.sql.

interface PaidInput {
  paidOn: Day;
  channel?: string | undefined;
  reference: string;
  photos: string[];
}

/** Channel, reference and slip as they are recorded; where no money moves there is none of them. */
async function detailsOf(tx: Tx, input: PaidInput, fen: number, merchantId: string, personId: string) {
  if (fen === 0) return { channel: 'OFFSET', reference: '', slip: null };
  if (!input.channel) throw refuse('BAD_INPUT', {}, 'channel');
  const slip = input.photos[0] ?? null;
  if (slip) await attachMerchantPhoto(tx, { photoId: slip, merchantId, purpose: 'SLIP', personId });
  return { channel: input.channel, reference: input.reference, slip };
}

/** 记付款: the village has paid, for one or several agreed statements together. The payment's id is the command's. */
export const recordPayment = command({
  name: 'record-payment',
  title: '记给商户的付款',
  seat: 'desk',
  input: recordPaymentInput,
  keep: ({ merchantId, statements, fen, paidOn, channel }) => ({
    merchantId,
    statements,
    fen,
    paidOn,
    channel,
  }),
  may: canSettle,
  async run({ actor, input, id, now, tx, villageId }) {
    const { merchantId, statements, fen, paidOn } = input;
    const { channel, reference, slip } = await detailsOf(tx, input, fen, merchantId, actor.personId);
    await tx.$queryRaw`select payment_make(${villageId}::uuid, ${id}::uuid, ${merchantId}::uuid,
      ${statements}::uuid[], ${fen}::integer, ${paidOn}::date, ${channel}::"PayChannel", ${reference},
      ${slip}::uuid, ${actor.personId}::uuid, ${now}::timestamptz)::text`;
    return { subject: statements[0] ?? id };
  },
});

/** 改付款: replaces one typed wrongly, until the merchant has confirmed it; both are kept. */
export const correctPayment = command({
  name: 'correct-payment',
  title: '更正给商户的付款',
  seat: 'desk',
  input: correctPaymentInput,
  keep: ({ paymentId, paidOn, channel }) => ({ paymentId, paidOn, channel }),
  may: canSettle,
  async run({ actor, input, id, now, tx, villageId }) {
    const old = await tx.payment.findUnique({
      where: { villageId_id: { villageId, id: input.paymentId } },
      select: { merchantId: true, fen: true, statements: { select: { id: true }, take: 1 } },
    });
    if (!old) throw refuse('NOT_FOUND');
    const { channel, reference, slip } = await detailsOf(tx, input, old.fen, old.merchantId, actor.personId);
    await tx.$queryRaw`select payment_correct(${villageId}::uuid, ${input.paymentId}::uuid, ${id}::uuid,
      ${input.paidOn}::date, ${channel}::"PayChannel", ${reference}, ${slip}::uuid, ${input.reason},
      ${actor.personId}::uuid, ${now}::timestamptz)::text`;
    return { subject: old.statements[0]?.id ?? id };
  },
});

/** 收到了: the merchant has the money; all that the payment covers is done. */
export const confirmPayment = command({
  name: 'confirm-payment',
  title: '确认收到结算款',
  seat: 'shop',
  input: confirmPaymentInput,
  keep: (input) => input,
  may: canSettleAsShop,
  async run({ actor, input, now, tx }) {
    await tx.$queryRaw`select payment_confirm(${input.villageId}::uuid, ${input.paymentId}::uuid,
      ${actor.personId}::uuid, ${now}::timestamptz)::text`;
    return { subject: input.paymentId };
  },
});

async function say(
  tx: Tx,
  of: {
    villageId: string;
    paymentId: string;
    id: string;
    side: 'SHOP' | 'VILLAGE';
    body: string;
    personId: string;
    now: Date;
  },
) {
  await tx.$queryRaw`select payment_say(${of.villageId}::uuid, ${of.paymentId}::uuid, ${of.id}::uuid,
    ${of.side}::"SettlementSide", ${of.body}, ${of.personId}::uuid, ${of.now}::timestamptz)::text`;
  return { subject: of.paymentId };
}

/** 没收到: the merchant says that the money has not come. The statement stays as it is, and can still be confirmed. */
export const missPayment = command({
  name: 'miss-payment',
  title: '说没收到结算款',
  seat: 'shop',
  input: missPaymentInput,
  keep: ({ villageId, paymentId }) => ({ villageId, paymentId }),
  may: canSettleAsShop,
  run: async ({ actor, input, id, now, tx }) =>
    say(tx, { ...input, id, side: 'SHOP', personId: actor.personId, now }),
});

/** The village says what it has found about money that has not come. */
export const answerPayment = command({
  name: 'answer-payment',
  title: '答复商户没收到款',
  seat: 'desk',
  input: answerPaymentInput,
  keep: ({ paymentId }) => ({ paymentId }),
  may: canSettle,
  run: async ({ actor, input, id, now, tx, villageId }) =>
    say(tx, { ...input, villageId, id, side: 'VILLAGE', personId: actor.personId, now }),
});

export const paymentCommands: Command[] = [
  recordPayment,
  correctPayment,
  confirmPayment,
  missPayment,
  answerPayment,
];
