import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Actor } from '@/lib/auth/types';
import { readFormReturn } from '@/lib/platform/form-return';
import { idFromWords, newId } from '@/lib/platform/ids';
import { openDiskStore, photoStore, usePhotoStore } from '@/lib/platform/storage';
import { actorFor, aVillage, TEST_NOW, type VillageBuilt } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import {
  A_GIF,
  A_HEIC_HEAD,
  A_PDF,
  AN_AVIF_HEAD,
  AN_SVG,
  aBombPng,
  aJpeg,
  aJpegClaiming,
  aJpegWithHtml,
  aJpegWithZip,
  aTransparentPng,
  aWebp,
  SECRET_WORDS,
  SOME_HTML,
  TAKEN_AT,
} from '@/lib/testing/photo-corpus';
import { stopDecoders } from './decoder';
import { answerPhoto, answerPhotoUpload } from './http';

const { prisma } = await testDb();
vi.setConfig({ testTimeout: 120_000 });

const folder = await mkdtemp(join(tmpdir(), 'cunfen-photos-'));
let village: VillageBuilt;
let mother: Actor;
let steward: Actor;

beforeAll(async () => {
  usePhotoStore(openDiskStore(folder, '.jpg'));
  village = await aVillage();
  mother = await actorFor(village.household(0).head.personId);
  steward = await actorFor(village.steward);
});
afterAll(async () => {
  stopDecoders();
  await rm(folder, { recursive: true, force: true });
});

async function filesKept(): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
}

const traces = async () => ({
  files: (await filesKept()).sort(),
  photos: await prisma.photo.count(),
  log: await prisma.commandLog.count({ where: { name: { in: ['store-photo', 'store-desk-photo'] } } }),
});

interface Answer {
  ok: boolean;
  repeated?: boolean;
  outcome?: { subject: string; width: number; height: number };
  refusal?: { code: string; sentence: string; next: string };
}

async function upload(
  bytes: Uint8Array,
  { id = newId(), actor = mother as Actor | null, headers = {}, query = '', now = TEST_NOW } = {},
): Promise<{ status: number; answer: Answer }> {
  const request = new Request(`http://village.test/api/photos${query}`, {
    method: 'POST',
    headers: { 'sec-fetch-site': 'same-origin', 'content-type': 'image/jpeg', 'x-photo-id': id, ...headers },
    body: new Uint8Array(bytes),
  });
  const response = await answerPhotoUpload(request, { actor, address: '', now });
  return { status: response.status, answer: (await response.json()) as Answer };
}

async function fetchPhoto(id: string, actor: Actor | null, size = 'large', headers = {}): Promise<Response> {
  return answerPhoto(
    new Request(`http://village.test/api/photos/${id}?size=${size}`, { headers }),
    id,
    actor,
  );
}

async function accept(bytes: Uint8Array): Promise<string> {
  const id = newId();
  const { status, answer } = await upload(bytes, { id });
  expect(answer).toMatchObject({ ok: true, repeated: false, outcome: { subject: id } });
  expect(status).toBe(200);
  return id;
}

