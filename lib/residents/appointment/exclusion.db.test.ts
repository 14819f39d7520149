import { describe, expect, test } from 'vitest';
import { behindTheScenes } from '@/lib/lists/testing/listed-village';
import { dayToDate } from '@/lib/platform/clock';
import { testDb } from '@/lib/testing/database';
import { testDay } from '@/lib/testing/deduction-way';
import { aWorkingVillage } from '@/lib/testing/working-village';

// One person is not two pairs of eyes.

const { prisma, owner } = await testDb();

describe('a supervisor', () => {
  test('is neither secretary nor verifier of the village', async () => {
    const v = await aWorkingVillage();
    const refused = (person: { id: string }, role: 'SUPERVISOR' | 'SECRETARY' | 'VERIFIER') =>
      owner.query(
        `insert into appointment (id, person_id, role, village_id, from_day) values (gen_random_uuid(), $1, $2::"Role", $3, $4)`,
        [person.id, role, v.id, testDay(0)],
      );
    await expect(refused(v.secretary, 'SUPERVISOR')).rejects.toThrow(/ROLES_EXCLUDE/);
    await expect(refused(v.supervisor, 'SECRETARY')).rejects.toThrow(/ROLES_EXCLUDE/);
    await expect(refused(v.supervisor, 'VERIFIER')).rejects.toThrow(/ROLES_EXCLUDE/);
  });

  test('who was both of before can be ended', async () => {
    const v = await aWorkingVillage();
    await behindTheScenes(
      owner,
      `insert into appointment (id, person_id, role, village_id, from_day) values (gen_random_uuid(), $1, 'SUPERVISOR', $2, '2026-01-01')`,
      [v.secretary.id, v.id],
    );
    const both = { personId: v.secretary.id, role: 'SUPERVISOR' as const };
    const { count } = await prisma.appointment.updateMany({
      where: both,
      data: { until: dayToDate(testDay(0)) },
    });
    expect(count).toBe(1);
  });
});
