import {
  approveDeduction,
  dropDeduction,
  dropMended,
  postDeduction,
  proposeDeduction,
  recordDeduction,
  warnDeduction,
} from '@/lib/deductions/commands';
import {
  answerDeduction,
  claimRepair,
  confirmRepair,
  hearDeduction,
  refuseRepair,
} from '@/lib/deductions/hearing';
import { addDays, type Day, startOfDay } from '@/lib/platform/clock';
import type { CommandResult } from '@/lib/platform/command';
import { db } from '@/lib/platform/db';
import { newId } from '@/lib/platform/ids';
import { TEST_DAY } from './builders';
import type { WorkingVillage } from './working-village';

/** A moment of a business day in Shanghai, ten in the morning unless told otherwise: hours may be a fraction. */
export function at(day: Day, hours = 10): Date {
  return new Date(startOfDay(day).getTime() + hours * 3_600_000);
}

/** A day relative to the tests' day. */
export function testDay(days: number): Day {
  return addDays(TEST_DAY, days);
}

type By = { id: string };

/** A stored photo of someone, without its files: what a form would name. */
export async function aStoredPhoto(villageId: string, personId: string): Promise<string> {
  const id = newId();
  const hash = id.replaceAll('-', '').padEnd(64, '0');
  await db().photo.create({
    data: {
      villageId,
      id,
      uploadedById: personId,
      sourceHash: hash,
      largeHash: hash,
      smallHash: hash,
      width: 4,
      height: 3,
      bytes: 1,
      perceptual: 0n,
    },
    select: { id: true },
  });
  return id;
}

/** The verbs of a deduction's life in a village. Days are those of the tests' calendar. */
export function deductionWay(v: Omit<WorkingVillage, 'withdraw'>) {
  const ask = (now: Date, id?: string) => ({ now, ...(id ? { id } : {}) });
  const way = {
    async record(
      household: number,
      code = 'HOME-04',
      more: Record<string, unknown> = {},
      by: By = v.steward,
      now = at(testDay(0)),
    ): Promise<CommandResult> {
      return v.run(
        recordDeduction,
        await v.actorOf(by),
        {
          householdId: v.household(household).id,
          itemId: v.item(code),
          seenOn: testDay(0),
          seenBy: '巡查组两人',
          facts: '院坝门口堆着旧木料，占了半条路',
          ...more,
        },
        { now },
      );
    },
    async recorded(
      ...args: [household: number, code?: string, more?: Record<string, unknown>, by?: By, now?: Date]
    ): Promise<string> {
      const result = await way.record(...args);
      if (!result.ok) throw new Error(`refused: ${result.refusal.code}`);
      return String(result.outcome.subject);
    },
    async warn(
      deductionId: string,
      recheckOn = testDay(7),
      more: Record<string, unknown> = {},
      by: By = v.steward,
      now = at(testDay(0), 11),
    ): Promise<CommandResult> {
      return v.run(
        warnDeduction,
        await v.actorOf(by),
        { deductionId, how: ['PHONE'], recheckOn, ...more },
        ask(now),
      );
    },
    async mended(deductionId: string, day = testDay(7), by: By = v.steward) {
      return v.run(dropMended, await v.actorOf(by), { deductionId, reason: '门口清干净了' }, ask(at(day)));
    },
    async propose(deductionId: string, day = testDay(7), by: By = v.verifier, photos: string[] = []) {
      return v.run(proposeDeduction, await v.actorOf(by), { deductionId, photos }, ask(at(day)));
    },
    async approve(
      deductionId: string,
      day = testDay(7),
      by: By = v.supervisor,
      more: Record<string, unknown> = {},
    ) {
      const input = { deductionId, how: ['PHONE', 'HAND'], ...more };
      return v.run(approveDeduction, await v.actorOf(by), input, ask(at(day, 11)));
    },
    async drop(deductionId: string, day = testDay(7), by: By = v.supervisor) {
      return v.run(dropDeduction, await v.actorOf(by), { deductionId, reason: '证据不够' }, ask(at(day)));
    },
    async post(deductionId: string, now: Date, by: By = v.verifier) {
      return v.run(postDeduction, await v.actorOf(by), { deductionId }, ask(now));
    },
    async answer(deductionId: string, household: number, day: Day, more: Record<string, unknown> = {}) {
      return v.run(
        answerDeduction,
        await v.actorOf(v.household(household).head.personId),
        { deductionId, answer: '木料是修房子用的，这几天就搬完', ...more },
        ask(at(day)),
      );
    },
    async hear(deductionId: string, outcome: 'UPHELD' | 'REJECTED', day: Day, by: By = v.secretary) {
      const input = { deductionId, outcome, reason: '看过现场，也问过邻居' };
      return v.run(hearDeduction, await v.actorOf(by), input, ask(at(day)));
    },
    async claimRepair(deductionId: string, household: number, day: Day) {
      const person = v.household(household).head.personId;
      const photos = [await aStoredPhoto(v.id, person)];
      return v.run(
        claimRepair,
        await v.actorOf(person),
        { deductionId, note: '都搬走了', photos },
        ask(at(day)),
      );
    },
    async confirmRepair(deductionId: string, day: Day, by: By = v.verifier) {
      return v.run(confirmRepair, await v.actorOf(by), { deductionId }, ask(at(day)));
    },
    async refuseRepair(deductionId: string, day: Day, by: By = v.verifier) {
      return v.run(refuseRepair, await v.actorOf(by), { deductionId, reason: '路边还有一堆' }, ask(at(day)));
    },
    /** recorded, warned, proposed and approved: the household's days run from `testDay(7)` to `testDay(14)` */
    async noticed(household: number): Promise<string> {
      const id = await way.recorded(household);
      for (const result of [await way.warn(id), await way.propose(id), await way.approve(id)]) {
        if (!result.ok) throw new Error(`refused: ${result.refusal.code}`);
      }
      return id;
    },
    /** the same, posted on `testDay(15)` */
    async posted(household: number): Promise<string> {
      const id = await way.noticed(household);
      const result = await way.post(id, at(testDay(15)));
      if (!result.ok) throw new Error(`refused: ${result.refusal.code}`);
      return id;
    },
    /** one of an item without a warning or with one, seen on a day and gone its whole way by posting */
    async postedFor(household: number, code: string, seenOn: Day): Promise<string> {
      const photos = code === 'AGRI_ECO-03' ? [await aStoredPhoto(v.id, v.steward.id)] : [];
      const id = await way.recorded(household, code, { seenOn, photos }, v.steward, at(seenOn));
      await way.warn(id, addDays(seenOn, 7), {}, v.steward, at(seenOn, 11));
      for (const result of [
        await way.propose(id, addDays(seenOn, 7)),
        await way.approve(id, addDays(seenOn, 7)),
        await way.post(id, at(addDays(seenOn, 15))),
      ]) {
        if (!result.ok) throw new Error(`refused: ${result.refusal.code}`);
      }
      return id;
    },
    async state(id: string): Promise<string> {
      const row = await db().deduction.findUniqueOrThrow({
        where: { villageId_id: { villageId: v.id, id } },
        select: { state: true },
      });
      return row.state;
    },
  };
  return way;
}
