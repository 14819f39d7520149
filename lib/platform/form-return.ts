import 'server-only';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { db } from './db';
import { env } from './env';
import { isId, NIL_ID, newId } from './ids';
import { hitRate } from './rate';
import { type RefusalParams, type RefusalView, refuse } from './refusal';
import { REFUSALS, type RefusalCode } from './refusal-catalogue';

// Refused forms are the one thing that the program writes down for whoever asks, so what they may take of the disk is
// limited: in size, in how many, and for people who are not signed in to refusals that are not of rate. A refusal that
// isn't written down travels in the address instead, under the server's signature: it is always seen.

/** What a refused form shows again: why, and what was entered. */
export interface FormReturnView {
  refusal: RefusalView;
  entered: Record<string, string | string[]>;
}

/** Whose form it was. */
export interface FormSender {
  /** null for people not signed in */
  sessionId: string | null;
  /** the network address, which is counted where there is no session */
  address: string;
}

const KEPT_MINUTES = 30;
/**
 * What is entered into a form is far less; the longest, a covenant of 10,000 characters, is written by people who are
 * signed in. Of a form beyond it nothing is shown again but the refusal.
 */
const ENTERED_BYTES_MOST = { signedIn: 64 * 1024, others: 16 * 1024 };
/** Of a refusal of rate to somebody not signed in: a number or a few lines, not to be typed again. */
const RATE_BYTES_MOST = 1024;
/** Refused forms that are kept in an hour: of a session, or of an address, behind which many phones may be. */
const KEPT_PER_HOUR = { signedIn: 300, others: 600 };
/** never kept, not even for a minute */
const SECRET_FIELDS = new Set([
  'code',
  'password',
  '_token',
  'vote',
  'hallFor',
  'hallAgainst',
  'hallAbstained',
]);

/**
 * Keeps a refused form for its session; answers what goes into the address as `r`. Nothing is written down beyond
 * KEPT_PER_HOUR, nor for a refusal of rate of somebody not signed in who sent more than RATE_BYTES_MOST.
 */
export async function keepFormReturn(
  by: FormSender,
  refusal: RefusalView,
  entered: Record<string, unknown>,
  now: Date,
): Promise<string> {
  const who = by.sessionId ? 'signedIn' : 'others';
  const limit = {
    key: `form-return:${by.sessionId ?? by.address}`,
    most: KEPT_PER_HOUR[who],
    seconds: 3600,
  };
  const kept = Object.fromEntries(
    Object.entries(entered)
      .filter(([name, value]) => !SECRET_FIELDS.has(name) && isEnterable(value))
      .map(([name, value]) => [withoutNul(name), withoutNul(value as string | string[])]),
  ) as Record<string, string | string[]>;
  const bytes = Buffer.byteLength(JSON.stringify(kept));
  const isOfRate = who === 'others' && refusal.status === 429;
  if (isOfRate && bytes > RATE_BYTES_MOST) return signedRefusal(by.sessionId, refusal, now);
  if ((await hitRate(db(), limit, now)) > 0) return signedRefusal(by.sessionId, refusal, now);
  const id = newId();
  const isTooLong = bytes > ENTERED_BYTES_MOST[who];
  await db().formReturn.create({
    data: {
      id,
      sessionId: by.sessionId ?? NIL_ID,
      refusal: { ...refusal, fields: isTooLong ? {} : (refusal.fields ?? {}) },
      entered: isTooLong ? {} : kept,
      expiresAt: until(now),
    },
    select: { id: true },
  });
  return id;
}

/** The refused form behind `?r=`, for the session it belongs to; null when there is none (any more). */
export async function readFormReturn(
  sessionId: string | null,
  r: string | string[] | undefined,
  now: Date,
): Promise<FormReturnView | null> {
  if (!isId(r)) {
    const refusal = typeof r === 'string' ? readSigned(sessionId, r, now) : null;
    return refusal ? { refusal, entered: {} } : null;
  }
  const row = await db().formReturn.findFirst({
    where: { id: r, sessionId: sessionId ?? NIL_ID, expiresAt: { gt: now } },
    select: { refusal: true, entered: true },
  });
  if (!row) return null;
  return {
    refusal: row.refusal as unknown as RefusalView,
    entered: row.entered as unknown as Record<string, string | string[]>,
  };
}

function until(now: Date): Date {
  return new Date(now.getTime() + KEPT_MINUTES * 60_000);
}

type SignedRefusal = [code: RefusalCode, params: RefusalParams, field: string | null, until: number];

function signedRefusal(sessionId: string | null, { code, params, field }: RefusalView, now: Date): string {
  const said: SignedRefusal = [code, params ?? {}, field ?? null, until(now).getTime()];
  const text = Buffer.from(JSON.stringify(said)).toString('base64url');
  return `${text}.${signatureOf(sessionId, text)}`;
}

function readSigned(sessionId: string | null, r: string, now: Date): RefusalView | null {
  const [text = '', signature = ''] = r.split('.');
  const [right, seen] = [Buffer.from(signatureOf(sessionId, text)), Buffer.from(signature)];
  if (right.length !== seen.length || !timingSafeEqual(right, seen)) return null;
  const [code, params, field, end] = JSON.parse(Buffer.from(text, 'base64url').toString()) as SignedRefusal;
  return code in REFUSALS && end > now.getTime() ? refuse(code, params, field ?? undefined).view : null;
}

function signatureOf(sessionId: string | null, text: string): string {
  return createHmac('sha256', env().AUTH_SECRET)
    .update(`refusal:${sessionId ?? NIL_ID}:${text}`)
    .digest('base64url');
}

/** PostgreSQL's JSON takes no NUL. */
function withoutNul<T extends string | string[]>(value: T): T {
  const strip = (text: string) => text.replaceAll('\0', '');
  return (Array.isArray(value) ? value.map(strip) : strip(value)) as T;
}

function isEnterable(value: unknown): boolean {
  return typeof value === 'string' || (Array.isArray(value) && value.every((one) => typeof one === 'string'));
}
