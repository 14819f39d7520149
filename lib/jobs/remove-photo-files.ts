import 'server-only';
import { z } from 'zod';
import { releaseFiles } from '@/lib/photos/files';
import { db } from '@/lib/platform/db';
import { isContentAddress, photoStore } from '@/lib/platform/storage';
import { areFilesForeign } from '@/lib/platform/store-mark';
import type { Job } from './types';

const payloadShape = z.object({ addresses: z.array(z.string().refine(isContentAddress)).max(100) });

/** Removes files of a photo that was removed, unless another photo has the same content. Queued by `remove-photo`. */
export const removePhotoFiles: Job = {
  name: 'remove-photo-files',
  async run(payload) {
    const { addresses } = payloadShape.parse(payload);
    if (await areFilesForeign('photos')) return { removed: 0 };
    return { removed: await releaseFiles(db(), photoStore(), addresses) };
  },
};
