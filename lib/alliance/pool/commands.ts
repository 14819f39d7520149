import 'server-only';
import { type Command, command } from '@/lib/platform/command';
import { canSettle } from '../settlement/policy';
import {
  correctPoolEntryInput,
  recordPoolEntryInput,
  resumeAllianceInput,
  setPoolLeastInput,
  stopAllianceInput,
} from './schema';

// The money set aside for merchants, and the two brakes: prisma/functions/shop_pool.sql.

/** 记一笔进账: money that was put into the pool. The entry's id is the command's. */
export const recordPoolEntry = command({
  name: 'record-pool-entry',
  title: '记资金池进账',
  seat: 'desk',
  input: recordPoolEntryInput,
  keep: ({ source, yuan, onDay }) => ({ source, fen: yuan, onDay }),
  may: canSettle,
  async run({ actor, input, id, now, tx, villageId }) {
    await tx.$queryRaw`select pool_record(${villageId}::uuid, ${id}::uuid, ${input.source}::"PoolSource",
      ${input.yuan}::integer, ${input.onDay}::date, ${input.note}, ${actor.personId}::uuid, ${now}::timestamptz)::text`;
    return { subject: id };
  },
});

/** 更正: takes an entry back whole, by one with the other sign and a reason. */
export const correctPoolEntry = command({
  name: 'correct-pool-entry',
  title: '更正资金池一笔',
  seat: 'desk',
  input: correctPoolEntryInput,
  keep: ({ entryId }) => ({ entryId }),
  may: canSettle,
  async run({ actor, input, id, now, tx, villageId }) {
    await tx.$queryRaw`select pool_correct(${villageId}::uuid, ${id}::uuid, ${input.entryId}::uuid,
      ${input.reason}, ${actor.personId}::uuid, ${now}::timestamptz)::text`;
    return { subject: id };
  },
});

/** 资金池下限: below it no new offers open. */
export const setPoolLeast = command({
  name: 'set-pool-least',
  title: '定资金池下限',
  seat: 'desk',
  input: setPoolLeastInput,
  keep: ({ yuan }) => ({ fen: yuan ?? null }),
  may: canSettle,
  async run({ actor, input, now, tx, villageId }) {
    await tx.$queryRaw`select alliance_set_least(${villageId}::uuid, ${input.yuan ?? null}::integer,
      ${actor.personId}::uuid, ${now}::timestamptz)::text`;
    return { subject: villageId };
  },
});

/** 全村停兑: no points are taken anywhere in the village until it is lifted; everyone reads why. */
export const stopAlliance = command({
  name: 'stop-alliance',
  title: '停止全村兑换',
  seat: 'desk',
  input: stopAllianceInput,
  // what everyone reads on the village's page
  keep: (input) => input,
  may: canSettle,
  async run({ actor, input, now, tx, villageId }) {
    await tx.$queryRaw`select alliance_stop(${villageId}::uuid, ${input.reason}, ${actor.personId}::uuid,
      ${now}::timestamptz)::text`;
    return { subject: villageId };
  },
});

/** 恢复兑换: lifts the stop. */
export const resumeAlliance = command({
  name: 'resume-alliance',
  title: '恢复全村兑换',
  seat: 'desk',
  input: resumeAllianceInput,
  keep: (input) => input,
  may: canSettle,
  async run({ actor, now, tx, villageId }) {
    await tx.$queryRaw`select alliance_stop(${villageId}::uuid, null, ${actor.personId}::uuid, ${now}::timestamptz)::text`;
    return { subject: villageId };
  },
});

export const poolCommands: Command[] = [
  recordPoolEntry,
  correctPoolEntry,
  setPoolLeast,
  stopAlliance,
  resumeAlliance,
];
