import { answerShopPhotoUpload } from '@/lib/alliance/photo/http';
import { actorOf } from '@/lib/auth/actor';
import { addressOf } from '@/lib/platform/address';
import { now } from '@/lib/platform/clock';

/** Takes pictures of shops, offers, slips and documents in: as a body from the phone, or as a plain form. */
export async function POST(request: Request) {
  return answerShopPhotoUpload(request, {
    actor: await actorOf(request),
    address: addressOf(request.headers),
    now: now(),
  });
}
