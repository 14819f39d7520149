import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Actor } from '@/lib/auth/types';
import { sweepShopPhotos } from '@/lib/jobs/sweep-photos';
import { stopDecoders } from '@/lib/photos/decoder';
import { runCommand } from '@/lib/platform/command';
import { newId } from '@/lib/platform/ids';
import { openDiskStore, photoStore, usePhotoStore } from '@/lib/platform/storage';
import {
  actorFor,
  anAppointment,
  aPerson,
  aVillage,
  TEST_DAY,
  TEST_NOW,
  type VillageBuilt,
} from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { A_HEIC_HEAD, AN_SVG, aBombPng, aJpeg, SECRET_WORDS } from '@/lib/testing/photo-corpus';
import { aShop, type ShopBuilt } from '@/lib/testing/shop';
import { attachMerchantPhoto, proveShopPhoto } from './attach';
import { storeShopPhoto } from './commands';
import { answerShopPhoto, answerShopPhotoUpload } from './http';

const { prisma, owner } = await testDb();
vi.setConfig({ testTimeout: 120_000 });

const folder = await mkdtemp(join(tmpdir(), 'cunfen-shop-photos-'));
let v: VillageBuilt;
let shop: ShopBuilt;
let keeper: Actor;
let secretary: Actor;
let township: Actor;
let stranger: Actor;

beforeAll(async () => {
  usePhotoStore(openDiskStore(folder, '.jpg'));
  v = await aVillage();
  shop = await aShop(v);
  keeper = await actorFor(shop.staff);
  secretary = await actorFor(v.secretary);
  const official = await aPerson('镇上');
  await anAppointment(official.id, 'TOWNSHIP', { townshipId: v.townshipId });
  township = await actorFor(official);
  const other = await aVillage();
  stranger = await actorFor((await aShop(other)).staff);
});
afterAll(async () => {
  stopDecoders();
  await rm(folder, { recursive: true, force: true });
});

