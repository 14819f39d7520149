import 'server-only';
import { dayOf, monthOf } from '@/lib/platform/clock';
import { type Command, command, type Tx } from '@/lib/platform/command';
import { refuse } from '@/lib/platform/refusal';
import { paymentCommands } from './payment/commands';
import { canSettle, canSettleAsShop } from './policy';
import {
  agreeStatementInput,
  answerLineInput,
  disputeLineInput,
  makeStatementAsShopInput,
  makeStatementInput,
  withdrawDisputeInput,
} from './schema';

// Who may take which step, and in which order, is kept by prisma/functions/shop_settlement.sql.

async function make(
  tx: Tx,
  of: { villageId: string; merchantId: string; id: string; personId: string; now: Date },
) {
  const { villageId, merchantId, id, personId, now } = of;
  const [row] = await tx.$queryRaw<{ id: string | null }[]>`
    select statement_make(${villageId}::uuid, ${merchantId}::uuid, ${monthOf(dayOf(now))}, ${id}::uuid,
      ${now}::timestamptz, ${personId}::uuid) as id`;
  if (!row?.id) throw refuse('STATEMENT_EMPTY');
  return { subject: row.id };
}

/** 现在就结一次: the village states all that a merchant has taken so far. */
export const makeStatement = command({
  name: 'make-statement',
  title: '做结算单',
  seat: 'desk',
  input: makeStatementInput,
  keep: (input) => input,
  may: canSettle,
  run: async ({ actor, input, id, now, tx, villageId }) =>
    make(tx, { villageId, merchantId: input.merchantId, id, personId: actor.personId, now }),
});

/** 现在就结一次: the shop asks for it, of one village. */
export const makeStatementAsShop = command({
  name: 'make-statement-as-shop',
  title: '商户做结算单',
  seat: 'shop',
  input: makeStatementAsShopInput,
  keep: (input) => input,
  may: canSettleAsShop,
  run: async ({ actor, input, id, now, tx }) => ({
    ...(await make(tx, {
      villageId: input.villageId,
      merchantId: actor.shop.merchantId,
      id,
      personId: actor.personId,
      now,
    })),
    villageId: input.villageId,
  }),
});

/** 同意结算单: the merchant finds it right. One of nothing is done with that. */
export const agreeStatement = command({
  name: 'agree-statement',
  title: '同意结算单',
  seat: 'shop',
  input: agreeStatementInput,
  keep: (input) => input,
  may: canSettleAsShop,
  async run({ actor, input, now, tx }) {
    await tx.$queryRaw`select statement_agree(${input.villageId}::uuid, ${input.statementId}::uuid,
      ${actor.personId}::uuid, ${now}::timestamptz)::text`;
    return { subject: input.statementId };
  },
});

/** 这一笔不对: the merchant says of a line what is wrong; the village answers. Once more after the answer: DISPUTED_TWICE. */
export const disputeLine = command({
  name: 'dispute-line',
  title: '对结算单的一笔有疑问',
  seat: 'shop',
  input: disputeLineInput,
  keep: ({ villageId, statementId, lineId }) => ({ villageId, statementId, lineId }),
  may: canSettleAsShop,
  async run({ actor, input, now, tx }) {
    await tx.$queryRaw`select statement_dispute(${input.villageId}::uuid, ${input.statementId}::uuid,
      ${input.lineId}::uuid, ${input.reason}, ${actor.personId}::uuid, ${now}::timestamptz)::text`;
    return { subject: input.statementId };
  },
});

/** 收回: the merchant takes back what it said of a line, before the village has answered. Refuses DISPUTE_ANSWERED. */
export const withdrawDispute = command({
  name: 'withdraw-dispute',
  title: '收回对一笔的疑问',
  seat: 'shop',
  input: withdrawDisputeInput,
  keep: (input) => input,
  may: canSettleAsShop,
  async run({ actor, input, now, tx }) {
    await tx.$queryRaw`select statement_withdraw(${input.villageId}::uuid, ${input.statementId}::uuid,
      ${input.lineId}::uuid, ${actor.personId}::uuid, ${now}::timestamptz)::text`;
    return { subject: input.statementId };
  },
});

/** 答复: the village says what it has found. With the last answer the statement is the merchant's again. */
export const answerLine = command({
  name: 'answer-line',
  title: '答复商户的疑问',
  seat: 'desk',
  input: answerLineInput,
  keep: ({ statementId, lineId }) => ({ statementId, lineId }),
  may: canSettle,
  async run({ actor, input, now, tx, villageId }) {
    await tx.$queryRaw`select statement_answer(${villageId}::uuid, ${input.statementId}::uuid, ${input.lineId}::uuid,
      ${input.answer}, ${actor.personId}::uuid, ${now}::timestamptz)::text`;
    return { subject: input.statementId };
  },
});

export const settlementCommands: Command[] = [
  makeStatement,
  makeStatementAsShop,
  agreeStatement,
  disputeLine,
  withdrawDispute,
  answerLine,
  ...paymentCommands,
];
