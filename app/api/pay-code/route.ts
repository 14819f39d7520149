import { answerPayCode } from '@/lib/alliance/redemption/code-http';
import { actorOf } from '@/lib/auth/actor';
import { now } from '@/lib/platform/clock';

/** The next code of this device. No command: a code is good for a minute, and its digits are in no log. */
export async function POST(request: Request): Promise<Response> {
  return answerPayCode(request, await actorOf(request), now());
}
