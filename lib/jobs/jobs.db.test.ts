import { mkdtemp, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseCrontab } from 'graphile-worker';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Actor } from '@/lib/auth/types';
import { submitDeed, withdrawDeed } from '@/lib/deeds/commands';
import { removePhoto } from '@/lib/photos/commands';
import { stopDecoders } from '@/lib/photos/decoder';
import { findPhotoFile } from '@/lib/photos/reads';
import { takePhoto } from '@/lib/photos/upload';
import { asApp } from '@/lib/platform/db';
import { newId } from '@/lib/platform/ids';
import { enqueue } from '@/lib/platform/outbox';
import { openDiskStore, photoStore, usePhotoStore } from '@/lib/platform/storage';
import { TEST_DAY, TEST_NOW } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { aJpeg } from '@/lib/testing/photo-corpus';
import { whileStuck } from '@/lib/testing/stuck-row';
import { aWorkingVillage, type WorkingVillage } from '@/lib/testing/working-village';
import { crontab, jobs } from './register';
import { removePhotoFiles } from './remove-photo-files';
import { startJobs } from './run';
import { sealLedgers } from './seal-ledgers';
import { sweepExpired } from './sweep-expired';
import { sweepPhotoFiles } from './sweep-photo-files';
import { sweepPhotos } from './sweep-photos';

const { prisma, owner, url } = await testDb();
vi.setConfig({ testTimeout: 120_000 });
const folder = await mkdtemp(join(tmpdir(), 'cunfen-jobs-'));
const later = (hours: number) => new Date(TEST_NOW.getTime() + hours * 3_600_000);

let village: WorkingVillage;
let mother: Actor;

beforeAll(async () => {
  usePhotoStore(openDiskStore(folder, '.jpg'));
  village = await aWorkingVillage();
  mother = await village.actorOf(village.household(0).head.personId);
});
afterAll(async () => {
  stopDecoders();
  await rm(folder, { recursive: true, force: true });
});

async function aPhoto(seed: number, now = TEST_NOW): Promise<{ id: string; addresses: string[] }> {
  const id = newId();
  const result = await takePhoto({ actor: mother, seat: 'resident', bytes: await aJpeg({ seed }), id, now });
  if (!result.ok) throw new Error(result.refusal.code);
  const photo = await prisma.photo.findFirstOrThrow({ where: { villageId: village.id, id } });
  return { id, addresses: [photo.largeHash, photo.smallHash] };
}

const isThere = async (id: string) =>
  (await prisma.photo.count({ where: { villageId: village.id, id } })) === 1;
const filesOf = async (addresses: string[]) =>
  (await Promise.all(addresses.map((address) => photoStore().has(address)))).filter(Boolean).length;

async function attach(photoId: string): Promise<string> {
  const facts = { residentId: village.household(0).head.id, itemId: village.item('PUBLIC_CLEAN-01') };
  const result = await village.run(submitDeed, mother, { ...facts, deedOn: TEST_DAY, photos: [photoId] });
  if (!result.ok) throw new Error(result.refusal.code);
  return result.outcome.subject ?? '';
}

/** Waits until the queue holds none of this task. */
async function isDrained(task: string): Promise<boolean> {
  for (let tries = 0; tries < 600; tries++) {
    const { rows } = await owner.query(
      'select count(*)::int as left from graphile_worker.jobs where task_identifier = $1',
      [task],
    );
    if (rows[0].left === 0) return true;
    await pause(100);
  }
  return false;
}

