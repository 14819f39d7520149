import 'server-only';
import type { Actor, ResidentSeat } from '@/lib/auth/types';
import type { Db } from '@/lib/platform/db';
import { newId } from '@/lib/platform/ids';
import { hitRate } from '@/lib/platform/rate';
import { refuse } from '@/lib/platform/refusal';
import type { PayCodeView } from './types';

/** A phone that shows its code for minutes asks once a minute; a person who taps, some times more. */
const CODES_A_MINUTE = 20;

/**
 * Makes the code that this device shows next, for a minute; the last one of the same device ends. Its digits are kept
 * in its row alone, in no log. Refuses TOO_MANY_REQUESTS, NOT_ALLOWED.
 */
export async function makePayCode(
  db: Db,
  actor: Actor & { resident: ResidentSeat },
  now: Date,
): Promise<PayCodeView> {
  const limit = { key: `pay-code:${actor.personId}`, most: CODES_A_MINUTE, seconds: 60 };
  const wait = await hitRate(db, limit, now);
  if (wait > 0) throw refuse('TOO_MANY_REQUESTS', { seconds: wait });
  const { villageId, householdId, residentId } = actor.resident;
  const [row] = await db.$queryRaw<{ digits: string; expires_at: Date }[]>`
    select digits, expires_at from pay_code_make(${villageId}::uuid, ${newId()}::uuid, ${householdId}::uuid,
      ${residentId}::uuid, ${actor.personId}::uuid, ${actor.sessionId}::uuid, ${now}::timestamptz)`;
  if (!row) throw new Error('pay_code_make answered nothing');
  const seconds = Math.round((row.expires_at.getTime() - now.getTime()) / 1000);
  return { code: row.digits, expiresAt: row.expires_at, seconds };
}
