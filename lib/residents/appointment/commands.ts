import 'server-only';
import { addDays, dayOf, dayToDate } from '@/lib/platform/clock';
import { type Command, command } from '@/lib/platform/command';
import { newIdAt } from '@/lib/platform/ids';
import { refuse } from '@/lib/platform/refusal';
import { lockResident } from '../household/lock';
import { canAppoint } from '../policy';
import { APPOINTABLE, appointInput, endAppointmentInput, isAppointable } from '../schema';

/**
 * Appoints a resident steward, verifier or supervisor of the village. Refuses PHONE_NEEDED, UNTIL_BEFORE_FROM, and
 * from the database (people.sql) ROLE_HELD and ROLES_EXCLUDE.
 */
export const appoint = command({
  name: 'appoint',
  title: '任命',
  seat: 'desk',
  input: appointInput,
  keep: (input) => input,
  may: canAppoint,
  async run({ actor, input, now, tx, villageId }) {
    // Locked, so that the office isn't given to who stops being the resident's person just now.
    const resident = await lockResident(tx, villageId, input.residentId);
    if (!resident.personId) throw refuse('PHONE_NEEDED');
    if (input.until && input.until < input.from) throw refuse('UNTIL_BEFORE_FROM', {}, 'until');
    if (!isAppointable(input.from, dayOf(now))) throw refuse('BAD_INPUT', {}, 'from');
    const id = newIdAt(now);
    await tx.appointment.create({
      data: {
        id,
        personId: resident.personId,
        role: input.role,
        villageId,
        from: dayToDate(input.from),
        until: input.until ? dayToDate(input.until) : null,
        appointedById: actor.personId,
        createdAt: now,
      },
      select: { id: true },
    });
    return { subject: resident.householdId, appointmentId: id };
  },
});

/** Ends an appointment at once: its last day was yesterday. */
export const endAppointment = command({
  name: 'end-appointment',
  title: '结束任期',
  seat: 'desk',
  input: endAppointmentInput,
  keep: (input) => input,
  may: canAppoint,
  async run({ input, now, tx, villageId }) {
    const yesterday = dayToDate(addDays(dayOf(now), -1));
    const found = await tx.appointment.findFirst({
      where: { id: input.appointmentId, villageId, role: { in: [...APPOINTABLE] } },
      select: { from: true },
    });
    if (!found) throw refuse('NOT_FOUND');
    // What would begin later, or begins today, never was: its last day is the one before its first.
    const dayBefore = new Date(found.from.getTime() - 86_400_000);
    const until = found.from > yesterday ? dayBefore : yesterday;
    const ended = await tx.appointment.updateMany({
      where: { id: input.appointmentId, villageId, OR: [{ until: null }, { until: { gt: until } }] },
      data: { until },
    });
    if (ended.count !== 1) throw refuse('NOT_FOUND');
    return { subject: input.appointmentId };
  },
});

export const appointmentCommands: Command[] = [appoint, endAppointment];
