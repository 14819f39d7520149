import 'server-only';
import type { z } from 'zod';
import { type Command, command, type Tx } from '@/lib/platform/command';
import { newId } from '@/lib/platform/ids';
import { refuse } from '@/lib/platform/refusal';
import { drawCertificateCode } from '@/lib/rewards/plaque/code';
import { attachMerchantPhoto } from '../photo/attach';
import { canGiveIncentives, canGiveTownshipIncentives } from './policy';
import { takesAmount, titleOf } from './rules';
import { giveIncentiveInput, revokeIncentiveInput } from './schema';

// Who may give what stands in prisma/functions/shop_incentive.sql. Amounts, notes and codes of certificates stand in
// their row alone, not in the log of commands.

type Given = z.output<typeof giveIncentiveInput>;

interface Giver {
  /** null: the township */
  villageId: string | null;
  personId: string;
  now: Date;
}

/** Writes one incentive; answers its id. Refuses INCENTIVE_AMOUNT, INCENTIVE_TITLE, UNTIL_BEFORE_FROM and shop_incentive.sql's. */
async function give(tx: Tx, input: Given, { villageId, personId, now }: Giver): Promise<string> {
  if (input.amount !== null && !takesAmount(input.kind)) throw refuse('INCENTIVE_AMOUNT', {}, 'amount');
  if (input.kind === 'HONOUR' && !input.title) throw refuse('INCENTIVE_TITLE', {}, 'title');
  if (input.untilDay && input.untilDay < input.fromDay) throw refuse('UNTIL_BEFORE_FROM', {}, 'untilDay');
  const [photoId] = input.photos;
  if (photoId) {
    await attachMerchantPhoto(tx, { photoId, merchantId: input.merchantId, purpose: 'DOCUMENT', personId });
  }
  const id = newId();
  const code = input.kind === 'HONOUR' ? drawCertificateCode() : null;
  await tx.$queryRaw`
    select 1 as done from incentive_give(${id}::uuid, ${villageId}::uuid, ${input.merchantId}::uuid,
      ${input.kind}::"IncentiveKind", ${titleOf(input.kind, input.title)}, ${input.amount}::integer,
      ${input.fromDay}::date, ${input.untilDay}::date, ${input.note}, ${photoId ?? null}::uuid, ${code},
      ${personId}::uuid, ${now}::timestamptz)`;
  return id;
}

async function takeBack(
  tx: Tx,
  { incentiveId, reason }: z.output<typeof revokeIncentiveInput>,
  { villageId, personId, now }: Giver,
): Promise<string> {
  await tx.$queryRaw`
    select 1 as done from incentive_revoke(${incentiveId}::uuid, ${villageId}::uuid, ${personId}::uuid, ${reason},
      ${now}::timestamptz)`;
  return incentiveId;
}

const keep = ({ merchantId, kind }: Given) => ({ merchantId, kind });

/** 记一项激励: what the village gives to a merchant that has terms with it. */
export const giveIncentive = command({
  name: 'give-incentive',
  title: '记一项商户激励',
  seat: 'desk',
  input: giveIncentiveInput,
  keep,
  may: canGiveIncentives,
  async run({ actor, input, now, tx, villageId }) {
    return { subject: await give(tx, input, { villageId, personId: actor.personId, now }) };
  },
});

/** 收回激励: with a reason that the merchant reads; a certificate says so at once. */
export const revokeIncentive = command({
  name: 'revoke-incentive',
  title: '收回一项商户激励',
  seat: 'desk',
  input: revokeIncentiveInput,
  keep: ({ incentiveId }) => ({ incentiveId }),
  may: canGiveIncentives,
  async run({ actor, input, now, tx, villageId }) {
    return { subject: await takeBack(tx, input, { villageId, personId: actor.personId, now }) };
  },
});

/** 镇上记一项激励: what the township gives to one of its merchants. */
export const giveTownshipIncentive = command({
  name: 'give-township-incentive',
  title: '镇上记一项商户激励',
  seat: 'office',
  input: giveIncentiveInput,
  keep,
  may: canGiveTownshipIncentives,
  async run({ actor, input, now, tx }) {
    return { subject: await give(tx, input, { villageId: null, personId: actor.personId, now }) };
  },
});

/** 镇上收回激励: with a reason that the merchant reads. */
export const revokeTownshipIncentive = command({
  name: 'revoke-township-incentive',
  title: '镇上收回一项商户激励',
  seat: 'office',
  input: revokeIncentiveInput,
  keep: ({ incentiveId }) => ({ incentiveId }),
  may: canGiveTownshipIncentives,
  async run({ actor, input, now, tx }) {
    return { subject: await takeBack(tx, input, { villageId: null, personId: actor.personId, now }) };
  },
});

export const incentiveCommands: Command[] = [
  giveIncentive,
  revokeIncentive,
  giveTownshipIncentive,
  revokeTownshipIncentive,
];