describe('photos that prove nothing', () => {
  it('are swept away after a day with their files; attached and fresh ones stay', async () => {
    const [loose, used, fresh] = [await aPhoto(1), await aPhoto(2), await aPhoto(3, later(2))];
    await attach(used.id);
    await sweepPhotos.run({}, later(23));
    expect(await isThere(loose.id)).toBe(true);
    await sweepPhotos.run({}, later(25));
    expect([await isThere(loose.id), await isThere(used.id), await isThere(fresh.id)]).toEqual([
      false,
      true,
      true,
    ]);
    expect(await filesOf(loose.addresses)).toBe(0);
    expect(await filesOf([...used.addresses, ...fresh.addresses])).toBe(4);
  });

  it('leave files that another photo shares', async () => {
    const [loose, used] = [await aPhoto(4), await aPhoto(4)];
    expect(used.addresses).toEqual(loose.addresses);
    await attach(used.id);
    await sweepPhotos.run({}, later(25));
    expect([await isThere(loose.id), await filesOf(used.addresses)]).toEqual([false, 2]);
  });

  it('are swept once, when two sweep at a time', async () => {
    const many = await Promise.all([11, 12, 13].map((seed) => aPhoto(seed)));
    await Promise.all([sweepPhotos.run({}, later(25)), sweepPhotos.run({}, later(25))]);
    for (const { id, addresses } of many) {
      expect([await isThere(id), await filesOf(addresses)]).toEqual([false, 0]);
    }
  });

  it('are left alone while a report is attaching them', async () => {
    const photo = await aPhoto(16);
    const other = new pg.Client({ connectionString: url });
    await other.connect();
    await other.query('begin');
    await other.query('select from photo where village_id = $1 and id = $2 for update', [
      village.id,
      photo.id,
    ]);
    await sweepPhotos.run({}, later(25));
    await other.query('rollback');
    await other.end();
    expect([await isThere(photo.id), await filesOf(photo.addresses)]).toEqual([true, 2]);
  });
});

describe('files that no photo names', () => {
  it('are removed at night; those of a photo are not', async () => {
    const photo = await aPhoto(21);
    await attach(photo.id);
    const orphan = await photoStore().put(new TextEncoder().encode('left behind by a crash'));
    const young = await photoStore().put(new TextEncoder().encode('just written'));
    for (const address of [orphan, ...photo.addresses]) {
      const path = join(folder, address.slice(0, 2), address.slice(2, 4), `${address}.jpg`);
      await utimes(path, new Date(0), new Date(0));
    }
    await sweepPhotoFiles.run({}, TEST_NOW);
    expect([await photoStore().has(orphan), await photoStore().has(young)]).toEqual([false, true]);
    expect(await filesOf(photo.addresses)).toBe(2);
  });
});

