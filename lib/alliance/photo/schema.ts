import { z } from 'zod';
import { photoFacts } from '@/lib/photos/schema';
import { id } from '@/lib/platform/form-shape';

export const photoPurpose = () => z.enum(['FRONT', 'OFFER', 'SLIP', 'DOCUMENT'], { error: '请重新选择' });

/** What the server found out about a picture of the alliance; only it can say this, by its signature. */
export const shopPhotoFacts = photoFacts.omit({ takenAt: true, takenClaimed: true, perceptual: true });

export type ShopPhotoFacts = z.infer<typeof shopPhotoFacts>;

export const storeShopPhotoInput = shopPhotoFacts.extend({
  purpose: photoPurpose(),
  merchantId: id(),
  proof: z.string().max(100),
});

export type StoreShopPhotoInput = z.infer<typeof storeShopPhotoInput>;
