import 'server-only';
import { type Command, command } from '@/lib/platform/command';
import { newId } from '@/lib/platform/ids';
import { nothingInput } from '../schema';

/** Lets a resident fetch all that is kept about the household, in the next minutes; that it was read is kept. */
export const exportHousehold = command({
  name: 'export-household',
  title: '导出本户资料',
  seat: 'resident',
  input: nothingInput,
  keep: () => ({}),
  perMinute: 6,
  may: () => true,
  async run({ actor, now, tx, villageId }) {
    const subject = actor.resident.householdId;
    await tx.accessLog.create({
      data: {
        villageId,
        id: newId(),
        personId: actor.personId,
        what: 'household-export',
        subject,
        readAt: now,
      },
      select: { id: true },
    });
    return { subject };
  },
});

export const exportCommands: Command[] = [exportHousehold];
