import 'server-only';
import { decode } from 'next-auth/jwt';
import { env } from '@/lib/platform/env';
import { isId } from '@/lib/platform/ids';

/** A session lasts this long after signing in, then one signs in again. */
export const SESSION_DAYS = 30;

/** Whether people reach us by https: then the cookie is sent over nothing else. */
export function isSecure(): boolean {
  return env().BASE_URL.startsWith('https://');
}

/** The name of the session cookie; under https the prefix makes browsers refuse one set by another host or path. */
export function cookieName(): string {
  return isSecure() ? '__Host-cunfen-session' : 'cunfen-session';
}

/**
 * What was read out of cookies already, so that taking one apart (a fifth of a millisecond) is not paid for with every
 * request. Nothing is decided by it: whether the session lives is asked of the database each time.
 */
const read = new Map<string, { sid: string; until: number }>();
const READ_MOST = 2000;

/** The session id inside a session cookie; null when it was not issued by us or is too old. */
export async function sessionIdOf(cookie: string | undefined): Promise<string | null> {
  if (!cookie || cookie.length > 2000) return null;
  const known = read.get(cookie);
  if (known && Date.now() < known.until) return known.sid;
  read.delete(cookie);
  try {
    const token = await decode({ token: cookie, secret: env().AUTH_SECRET });
    if (!isId(token?.sid)) return null;
    if (read.size >= READ_MOST) read.clear();
    if (typeof token.exp === 'number') read.set(cookie, { sid: token.sid, until: token.exp * 1000 });
    return token.sid;
  } catch {
    return null;
  }
}

/** The cookie that takes the session cookie away. */
export function expiredCookie(): string {
  const secure = isSecure() ? '; Secure' : '';
  return `${cookieName()}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax${secure}`;
}

/** The value of a request's session cookie. */
export function cookieOf(request: Request): string | undefined {
  return cookieValue(request, cookieName());
}

/** The value of one of a request's cookies. */
export function cookieValue(request: Request, name: string): string | undefined {
  for (const part of (request.headers.get('cookie') ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return undefined;
}
