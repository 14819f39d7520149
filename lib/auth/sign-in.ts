import 'server-only';
import { z } from 'zod';
import { type Db, db } from '@/lib/platform/db';
import { env } from '@/lib/platform/env';
import * as shape from '@/lib/platform/form-shape';
import { forgiveHit, hitRate } from '@/lib/platform/rate';
import { Refusal, refuse } from '@/lib/platform/refusal';
import { phoneKey, spendCode } from './codes';
import { isDemoPerson } from './demo';
import { knownDevice } from './known-device';
import { issueSession, type Way } from './next-auth';
import { isPassword, PASSWORD_CHARACTERS_MOST } from './passwords';
import { openSession } from './sessions';

// Tries that failed, in a quarter of an hour. One that succeeds is taken back.

/** From one address: a whole village, or a carrier's town, may share one. */
const TRIES_PER_ADDRESS = 120;
/** Passwords for one number, from one address or from a device its owner has signed in on. */
const TRIES_FROM_ONE = 10;
/** Passwords for one number, from wherever strangers come: so much more that shutting its owner out takes many. */
const TRIES_PER_NUMBER = 100;
const TRIES_SECONDS = 15 * 60;

const six = z
  .string({ error: '请填验证码' })
  .transform((value) => value.normalize('NFKC').replace(/\D/g, ''))
  .refine((value) => value.length === 6, { error: '验证码是 6 位数字' });

const password = z
  .string({ error: '请填密码' })
  .min(1, { error: '请填密码' })
  .max(PASSWORD_CHARACTERS_MOST, { error: '密码太长了' })
  .refine((value) => value.isWellFormed(), { error: '有读不出来的字符，请重填' });

/** What each way of signing in must be given. */
export const signInShapes = {
  code: z.object({ request: shape.id(), code: six }),
  password: z.object({ phone: shape.phone(), password }),
  demo: z.object({ person: shape.id() }),
} satisfies Record<Way, z.ZodType>;

export interface SignInCall {
  way: Way;
  entered: Record<string, string>;
  address: string;
  /** the browser's name in the list of devices */
  device: string;
  /** the cookie of a known device */
  known?: string | undefined;
  now: Date;
}

export type SignInResult =
  | { ok: true; cookies: string[]; personId: string; sessionId: string }
  | { ok: false; refusal: Refusal };

/**
 * Signs someone in: a session in the database and the cookie that names it. Refuses: BAD_INPUT, TOO_MANY_TRIES,
 * WRONG_CODE, WRONG_PASSWORD. An unknown number, a number without a password and a wrong one are one answer.
 */
export async function signIn(call: SignInCall): Promise<SignInResult> {
  let opened: { personId: string; sessionId: string } | undefined;
  let fault: unknown;
  // next-auth makes a redirect of whatever is thrown in here, so it is carried around it.
  const cookies = await issueSession(call.way, call.entered, async (entered) => {
    try {
      const personId = await personBehind(db(), { ...call, entered });
      const sessionId = await openSession(db(), personId, call.device, call.now);
      opened = { personId, sessionId };
      return sessionId;
    } catch (error) {
      fault = error;
      return null;
    }
  });
  if (fault instanceof Refusal) return { ok: false, refusal: fault };
  if (fault) throw fault;
  if (!cookies || !opened) throw new Error('next-auth issued no session');
  return { ok: true, cookies, ...opened };
}

async function personBehind(db: Db, call: SignInCall): Promise<string> {
  const byAddress = { key: `sign-in:address:${call.address}`, most: TRIES_PER_ADDRESS };
  return countFailures(db, [byAddress], call.now, async () => {
    if (call.way === 'code') return byCode(db, parse(signInShapes.code, call.entered), call.now);
    if (call.way === 'password') return byPassword(db, parse(signInShapes.password, call.entered), call);
    return byTap(db, parse(signInShapes.demo, call.entered));
  });
}

async function byCode(db: Db, entered: z.output<typeof signInShapes.code>, now: Date): Promise<string> {
  const phone = await spendCode(db, entered.request, entered.code, now);
  const person = phone ? await db.person.findUnique({ where: { phone }, select: { id: true } }) : null;
  if (!person) throw refuse('WRONG_CODE', {}, 'code');
  return person.id;
}

async function byPassword(
  db: Db,
  entered: z.output<typeof signInShapes.password>,
  { address, known, now }: SignInCall,
): Promise<string> {
  const person = await db.person.findUnique({
    where: { phone: entered.phone },
    select: { id: true, passwordHash: true },
  });
  const number = phoneKey(entered.phone);
  const device = knownDevice(known, person?.id);
  const limits = device
    ? [{ key: `sign-in:device:${device}:${number}`, most: TRIES_FROM_ONE }]
    : [
        { key: `sign-in:from:${address}:${number}`, most: TRIES_FROM_ONE },
        { key: `sign-in:number:${number}`, most: TRIES_PER_NUMBER },
      ];
  return countFailures(db, limits, now, async () => {
    const right = await isPassword(entered.password, person?.passwordHash ?? null);
    if (!person || !right) throw refuse('WRONG_PASSWORD', {}, 'password');
    return person.id;
  });
}

async function byTap(db: Db, entered: z.output<typeof signInShapes.demo>): Promise<string> {
  if (!env().DEMO || !(await isDemoPerson(db, entered.person))) throw refuse('NOT_FOUND');
  return entered.person;
}

/** Tries within the limits, of which only what failed uses anything up. Refuses TOO_MANY_TRIES. */
async function countFailures(
  db: Db,
  tries: { key: string; most: number }[],
  now: Date,
  attempt: () => Promise<string>,
): Promise<string> {
  const limits = tries.map((one) => ({ ...one, seconds: TRIES_SECONDS }));
  for (const limit of limits) {
    const wait = await hitRate(db, limit, now);
    if (wait > 0) throw refuse('TOO_MANY_TRIES', { minutes: Math.ceil(wait / 60) });
  }
  const personId = await attempt();
  for (const limit of limits) await forgiveHit(db, limit, now);
  return personId;
}

function parse<Shape extends z.ZodType>(shape: Shape, entered: Record<string, string>): z.output<Shape> {
  const parsed = shape.safeParse(entered);
  if (parsed.success) return parsed.data;
  const fields = Object.fromEntries(
    parsed.error.issues.map((issue) => [issue.path.map(String).join('.'), issue.message]),
  );
  throw new Refusal('BAD_INPUT', {}, Object.keys(fields)[0], fields);
}
