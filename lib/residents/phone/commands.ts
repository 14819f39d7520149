import 'server-only';
import { type Command, command, type Tx } from '@/lib/platform/command';
import { databaseFault } from '@/lib/platform/db';
import { newId, newIdAt } from '@/lib/platform/ids';
import { refuse } from '@/lib/platform/refusal';
import { lockResident } from '../household/lock';
import { canKeepRoster, canRevealPhone } from '../policy';
import { linkPhoneInput, residentInput } from '../schema';

/**
 * Gives a member a phone to sign in with, another one, or none. A number is a person's and is never rewritten here: a
 * new number is another person, so a village can't take over what someone is elsewhere. Whoever it was until now goes on
 * stepping back where this household is concerned (kinship.sql).
 */
export const linkPhone = command({
  name: 'link-phone',
  title: '登记手机号',
  seat: 'desk',
  input: linkPhoneInput,
  keep: ({ residentId, phone }) => ({ residentId, isRemoved: phone === undefined }),
  may: canKeepRoster,
  async run({ input, now, tx, villageId }) {
    const resident = await lockResident(tx, villageId, input.residentId);
    const personId = input.phone ? await personOfPhone(tx, input.phone, resident.name, now) : null;
    await tx.resident
      .update({
        where: { villageId_id: { villageId, id: input.residentId } },
        data: { personId },
        select: { id: true },
      })
      .catch(asPhoneTaken);
    return { subject: resident.householdId };
  },
});

/** Shows a member's phone number to the one who asks, for a few minutes; that it was read is kept for ever. */
export const revealPhone = command({
  name: 'reveal-phone',
  title: '查看手机号',
  seat: 'desk',
  input: residentInput,
  keep: (input) => input,
  may: canRevealPhone,
  async run({ actor, input, now, tx, villageId }) {
    const resident = await tx.resident.findUnique({
      where: { villageId_id: { villageId, id: input.residentId } },
      select: { householdId: true, personId: true },
    });
    if (!resident?.personId) throw refuse('NOT_FOUND');
    await tx.accessLog.create({
      data: {
        villageId,
        id: newId(),
        personId: actor.personId,
        what: 'phone',
        subject: input.residentId,
        readAt: now,
      },
      select: { id: true },
    });
    return { subject: resident.householdId };
  },
});

/** The person of a number, made when nobody has it yet. */
export async function personOfPhone(tx: Tx, phone: string, name: string, now: Date): Promise<string> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    insert into person as p (id, name, phone, created_at) values (${newIdAt(now)}::uuid, ${name}, ${phone}, ${now})
    on conflict (phone) do update set phone = p.phone
    returning id`;
  if (!rows[0]) throw new Error('a person was neither found nor made');
  return rows[0].id;
}

/** Turns the database's "one member a person" into PHONE_TAKEN. */
export function asPhoneTaken(error: unknown): never {
  if (databaseFault(error)?.constraint === 'resident_village_id_person_id_key') {
    throw refuse('PHONE_TAKEN', {}, 'phone');
  }
  throw error;
}

export const phoneCommands: Command[] = [linkPhone, revealPhone];
