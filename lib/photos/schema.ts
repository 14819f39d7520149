import { z } from 'zod';
import { id, whole } from '@/lib/platform/form-shape';

const hash = () => z.string().regex(/^[0-9a-f]{64}$/, { error: '编号不对' });

/**
 * What the server found out about an upload. Only the server can say this: `proof` is its signature, so that the
 * command cannot be given a file, a time or a likeness that were never seen.
 */
export const photoFacts = z.object({
  sourceHash: hash(),
  largeHash: hash(),
  smallHash: hash(),
  width: whole(1, 1600),
  height: whole(1, 1600),
  bytes: whole(1, 20_000_000),
  takenAt: z.iso.datetime({ error: '时间不对' }).nullable(),
  takenClaimed: z.boolean({ error: '请重新选择' }),
  perceptual: z.string().regex(/^-?\d{1,19}$/, { error: '编号不对' }),
});

export type PhotoFacts = z.infer<typeof photoFacts>;

export const storePhotoInput = photoFacts.extend({ proof: z.string().max(100) });

export const removePhotoInput = z.object({ photoId: id() });