describe('a photo that is taken in', () => {
  it('is stored in two sizes without place or any metadata; what the verifier needs is kept apart', async () => {
    const id = await accept(await aJpeg({ orientation: 6, seed: 21 }));
    const row = await prisma.photo.findFirstOrThrow({ where: { villageId: village.id, id } });
    expect(row).toMatchObject({
      uploadedById: mother.personId,
      width: 400,
      height: 300,
      takenAt: TAKEN_AT,
      takenClaimed: false,
      createdAt: TEST_NOW,
    });
    expect(row.perceptual).not.toBe(0n);
    expect(await filesKept()).toEqual(
      expect.arrayContaining([`${row.largeHash}.jpg`, `${row.smallHash}.jpg`]),
    );
    for (const size of ['large', 'small']) {
      const response = await fetchPhoto(id, mother, size);
      expect(response.headers.get('content-type')).toBe('image/jpeg');
      const bytes = Buffer.from(await response.arrayBuffer());
      expect(response.headers.get('content-length')).toBe(String(bytes.length));
      for (const word of [...SECRET_WORDS, 'Exif', 'GPS'])
        expect(bytes.toString('latin1')).not.toContain(word);
    }
  });

  it('may be a PNG, a WebP, or a polyglot, of which only the picture stays', async () => {
    await accept(await aTransparentPng());
    await accept(await aWebp());
    for (const bytes of [await aJpegWithHtml(), await aJpegWithZip()]) {
      const id = await accept(bytes);
      const stored = Buffer.from(await (await fetchPhoto(id, mother)).arrayBuffer()).toString('latin1');
      expect(stored).not.toContain(SOME_HTML);
      expect(stored).not.toContain('PK\u0003\u0004');
    }
  });

  it('keeps the time the phone claims as a claim, and only when the file has none', async () => {
    const bare = await aTransparentPng().then(async (png) => {
      const { default: sharp } = await import('sharp');
      return sharp(png).flatten().jpeg().toBuffer();
    });
    const at = (claim: string) => ({ headers: { 'x-photo-taken-at': claim } });
    const timeOf = async (id: string) => {
      const { takenAt, takenClaimed } = await prisma.photo.findFirstOrThrow({
        where: { villageId: village.id, id },
      });
      return { takenAt, takenClaimed };
    };
    const ids = Array.from({ length: 4 }, () => newId());
    await upload(bare, { id: ids[0], ...at('2026-11-20T01:02:03.000Z') });
    await upload(bare, { id: ids[1], ...at('1970-01-01T00:00:00Z') });
    await upload(bare, { id: ids[2], ...at('no time at all') });
    await upload(await aJpeg({ seed: 22 }), { id: ids[3], ...at('2026-11-20T01:02:03.000Z') });
    expect(await timeOf(ids[0] ?? '')).toEqual({
      takenAt: new Date('2026-11-20T01:02:03Z'),
      takenClaimed: true,
    });
    expect(await timeOf(ids[1] ?? '')).toEqual({ takenAt: null, takenClaimed: false });
    expect(await timeOf(ids[2] ?? '')).toEqual({ takenAt: null, takenClaimed: false });
    expect(await timeOf(ids[3] ?? '')).toEqual({ takenAt: TAKEN_AT, takenClaimed: false });
  });

  it('belongs to the village of the seat it was sent from, and is in that village’s log', async () => {
    const id = newId();
    const { answer } = await upload(await aJpeg({ seed: 23 }), { id, actor: steward, query: '?seat=desk' });
    expect(answer.ok).toBe(true);
    const logged = await prisma.commandLog.findFirstOrThrow({ where: { villageId: village.id, id } });
    expect(logged).toMatchObject({ name: 'store-desk-photo', personId: steward.personId, subject: id });
    expect(JSON.stringify(logged.input)).not.toContain('proof');
  });
});

