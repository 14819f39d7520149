import { describe, expect, it } from 'vitest';
import type { Day } from '@/lib/platform/clock';
import { actorFor, anAppointment, aPerson, aVillage, TEST_NOW } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { findActor } from './reads';

const { prisma } = await testDb();
const day = (text: string) => text as Day;

describe('who asks', () => {
  it('has a role from its first to its last business day, both included', async () => {
    const village = await aVillage({ households: 1 });
    const person = await aPerson('核分丙');
    await anAppointment(
      person.id,
      'VERIFIER',
      { villageId: village.id },
      {
        from: day('2026-11-24'),
        until: day('2026-11-25'),
      },
    );
    // Midnight in Shanghai is four in the afternoon before in UTC.
    const moments: [string, boolean][] = [
      ['2026-11-23T15:59:59Z', false],
      ['2026-11-23T16:00:00Z', true],
      ['2026-11-25T15:59:59Z', true],
      ['2026-11-25T16:00:00Z', false],
    ];
    for (const [at, held] of moments) {
      const actor = await actorFor(person, { at: new Date(at) });
      expect([at, actor.desk !== null]).toEqual([at, held]);
    }
  });

  it('loses a removed role, a moved-out household at the next request of the same session', async () => {
    const village = await aVillage({ households: 1 });
    const verifier = await actorFor(village.verifier);
    const head = await actorFor(village.household(0).head.personId);
    await prisma.appointment.updateMany({
      where: { personId: verifier.personId },
      data: { until: new Date('2026-11-23') },
    });
    await prisma.resident.updateMany({
      where: { personId: head.personId },
      data: { leftOn: new Date('2026-11-24') },
    });
    expect((await findActor(prisma, verifier.sessionId, TEST_NOW))?.desk).toBeNull();
    expect((await findActor(prisma, head.sessionId, TEST_NOW))?.resident).toBeNull();
  });

  it('sits at the chosen desk while holding it, else at the first', async () => {
    const [first, second] = [await aVillage({ households: 1 }), await aVillage({ households: 1 })];
    const person = await aPerson('核分丙');
    await anAppointment(person.id, 'VERIFIER', { villageId: first.id });
    const id = await anAppointment(person.id, 'STEWARD', { villageId: second.id });
    await anAppointment(person.id, 'SECRETARY', { villageId: second.id });
    const chosen = await actorFor(person, { deskVillageId: second.id });
    expect(chosen.desk).toEqual({ villageId: second.id, roles: ['SECRETARY', 'STEWARD'] });
    expect(chosen.desks).toHaveLength(2);
    expect((await actorFor(person)).desk?.villageId).toBe(first.id);
    await prisma.appointment.updateMany({
      where: { personId: person.id, villageId: second.id },
      data: { until: new Date('2026-01-01') },
    });
    expect(id).toBeTruthy();
    expect((await findActor(prisma, chosen.sessionId, TEST_NOW))?.desk?.villageId).toBe(first.id);
  });

  it('has office and shop by appointment; the district before the township', async () => {
    const village = await aVillage({ households: 1 });
    const person = await aPerson('镇干部');
    await anAppointment(person.id, 'TOWNSHIP', { townshipId: village.townshipId });
    expect((await actorFor(person)).office).toEqual({
      level: 'TOWNSHIP',
      id: village.townshipId,
      name: '测试镇',
    });
    await anAppointment(person.id, 'DISTRICT', { districtId: village.districtId });
    expect((await actorFor(person)).office?.level).toBe('DISTRICT');
  });

  it('is nobody without a session that is there', async () => {
    expect(await findActor(prisma, '018f0000-0000-7000-8000-000000000000', TEST_NOW)).toBeNull();
    expect(await findActor(prisma, 'nonsense', TEST_NOW)).toBeNull();
  });
});
