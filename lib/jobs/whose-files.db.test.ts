import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { areFilesOurs } from '@/lib/platform/health';
import { newId } from '@/lib/platform/ids';
import {
  documentStore,
  openDiskStore,
  photoStore,
  useDocumentStore,
  usePhotoStore,
} from '@/lib/platform/storage';
import { aVillage, TEST_NOW } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { removePhotoFiles } from './remove-photo-files';
import { sweepDocumentFiles } from './sweep-document-files';
import { sweepPhotoFiles } from './sweep-photo-files';
import { sweepPhotos } from './sweep-photos';

// A folder of files and a database that is not the one it belongs to: lost, moved, or put back elsewhere from a dump.

process.env.LOG_LEVEL = 'silent';
const { prisma } = await testDb();
const folders: string[] = [];
let [photos, documents] = ['', ''];

const forget = () =>
  prisma.setting.deleteMany({ where: { key: { in: ['files-photos', 'files-documents'] } } });
const marks = async () =>
  Object.fromEntries(
    (await prisma.setting.findMany({ where: { key: { startsWith: 'files-' } } })).map((one) => [
      one.key,
      one.value,
    ]),
  );

beforeEach(async () => {
  await forget();
  [photos, documents] = [await aFolder(), await aFolder()];
  usePhotoStore(openDiskStore(photos, '.jpg'));
  useDocumentStore(openDiskStore(documents, '.doc'));
});
afterAll(async () => {
  await forget();
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
});

async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'cunfen-whose-'));
  folders.push(folder);
  return folder;
}

/** A file of each kind, old enough to be swept, that nothing names. */
async function twoFiles(): Promise<[string, string]> {
  const bytes = () => new TextEncoder().encode(newId());
  const made: [string, string] = [await photoStore().put(bytes()), await documentStore().put(bytes())];
  for (const [folder, address, ending] of [
    [photos, made[0], '.jpg'],
    [documents, made[1], '.doc'],
  ] as const) {
    const path = join(folder, address.slice(0, 2), address.slice(2, 4), `${address}${ending}`);
    await utimes(path, new Date(0), new Date(0));
  }
  return made;
}

const areThere = async ([photo, document]: [string, string]) => [
  await photoStore().has(photo),
  await documentStore().has(document),
];
async function sweep(): Promise<void> {
  await sweepPhotoFiles.run({}, TEST_NOW);
  await sweepDocumentFiles.run({}, TEST_NOW);
}

/** A row that names a photo's file. */
async function name(address: string, createdAt = TEST_NOW): Promise<void> {
  const { id: villageId } = await aVillage();
  const facts = {
    sourceHash: address,
    largeHash: address,
    smallHash: address,
    width: 1,
    height: 1,
    bytes: 1,
  };
  const id = newId();
  await prisma.photo.create({
    data: { villageId, id, uploadedById: newId(), ...facts, perceptual: 0n, createdAt },
    select: { id: true },
  });
}

describe('sweeping', () => {
  it('marks a fresh installation, and from then on removes what nothing names', async () => {
    await sweep();
    expect(await areFilesOurs()).toBe(true);
    const { 'files-photos': mark } = await marks();
    expect(JSON.parse(await readFile(join(photos, 'installation.json'), 'utf8'))).toEqual(mark);
    expect(await readdir(documents)).toEqual(['installation.json']);
    const files = await twoFiles();
    await sweep();
    expect(await areThere(files)).toEqual([false, false]);
  });

  it('removes nothing for an empty database, be there a mark or not', async () => {
    const before = await twoFiles();
    await sweep();
    expect([await areThere(before), await marks()]).toEqual([[true, true], {}]);
    for (const store of [photoStore(), documentStore()]) {
      await store.writeMark(JSON.stringify({ id: newId(), sweeps: 7 }));
    }
    await sweep();
    expect([await areThere(before), await marks()]).toEqual([[true, true], {}]);
    expect(await areFilesOurs()).toBe(false);
  });

  it('removes nothing for another database, or an older state of this one; goes on when the mark is taken away', async () => {
    await sweep();
    const first = await marks();
    await sweep();
    const files = await twoFiles();
    const put = (value: object) =>
      prisma.setting.updateMany({ where: { key: { startsWith: 'files-' } }, data: { value } });
    await put(first['files-photos'] as object);
    await sweep();
    expect([await areThere(files), await areFilesOurs()]).toEqual([[true, true], false]);
    await put({ id: newId(), sweeps: 99 });
    await sweep();
    expect([await areThere(files), await areFilesOurs()]).toEqual([[true, true], false]);
    await rm(join(photos, 'installation.json'));
    await sweepPhotoFiles.run({}, TEST_NOW);
    expect(await areThere(files), 'not one of them is named').toEqual([true, true]);
    await name(await photoStore().put(new TextEncoder().encode(newId())));
    await sweepPhotoFiles.run({}, TEST_NOW);
    expect(await areThere(files)).toEqual([false, true]);
  });

  it('goes on after a crash between database and folder, and with an older folder', async () => {
    await sweep();
    const old = await readFile(join(photos, 'installation.json'), 'utf8');
    await sweep();
    await writeFile(join(photos, 'installation.json'), old);
    const files = await twoFiles();
    await sweep();
    expect(await areThere(files)).toEqual([false, false]);
  });

  it('takes a damaged mark for somebody else’s', async () => {
    await sweep();
    await writeFile(join(photos, 'installation.json'), '{');
    const files = await twoFiles();
    await sweep();
    expect(await areThere(files)).toEqual([true, false]);
  });
});

it('by the hour no photo loses its row or its files to a dump that was put back elsewhere', async () => {
  await sweep();
  const [address] = await twoFiles();
  const yesterday = new Date(TEST_NOW.getTime() - 26 * 3_600_000);
  await name(address, yesterday);
  const rows = () => prisma.photo.count({ where: { largeHash: address } });
  await photoStore().writeMark(JSON.stringify({ id: newId(), sweeps: 1 }));
  expect(await sweepPhotos.run({}, TEST_NOW)).toEqual({ photos: 0, ofShops: 0 });
  expect([await rows(), await photoStore().has(address)]).toEqual([1, true]);
  const loose = await photoStore().put(new Uint8Array([1]));
  await removePhotoFiles.run({ addresses: [loose] }, TEST_NOW);
  expect(await photoStore().has(loose)).toBe(true);
});
