import 'server-only';
import type { Actor } from '@/lib/auth/types';
import { asRefusal } from '@/lib/platform/command';
import { answerFault, jsonAnswer, readBody } from '@/lib/platform/command-http';
import { db } from '@/lib/platform/db';
import { refusalOtherHome } from '@/lib/platform/home-said';
import { isJson, refuseForeignOrigin } from '@/lib/platform/origin';
import { refuse } from '@/lib/platform/refusal';
import { makePayCode } from './codes';

const BODY_BYTES_MOST = 1024;

/** Answers POST /api/pay-code, `{home}`: `{ok, code, expiresAt, seconds}`, to a resident's own phone alone. Never throws. */
export async function answerPayCode(request: Request, actor: Actor | null, now: Date): Promise<Response> {
  try {
    if (!isJson(request)) throw refuse('BODY_UNREADABLE');
    const foreign = refuseForeignOrigin(request, actor?.sessionId ?? '', null, now);
    if (foreign) throw foreign;
    if (!actor) throw refuse('SIGN_IN_FIRST');
    const { resident } = actor;
    if (!resident) throw refuse('NOT_ALLOWED');
    const elsewhere = refusalOtherHome(actor, homeOf(await readBody(request, BODY_BYTES_MOST)));
    if (elsewhere) throw refuse(elsewhere.code, elsewhere.params);
    const { code, expiresAt, seconds } = await makePayCode(db(), { ...actor, resident }, now);
    const body = { ok: true, code, expiresAt: expiresAt.toISOString(), seconds };
    return Response.json(body, { headers: { 'cache-control': 'no-store' } });
  } catch (error) {
    const refusal = asRefusal(error);
    return refusal ? jsonAnswer({ ok: false, refusal: refusal.view }) : answerFault(error, 'pay-code', true);
  }
}

/** The village of the page that shows the code; null where it says none. Refuses BODY_UNREADABLE. */
function homeOf(body: string): string | null {
  try {
    const said: unknown = JSON.parse(body || '{}');
    const home = said !== null && typeof said === 'object' && 'home' in said ? said.home : null;
    return typeof home === 'string' ? home : null;
  } catch {
    throw refuse('BODY_UNREADABLE');
  }
}
