import 'server-only';
import { type Command, command } from '@/lib/platform/command';
import { newIdAt } from '@/lib/platform/ids';
import { refuse } from '@/lib/platform/refusal';
import { canDeclareKin, canEndKin } from '../policy';
import { kinPair } from '../rules';
import { declareKinInput, endKinInput } from '../schema';

/** Declares two residents of the village near kin: neither verifies what the other's household reports. */
export const declareKin = command({
  name: 'declare-kin',
  title: '登记近亲属',
  seat: 'desk',
  input: declareKinInput,
  keep: (input) => input,
  may: canDeclareKin,
  async run({ input, now, tx, villageId }) {
    if (input.residentId === input.otherId) throw refuse('KIN_SAME_PERSON', {}, 'otherId');
    const found = await tx.resident.findMany({
      where: { villageId, id: { in: [input.residentId, input.otherId] } },
      select: { id: true, householdId: true },
    });
    const resident = found.find((one) => one.id === input.residentId);
    if (!resident || found.length !== 2) throw refuse('NOT_FOUND');
    const pair = kinPair(input.residentId, input.otherId);
    // Declared again after it ended: the pair's one row comes back to life.
    await tx.kinship.upsert({
      where: { villageId_residentAId_residentBId: { villageId, ...pair } },
      create: { villageId, id: newIdAt(now), ...pair, declaredAt: now },
      update: { endedAt: null },
      select: { id: true },
    });
    return { subject: resident.householdId };
  },
});

/** Ends a declared kinship. */
export const endKin = command({
  name: 'end-kin',
  title: '取消近亲属登记',
  seat: 'desk',
  input: endKinInput,
  keep: (input) => input,
  may: canEndKin,
  async run({ input, now, tx, villageId }) {
    const ended = await tx.kinship.updateMany({
      where: { villageId, id: input.kinshipId, endedAt: null },
      data: { endedAt: now },
    });
    if (ended.count !== 1) throw refuse('NOT_FOUND');
    return { subject: input.kinshipId };
  },
});

export const kinCommands: Command[] = [declareKin, endKin];
