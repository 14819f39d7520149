import 'server-only';
import { type Command, command } from '@/lib/platform/command';
import { newIdAt } from '@/lib/platform/ids';
import { refuse } from '@/lib/platform/refusal';
import { canDeclareKin, canEndKin } from '../policy';
import { declareKinInput, endKinInput } from '../schema';
import { tellDeclared } from './notices';

/**
 * Declares two residents of the village near kin: neither verifies what the other's household reports. Both households
 * are told, and whoever declares it hears neither of them from then on (prisma/functions/hearing.sql).
 */
export const declareKin = command({
  name: 'declare-kin',
  title: '登记近亲属',
  seat: 'desk',
  input: declareKinInput,
  keep: (input) => input,
  may: canDeclareKin,
  async run({ actor, input, id, now, tx, villageId }) {
    if (input.residentId === input.otherId) throw refuse('KIN_SAME_PERSON', {}, 'otherId');
    const found = await tx.resident.findMany({
      where: { villageId, id: { in: [input.residentId, input.otherId] } },
      select: { id: true, householdId: true, name: true },
    });
    const resident = found.find((one) => one.id === input.residentId);
    const other = found.find((one) => one.id === input.otherId);
    if (!resident || !other) throw refuse('NOT_FOUND');
    const rows = await tx.$queryRaw<{ isNew: boolean }[]>`
      select kinship_declare(${villageId}::uuid, ${newIdAt(now)}::uuid, ${input.residentId}::uuid, ${input.otherId}::uuid,
        ${actor.personId}::uuid, ${now}::timestamptz) as "isNew"`;
    if (rows[0]?.isNew) {
      await tellDeclared(tx, { villageId, causeId: id, now, by: actor.name, pair: [resident, other] });
    }
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
