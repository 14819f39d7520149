import 'server-only';
import type { Actor } from '@/lib/auth/types';
import { asRefusal } from '@/lib/platform/command';
import { answerFault, jsonAnswer } from '@/lib/platform/command-http';
import { db } from '@/lib/platform/db';
import { isJson, refuseForeignOrigin } from '@/lib/platform/origin';
import { refuse } from '@/lib/platform/refusal';
import { makePayCode } from './codes';

/** Answers POST /api/pay-code: `{ok, code, expiresAt, seconds}`, to a resident's own phone alone. Never throws. */
export async function answerPayCode(request: Request, actor: Actor | null, now: Date): Promise<Response> {
  try {
    if (!isJson(request)) throw refuse('BODY_UNREADABLE');
    const foreign = refuseForeignOrigin(request, actor?.sessionId ?? '', null, now);
    if (foreign) throw foreign;
    if (!actor) throw refuse('SIGN_IN_FIRST');
    const { resident } = actor;
    if (!resident) throw refuse('NOT_ALLOWED');
    const { code, expiresAt, seconds } = await makePayCode(db(), { ...actor, resident }, now);
    const body = { ok: true, code, expiresAt: expiresAt.toISOString(), seconds };
    return Response.json(body, { headers: { 'cache-control': 'no-store' } });
  } catch (error) {
    const refusal = asRefusal(error);
    return refusal ? jsonAnswer({ ok: false, refusal: refusal.view }) : answerFault(error, 'pay-code', true);
  }
}
