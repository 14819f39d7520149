import 'server-only';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { dayOf } from './clock';
import { env } from './env';
import { type Refusal, refuse } from './refusal';

/**
 * Whether a writing request comes from our own pages. Browsers say so by Sec-Fetch-Site or Origin; JSON can't be
 * sent across sites without a preflight, which we never grant; a form of a browser that says nothing must carry the
 * form token. Answers the refusal, or null.
 */
export function refuseForeignOrigin(
  request: Request,
  sessionId: string,
  token: string | null,
  now: Date,
): Refusal | null {
  const site = request.headers.get('sec-fetch-site');
  if (site) return site === 'same-origin' || site === 'none' ? null : refuse('CROSS_SITE');
  const origin = request.headers.get('origin');
  if (origin) return isOwnOrigin(request, origin) ? null : refuse('CROSS_SITE');
  if (isJson(request)) return null;
  return token && isFormToken(sessionId, token, now) ? null : refuse('FORM_EXPIRED');
}

/** Whether a request's body is JSON. */
export function isJson(request: Request): boolean {
  return /^application\/json\b/i.test(request.headers.get('content-type') ?? '');
}

function isOwnOrigin(request: Request, origin: string): boolean {
  let host: string;
  try {
    host = new URL(origin).host;
  } catch {
    return false;
  }
  return host === request.headers.get('host') || host === new URL(env().BASE_URL).host;
}

/** The token a form carries for browsers that send neither header: bound to the session and the day. */
export function formToken(sessionId: string, now: Date): string {
  return createHmac('sha256', env().AUTH_SECRET)
    .update(`form:${sessionId}:${dayOf(now)}`)
    .digest('base64url');
}

function isFormToken(sessionId: string, token: string, now: Date): boolean {
  const yesterday = new Date(now.getTime() - 86_400_000);
  return [now, yesterday].some((at) => {
    const right = Buffer.from(formToken(sessionId, at));
    const seen = Buffer.from(token);
    return right.length === seen.length && timingSafeEqual(right, seen);
  });
}
