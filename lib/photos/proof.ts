import 'server-only';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { env } from '@/lib/platform/env';

/** The server's signature under what it found out about an upload, so that a command can tell it from what was made up. */
export function signFacts(words: unknown[]): string {
  return createHmac('sha256', env().AUTH_SECRET).update(JSON.stringify(words)).digest('base64url');
}

/** Whether a signature is the server's under these words. */
export function isSigned(words: unknown[], proof: string): boolean {
  const right = Buffer.from(signFacts(words));
  const seen = Buffer.from(proof);
  return right.length === seen.length && timingSafeEqual(right, seen);
}
