import 'server-only';
import { type Day, dateToDay } from '@/lib/platform/clock';
import { type Command, command, type Tx } from '@/lib/platform/command';
import { newId } from '@/lib/platform/ids';
import { refuse } from '@/lib/platform/refusal';
import { tellHouseholds } from '../notices';
import { canAwardRewards, canConfirmVouchers, canDropVouchers, canHandleVouchers } from '../policy';
import {
  cancelVoucherInput,
  confirmVouchersInput,
  dropVouchersInput,
  issueVouchersInput,
  openVoucherSheetInput,
  REWARD_ROWS_MOST,
} from '../schema';
import { drawVoucherCode } from './code';

// Vouchers are near to money: prisma/functions/reward_voucher.sql keeps what may happen to one. Codes are drawn here
// and kept nowhere but in their row: not in the log of commands, not in a message.

/** Drawn beyond what is needed, should the village have one of them already. */
const SPARE_CODES = 5;

/** 发代金券: to every household of a final red list, or to those of some rows. Good once the supervisor confirms. */
export const issueVouchers = command({
  name: 'issue-vouchers',
  title: '发放代金券',
  seat: 'desk',
  input: issueVouchersInput,
  keep: (input) => input,
  may: canAwardRewards,
  async run({ actor, input, id, now, tx, villageId }) {
    const count =
      input.rowIds.length || (await tx.listRow.count({ where: { villageId, listId: input.listId } }));
    const length = Math.min(count, 10 * REWARD_ROWS_MOST) + SPARE_CODES;
    const codes = Array.from({ length }, drawVoucherCode);
    const [row] = await tx.$queryRaw<{ issued: number }[]>`
      select voucher_issue(${villageId}::uuid, ${id}::uuid, ${input.listId}::uuid, ${input.rowIds}::uuid[],
        ${input.buys}, ${input.points}::integer, ${input.expiresOn}::date, ${codes}::text[],
        ${actor.personId}::uuid, ${now}::timestamptz) as issued`;
    return { subject: id, vouchers: row?.issued ?? 0 };
  },
});

/** 复核代金券: the second person agrees; from now on households see their codes. */
export const confirmVouchers = command({
  name: 'confirm-vouchers',
  title: '复核代金券',
  seat: 'desk',
  input: confirmVouchersInput,
  keep: (input) => input,
  may: canConfirmVouchers,
  async run({ actor, input, now, tx, villageId }) {
    await tx.$queryRaw`
      select voucher_batch_confirm(${villageId}::uuid, ${input.batchId}::uuid, ${actor.personId}::uuid,
        ${now}::timestamptz)::text`;
    const batch = await tx.voucherBatch.findUniqueOrThrow({
      where: { villageId_id: { villageId, id: input.batchId } },
      select: {
        buys: true,
        expiresOn: true,
        vouchers: { where: { state: 'ISSUED' }, select: { householdId: true } },
      },
    });
    const news = batch.vouchers.map(({ householdId }) => ({
      householdId,
      title: `您家有一张代金券：${batch.buys}`,
      body: `${sayLastDay(dateToDay(batch.expiresOn))}前有效，只能用一次。券码在“奖励”里看。`,
    }));
    await tellHouseholds(tx, villageId, news, now);
    return { subject: input.batchId, vouchers: news.length };
  },
});

/** 撤下代金券: the issuer withdraws a batch, or the supervisor refuses it, before it is confirmed. */
export const dropVouchers = command({
  name: 'drop-vouchers',
  title: '撤下一批代金券',
  seat: 'desk',
  input: dropVouchersInput,
  keep: (input) => ({ batchId: input.batchId }),
  may: canDropVouchers,
  async run({ actor, input, now, tx, villageId }) {
    await tx.$queryRaw`
      select voucher_batch_drop(${villageId}::uuid, ${input.batchId}::uuid, ${actor.personId}::uuid,
        ${input.reason}, ${now}::timestamptz)::text`;
    return { subject: input.batchId };
  },
});

/** 作废代金券: one voucher, with a reason that its household reads. */
export const cancelVoucher = command({
  name: 'cancel-voucher',
  title: '作废代金券',
  seat: 'desk',
  input: cancelVoucherInput,
  keep: (input) => ({ voucherId: input.voucherId }),
  may: canHandleVouchers,
  async run({ actor, input, now, tx, villageId }) {
    const [row] = await tx.$queryRaw<{ household_id: string; batch_id: string }[]>`
      select household_id, batch_id from voucher_end(${villageId}::uuid, ${input.voucherId}::uuid,
        'CANCELLED'::"VoucherState", ${actor.personId}::uuid, ${input.reason}, ${now}::timestamptz)`;
    if (!row) throw new Error('voucher_end answered nothing');
    const { buys } = await findBatch(tx, villageId, row.batch_id);
    const news = {
      householdId: row.household_id,
      title: `代金券“${buys}”作废了`,
      body: `原因：${input.reason}。不清楚的可以找村务监督员问。`,
    };
    await tellHouseholds(tx, villageId, [news], now);
    return { subject: row.batch_id };
  },
});

/** 打印代金券: opens the sheet with the codes of a batch to the one who asks, for some minutes; that is kept. */
export const openVoucherSheet = command({
  name: 'open-voucher-sheet',
  title: '打开代金券打印页',
  seat: 'desk',
  input: openVoucherSheetInput,
  keep: (input) => input,
  may: canHandleVouchers,
  async run({ actor, input, now, tx, villageId }) {
    const batch = await findBatch(tx, villageId, input.batchId);
    if (!batch.confirmedAt) throw refuse('VOUCHER_NOT_CONFIRMED');
    await tx.accessLog.create({
      data: {
        villageId,
        id: newId(),
        personId: actor.personId,
        what: 'voucher-codes',
        subject: input.batchId,
        readAt: now,
      },
      select: { id: true },
    });
    return { subject: input.batchId };
  },
});

async function findBatch(tx: Tx, villageId: string, id: string) {
  const batch = await tx.voucherBatch.findUnique({
    where: { villageId_id: { villageId, id } },
    select: { buys: true, confirmedAt: true },
  });
  if (!batch) throw refuse('NOT_FOUND');
  return batch;
}

function sayLastDay(day: Day): string {
  return `${Number(day.slice(0, 4))}年${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`;
}

export const voucherCommands: Command[] = [
  issueVouchers,
  confirmVouchers,
  dropVouchers,
  cancelVoucher,
  openVoucherSheet,
];
