import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { Actor } from '@/lib/auth/types';
import { newId } from '@/lib/platform/ids';
import { openDiskStore, usePhotoStore } from '@/lib/platform/storage';
import { actorFor, aVillage, TEST_NOW } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { aJpeg } from '@/lib/testing/photo-corpus';
import { type DecodedPhoto, type DecodeFailure, useDecoder } from './decoder';
import { answerPhotoUpload } from './http';

// Who keeps the decoders busy, keeps them from nobody else.

await testDb();
const decode = vi.fn<() => Promise<DecodedPhoto | DecodeFailure>>();

const folder = await mkdtemp(join(tmpdir(), 'cunfen-turns-'));
let [slow, other]: Actor[] = [];
let bytes: Uint8Array;
let finish: (() => void)[] = [];

beforeAll(async () => {
  useDecoder(decode);
  usePhotoStore(openDiskStore(folder, '.jpg'));
  const village = await aVillage();
  [slow, other] = [
    await actorFor(village.household(0).head.personId),
    await actorFor(village.household(1).head.personId),
  ];
  bytes = await aJpeg({ seed: 701 });
});
afterAll(async () => {
  useDecoder(null);
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => {
  finish = [];
  decode.mockReset();
});

/** Decoders that take each photo and say `why` when told to finish. */
function hold(why: DecodeFailure['why']): void {
  decode.mockImplementation(() => new Promise((done) => finish.push(() => done({ ok: false, why }))));
}
const isHeld = (count: number) => vi.waitFor(() => expect(finish).toHaveLength(count));

async function upload(actor: Actor | undefined, now = TEST_NOW): Promise<string> {
  const request = new Request('http://village.test/api/photos', {
    method: 'POST',
    headers: { 'sec-fetch-site': 'same-origin', 'content-type': 'image/jpeg', 'x-photo-id': newId() },
    body: new Uint8Array(bytes),
  });
  const response = await answerPhotoUpload(request, { actor: actor ?? null, address: '', now });
  const { refusal } = (await response.json()) as { refusal?: { code: string } };
  return refusal?.code ?? 'taken';
}

it('has two photos of one person in work or waiting, while others’ are taken', async () => {
  hold('UNREADABLE');
  const first = [upload(slow), upload(slow)];
  await isHeld(2);
  expect(await upload(slow)).toBe('PHOTOS_AT_ONCE');
  const neighbours = upload(other);
  await isHeld(3);
  for (const done of finish) done();
  expect(await Promise.all([...first, neighbours])).toEqual(Array(3).fill('PHOTO_UNREADABLE'));
  const next = upload(slow);
  await isHeld(4);
  finish[3]?.();
  expect(await next).toBe('PHOTO_UNREADABLE');
});

it('counts a picture that the decoder gave up on as ten', async () => {
  decode.mockResolvedValue({ ok: false, why: 'GAVE_UP' });
  const later = new Date(TEST_NOW.getTime() + 60_000);
  const said: string[] = [];
  for (let n = 0; n < 8; n++) said.push(await upload(slow, later));
  expect(said).toEqual([...Array(6).fill('PHOTO_NOT_PROCESSED'), ...Array(2).fill('TOO_MANY_REQUESTS')]);
  expect(decode).toHaveBeenCalledTimes(6);
  expect(await upload(other, later)).toBe('PHOTO_NOT_PROCESSED');
});

it('takes the six of a plain form one after another', async () => {
  let at = 0;
  let most = 0;
  decode.mockImplementation(async () => {
    most = Math.max(most, ++at);
    await new Promise((done) => setTimeout(done, 5));
    at -= 1;
    const side = { large: bytes, small: bytes, width: 1, height: 1 };
    return { ok: true, ...side, perceptual: '0', exif: null };
  });
  const form = new FormData();
  form.append('_back', '/me/log/x');
  for (let n = 0; n < 6; n++) form.append('photo', new File([new Uint8Array(bytes)], `${n}.jpg`));
  const request = new Request('http://village.test/api/photos', {
    method: 'POST',
    headers: { 'sec-fetch-site': 'same-origin' },
    body: form,
  });
  const later = new Date(TEST_NOW.getTime() + 120_000);
  const response = await answerPhotoUpload(request, { actor: other ?? null, address: '', now: later });
  const to = new URL(response.headers.get('location') ?? '', 'http://village.test');
  expect([to.searchParams.getAll('photo').length, to.searchParams.get('r'), most]).toEqual([6, null, 1]);
});
