import { expect, test } from 'vitest';
import { newId } from '@/lib/platform/ids';
import { TEST_NOW } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { aWorkingVillage, refusalOf, type WorkingVillage } from '@/lib/testing/working-village';

const { prisma } = await testDb();

const ITEM = 'FIVE_CLEAN-01';
const soon = new Date(TEST_NOW.getTime() + 60_000);

async function aPhoto(village: WorkingVillage, household: number): Promise<string> {
  const id = newId();
  const hash = id.replaceAll('-', '').padEnd(64, '0');
  await prisma.photo.create({
    data: {
      villageId: village.id,
      id,
      uploadedById: village.household(household).head.personId,
      sourceHash: hash,
      largeHash: hash,
      smallHash: hash,
      width: 1600,
      height: 1200,
      bytes: 1,
      perceptual: 0n,
      createdAt: TEST_NOW,
    },
    select: { id: true },
  });
  return id;
}

test('the photo of a deed that came back or was withdrawn proves the next report, and then nothing else', async () => {
  const village = await aWorkingVillage();
  const photo = await aPhoto(village, 0);
  const first = await village.submitted(0, ITEM, { photos: [photo] });
  expect(refusalOf(await village.submit(0, ITEM, { photos: [photo] }))).toBe('PHOTO_USED');
  await village.giveBack(first, '日期不对，请改好再报');
  const second = await village.submitted(0, ITEM, { photos: [photo] });
  expect(refusalOf(await village.submit(0, ITEM, { photos: [photo] }))).toBe('PHOTO_USED');
  await village.withdraw(second, 0);
  const third = await village.submitted(0, ITEM, { photos: [photo] });
  await village.approve(third);
  expect(refusalOf(await village.submit(0, ITEM, { photos: [photo] }))).toBe('PHOTO_USED');
});

test('a return is not undone once the same photos were sent again; without that it is', async () => {
  const village = await aWorkingVillage();
  const photo = await aPhoto(village, 0);
  const first = await village.submitted(0, ITEM, { photos: [photo] });
  await village.giveBack(first);
  const second = await village.submitted(0, ITEM, { photos: [photo] });
  expect(refusalOf(await village.undo(first, village.verifier, { now: soon }))).toBe('REPORTED_AGAIN');
  await village.withdraw(second, 0);
  expect(refusalOf(await village.undo(first, village.verifier, { now: soon }))).toBeNull();
  const states = await prisma.deed.findMany({
    where: { villageId: village.id },
    select: { id: true, state: true },
  });
  expect(new Map(states.map((one) => [one.id, one.state]))).toEqual(
    new Map([
      [first, 'SUBMITTED'],
      [second, 'WITHDRAWN'],
    ]),
  );
});
