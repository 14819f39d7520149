import 'server-only';
import { z } from 'zod';
import { makeListDocuments } from '@/lib/lists/documents/make';
import { db } from '@/lib/platform/db';
import { isId } from '@/lib/platform/ids';
import type { Job } from './types';

const payloadShape = z.object({ villageId: z.string().refine(isId), listId: z.string().refine(isId) });

/** Makes a list's documents, where it has something to show. Queued whenever its documents are retired. */
export const makeListDocumentsJob: Job = {
  name: 'make-list-documents',
  async run(payload, now) {
    const { villageId, listId } = payloadShape.parse(payload);
    const { made } = await makeListDocuments(db(), villageId, listId, now);
    return { made };
  },
};
