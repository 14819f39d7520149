import 'server-only';
import type { Actor } from '@/lib/auth/types';
import type { Db } from '@/lib/platform/db';
import { isId } from '@/lib/platform/ids';
import type { ContentAddress } from '@/lib/platform/storage';
import { canSeeShopPhoto, isPublicPhoto, type MerchantPlace, placeOfUpload } from './policy';
import type { MerchantPhotoPurpose } from './types';

/** A picture of the alliance by its id, or null. */
export async function findShopPhoto(db: Db, id: string) {
  return db.merchantPhoto.findUnique({
    where: { id },
    select: {
      sourceHash: true,
      uploadedById: true,
      purpose: true,
      merchantId: true,
      width: true,
      height: true,
    },
  });
}

/** Where a merchant lies and what it is now; null when there is none. */
async function findMerchantPlace(db: Db, id: string): Promise<MerchantPlace | null> {
  const row = await db.merchant.findUnique({
    where: { id },
    select: { id: true, state: true, townshipId: true, township: { select: { districtId: true } } },
  });
  return row
    ? { id, state: row.state, townshipId: row.townshipId, districtId: row.township.districtId }
    : null;
}

/** Where a picture that this person sends belongs; null when it isn't for him to send. */
export async function findUploadPlace(
  db: Db,
  actor: Actor,
  purpose: MerchantPhotoPurpose,
  merchantId: string | undefined,
): Promise<{ merchantId: string; villageId: string | null } | null> {
  const id = merchantId ?? actor.shop?.merchantId;
  if (!isId(id)) return null;
  const merchant = await findMerchantPlace(db, id);
  if (!merchant || merchant.state === 'LEFT' || merchant.state === 'REJECTED') return null;
  const terms = actor.desk
    ? await db.allianceTerms.findMany({
        where: { villageId: actor.desk.villageId, merchantId: id },
        select: { villageId: true },
        take: 1,
      })
    : [];
  const place = placeOfUpload(
    actor,
    purpose,
    merchant,
    terms.map(({ villageId }) => villageId),
  );
  return place ? { merchantId: id, ...place } : null;
}

/** Where a picture's file is, for someone who may see it (null: anybody); null otherwise, whether or not there is one. */
export async function findShopPhotoFile(
  db: Db,
  actor: Actor | null,
  id: string,
  size: 'small' | 'large',
): Promise<{ address: ContentAddress; isPublic: boolean } | null> {
  if (!isId(id)) return null;
  const rows = await db.$queryRaw<
    {
      purpose: MerchantPhotoPurpose;
      village_id: string | null;
      uploaded_by_id: string | null;
      large_hash: string;
      small_hash: string;
      is_used: boolean;
      merchant_id: string;
      state: MerchantPlace['state'];
      township_id: string;
      district_id: string;
    }[]
  >`select p.purpose, p.village_id, p.uploaded_by_id, p.large_hash, p.small_hash, merchant_photo_used(p) as is_used,
      m.id as merchant_id, m.state, m.township_id, t.district_id
    from merchant_photo p join merchant m on m.id = p.merchant_id join township t on t.id = m.township_id
    where p.id = ${id}::uuid`;
  const row = rows[0];
  if (!row) return null;
  const photo = {
    purpose: row.purpose,
    villageId: row.village_id,
    uploadedById: row.uploaded_by_id,
    isUsed: row.is_used,
    merchant: {
      id: row.merchant_id,
      state: row.state,
      townshipId: row.township_id,
      districtId: row.district_id,
    },
  };
  const isPublic = isPublicPhoto(photo);
  if (!isPublic && !canSeeShopPhoto(actor, photo)) return null;
  return { address: size === 'small' ? row.small_hash : row.large_hash, isPublic };
}
