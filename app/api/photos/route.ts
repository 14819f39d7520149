import { actorOf } from '@/lib/auth/actor';
import { answerPhotoUpload } from '@/lib/photos/http';
import { addressOf } from '@/lib/platform/address';
import { now } from '@/lib/platform/clock';

/** Takes photos in: as a body from the phone, or as a plain form. */
export async function POST(request: Request) {
  return answerPhotoUpload(request, {
    actor: await actorOf(request),
    address: addressOf(request.headers),
    now: now(),
  });
}
