import 'server-only';
import { type Command, command } from '@/lib/platform/command';
import { tellHouseholds } from '../notices';
import { canAwardRewards, canRevokeRewards } from '../policy';
import { awardPlaquesInput, REWARD_ROWS_MOST, revokePlaqueInput } from '../schema';
import { drawCertificateCode } from './code';

// What a plaque rests on stands in prisma/functions/reward_plaque.sql. Codes of certificates are drawn here and kept
// nowhere but in their row: not in the log of commands, not in a message.

/** 颁发红榜之家: plaques for rows of a final red list, or for all of it. */
export const awardPlaques = command({
  name: 'award-plaques',
  title: '颁发“红榜之家”',
  seat: 'desk',
  input: awardPlaquesInput,
  keep: (input) => input,
  may: canAwardRewards,
  async run({ actor, input, now, tx, villageId }) {
    const count =
      input.rowIds.length || (await tx.listRow.count({ where: { villageId, listId: input.listId } }));
    const codes = Array.from({ length: Math.min(count, 10 * REWARD_ROWS_MOST) }, drawCertificateCode);
    const awarded = await tx.$queryRaw<{ household_id: string; number: string }[]>`
      select household_id, number from plaque_award(${villageId}::uuid, ${input.listId}::uuid,
        ${input.rowIds}::uuid[], ${codes}::text[], ${actor.personId}::uuid, ${now}::timestamptz)`;
    const news = awarded.map((row) => ({
      householdId: row.household_id,
      title: '您家评上了“红榜之家”',
      body: `证书编号 ${row.number}，可以在这里看，也可以请村里打印。`,
    }));
    await tellHouseholds(tx, villageId, news, now);
    return { subject: input.listId, plaques: awarded.length };
  },
});

/** 撤销红榜之家: takes a plaque back, with a reason that the household reads; its certificate says so at once. */
export const revokePlaque = command({
  name: 'revoke-plaque',
  title: '撤销“红榜之家”',
  seat: 'desk',
  input: revokePlaqueInput,
  keep: (input) => ({ plaqueId: input.plaqueId }),
  may: canRevokeRewards,
  async run({ actor, input, now, tx, villageId }) {
    const [row] = await tx.$queryRaw<{ household_id: string; number: string }[]>`
      select household_id, number from plaque_revoke(${villageId}::uuid, ${input.plaqueId}::uuid,
        ${actor.personId}::uuid, ${input.reason}, ${now}::timestamptz)`;
    if (!row) throw new Error('plaque_revoke answered nothing');
    const news = {
      householdId: row.household_id,
      title: `“红榜之家”证书 ${row.number} 撤销了`,
      body: `原因：${input.reason}。不清楚的可以找村务监督员问。`,
    };
    await tellHouseholds(tx, villageId, [news], now);
    return { subject: input.plaqueId };
  },
});

export const plaqueCommands: Command[] = [awardPlaques, revokePlaque];
