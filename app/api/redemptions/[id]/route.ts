import { findRedemption } from '@/lib/alliance/redemption/reads';
import { actorOf } from '@/lib/auth/actor';
import { now } from '@/lib/platform/clock';
import { jsonAnswer } from '@/lib/platform/command-http';
import { db } from '@/lib/platform/db';
import { isId } from '@/lib/platform/ids';
import { refuse } from '@/lib/platform/refusal';

/** What became of a redemption, for a phone whose answer was lost. Not there and not yours are the same. */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const actor = await actorOf(request);
  if (!actor) return jsonAnswer({ ok: false, refusal: refuse('SIGN_IN_FIRST').view });
  const village = new URL(request.url).searchParams.get('village');
  const found =
    isId(id) && (village === null || isId(village))
      ? await findRedemption(db(), actor, id, village, now())
      : null;
  const body = found ? { ok: true, found: true, ...found } : { ok: true, found: false };
  return Response.json(body, { headers: { 'cache-control': 'no-store' } });
}
