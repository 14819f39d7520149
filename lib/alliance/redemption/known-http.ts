import 'server-only';
import type { Actor } from '@/lib/auth/types';
import { jsonAnswer } from '@/lib/platform/command-http';
import { db } from '@/lib/platform/db';
import { isId } from '@/lib/platform/ids';
import { refuse } from '@/lib/platform/refusal';
import { findRedemption } from './reads';

/**
 * Answers GET /api/redemptions/<id>: what became of it, for a phone whose answer was lost. Not there and not yours are
 * the same. A phone that says by `owner` for which merchant or household it has sent is refused once somebody else is
 * signed in on it: to be told that there is nothing would be taken for "nothing was taken".
 */
export async function answerKnown(
  request: Request,
  id: string,
  actor: Actor | null,
  now: Date,
): Promise<Response> {
  if (!actor) return jsonAnswer({ ok: false, refusal: refuse('SIGN_IN_FIRST').view });
  const query = new URL(request.url).searchParams;
  const [village, owner] = [query.get('village'), query.get('owner')];
  if (
    owner !== null &&
    !actor.residents.some((home) => home.householdId === owner) &&
    !actor.shops.some((shop) => shop.merchantId === owner)
  )
    return jsonAnswer({ ok: false, refusal: refuse('NOT_ALLOWED').view });
  const found =
    isId(id) && (village === null || isId(village))
      ? await findRedemption(db(), actor, id, village, now)
      : null;
  const body = found ? { ok: true, found: true, ...found } : { ok: true, found: false };
  return Response.json(body, { headers: { 'cache-control': 'no-store' } });
}
