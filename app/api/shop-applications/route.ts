import { answerApplication } from '@/lib/alliance/merchant/http';
import { actorOf } from '@/lib/auth/actor';
import { addressOf } from '@/lib/platform/address';
import { now } from '@/lib/platform/clock';

/** Takes a shop's application in, with the picture of its front, from a plain form. */
export async function POST(request: Request) {
  return answerApplication(request, {
    actor: await actorOf(request),
    address: addressOf(request.headers),
    now: now(),
  });
}
