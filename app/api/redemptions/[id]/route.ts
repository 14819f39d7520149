import { answerKnown } from '@/lib/alliance/redemption/known-http';
import { actorOf } from '@/lib/auth/actor';
import { now } from '@/lib/platform/clock';

/** What became of a redemption, for a phone whose answer was lost. */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }) {
  const [{ id }, actor] = await Promise.all([params, actorOf(request)]);
  return answerKnown(request, id, actor, now());
}
