import 'server-only';
import type { Actor } from '@/lib/auth/types';
import { dayOf, dayToDate } from '@/lib/platform/clock';
import { type Command, command, type Tx } from '@/lib/platform/command';
import { newIdAt } from '@/lib/platform/ids';
import { refuse } from '@/lib/platform/refusal';
import { appointmentCommands } from './appointment/commands';
import { exportCommands } from './export/commands';
import { lockHousehold, lockResident } from './household/lock';
import { kinCommands } from './kin/commands';
import { giveNumber, phoneCommands } from './phone/commands';
import { spellName } from './pinyin';
import { canKeepRoster } from './policy';
import { householdCode, sayFacts, shownOf } from './rules';
import {
  addHouseholdInput,
  addResidentInput,
  changeHouseholdInput,
  changeResidentInput,
  residentInput,
} from './schema';
import type { Relation } from './types';

// The roster. Nothing here is deleted: who leaves gets a day on which they left, and what they did stays theirs.
// Commands that move someone's place in a household lock the household's row first, so that two of them at once
// can't leave it with two heads or none.

/** Takes a household into the roster with its head; its code is the next free number of its group. */
export const addHousehold = command({
  name: 'add-household',
  title: '登记一户',
  seat: 'desk',
  input: addHouseholdInput,
  keep: ({ groupId }) => ({ groupId }),
  may: canKeepRoster,
  async run({ actor, input, now, tx, villageId }) {
    const code = await nextCode(tx, villageId, input.groupId);
    const id = newIdAt(now);
    await tx.household.create({
      data: { villageId, id, groupId: input.groupId, code, doorNumber: input.doorNumber, createdAt: now },
      select: { id: true },
    });
    await createResident(
      tx,
      { villageId, householdId: id, by: actor, now },
      {
        name: input.headName,
        relation: 'HEAD',
        birthYear: input.birthYear,
        phone: input.phone,
      },
    );
    return { subject: id, code };
  },
});

/**
 * Changes a household's door number and what exempts it from deductions. Refuses HOUSEHOLD_CHANGED where the form showed
 * something else than what is kept now: it would undo, unseen, what somebody has decided since.
 */
export const changeHousehold = command({
  name: 'change-household',
  title: '修改户的资料',
  seat: 'desk',
  input: changeHouseholdInput,
  keep: ({ shown: _, ...input }) => input,
  may: canKeepRoster,
  async run({ input: { householdId, shown, ...data }, tx, villageId }) {
    await lockHousehold(tx, villageId, householdId);
    const where = { villageId_id: { villageId, id: householdId } };
    const { doorNumber, ...flags } = await tx.household.findUniqueOrThrow({
      where,
      select: { doorNumber: true, isFiveGuarantee: true, isDisabled: true, isAbsent: true },
    });
    if (shown !== shownOf({ doorNumber, flags })) {
      throw refuse('HOUSEHOLD_CHANGED', { now: sayFacts({ doorNumber, flags }) });
    }
    await tx.household.update({ where, data, select: { id: true } });
    return { subject: householdId };
  },
});

/** Takes a member into a household. As head, the head until now becomes another member. */
export const addResident = command({
  name: 'add-resident',
  title: '登记一位村民',
  seat: 'desk',
  input: addResidentInput,
  keep: ({ householdId, relation }) => ({ householdId, relation }),
  may: canKeepRoster,
  async run({ actor, input: { householdId, ...who }, now, tx, villageId }) {
    await lockHousehold(tx, villageId, householdId);
    if (who.relation === 'HEAD') await stepDown(tx, villageId, householdId);
    const residentId = await createResident(tx, { villageId, householdId, by: actor, now }, who);
    return { subject: householdId, residentId };
  },
});

