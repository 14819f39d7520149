import 'server-only';
import { holdFiles } from '@/lib/photos/files';
import { isSigned, signFacts } from '@/lib/photos/proof';
import type { Tx } from '@/lib/platform/command';
import { NIL_ID } from '@/lib/platform/ids';
import { refuse } from '@/lib/platform/refusal';
import { photoStore } from '@/lib/platform/storage';
import { type ShopPhotoFacts, shopPhotoFacts } from './schema';
import type { MerchantPhotoPurpose } from './types';

// A picture of the alliance belongs to a merchant from the beginning, and is used as soon as something of that merchant
// names it: its front, an offer, the slip of a payment, an incentive. One that nothing names is swept after a day.

/**
 * Holds a picture until the transaction ends, so that the caller can name it. Refuses PHOTO_NOT_YOURS what isn't a
 * picture of this merchant for this purpose, or was sent by somebody else and isn't used yet.
 */
export async function attachMerchantPhoto(
  tx: Tx,
  photo: { photoId: string; merchantId: string; purpose: MerchantPhotoPurpose; personId: string },
): Promise<void> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select p.id from merchant_photo p
    where p.id = ${photo.photoId}::uuid and p.merchant_id = ${photo.merchantId}::uuid
      and p.purpose = ${photo.purpose}::"MerchantPhotoPurpose"
      and (p.uploaded_by_id = ${photo.personId}::uuid or merchant_photo_used(p))
    for update`;
  if (rows.length === 0) throw refuse('PHOTO_NOT_YOURS', {}, 'photos');
}

export interface ProvenPhoto {
  id: string;
  merchantId: string;
  purpose: MerchantPhotoPurpose;
  /** null: the applicant */
  personId: string | null;
  facts: ShopPhotoFacts;
}

const wordsOf = ({ id, merchantId, purpose, personId, facts }: ProvenPhoto): unknown[] => [
  'shop-photo',
  personId ?? NIL_ID,
  id,
  merchantId,
  purpose,
  Object.entries(shopPhotoFacts.parse(facts)).sort(),
];

/** The server's signature under what it found out about a picture, for this merchant and purpose. */
export function proveShopPhoto(photo: ProvenPhoto): string {
  return signFacts(wordsOf(photo));
}

/** Records a picture whose files lie in the store. Refuses NOT_ALLOWED what the server did not sign; throws FileVanished. */
export async function recordShopPhoto(
  tx: Tx,
  photo: ProvenPhoto & { proof: string; villageId: string | null; now: Date },
): Promise<void> {
  if (!isSigned(wordsOf(photo), photo.proof)) throw refuse('NOT_ALLOWED');
  const { id, merchantId, purpose, personId, facts, villageId, now } = photo;
  await holdFiles(tx, photoStore(), [facts.largeHash, facts.smallHash]);
  await tx.merchantPhoto.create({
    data: {
      ...shopPhotoFacts.parse(facts),
      id,
      merchantId,
      purpose,
      villageId,
      uploadedById: personId,
      createdAt: now,
    },
    select: { id: true },
  });
}
