import 'server-only';
import type { Actor } from '@/lib/auth/types';
import type { DecodedPhoto } from '@/lib/photos/decoder';
import { keepFiles, releaseFiles } from '@/lib/photos/files';
import { countUpload, senderOf } from '@/lib/photos/turns';
import { mustBePhoto, mustDecode, type UploadResult } from '@/lib/photos/upload';
import { runCommand } from '@/lib/platform/command';
import { db } from '@/lib/platform/db';
import { isId } from '@/lib/platform/ids';
import { Refusal, refuse } from '@/lib/platform/refusal';
import { refusalElsewhere } from '@/lib/platform/shop-said';
import { contentAddressOf, photoStore } from '@/lib/platform/storage';
import { proveShopPhoto } from './attach';
import { storeShopPhoto } from './commands';
import { findShopPhoto, findUploadPlace } from './reads';
import { photoPurpose, type ShopPhotoFacts } from './schema';
import type { MerchantPhotoPurpose } from './types';

export interface ShopUpload {
  bytes: Uint8Array;
  /** made by the device: the same id with the same bytes is the same picture */
  id: string;
  actor: Actor;
  /** as it came: FRONT, OFFER, SLIP or DOCUMENT */
  purpose: string | null;
  /** whose picture; people of one shop alone may leave it out */
  merchantId?: string;
  now: Date;
  address?: string;
  /** count against the rate limit; on for people, off for the seed */
  limited?: boolean;
}

/**
 * Takes one picture of the alliance in, under the limits and refusals of every photo: decided by content, decoded apart,
 * stored in two sizes without metadata. A refusal leaves nothing behind, neither file nor row.
 */
export async function takeMerchantPhoto(upload: ShopUpload): Promise<UploadResult> {
  try {
    return await take(upload);
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, refusal: error.view };
    throw error;
  }
}

async function take(upload: ShopUpload): Promise<UploadResult> {
  const { actor, bytes, id, now } = upload;
  const purpose = photoPurpose().safeParse(upload.purpose);
  if (!isId(id)) throw refuse('BAD_INPUT', {}, 'id');
  if (purpose.success) mustBeOfShop(actor, purpose.data, upload.merchantId);
  const place = purpose.success ? await findUploadPlace(db(), actor, purpose.data, upload.merchantId) : null;
  if (!purpose.success || !place) throw refuse('NOT_ALLOWED');
  const sender = upload.limited ? senderOf(actor.personId, now) : null;
  if (sender) await countUpload(sender);

  const format = mustBePhoto(bytes);
  const sourceHash = contentAddressOf(bytes);
  const earlier = await findShopPhoto(db(), id);
  if (earlier) {
    const isSame =
      earlier.sourceHash === sourceHash &&
      earlier.uploadedById === actor.personId &&
      earlier.merchantId === place.merchantId &&
      earlier.purpose === purpose.data;
    if (!isSame) throw refuse('SAME_ID_OTHER_CONTENT');
    return { ok: true, id, width: earlier.width, height: earlier.height, repeated: true };
  }
  const decoded = await mustDecode(bytes, format, sender);
  return keep(upload, purpose.data, place.merchantId, sourceHash, decoded);
}

/** What a shop's people show of it is of the shop whose page they are on. */
function mustBeOfShop(actor: Actor, purpose: MerchantPhotoPurpose, merchantId: string | undefined): void {
  const isShops = purpose === 'FRONT' || purpose === 'OFFER';
  const isOurs = merchantId === undefined || actor.shops.some((shop) => shop.merchantId === merchantId);
  const elsewhere = isShops && isOurs ? refusalElsewhere(actor, merchantId ?? null) : null;
  if (elsewhere) throw refuse(elsewhere.code, elsewhere.params);
}

async function keep(
  { actor, id, now, address = '' }: ShopUpload,
  purpose: MerchantPhotoPurpose,
  merchantId: string,
  sourceHash: string,
  decoded: DecodedPhoto,
): Promise<UploadResult> {
  const facts = shopFactsOf(sourceHash, decoded);
  const proof = proveShopPhoto({ id, merchantId, purpose, personId: actor.personId, facts });
  const input = { ...facts, purpose, merchantId, proof };
  const result = await keepFiles(db(), photoStore(), [decoded.large, decoded.small], () =>
    runCommand(storeShopPhoto, { actor, id, input, now, address }),
  );
  if (!result.ok) return result;
  const { width, height } = decoded;
  if (!result.repeated) return { ok: true, id, width, height, repeated: false };
  if (await findShopPhoto(db(), id)) return { ok: true, id, width, height, repeated: true };
  await releaseFiles(db(), photoStore(), [facts.largeHash, facts.smallHash]);
  throw refuse('PHOTO_GONE', {}, 'photo');
}

/** What is recorded of a decoded picture. */
export function shopFactsOf(sourceHash: string, decoded: DecodedPhoto): ShopPhotoFacts {
  return {
    sourceHash,
    largeHash: contentAddressOf(decoded.large),
    smallHash: contentAddressOf(decoded.small),
    width: decoded.width,
    height: decoded.height,
    bytes: decoded.large.byteLength,
  };
}
