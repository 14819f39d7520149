import { mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { contentAddressOf, type FileStore, openDiskStore } from './storage';

const folder = await mkdtemp(join(tmpdir(), 'cunfen-store-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

const bytesOf = (text: string) => new TextEncoder().encode(text);

async function textAt(store: FileStore, address: string): Promise<string | null> {
  const file = await store.get(address);
  return file ? new Response(file.stream).text() : null;
}

async function listed(store: FileStore, before: Date): Promise<string[]> {
  const all: string[] = [];
  for await (const group of store.listOlder(before)) all.push(...group);
  return all;
}

async function filesBelow(path: string): Promise<string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
}

// What every store promises; another kind of store joins this list.
describe.each([['disk', () => openDiskStore(join(folder, 'contract'), '.jpg')]] as const)(
  'a %s store',
  (_name, openStore) => {
    const store = openStore();

    it('gives back what was put, under the hash of its content', async () => {
      const address = await store.put(bytesOf('apple'));
      expect(address).toBe('3a7bd3e2360a3d29eea436fcfb7e44c735d117c42d1c1835420b6b9942dd4f1b');
      expect(await textAt(store, address)).toBe('apple');
      expect((await store.get(address))?.bytes).toBe(5);
      expect(await store.has(address)).toBe(true);
    });

    it('knows nothing of what was never put', async () => {
      const address = contentAddressOf(bytesOf('never'));
      expect(await store.get(address)).toBeNull();
      expect(await store.has(address)).toBe(false);
      await expect(store.remove(address)).resolves.toBeUndefined();
    });

    it('forgets what was removed, and takes it again', async () => {
      const address = await store.put(bytesOf('pear'));
      await store.remove(address);
      expect(await store.has(address)).toBe(false);
      await store.put(bytesOf('pear'));
      expect(await textAt(store, address)).toBe('pear');
    });

    it('keeps an empty content', async () => {
      expect(await textAt(store, await store.put(new Uint8Array()))).toBe('');
    });

    it('takes the same content from many at once', async () => {
      const all = await Promise.all(Array.from({ length: 20 }, () => store.put(bytesOf('plum'))));
      expect(new Set(all).size).toBe(1);
      expect(await textAt(store, all[0] ?? '')).toBe('plum');
    });

    it('refuses an address that is none, so that no name leads out of the folder', async () => {
      for (const address of ['', '../../etc/passwd', 'A'.repeat(64), `${'a'.repeat(64)}/..`]) {
        await expect(store.get(address)).rejects.toThrow('not a content address');
        await expect(store.remove(address)).rejects.toThrow('not a content address');
      }
    });

    it('lists what is older than a moment', async () => {
      const address = await store.put(bytesOf('quince'));
      expect(await listed(store, new Date(Date.now() + 60_000))).toContain(address);
      expect(await listed(store, new Date(Date.now() - 60_000))).not.toContain(address);
    });
  },
);

describe('the disk store', () => {
  it('keeps the same content once, for this user alone, and no temporary file', async () => {
    const root = join(folder, 'once');
    const store = openDiskStore(root, '.jpg');
    const address = await store.put(bytesOf('cherry'));
    await store.put(bytesOf('cherry'));
    expect(await filesBelow(root)).toEqual([`${address}.jpg`]);
    const path = join(root, address.slice(0, 2), address.slice(2, 4), `${address}.jpg`);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('sweeps away what a crash left half-written', async () => {
    const root = join(folder, 'crash');
    const store = openDiskStore(root, '.jpg');
    const address = await store.put(bytesOf('damson'));
    const half = join(root, address.slice(0, 2), address.slice(2, 4), '.half.tmp');
    await writeFile(half, 'dam');
    await utimes(half, new Date(0), new Date(0));
    await listed(store, new Date(Date.now() - 3_600_000));
    expect(await filesBelow(root)).toEqual([`${address}.jpg`]);
  });

  it('has nothing to list before anything was put', async () => {
    const store = openDiskStore(join(folder, 'none'), '.jpg');
    expect(await listed(store, new Date())).toEqual([]);
  });
});
