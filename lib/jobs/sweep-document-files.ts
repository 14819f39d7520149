import 'server-only';
import { listNamedFiles } from '@/lib/lists/documents/reads';
import { lockFiles } from '@/lib/photos/files';
import { db } from '@/lib/platform/db';
import { documentStore } from '@/lib/platform/storage';
import { claimFiles } from '@/lib/platform/store-mark';
import type { Job } from './types';

const FILE_AGE_HOURS = 24;

/**
 * Once a night (03:47 in Shanghai): removes files that no document names, as a list that changed while it was being
 * set leaves them. What a day-old file was made for is long decided. Removes nothing where the files
 * are another database's.
 */
export const sweepDocumentFiles: Job = {
  name: 'sweep-document-files',
  cron: '47 19 * * *',
  async run() {
    if (!(await claimFiles('documents', (addresses) => listNamedFiles(db(), addresses))))
      return { removed: 0 };
    // By the disk's clock: files carry its time, not the program's.
    const before = new Date(Date.now() - FILE_AGE_HOURS * 3_600_000);
    let removed = 0;
    for await (const addresses of documentStore().listOlder(before)) {
      const named = await listNamedFiles(db(), addresses);
      for (const address of addresses.filter((one) => !named.has(one))) removed += await release(address);
    }
    return { removed };
  },
};

/** Removes a file unless a document came to name it meanwhile: whoever adds a name holds the same lock. */
async function release(address: string): Promise<number> {
  return db().$transaction(async (tx) => {
    await lockFiles(tx, [address]);
    if ((await listNamedFiles(tx, [address])).size > 0) return 0;
    await documentStore().remove(address);
    return 1;
  });
}
