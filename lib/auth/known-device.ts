import 'server-only';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { env } from '@/lib/platform/env';
import { isId, newId } from '@/lib/platform/ids';
import { cookieValue, isSecure } from './cookie';

// Anybody can ask for codes for a number, or guess at its password, until the number's own limit is reached. So that no
// stranger locks its owner out, a browser in which somebody has signed in keeps a cookie that proves just that: a random
// id, and a keyed hash over it and each person (three at most: a family shares a phone). It opens nothing and outlives
// signing out; what comes with it is counted by itself.

const PEOPLE_MOST = 3;
const KEPT_SECONDS = 400 * 86_400;

function nameOfCookie(): string {
  return isSecure() ? '__Host-cunfen-device' : 'cunfen-device';
}

function proofOf(device: string, personId: string): string {
  return createHmac('sha256', env().AUTH_SECRET)
    .update(`device:${device}:${personId}`)
    .digest('hex')
    .slice(0, 32);
}

function partsOf(cookie: string | undefined): { device: string; proofs: string[] } | null {
  const [device, ...proofs] = (cookie ?? '').slice(0, 200).split('.');
  return isId(device) ? { device, proofs: proofs.filter((one) => /^[0-9a-f]{32}$/.test(one)) } : null;
}

/** What a request says of its device; believed by `knownDevice` alone. */
export function deviceCookieOf(request: Request): string | undefined {
  return cookieValue(request, nameOfCookie());
}

/** The id of a device on which this person has signed in before; null for any other, and for nobody. */
export function knownDevice(cookie: string | undefined, personId: string | undefined): string | null {
  const parts = partsOf(cookie);
  if (!parts || !personId) return null;
  const proof = Buffer.from(proofOf(parts.device, personId));
  return parts.proofs.some((one) => timingSafeEqual(Buffer.from(one), proof)) ? parts.device : null;
}

/** The cookie of a device on which this person has just signed in, beside those who did before. */
export function rememberDevice(cookie: string | undefined, personId: string): string {
  const { device, proofs } = partsOf(cookie) ?? { device: newId(), proofs: [] };
  const own = proofOf(device, personId);
  const kept = [own, ...proofs.filter((one) => one !== own)].slice(0, PEOPLE_MOST);
  const secure = isSecure() ? '; Secure' : '';
  return `${nameOfCookie()}=${[device, ...kept].join('.')}; Path=/; Max-Age=${KEPT_SECONDS}; HttpOnly; SameSite=Lax${secure}`;
}
