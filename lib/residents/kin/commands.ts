import 'server-only';
import { type Command, command } from '@/lib/platform/command';
import { newIdAt } from '@/lib/platform/ids';
import { refuse } from '@/lib/platform/refusal';
import { canDeclareKin, canEndKin } from '../policy';
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
    await tx.$executeRaw`
      select kinship_declare(${villageId}::uuid, ${newIdAt(now)}::uuid, ${input.residentId}::uuid, ${input.otherId}::uuid,
        ${now}::timestamptz)::text`;
    return { subject: resident.householdId };
  },
});

/**
 * Ends a declared kinship, which asks both households to step back for a year more. Refuses NOT_FOUND,
 * KIN_OWN_HOUSEHOLD: nobody gives himself a power back.
 */
export const endKin = command({
  name: 'end-kin',
  title: '取消近亲属登记',
  seat: 'desk',
  input: endKinInput,
  keep: (input) => input,
  may: canEndKin,
  async run({ actor, input, now, tx, villageId }) {
    await tx.$executeRaw`
      select kinship_end(${villageId}::uuid, ${input.kinshipId}::uuid, ${actor.personId}::uuid, ${now}::timestamptz)::text`;
    return { subject: input.kinshipId };
  },
});

export const kinCommands: Command[] = [declareKin, endKin];
