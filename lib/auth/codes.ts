import 'server-only';
import { createHmac, randomInt, timingSafeEqual } from 'node:crypto';
import type { Db } from '@/lib/platform/db';
import { env } from '@/lib/platform/env';
import { isId } from '@/lib/platform/ids';

// One-time codes. Who asks for one gets a request id back, known or unknown number alike; the code is good only
// together with that id. Kept is a keyed hash over both, so a copy of the table is worth nothing without AUTH_SECRET,
// though a code has only a million values.

export const CODE_MINUTES = 5;
export const CODE_TRIES_MOST = 5;

/** A fresh code of six digits. One that the page shows (demo.ts) follows from the request. */
export function makeCode(requestId: string, isShown = false): string {
  return isShown ? demoCode(requestId) : String(randomInt(1_000_000)).padStart(6, '0');
}

/** The code of a request for a number of the demo's own people. */
export function demoCode(requestId: string): string {
  const digest = createHmac('sha256', env().AUTH_SECRET).update(`demo-code:${requestId}`).digest();
  return String(digest.readUInt32BE(0) % 1_000_000).padStart(6, '0');
}

/** What is kept of a code. */
export function hashCode(requestId: string, code: string): string {
  return createHmac('sha256', env().AUTH_SECRET).update(`code:${requestId}:${code}`).digest('hex');
}

/** What counts a number's hits without keeping the number. */
export function phoneKey(phone: string): string {
  return createHmac('sha256', env().AUTH_SECRET).update(`phone:${phone}`).digest('hex').slice(0, 32);
}

/**
 * Uses up a code: answers the phone number it was sent to, or null when it is wrong, too old, used or tried too
 * often. The try is counted before the code is looked at, in one conditional update, so any number of tries at once
 * get no more than five looks; and of two right ones at once one wins.
 */
export async function spendCode(db: Db, requestId: string, code: string, now: Date): Promise<string | null> {
  if (!isId(requestId)) return null;
  const looked = await db.$queryRaw<{ phone: string; code_hash: string }[]>`
    update sign_in_code set tries = tries + 1
    where id = ${requestId}::uuid and used_at is null and expires_at > ${now} and tries < ${CODE_TRIES_MOST}
    returning phone, code_hash`;
  const row = looked[0];
  const seen = Buffer.from(hashCode(requestId, code));
  const right = Buffer.from(row?.code_hash ?? hashCode(requestId, ''));
  if (!row || seen.length !== right.length || !timingSafeEqual(seen, right)) return null;
  const used = await db.signInCode.updateMany({
    where: { id: requestId, usedAt: null },
    data: { usedAt: now },
  });
  return used.count === 1 ? row.phone : null;
}
