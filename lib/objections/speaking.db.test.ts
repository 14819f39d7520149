import { describe, expect, test } from 'vitest';
import { newId } from '@/lib/platform/ids';
import { anAppointment } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { at, deductionWay, testDay } from '@/lib/testing/deduction-way';
import { aWorkingVillage, refusalOf, type WorkingVillage } from '@/lib/testing/working-village';
import { recordObjection, withdrawRecordedObjection } from './commands';

// An objection that the office writes down for a household: not by those against whose doing it is, and never without
// the household's hearing of it.

const { prisma, owner } = await testDb();

type By = { id: string };

async function world() {
  const v = await aWorkingVillage();
  const write = async (
    by: By,
    kind: string,
    subject: string,
    { household = 0, now = at(testDay(8), 12) }: { household?: number; now?: Date } = {},
  ) =>
    v.run(
      recordObjection,
      await v.actorOf(by),
      { kind, subject, householdId: v.household(household).id, body: '老人家说不对' },
      { now },
    );
  const raw = (by: By, kind: string, subject: string) =>
    owner.query(
      `insert into objection (village_id, id, number, subject_kind, subject, household_id, reporter_id, channel, body, opened_at, due_on)
       values ($1, $2, '', $3::"ObjectionSubject", $4, $5, $6, 'STEWARD', '写进去的', $7, '2099-01-01')`,
      [v.id, newId(), kind, subject, v.household(0).id, by.id, at(testDay(8), 12)],
    );
  const takeBack = async (objectionId: string, by: By) =>
    v.run(withdrawRecordedObjection, await v.actorOf(by), { objectionId }, { now: at(testDay(9)) });
  return { v, way: deductionWay(v), write, raw, takeBack };
}

const newsOf = (v: WorkingVillage, household: number) =>
  prisma.message.findMany({
    where: { villageId: v.id, personId: v.household(household).head.personId },
    orderBy: { createdAt: 'asc' },
    select: { title: true, body: true, href: true },
  });

describe('written down by the office', () => {
  test('against a deduction: by nobody who recorded, proposed or approved it', async () => {
    const { v, way, write, raw } = await world();
    const id = await way.noticed(0);
    await anAppointment(v.supervisor.id, 'STEWARD', { villageId: v.id });
    for (const by of [v.steward, v.verifier]) {
      expect(refusalOf(await write(by, 'DEDUCTION', id))).toBe('TOOK_PART');
    }
    for (const by of [v.steward, v.verifier, v.supervisor]) {
      await expect(raw(by, 'DEDUCTION', id)).rejects.toThrow(/TOOK_PART/);
    }
    expect(await way.state(id)).toBe('NOTICED');
    expect(refusalOf(await write(v.secondVerifier, 'DEDUCTION', id))).toBe(null);
  });

  test('against a returned deed: not by who returned it, but by the steward who had reported it', async () => {
    const { v, write, raw } = await world();
    const deed = await v.submitted(0, 'CIVIC-03');
    await v.giveBack(deed);
    expect(refusalOf(await write(v.verifier, 'DEED', deed))).toBe('TOOK_PART');
    await expect(raw(v.verifier, 'DEED', deed)).rejects.toThrow(/TOOK_PART/);
    expect(refusalOf(await write(v.steward, 'DEED', deed))).toBe(null);
  });

  test('is told to the household, and so is its being taken back', async () => {
    const { v, way, write, takeBack } = await world();
    const id = await way.noticed(0);
    const result = await write(v.secretary, 'DEDUCTION', id);
    const objection = result.ok ? String(result.outcome.subject) : '';
    const opened = (await newsOf(v, 0)).at(-1);
    expect(opened).toMatchObject({
      title: `${v.secretary.name}替您家提了一件异议`,
      href: `/me/objections/${objection}`,
    });
    expect(opened?.body).toContain('不是');
    expect(refusalOf(await takeBack(objection, v.secretary))).toBe(null);
    const back = (await newsOf(v, 0)).at(-1);
    expect(back).toMatchObject({
      title: `${v.secretary.name}替您家撤回了异议`,
      href: `/me/objections/${objection}`,
    });
    expect(back?.body).toContain('重新提');
    // its days run again
    expect(back?.body).toMatch(/申辩期接着算，到 2026年12月\d+日为止。/);
    // taken back, it has used up nothing
    const again = await write(v.secretary, 'DEDUCTION', id, { now: at(testDay(9), 12) });
    expect(refusalOf(again)).toBe(null);
  });

  test('is taken back by nobody who has a part in it by then, nor who has left the office', async () => {
    const { v, way, write, takeBack } = await world();
    const id = await way.posted(0);
    const result = await write(v.secondVerifier, 'DEDUCTION', id, { now: at(testDay(16)) });
    const objection = result.ok ? String(result.outcome.subject) : '';
    await way.claimRepair(id, 0, testDay(16));
    await way.refuseRepair(id, testDay(17), v.secondVerifier);
    expect(refusalOf(await takeBack(objection, v.secondVerifier))).toBe('TOOK_PART');
    await expect(
      owner.query(`select objection_withdraw($1, $2, $3, $4, $5)`, [
        v.id,
        objection,
        v.secondVerifier.id,
        newId(),
        at(testDay(18)),
      ]),
    ).rejects.toThrow(/TOOK_PART/);
    const other = await way.noticed(1);
    const second = await write(v.secretary, 'DEDUCTION', other, { household: 1 });
    const theirs = second.ok ? String(second.outcome.subject) : '';
    await prisma.appointment.updateMany({
      where: { personId: v.secretary.id },
      data: { until: new Date('2026-11-30T00:00:00Z') },
    });
    await expect(
      owner.query(`select objection_withdraw($1, $2, $3, $4, $5)`, [
        v.id,
        theirs,
        v.secretary.id,
        newId(),
        at(testDay(9)),
      ]),
    ).rejects.toThrow(/NOT_ALLOWED/);
  });
});