describe('a photo that is sent again', () => {
  it('is the same photo', async () => {
    const bytes = await aJpeg({ seed: 31 });
    const id = await accept(bytes);
    const before = await traces();
    expect((await upload(bytes, { id })).answer).toMatchObject({
      ok: true,
      repeated: true,
      outcome: { subject: id },
    });
    expect(await traces()).toEqual(before);
  });

  it('is one photo when sent eight times at once', async () => {
    const bytes = await aJpeg({ seed: 32 });
    const id = newId();
    const before = await traces();
    const all = await Promise.all(Array.from({ length: 8 }, () => upload(bytes, { id })));
    // one decoder or two for everybody: of one person no more than two wait for them
    const refused = all.filter(({ answer }) => !answer.ok);
    for (const { status, answer } of refused)
      expect([status, answer.refusal?.code]).toEqual([429, 'PHOTOS_AT_ONCE']);
    const taken = all.filter(({ answer }) => answer.ok);
    expect(taken.length).toBeGreaterThanOrEqual(2);
    expect(taken.filter(({ answer }) => !answer.repeated)).toHaveLength(1);
    expect((await upload(bytes, { id })).answer).toMatchObject({ ok: true, repeated: true });
    const after = await traces();
    expect([after.photos - before.photos, after.log - before.log]).toEqual([1, 1]);
    expect(after.files.length - before.files.length).toBe(2);
  });

  it('is refused when it is another one, and when the id is another’s', async () => {
    const id = await accept(await aJpeg({ seed: 33 }));
    const before = await traces();
    const other = await upload(await aJpeg({ seed: 34 }), { id });
    expect(other).toMatchObject({ status: 409, answer: { refusal: { code: 'SAME_ID_OTHER_CONTENT' } } });
    const neighbour = await actorFor(village.household(1).head.personId);
    const stolen = await upload(await aJpeg({ seed: 33 }), { id, actor: neighbour });
    expect(stolen).toMatchObject({ status: 409, answer: { refusal: { code: 'SAME_ID_OTHER_CONTENT' } } });
    expect(await traces()).toEqual(before);
  });

  it('is one photo of two, when two different ones race for an id', async () => {
    const id = newId();
    const before = await traces();
    const both = await Promise.all([
      upload(await aJpeg({ seed: 35 }), { id }),
      upload(await aJpeg({ seed: 36 }), { id }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    const after = await traces();
    expect(after.photos - before.photos).toBe(1);
    expect(after.files.length - before.files.length).toBe(2);
  });

  it('shares its files with the same photo under another id, and each row stands alone', async () => {
    const bytes = await aJpeg({ seed: 37 });
    await accept(bytes);
    const before = await traces();
    await accept(bytes);
    const after = await traces();
    expect(after.photos - before.photos).toBe(1);
    expect(after.files).toEqual(before.files);
  });
});

describe('what is refused leaves nothing behind', () => {
  const EIGHT_MB = 8 * 1024 * 1024;
  const corpus: [string, () => Promise<Uint8Array> | Uint8Array, string, number][] = [
    ['nothing at all', () => new Uint8Array(), 'PHOTO_MISSING', 422],
    ['text', () => Buffer.from('这不是照片'), 'PHOTO_NOT_A_PHOTO', 415],
    ['an SVG, whatever it is called', () => AN_SVG, 'PHOTO_NOT_A_PHOTO', 415],
    ['a GIF', () => A_GIF, 'PHOTO_NOT_A_PHOTO', 415],
    ['a PDF', () => A_PDF, 'PHOTO_NOT_A_PHOTO', 415],
    ['a page', () => Buffer.from(SOME_HTML), 'PHOTO_NOT_A_PHOTO', 415],
    ['a HEIC of an iPhone', () => A_HEIC_HEAD, 'PHOTO_HEIC', 415],
    ['an AVIF', () => AN_AVIF_HEAD, 'PHOTO_HEIC', 415],
    ['a JPEG cut in half', async () => (await aJpeg()).subarray(0, 4000), 'PHOTO_UNREADABLE', 422],
    ['a JPEG’s first bytes', () => Buffer.from('ffd8ffe0', 'hex'), 'PHOTO_UNREADABLE', 422],
    ['51 million pixels', () => aBombPng(7142), 'PHOTO_TOO_MANY_PIXELS', 422],
    [
      'a JPEG that claims 51 million pixels',
      () => aJpegClaiming(10_000, 5_100),
      'PHOTO_TOO_MANY_PIXELS',
      422,
    ],
    ['a decompression bomb', () => aBombPng(12_000), 'PHOTO_TOO_MANY_PIXELS', 422],
    [
      '8 MB and one byte',
      async () => Buffer.concat([await aJpeg(), Buffer.alloc(EIGHT_MB)]).subarray(0, EIGHT_MB + 1),
      'PHOTO_TOO_LARGE',
      413,
    ],
  ];

  it.each(corpus)('%s', async (_what, make, code, status) => {
    const before = await traces();
    const refused = await upload(await make(), {
      headers: { 'content-type': 'image/jpeg', 'content-disposition': 'attachment; filename="photo.jpg"' },
    });
    expect(refused).toMatchObject({ status, answer: { ok: false, refusal: { code } } });
    expect(refused.answer.refusal?.sentence).toMatch(/[\u4e00-\u9fff]/);
    expect(refused.answer.refusal?.next).toMatch(/[\u4e00-\u9fff]/);
    expect(await traces()).toEqual(before);
  });

  it('a HEIC is refused with the way to a compatible format', async () => {
    const { answer } = await upload(A_HEIC_HEAD);
    expect(answer.refusal?.next).toContain('兼容性最佳');
  });

  it('exactly 8 MB is not too large', async () => {
    const padded = Buffer.concat([await aJpeg({ seed: 41 }), Buffer.alloc(EIGHT_MB)]).subarray(0, EIGHT_MB);
    expect((await upload(padded)).status).toBe(200);
  });

  it('a body that never ends is cut off', async () => {
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1;
        controller.enqueue(new Uint8Array(1024 * 1024).fill(0xff));
      },
    });
    const request = new Request('http://village.test/api/photos', {
      method: 'POST',
      headers: { 'sec-fetch-site': 'same-origin', 'x-photo-id': newId() },
      body: endless,
      duplex: 'half',
    } as RequestInit);
    const response = await answerPhotoUpload(request, { actor: mother, address: '', now: TEST_NOW });
    expect(response.status).toBe(413);
    expect(sent).toBeLessThan(60);
  });

  it.each([
    ['without signing in', { actor: null }, 'SIGN_IN_FIRST', 401],
    ['from another site', { headers: { 'sec-fetch-site': 'cross-site' } }, 'CROSS_SITE', 403],
    ['without an id', { id: 'photo-1' }, 'BAD_INPUT', 422],
    ['from a desk one does not sit at', { query: '?seat=desk' }, 'NOT_ALLOWED', 403],
  ] as const)('%s', async (_what, options, code, status) => {
    const before = await traces();
    const refused = await upload(await aJpeg({ seed: 42 }), options as Parameters<typeof upload>[1]);
    expect(refused).toMatchObject({ status, answer: { ok: false, refusal: { code } } });
    expect(await traces()).toEqual(before);
  });

  it('more in a minute than anyone takes', async () => {
    const hasty = await actorFor(village.household(2).head.personId);
    const now = new Date('2026-11-24T03:00:10Z');
    const codes: (string | undefined)[] = [];
    for (let i = 0; i < 62; i++) {
      codes.push((await upload(Buffer.from('x'), { actor: hasty, now })).answer.refusal?.code);
    }
    expect(codes.slice(0, 60)).toEqual(Array(60).fill('PHOTO_NOT_A_PHOTO'));
    expect(codes.slice(60)).toEqual(['TOO_MANY_REQUESTS', 'TOO_MANY_REQUESTS']);
  });
});

