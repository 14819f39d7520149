import 'server-only';
import { addressOf } from '@/lib/platform/address';
import { now } from '@/lib/platform/clock';
import { faultAnswer, ownPath, readBody, seeOther } from '@/lib/platform/command-http';
import { db } from '@/lib/platform/db';
import { env } from '@/lib/platform/env';
import { keepFormReturn } from '@/lib/platform/form-return';
import { newId } from '@/lib/platform/ids';
import { log } from '@/lib/platform/log';
import { isJson, refuseForeignOrigin } from '@/lib/platform/origin';
import { Refusal, refuse } from '@/lib/platform/refusal';
import { withParam } from '@/lib/platform/refused-form';
import { actorOf } from './actor';
import { cookieOf, expiredCookie, sessionIdOf } from './cookie';
import { deviceCookieOf, rememberDevice } from './known-device';
import type { Way } from './next-auth';
import { findActor } from './reads';
import { homeOf } from './seats';
import { deviceName, endSession } from './sessions';
import { signIn } from './sign-in';

// Signing in and out by plain forms, or by JSON for scripts:
//   POST /api/sign-in       way=code|password and what it needs, _next, _back
//   POST /api/sign-in/demo  person, _next; not there outside demo mode
//   POST /api/sign-out

const BODY_BYTES_MOST = 8 * 1024;

/** Answers POST /api/sign-in. */
export async function answerSignIn(request: Request): Promise<Response> {
  return answer(request, (entered) => (entered.way === 'password' ? 'password' : 'code'));
}

/** Answers POST /api/sign-in/demo. */
export async function answerDemoSignIn(request: Request): Promise<Response> {
  if (!env().DEMO) return new Response(null, { status: 404, headers: { 'cache-control': 'no-store' } });
  return answer(request, () => 'demo');
}

async function answer(request: Request, wayOf: (entered: Record<string, string>) => Way): Promise<Response> {
  const asJson = isJson(request);
  const at = now();
  let entered: Record<string, string> = {};
  try {
    entered = parseEntered(await readBody(request, BODY_BYTES_MOST), asJson);
    const visitor = await actorOf(request);
    const foreign = refuseForeignOrigin(request, visitor?.sessionId ?? '', entered._token ?? null, at);
    if (foreign) throw foreign;
    const signedIn = await signIn({
      way: wayOf(entered),
      entered,
      address: addressOf(request.headers),
      device: deviceName(request.headers.get('user-agent') ?? ''),
      known: deviceCookieOf(request),
      now: at,
    });
    if (!signedIn.ok) throw signedIn.refusal;
    const cookies = [...signedIn.cookies, rememberDevice(deviceCookieOf(request), signedIn.personId)];
    // The session this browser had belongs to someone who is done here.
    if (visitor) await endSession(db(), visitor.personId, visitor.sessionId, at);
    const actor = await findActor(db(), signedIn.sessionId, at);
    const home = ownPath(entered._next, actor ? homeOf(actor) : '/');
    if (!asJson) return seeOther(home, cookies);
    const headers = new Headers({ 'cache-control': 'no-store' });
    for (const cookie of cookies) headers.append('set-cookie', cookie);
    return Response.json({ ok: true, home }, { headers });
  } catch (error) {
    return refused(error, entered, asJson, addressOf(request.headers), at);
  }
}

async function refused(
  error: unknown,
  entered: Record<string, string>,
  asJson: boolean,
  address: string,
  at: Date,
): Promise<Response> {
  if (!(error instanceof Refusal)) {
    const number = newId().slice(-12);
    log.error({ number, fault: error instanceof Error ? error.name : 'unknown' }, 'sign-in fault');
    return faultAnswer(number, asJson);
  }
  const { view } = error;
  if (asJson) {
    return Response.json(
      { ok: false, refusal: view },
      { status: view.status, headers: { 'cache-control': 'no-store' } },
    );
  }
  const shown = Object.fromEntries(Object.entries(entered).filter(([name]) => name === 'phone'));
  const r = await keepFormReturn({ sessionId: null, address }, view, shown, at);
  return seeOther(withParam(ownPath(entered._back, '/sign-in'), 'r', r));
}

/** Answers POST /api/sign-out: ends the session in the database, then takes the cookie away. */
export async function answerSignOut(request: Request): Promise<Response> {
  const at = now();
  const asJson = isJson(request);
  try {
    const entered = parseEntered(await readBody(request, BODY_BYTES_MOST), asJson);
    const actor = await actorOf(request);
    const sessionId = (await sessionIdOf(cookieOf(request))) ?? '';
    // The form on every page carries no token: it is the same for everyone, and signing out twice harms nobody. So
    // only a request that says it comes from elsewhere is refused.
    const saysWhere = request.headers.has('sec-fetch-site') || request.headers.has('origin');
    const foreign = saysWhere ? refuseForeignOrigin(request, sessionId, entered._token ?? null, at) : null;
    if (foreign) throw foreign;
    if (actor) await endSession(db(), actor.personId, actor.sessionId, at);
    if (asJson) {
      return Response.json(
        { ok: true },
        { headers: { 'set-cookie': expiredCookie(), 'cache-control': 'no-store' } },
      );
    }
    return seeOther(ownPath(entered._next, '/'), [expiredCookie()]);
  } catch (error) {
    return refused(error, {}, asJson, addressOf(request.headers), at);
  }
}

/** A flat record of strings, from a form or from JSON; anything else is refused. */
function parseEntered(body: string, asJson: boolean): Record<string, string> {
  const entered: Record<string, string> = Object.create(null);
  let pairs: [string, unknown][];
  try {
    const raw: unknown = asJson && body ? JSON.parse(body) : null;
    if (asJson && (raw === null || typeof raw !== 'object' || Array.isArray(raw)) && body) throw new Error();
    pairs = asJson ? Object.entries(raw ?? {}) : [...new URLSearchParams(body)];
  } catch {
    throw refuse('BODY_UNREADABLE');
  }
  for (const [name, value] of pairs) {
    if (typeof value !== 'string' || name in entered) throw refuse('BODY_UNREADABLE');
    entered[name] = value;
  }
  return { ...entered };
}