describe('removing a photo', () => {
  it('takes the row at once and the files by a job of the same transaction', async () => {
    const photo = await aPhoto(31);
    expect(await village.run(removePhoto, mother, { photoId: photo.id })).toMatchObject({ ok: true });
    expect([await isThere(photo.id), await filesOf(photo.addresses)]).toEqual([false, 2]);
    await removePhotoFiles.run({ addresses: photo.addresses }, TEST_NOW);
    expect(await filesOf(photo.addresses)).toBe(0);
    await removePhotoFiles.run({ addresses: photo.addresses }, TEST_NOW);
  });

  it('is refused when it proves a deed, and "not found" when it is somebody else’s', async () => {
    const photo = await aPhoto(32);
    const neighbour = await village.actorOf(village.household(1).head.personId);
    const stranger = await village.run(removePhoto, neighbour, { photoId: photo.id });
    expect(stranger).toMatchObject({ ok: false, refusal: { code: 'NOT_FOUND' } });
    await attach(photo.id);
    const used = await village.run(removePhoto, mother, { photoId: photo.id });
    expect(used).toMatchObject({ ok: false, refusal: { code: 'PHOTO_IN_USE' } });
    expect([await isThere(photo.id), await filesOf(photo.addresses)]).toEqual([true, 2]);
  });

  it('that was sent by mistake is done after withdrawing, and the office has it no more', async () => {
    const photo = await aPhoto(34);
    const deedId = await attach(photo.id);
    const verifier = await village.actorOf(village.verifier);
    expect(await findPhotoFile(prisma, verifier, photo.id, 'large')).toBe(photo.addresses[0]);
    expect(await village.run(withdrawDeed, mother, { deedId })).toMatchObject({ ok: true });
    // reported again meanwhile: it proves that
    const again = await attach(photo.id);
    const used = await village.run(removePhoto, mother, { photoId: photo.id });
    expect(used).toMatchObject({ ok: false, refusal: { code: 'PHOTO_IN_USE' } });
    await village.run(withdrawDeed, mother, { deedId: again });
    expect(await village.run(removePhoto, mother, { photoId: photo.id })).toMatchObject({ ok: true });
    expect([await isThere(photo.id), await findPhotoFile(prisma, verifier, photo.id, 'large')]).toEqual([
      false,
      null,
    ]);
    expect(await prisma.deedPhoto.count({ where: { villageId: village.id, photoId: photo.id } })).toBe(0);
    expect((await prisma.deed.findFirstOrThrow({ where: { id: deedId } })).state).toBe('WITHDRAWN');
    await removePhotoFiles.run({ addresses: photo.addresses }, TEST_NOW);
    expect(await filesOf(photo.addresses)).toBe(0);
  });

  it('and reporting with it at the same moment take turns', async () => {
    for (let n = 0; n < 6; n++) {
      const photo = await aPhoto(35);
      await village.run(withdrawDeed, mother, { deedId: await attach(photo.id) });
      const [removed, reported] = await Promise.all([
        village.run(removePhoto, mother, { photoId: photo.id }),
        attach(photo.id).catch((error: Error) => error.message),
      ]);
      const codes = [removed.ok ? 'removed' : removed.refusal.code, reported];
      if (removed.ok) expect(['PHOTO_GONE', 'PHOTO_NOT_YOURS']).toContain(reported);
      else expect(codes[0]).toBe('PHOTO_IN_USE');
      expect(await isThere(photo.id)).toBe(!removed.ok);
    }
  });

  it('is not undone by an upload that is sent again', async () => {
    const bytes = await aJpeg({ seed: 33 });
    const upload = { actor: mother, seat: 'resident' as const, bytes, id: newId(), now: TEST_NOW };
    await takePhoto(upload);
    await village.run(removePhoto, mother, { photoId: upload.id });
    expect(await takePhoto(upload)).toMatchObject({ ok: false, refusal: { code: 'PHOTO_GONE' } });
    expect(await isThere(upload.id)).toBe(false);
  });
});

describe('the queue', () => {
  it('gets a job when the transaction commits, and none when it rolls back', async () => {
    const queued = async (key: string) =>
      (await owner.query('select from graphile_worker.jobs where key = $1', [key])).rowCount;
    const [kept, gone] = [newId(), newId()];
    const runAt = new Date('2099-01-01T00:00:00Z');
    await prisma.$transaction((tx) => enqueue(tx, 'sweep-expired', {}, { key: kept, runAt }));
    await prisma
      .$transaction(async (tx) => {
        await enqueue(tx, 'sweep-expired', {}, { key: gone, runAt });
        throw new Error('rolled back');
      })
      .catch(() => undefined);
    expect([await queued(kept), await queued(gone)]).toEqual([1, 0]);
    await enqueue(prisma, 'sweep-expired', {}, { key: kept, runAt });
    expect(await queued(kept)).toBe(1);
  });

  it('cannot be touched by the program in any other way', async () => {
    const app = new pg.Client({ connectionString: asApp(url) });
    await app.connect();
    for (const sql of [
      'select * from graphile_worker.jobs',
      'delete from graphile_worker._private_jobs',
      `select graphile_worker.add_job('x')`,
      `select enqueue_job('DROP TABLE', '{}'::json)`,
      `select enqueue_job('sweep-photos', to_json(repeat('x', 30000)))`,
    ]) {
      await expect(app.query(sql), sql).rejects.toThrow();
    }
    await app.end();
  });

  it('is worked off by the runner, which stops when told', async () => {
    // the queue of this database may hold the long work of another file's lists
    await owner.query('delete from graphile_worker._private_jobs where locked_at is null');
    const photo = await aPhoto(41);
    await village.run(removePhoto, mother, { photoId: photo.id });
    const running = await startJobs(url);
    expect(await isDrained('remove-photo-files')).toBe(true);
    await running.stop();
    await running.ended;
    expect(await filesOf(photo.addresses)).toBe(0);
  });

  it('knows every job once, and its times are times', () => {
    expect(new Set(jobs.map((job) => job.name)).size).toBe(jobs.length);
    const timed = jobs.filter((job) => job.cron).map((job) => job.name);
    expect(
      parseCrontab(crontab())
        .map((item) => item.task)
        .sort(),
    ).toEqual(timed.sort());
  });
});