describe('a plain form', () => {
  async function post(
    files: (Uint8Array | null)[],
    { fields = {} as Record<string, string>, actor = mother as Actor | null, headers = {} } = {},
  ): Promise<URL> {
    const form = new FormData();
    for (const [name, value] of Object.entries({ _back: '/me/log?item=3', ...fields }))
      form.append(name, value);
    for (const file of files)
      form.append('photo', new File(file ? [new Uint8Array(file)] : [], file ? 'a.jpg' : ''));
    const request = new Request('http://village.test/api/photos', {
      method: 'POST',
      headers: { 'sec-fetch-site': 'same-origin', ...headers },
      body: form,
    });
    const response = await answerPhotoUpload(request, { actor, address: '', now: TEST_NOW });
    expect(response.status).toBe(303);
    return new URL(response.headers.get('location') ?? '', 'http://village.test');
  }

  it('leads back to its page with its photos, however often it is sent', async () => {
    const id = newId();
    const files = [await aJpeg({ seed: 51 }), await aJpeg({ seed: 52 })];
    const before = await prisma.photo.count();
    const first = await post(files, { fields: { _id: id, _back: `/me/log?item=3&photo=${newId()}#photos` } });
    expect(first.pathname + first.hash).toBe('/me/log#photos');
    expect(first.searchParams.get('item')).toBe('3');
    expect(first.searchParams.getAll('photo').slice(1)).toEqual([id, idFromWords('photo', id, '2')]);
    const second = await post(files, { fields: { _id: id } });
    expect(second.searchParams.getAll('photo')).toEqual([id, idFromWords('photo', id, '2')]);
    expect((await prisma.photo.count()) - before).toBe(2);
  });

  it('leads back with the refusal, and keeps the photos before it', async () => {
    const id = newId();
    const back = await post([await aJpeg({ seed: 53 }), A_HEIC_HEAD, await aJpeg({ seed: 54 })], {
      fields: { _id: id },
    });
    expect(back.searchParams.getAll('photo')).toEqual([id]);
    const shown = await readFormReturn(mother.sessionId, back.searchParams.get('r') ?? '', TEST_NOW);
    expect(shown?.refusal).toMatchObject({ code: 'PHOTO_HEIC', field: 'photo' });
  });

  it.each([
    ['no file chosen', [null], 'PHOTO_MISSING'],
    ['no file field', [], 'PHOTO_MISSING'],
    ['a file over 8 MB', [new Uint8Array(8 * 1024 * 1024 + 1)], 'PHOTO_TOO_LARGE'],
    ['an SVG', [AN_SVG], 'PHOTO_NOT_A_PHOTO'],
  ] as const)('is refused: %s', async (_what, files, code) => {
    const before = await traces();
    const back = await post([...files]);
    const shown = await readFormReturn(mother.sessionId, back.searchParams.get('r') ?? '', TEST_NOW);
    expect(shown?.refusal.code).toBe(code);
    expect(back.searchParams.getAll('photo')).toEqual([]);
    expect(await traces()).toEqual(before);
  });

  it('never leads to another site, and asks to sign in first', async () => {
    const foreign = await post([A_GIF], { fields: { _back: '//evil.example/x' } });
    expect(foreign.host).toBe('village.test');
    const stranger = await post([await aJpeg()], { actor: null });
    expect(stranger.pathname).toBe('/sign-in');
    expect(stranger.searchParams.get('next')).toBe('/me/log?item=3');
  });

  it('from another site changes nothing', async () => {
    const before = await traces();
    const back = await post([await aJpeg({ seed: 55 })], { headers: { 'sec-fetch-site': 'cross-site' } });
    expect(back.searchParams.getAll('photo')).toEqual([]);
    expect(await traces()).toEqual(before);
  });
});

