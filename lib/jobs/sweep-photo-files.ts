import 'server-only';
import { listNamed, releaseFiles } from '@/lib/photos/files';
import { db } from '@/lib/platform/db';
import { photoStore } from '@/lib/platform/storage';
import { claimFiles } from '@/lib/platform/store-mark';
import { sweepUnattached } from './sweep-photos';
import type { Job } from './types';

const FILE_AGE_HOURS = 24;
const ALL_DAYS = 36_500;

/**
 * Once a night (03:37 in Shanghai): walks all files and removes those that no photo names, as a crash between writing
 * a file and its row leaves them; and photos that the hourly sweep has missed. Removes nothing where the files are
 * another database's.
 */
export const sweepPhotoFiles: Job = {
  name: 'sweep-photo-files',
  cron: '37 19 * * *',
  async run(_payload, now) {
    if (!(await claimFiles('photos', (addresses) => listNamed(db(), addresses))))
      return { photos: 0, files: 0 };
    const photos = await sweepUnattached(now, ALL_DAYS);
    // By the disk's clock: files carry its time, not the program's.
    const before = new Date(Date.now() - FILE_AGE_HOURS * 3_600_000);
    let files = 0;
    for await (const addresses of photoStore().listOlder(before)) {
      const kept = await listNamed(db(), addresses);
      const loose = addresses.filter((address) => !kept.has(address));
      files += await releaseFiles(db(), photoStore(), loose);
    }
    return { photos, files };
  },
};