/** Changes a member's name, birth year and relation to the head. */
export const changeResident = command({
  name: 'change-resident',
  title: '修改村民资料',
  seat: 'desk',
  input: changeResidentInput,
  keep: ({ residentId, relation }) => ({ residentId, relation }),
  may: canKeepRoster,
  async run({ input, tx, villageId }) {
    const resident = await lockResident(tx, villageId, input.residentId);
    if (resident.relation === 'HEAD' && input.relation !== 'HEAD') {
      throw refuse('HEAD_IS_CHOSEN', {}, 'relation');
    }
    if (input.relation === 'HEAD' && resident.relation !== 'HEAD') {
      await stepDown(tx, villageId, resident.householdId);
    }
    await tx.resident.update({
      where: { villageId_id: { villageId, id: input.residentId } },
      data: {
        name: input.name,
        ...spellName(input.name),
        relation: input.relation,
        birthYear: input.birthYear ?? null,
      },
      select: { id: true },
    });
    return { subject: resident.householdId };
  },
});

/**
 * Records that a member has moved out or died; the last one closes the household. They can't sign in for it any more, the
 * offices the village gave them end, and their number is free for another entry (sign_in.sql).
 */
export const moveOutResident = command({
  name: 'move-out-resident',
  title: '登记迁出',
  seat: 'desk',
  input: residentInput,
  keep: (input) => input,
  may: canKeepRoster,
  async run({ actor, input, now, tx, villageId }) {
    const resident = await lockResident(tx, villageId, input.residentId);
    const { householdId, personId } = resident;
    const others = await tx.resident.count({
      where: { villageId, householdId, leftOn: null, id: { not: input.residentId } },
    });
    if (resident.relation === 'HEAD' && others > 0) throw refuse('HEAD_MUST_STAY');
    const leftOn = dayToDate(dayOf(now));
    await tx.resident.update({
      where: { villageId_id: { villageId, id: input.residentId } },
      data: { leftOn },
      select: { id: true },
    });
    if (personId) {
      await tx.$executeRaw`
        select person_after_unlink(${villageId}::uuid, ${personId}::uuid, ${actor.sessionId}::uuid,
          ${now}::timestamptz)::text`;
    }
    if (others === 0) {
      await tx.household.update({
        where: { villageId_id: { villageId, id: householdId } },
        data: { leftOn },
        select: { id: true },
      });
    }
    return { subject: householdId, householdLeft: others === 0 };
  },
});

async function nextCode(tx: Tx, villageId: string, groupId: string): Promise<string> {
  const groups = await tx.$queryRaw<{ number: number }[]>`
    select number from village_group where village_id = ${villageId}::uuid and id = ${groupId}::uuid for update`;
  const group = groups[0];
  if (!group) throw refuse('NOT_FOUND');
  const last = await tx.household.findFirst({
    where: { villageId, code: { startsWith: `${householdCode(group.number, 0).slice(0, 3)}` } },
    orderBy: { code: 'desc' },
    select: { code: true },
  });
  const number = Number(last?.code.slice(3) ?? 0) + 1;
  if (number > 999) throw refuse('GROUP_FULL');
  return householdCode(group.number, number);
}

async function stepDown(tx: Tx, villageId: string, householdId: string): Promise<void> {
  await tx.resident.updateMany({
    where: { villageId, householdId, relation: 'HEAD', leftOn: null },
    data: { relation: 'OTHER' },
  });
}

interface NewResident {
  name: string;
  relation: Relation;
  birthYear: number | undefined;
  phone: string | undefined;
}

async function createResident(
  tx: Tx,
  where: { villageId: string; householdId: string; by: Actor; now: Date },
  who: NewResident,
): Promise<string> {
  const { villageId, householdId, by, now } = where;
  const id = newIdAt(now);
  await tx.resident.create({
    data: {
      villageId,
      id,
      householdId,
      name: who.name,
      ...spellName(who.name),
      relation: who.relation,
      birthYear: who.birthYear ?? null,
      createdAt: now,
    },
    select: { id: true },
  });
  if (who.phone) await giveNumber(tx, { villageId, residentId: id, phone: who.phone, by, now });
  return id;
}

export const residentCommands: Command[] = [
  addHousehold,
  changeHousehold,
  addResident,
  changeResident,
  moveOutResident,
  ...phoneCommands,
  ...exportCommands,
  ...kinCommands,
  ...appointmentCommands,
];
