import { describe, expect, it } from 'vitest';
import { newId } from '@/lib/platform/ids';
import { aVillage, TEST_NOW } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { SIMILAR_BITS_MOST } from './rules';

const { prisma } = await testDb();
const DAY_MS = 86_400_000;

async function aPhoto(villageId: string, perceptual: bigint, createdAt = TEST_NOW): Promise<string> {
  const id = newId();
  const hashes = { sourceHash: id, largeHash: id, smallHash: id };
  await prisma.photo.create({
    data: {
      ...hashes,
      villageId,
      id,
      uploadedById: newId(),
      width: 1,
      height: 1,
      bytes: 1,
      perceptual: BigInt.asIntN(64, perceptual),
      createdAt,
    },
  });
  return id;
}

async function alikeOf(villageId: string, photoId: string): Promise<Map<string, number>> {
  const rows = await prisma.photoLikeness.findMany({ where: { villageId, photoId } });
  return new Map(rows.map((row) => [row.otherId, row.distance]));
}

const SCENE = 0xf0f0_1234_9abc_5678n;
/** The scene's hash with so many bits turned, the sign among them. */
const flipped = (bits: number) => SCENE ^ (((1n << BigInt(bits - 1)) - 1n) | (1n << 63n));

describe('photos that look alike', () => {
  it('are noted both ways up to six bits, on the limit and not above it', async () => {
    const { id: village } = await aVillage({ households: 0 });
    const first = await aPhoto(village, SCENE);
    const same = await aPhoto(village, SCENE);
    const near = await aPhoto(village, flipped(SIMILAR_BITS_MOST));
    const far = await aPhoto(village, flipped(SIMILAR_BITS_MOST + 1));
    expect(await alikeOf(village, first)).toEqual(
      new Map([
        [same, 0],
        [near, SIMILAR_BITS_MOST],
      ]),
    );
    expect((await alikeOf(village, near)).get(first)).toBe(SIMILAR_BITS_MOST);
    expect((await alikeOf(village, far)).has(first)).toBe(false);
  });

  it('are not noted when too plain, too old, or of another village; and are forgotten with the photo', async () => {
    const { id: village } = await aVillage({ households: 0 });
    const { id: other } = await aVillage({ households: 0 });
    await aPhoto(village, 0n);
    await aPhoto(village, SCENE, new Date(TEST_NOW.getTime() - 401 * DAY_MS));
    await aPhoto(other, SCENE);
    expect(await alikeOf(village, await aPhoto(village, 0n))).toEqual(new Map());
    const photo = await aPhoto(village, SCENE);
    expect(await alikeOf(village, photo)).toEqual(new Map());
    const again = await aPhoto(village, SCENE);
    await prisma.photo.delete({ where: { villageId_id: { villageId: village, id: again } } });
    expect(await prisma.photoLikeness.count({ where: { villageId: village } })).toBe(0);
  });

  it('are noted when they are stored at the same moment', async () => {
    const { id: village } = await aVillage({ households: 0 });
    await Promise.all(Array.from({ length: 8 }, () => aPhoto(village, SCENE)));
    expect(await prisma.photoLikeness.count({ where: { villageId: village } })).toBe(8 * 7);
  });
});