describe('sealing', () => {
  it('seals every village that has something to seal, and then finds nothing more', async () => {
    const deedId = await village.submitted(1, 'PUBLIC_CLEAN-01');
    await village.approve(deedId);
    expect((await sealLedgers.run({}, new Date())).sealed).toBeGreaterThan(0);
    expect(await prisma.ledgerSeal.count({ where: { villageId: village.id } })).toBeGreaterThan(0);
    expect((await sealLedgers.run({}, new Date())).sealed).toBe(0);
  });

  it('seals the others where one can’t be sealed, and says so', async () => {
    const villages = [await aWorkingVillage(), await aWorkingVillage()].sort((a, b) =>
      a.id < b.id ? -1 : 1,
    );
    for (const v of villages) await v.approve(await v.submitted(1, 'PUBLIC_CLEAN-01'));
    const seals = () =>
      Promise.all(villages.map((v) => prisma.ledgerSeal.count({ where: { villageId: v.id } })));
    await whileStuck(owner, 'ledger_seal', 'village_id', villages[0]?.id ?? '', async () => {
      await expect(sealLedgers.run({}, new Date())).rejects.toThrow('stuck');
    });
    expect(await seals()).toEqual([0, 1]);
    await sealLedgers.run({}, new Date());
    expect(await seals()).toEqual([1, 1]);
  });
});

describe('what was meant for a while', () => {
  it('is removed when that is over, and not before', async () => {
    const now = TEST_NOW;
    const [gone, kept] = [newId(), newId()];
    const entered = { sessionId: newId(), refusal: {}, entered: {} };
    await prisma.formReturn.createMany({
      data: [
        { ...entered, id: gone, expiresAt: new Date(now.getTime() - 1) },
        { ...entered, id: kept, expiresAt: new Date(now.getTime() + 1) },
      ],
    });
    await prisma.rateCount.createMany({
      data: [
        { key: gone, window: later(-49), count: 1 },
        { key: kept, window: later(-1), count: 1 },
      ],
    });
    const code = { phone: '', codeHash: '', createdAt: later(-30) };
    await prisma.signInCode.createMany({
      data: [
        { ...code, id: gone, expiresAt: later(-25) },
        { ...code, id: kept, expiresAt: later(-23) },
      ],
    });
    const session = { personId: mother.personId, createdAt: later(-24 * 90) };
    await prisma.session.createMany({
      data: [
        { ...session, id: gone, expiresAt: later(-24 * 31) },
        { ...session, id: kept, expiresAt: later(24), endedAt: later(-24 * 29) },
      ],
    });
    await sweepExpired.run({}, now);
    const ids = { where: { id: { in: [gone, kept] } }, select: { id: true } };
    expect(await prisma.formReturn.findMany(ids)).toEqual([{ id: kept }]);
    expect(await prisma.signInCode.findMany(ids)).toEqual([{ id: kept }]);
    expect(await prisma.session.findMany(ids)).toEqual([{ id: kept }]);
    const keys = { where: { key: { in: [gone, kept] } }, select: { key: true } };
    expect(await prisma.rateCount.findMany(keys)).toEqual([{ key: kept }]);
  });
});
