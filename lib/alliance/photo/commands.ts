import 'server-only';
import { UNATTACHED_HOURS, UNATTACHED_MOST, UPLOADS_PER_MINUTE } from '@/lib/photos/rules';
import { type Command, command } from '@/lib/platform/command';
import { refuse } from '@/lib/platform/refusal';
import { recordShopPhoto } from './attach';
import { findUploadPlace } from './reads';
import { storeShopPhotoInput } from './schema';

/**
 * Records a picture of the alliance; ends what POST /api/shop-photos begins (upload.ts). Refuses what the server did not
 * sign and whoever may not send it (NOT_ALLOWED), and more unused pictures than anyone needs (PHOTOS_UNUSED_TOO_MANY).
 */
export const storeShopPhoto = command({
  name: 'store-shop-photo',
  title: '传商户照片',
  seat: 'person',
  input: storeShopPhotoInput,
  perMinute: UPLOADS_PER_MINUTE,
  keep: ({ purpose, merchantId, largeHash, bytes }) => ({ purpose, merchantId, largeHash, bytes }),
  may: ({ shop, office, desk }) => (shop || office || desk ? true : 'NOT_ALLOWED'),
  async run({ actor, input, id, now, tx }) {
    const { purpose, merchantId, proof, ...facts } = input;
    const place = await findUploadPlace(tx, actor, purpose, merchantId);
    if (!place) throw refuse('NOT_ALLOWED');
    const since = new Date(now.getTime() - UNATTACHED_HOURS * 3_600_000);
    const [unused] = await tx.$queryRaw<{ count: number }[]>`
      select count(*)::int as count from merchant_photo p
      where p.merchant_id = ${merchantId}::uuid and p.uploaded_by_id = ${actor.personId}::uuid and p.created_at > ${since}
        and not merchant_photo_used(p)`;
    if ((unused?.count ?? 0) >= UNATTACHED_MOST) throw refuse('PHOTOS_UNUSED_TOO_MANY');
    const { villageId } = place;
    await recordShopPhoto(tx, {
      id,
      merchantId,
      purpose,
      personId: actor.personId,
      facts,
      proof,
      villageId,
      now,
    });
    return { subject: id, width: input.width, height: input.height };
  },
});

export const shopPhotoCommands: Command[] = [storeShopPhoto];
