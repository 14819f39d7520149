import 'server-only';
import type { Tx } from '@/lib/platform/command';
import type { Db, db } from '@/lib/platform/db';
import {
  type ContentAddress,
  contentAddressOf,
  type FileStore,
  isContentAddress,
} from '@/lib/platform/storage';

// A file lives as long as a row names it. Rows and files cannot be changed in one step, so whoever adds a name and
// whoever removes a file take the same lock, by the file's address: a name is committed only while its file is there,
// and a file is removed only while no name is being added.

/** Holds the files' locks until the transaction ends; taken in the order of addresses. */
export async function lockFiles(tx: Tx, addresses: ContentAddress[]): Promise<void> {
  for (const address of [...new Set(addresses)].sort()) {
    await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${`photo:${address}`}, 7))::text`;
  }
}

/** The file a row is about to name has just been removed by someone else: put it there again and repeat. */
export class FileVanished extends Error {}

/** Holds the files that a row is about to name until the transaction ends. Throws FileVanished where one is gone. */
export async function holdFiles(tx: Tx, store: FileStore, addresses: ContentAddress[]): Promise<void> {
  await lockFiles(tx, addresses);
  for (const address of addresses) {
    if (!(await store.has(address))) throw new FileVanished();
  }
}

const TRIES_MOST = 4;

/**
 * Writes files and then records what names them; `record` answers whether it did. Where it didn't, or failed, nothing
 * of them stays that nothing else names.
 */
export async function keepFiles<T extends { ok: boolean }>(
  client: ReturnType<typeof db>,
  store: FileStore,
  files: Uint8Array[],
  record: () => Promise<T>,
): Promise<T> {
  const addresses = files.map(contentAddressOf);
  try {
    for (let attempt = 1; ; attempt++) {
      for (const file of files) await store.put(file);
      try {
        const result = await record();
        if (!result.ok) await releaseFiles(client, store, addresses);
        return result;
      } catch (error) {
        if (!(error instanceof FileVanished) || attempt >= TRIES_MOST) throw error;
      }
    }
  } catch (error) {
    await releaseFiles(client, store, addresses).catch(() => undefined);
    throw error;
  }
}

/** Those of some addresses that a row names: a photo of a village, or one of the alliance. */
export async function listNamed(client: Db, addresses: ContentAddress[]): Promise<Set<ContentAddress>> {
  const rows = await client.$queryRaw<{ address: string }[]>`
    select a.address from unnest(${addresses}::text[]) as a(address)
    where exists (select 1 from photo p where p.large_hash = a.address)
       or exists (select 1 from photo p where p.small_hash = a.address)
       or exists (select 1 from merchant_photo p where p.large_hash = a.address)
       or exists (select 1 from merchant_photo p where p.small_hash = a.address)`;
  return new Set(rows.map((row) => row.address));
}

/** Removes those files that no photo names any more; answers how many. May be repeated. */
export async function releaseFiles(
  client: ReturnType<typeof db>,
  store: FileStore,
  addresses: ContentAddress[],
): Promise<number> {
  let removed = 0;
  for (const address of new Set(addresses.filter(isContentAddress))) {
    removed += await client.$transaction(async (tx) => {
      await lockFiles(tx, [address]);
      const named = await listNamed(tx, [address]);
      if (named.size > 0 || !(await store.has(address))) return 0;
      await store.remove(address);
      return 1;
    });
  }
  return removed;
}
