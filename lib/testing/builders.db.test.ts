import { expect, it } from 'vitest';
import { actorFor, anAppointment, aVillage } from './builders';
import { testDb } from './database';

await testDb();

it('builds a village whose people have the seats they should', async () => {
  const village = await aVillage({ households: 12 });
  const home = village.household(11);
  expect(home.code).toBe('02-006');
  const head = await actorFor(home.head.personId);
  expect(head.resident).toEqual({
    villageId: village.id,
    villageName: '测试村',
    householdId: home.id,
    residentId: home.head.id,
    isHead: true,
  });
  expect(head.desk).toBeNull();
  const verifier = await actorFor(village.verifier);
  expect(verifier.desk).toEqual({ villageId: village.id, roles: ['VERIFIER'] });
  expect(verifier.resident).toBeNull();
  await anAppointment(home.head.personId, 'VERIFIER', { villageId: village.id });
  const both = await actorFor(home.head.personId);
  expect([both.desk?.roles, both.resident?.householdId]).toEqual([['VERIFIER'], home.id]);
});