describe('a photo is served', () => {
  it('so that it can only be looked at, and kept by this browser only', async () => {
    const id = await accept(await aJpeg({ seed: 61 }));
    const response = await fetchPhoto(id, mother);
    const of = (name: string) => response.headers.get(name);
    expect(of('cache-control')).toContain('private');
    expect(of('vary')).toBe('cookie');
    expect(of('x-content-type-options')).toBe('nosniff');
    expect(of('content-security-policy')).toBe("default-src 'none'; sandbox");
    expect(of('content-disposition')).toMatch(/^inline/);
    await response.body?.cancel();
    const again = await fetchPhoto(id, mother, 'large', { 'if-none-match': of('etag') ?? '' });
    expect([again.status, await again.text()]).toEqual([304, '']);
  });

  it('as not there to everyone else: before it proves a deed, to the office too', async () => {
    const id = await accept(await aJpeg({ seed: 62 }));
    const neighbour = await actorFor(village.household(1).head.personId);
    const spouse = await actorFor(village.household(0).residents[1]?.personId ?? '');
    const missing = await fetchPhoto(newId(), mother);
    const notThere = await missing.text();
    for (const actor of [null, neighbour, spouse, steward, await actorFor(village.verifier)]) {
      const response = await fetchPhoto(id, actor);
      expect([response.status, await response.text()]).toEqual([404, notThere]);
      expect(Object.fromEntries(response.headers)).toEqual(Object.fromEntries(missing.headers));
    }
    for (const nonsense of ['..%2f..', 'x', '', newId().toUpperCase()]) {
      expect((await fetchPhoto(nonsense, mother)).status).toBe(404);
    }
  });

  it('as not there when its file is lost', async () => {
    const id = await accept(await aJpeg({ seed: 63 }));
    const { largeHash } = await prisma.photo.findFirstOrThrow({ where: { villageId: village.id, id } });
    await photoStore().remove(largeHash);
    expect((await fetchPhoto(id, mother)).status).toBe(404);
  });
});