const traces = async () => ({
  files: (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((one) => one.isFile())
    .map((one) => one.name)
    .sort(),
  photos: await prisma.merchantPhoto.count(),
  log: await prisma.commandLog.count({ where: { name: 'store-shop-photo' } }),
});

async function upload(
  bytes: Uint8Array,
  { actor = keeper as Actor | null, purpose = 'OFFER', merchant = '', id = newId(), headers = {} } = {},
) {
  const query = new URLSearchParams({ purpose, ...(merchant ? { merchant } : {}) });
  const request = new Request(`http://village.test/api/shop-photos?${query}`, {
    method: 'POST',
    headers: { 'sec-fetch-site': 'same-origin', 'content-type': 'image/jpeg', 'x-photo-id': id, ...headers },
    body: new Uint8Array(bytes),
  });
  const response = await answerShopPhotoUpload(request, { actor, address: '', now: TEST_NOW });
  const answer = (await response.json()) as { ok: boolean; repeated?: boolean; refusal?: { code: string } };
  return { status: response.status, id, ...answer };
}

const seen = async (id: string, actor: Actor | null) =>
  answerShopPhoto(new Request(`http://village.test/api/shop-photos/${id}?size=large`), id, actor);
const statusOf = async (id: string, actor: Actor | null) => (await seen(id, actor)).status;

const named = (id: string) =>
  prisma.merchant.update({ where: { id: shop.id }, data: { frontPhotoId: id }, select: { id: true } });

describe('a picture of a shop', () => {
  it('is taken in once, without metadata, and is everybody’s once the admitted shop shows it', async () => {
    const bytes = await aJpeg({ seed: 201 });
    const sent = await upload(bytes, { purpose: 'FRONT' });
    expect(sent).toMatchObject({ ok: true, repeated: false });
    expect(await upload(bytes, { purpose: 'FRONT', id: sent.id })).toMatchObject({
      ok: true,
      repeated: true,
    });
    expect(await statusOf(sent.id, null)).toBe(404);
    expect(await statusOf(sent.id, keeper)).toBe(200);
    expect(await statusOf(sent.id, township)).toBe(404);
    await named(sent.id);
    const response = await seen(sent.id, null);
    expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'public, max-age=3600']);
    const text = Buffer.from(await response.arrayBuffer()).toString('latin1');
    for (const word of [...SECRET_WORDS, 'Exif', 'GPS']) expect(text).not.toContain(word);
    for (const [state, status] of [
      ['APPLIED', 404],
      ['REJECTED', 404],
      ['LEFT', 404],
      ['SUSPENDED', 200],
      ['ADMITTED', 200],
    ] as const) {
      await owner.query(
        `begin; set local session_replication_role = replica; update merchant set state = '${state}' where id = '${shop.id}'; commit`,
      );
      expect([state, await statusOf(sent.id, null)]).toEqual([state, status]);
      expect([state, await statusOf(sent.id, township)]).toEqual([state, 200]);
      expect([state, await statusOf(sent.id, stranger)]).toEqual([state, status]);
    }
  });

  it('is sent by whom it concerns alone', async () => {
    const bytes = await aJpeg({ seed: 202 });
    const before = await traces();
    const refused = async (options: Parameters<typeof upload>[1], code: string) =>
      expect([options, (await upload(bytes, options)).refusal?.code]).toEqual([options, code]);
    await refused({ actor: null }, 'SIGN_IN_FIRST');
    await refused({ actor: stranger, merchant: shop.id }, 'NOT_ALLOWED');
    await refused({ actor: secretary, merchant: shop.id, purpose: 'OFFER' }, 'NOT_ALLOWED');
    await refused({ actor: await actorFor(v.supervisor), merchant: shop.id, purpose: 'SLIP' }, 'NOT_ALLOWED');
    await refused({ actor: township, merchant: shop.id, purpose: 'SLIP' }, 'NOT_ALLOWED');
    await refused({ actor: township, purpose: 'DOCUMENT' }, 'NOT_ALLOWED');
    await refused({ purpose: 'SLIP' }, 'NOT_ALLOWED');
    await refused({ purpose: 'ELSE' }, 'NOT_ALLOWED');
    await refused({ headers: { 'sec-fetch-site': 'cross-site' } }, 'CROSS_SITE');
    await refused({ id: 'photo' }, 'BAD_INPUT');
    expect(await traces()).toEqual(before);
  });

  it('of a payment is the village’s and the shop’s; a document the township’s too', async () => {
    const slip = await upload(await aJpeg({ seed: 203 }), {
      actor: secretary,
      purpose: 'SLIP',
      merchant: shop.id,
    });
    const paper = await upload(await aJpeg({ seed: 204 }), {
      actor: secretary,
      purpose: 'DOCUMENT',
      merchant: shop.id,
    });
    expect([slip.ok, paper.ok]).toEqual([true, true]);
    for (const { id } of [slip, paper])
      expect([await statusOf(id, keeper), await statusOf(id, secretary)]).toEqual([404, 200]);
    await prisma.$executeRaw`select incentive_give(${newId()}::uuid, ${v.id}::uuid, ${shop.id}::uuid, 'RENT', '减租', null,
      ${TEST_DAY}::date, null, '', ${paper.id}::uuid, null, ${v.secretary.id}::uuid, ${TEST_NOW})`;
    const who = [
      keeper,
      await actorFor(v.supervisor),
      township,
      stranger,
      await actorFor(v.household(0).head.personId),
      null,
    ];
    const statuses = [];
    for (const actor of who) statuses.push(await statusOf(paper.id, actor));
    expect(statuses).toEqual([200, 200, 200, 404, 404, 404]);
  });

  it.each([
    ['an SVG', () => AN_SVG, 'PHOTO_NOT_A_PHOTO'],
    ['a HEIC', () => A_HEIC_HEAD, 'PHOTO_HEIC'],
    ['nothing', () => new Uint8Array(), 'PHOTO_MISSING'],
    ['a JPEG cut in half', async () => (await aJpeg()).subarray(0, 4000), 'PHOTO_UNREADABLE'],
    ['a bomb', () => aBombPng(12_000), 'PHOTO_TOO_MANY_PIXELS'],
    ['8 MB and one byte', () => new Uint8Array(8 * 1024 * 1024 + 1), 'PHOTO_TOO_LARGE'],
  ] as [string, () => Uint8Array | Promise<Uint8Array>, string][])(
    '%s is refused and leaves nothing',
    async (_what, make, code) => {
      const before = await traces();
      expect((await upload(await make())).refusal?.code).toBe(code);
      expect(await traces()).toEqual(before);
    },
  );

  it('is recorded only as the server saw it', async () => {
    const facts = {
      sourceHash: 'a'.repeat(64),
      largeHash: 'b'.repeat(64),
      smallHash: 'c'.repeat(64),
      width: 9,
      height: 9,
      bytes: 9,
    };
    const id = newId();
    const proof = proveShopPhoto({
      id,
      merchantId: shop.id,
      purpose: 'OFFER',
      personId: keeper.personId,
      facts,
    });
    for (const [change, code] of [
      [{ purpose: 'FRONT' }, 'NOT_ALLOWED'],
      [{ width: 10 }, 'NOT_ALLOWED'],
      [{ proof: 'x' }, 'NOT_ALLOWED'],
    ] as const) {
      const input = { ...facts, purpose: 'OFFER', merchantId: shop.id, proof, ...change };
      const result = await runCommand(storeShopPhoto, { actor: keeper, id, input, now: TEST_NOW });
      expect(result).toMatchObject({ ok: false, refusal: { code } });
    }
  });
});

