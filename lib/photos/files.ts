import 'server-only';
import type { Tx } from '@/lib/platform/command';
import type { db } from '@/lib/platform/db';
import { type ContentAddress, type FileStore, isContentAddress } from '@/lib/platform/storage';

// A file lives as long as a row names it. Rows and files cannot be changed in one step, so whoever adds a name and
// whoever removes a file take the same lock, by the file's address: a name is committed only while its file is there,
// and a file is removed only while no name is being added.

/** Holds the files' locks until the transaction ends; taken in the order of addresses. */
export async function lockFiles(tx: Tx, addresses: ContentAddress[]): Promise<void> {
  for (const address of [...new Set(addresses)].sort()) {
    await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${`photo:${address}`}, 7))::text`;
  }
}

/** Removes those files that no photo of any village names any more; answers how many. May be repeated. */
export async function releaseFiles(
  client: ReturnType<typeof db>,
  store: FileStore,
  addresses: ContentAddress[],
): Promise<number> {
  let removed = 0;
  for (const address of new Set(addresses.filter(isContentAddress))) {
    removed += await client.$transaction(async (tx) => {
      await lockFiles(tx, [address]);
      const named = await tx.photo.findFirst({
        where: { OR: [{ largeHash: address }, { smallHash: address }] },
        select: { id: true },
      });
      if (named || !(await store.has(address))) return 0;
      await store.remove(address);
      return 1;
    });
  }
  return removed;
}
