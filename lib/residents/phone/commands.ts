import 'server-only';
import type { Actor } from '@/lib/auth/types';
import { asRefusal, type Command, command, type Tx } from '@/lib/platform/command';
import { newId, newIdAt } from '@/lib/platform/ids';
import { refuse } from '@/lib/platform/refusal';
import { lockResident } from '../household/lock';
import { canKeepRoster, canRevealPhone } from '../policy';
import { linkPhoneInput, residentInput } from '../schema';

/**
 * Gives a member a phone to sign in with, another one, or none (sign_in.sql says who that number signs in as, and what
 * becomes of who had it). Whoever it was until now goes on stepping back where this household is concerned
 * (kinship.sql). Refuses PHONE_TAKEN, PHONE_OF_ANOTHER, ROLES_EXCLUDE.
 */
export const linkPhone = command({
  name: 'link-phone',
  title: '登记手机号',
  seat: 'desk',
  input: linkPhoneInput,
  keep: ({ residentId, phone }) => ({ residentId, isRemoved: phone === undefined }),
  may: canKeepRoster,
  async run({ actor, input: { residentId, phone }, now, tx, villageId }) {
    const { householdId } = await lockResident(tx, villageId, residentId);
    await giveNumber(tx, { villageId, residentId, phone: phone ?? null, by: actor, now });
    return { subject: householdId };
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

/** Gives a resident a number to sign in with, or none (null). What is refused stands beside the field `phone`. */
export async function giveNumber(
  tx: Tx,
  given: { villageId: string; residentId: string; phone: string | null; by: Actor; now: Date },
): Promise<void> {
  const { villageId, residentId, phone, by, now } = given;
  await tx.$executeRaw`
    select resident_link(${villageId}::uuid, ${residentId}::uuid, ${phone}::text, ${by.personId}::uuid,
      ${by.sessionId}::uuid, ${now}::timestamptz)::text`.catch((error: unknown) => {
    const refusal = asRefusal(error);
    throw refusal ? refuse(refusal.code, refusal.view.params, 'phone') : error;
  });
}

export const phoneCommands: Command[] = [linkPhone, revealPhone];