describe('what names a picture', () => {
  it('names one of its own merchant and purpose', async () => {
    const offer = await upload(await aJpeg({ seed: 211 }));
    await expect(named(offer.id)).rejects.toThrow(/PHOTO_NOT_YOURS/);
    await expect(named(newId())).rejects.toThrow(/PHOTO_NOT_YOURS/);
    const take = (more: object) =>
      prisma.$transaction((tx) =>
        attachMerchantPhoto(tx, {
          photoId: offer.id,
          merchantId: shop.id,
          purpose: 'OFFER',
          personId: keeper.personId,
          ...more,
        }),
      );
    await take({});
    await expect(take({ personId: stranger.personId })).rejects.toThrow('PHOTO_NOT_YOURS');
    await expect(take({ merchantId: stranger.shop?.merchantId })).rejects.toThrow('PHOTO_NOT_YOURS');
    await expect(take({ purpose: 'FRONT' })).rejects.toThrow('PHOTO_NOT_YOURS');
  });

  it('keeps it: what nothing names is swept after a day, with its files, and shared files stay', async () => {
    const bytes = await aJpeg({ seed: 212 });
    const kept = await upload(bytes, { purpose: 'FRONT' });
    const loose = await upload(bytes, { purpose: 'OFFER' });
    const alone = await upload(await aJpeg({ seed: 213 }), { purpose: 'OFFER' });
    await named(kept.id);
    const files = async (id: string) => {
      const row = await prisma.merchantPhoto.findUnique({ where: { id } });
      return row ? [row.largeHash, row.smallHash] : [];
    };
    const [ofKept, ofAlone] = [await files(kept.id), await files(alone.id)];
    await sweepShopPhotos(new Date(TEST_NOW.getTime() + 23 * 3_600_000));
    expect(await prisma.merchantPhoto.count({ where: { id: { in: [loose.id, alone.id] } } })).toBe(2);
    await sweepShopPhotos(new Date(TEST_NOW.getTime() + 25 * 3_600_000));
    expect(
      await prisma.merchantPhoto.findMany({
        where: { id: { in: [kept.id, loose.id, alone.id] } },
        select: { id: true },
      }),
    ).toEqual([{ id: kept.id }]);
    for (const address of ofKept) expect(await photoStore().has(address)).toBe(true);
    for (const address of ofAlone) expect(await photoStore().has(address)).toBe(false);
    await expect(prisma.merchantPhoto.delete({ where: { id: kept.id } })).rejects.toThrow(/stays/);
    await expect(prisma.merchantPhoto.update({ where: { id: kept.id }, data: { bytes: 1 } })).rejects.toThrow(
      /stays/,
    );
  });
});
