import 'server-only';
import { z } from 'zod';
import { type Db, db } from '@/lib/platform/db';
import { env } from '@/lib/platform/env';
import * as shape from '@/lib/platform/form-shape';
import { hitRate } from '@/lib/platform/rate';
import { Refusal, refuse } from '@/lib/platform/refusal';
import { phoneKey, spendCode } from './codes';
import { isDemoPerson } from './demo';
import { issueSession, type Way } from './next-auth';
import { isPassword, PASSWORD_CHARACTERS_MOST } from './passwords';
import { openSession } from './sessions';

/** Tries from one address in a quarter of an hour. A whole village may share one. */
const TRIES_PER_ADDRESS = 120;
/** Password tries for one number in a quarter of an hour. */
const TRIES_PER_NUMBER = 10;
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
  device: string;
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
  await keepToTries(db, `sign-in:address:${call.address}`, TRIES_PER_ADDRESS, call.now);
  if (call.way === 'code') return byCode(db, parse(signInShapes.code, call.entered), call.now);
  if (call.way === 'password') return byPassword(db, parse(signInShapes.password, call.entered), call.now);
  return byTap(db, parse(signInShapes.demo, call.entered));
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
  now: Date,
): Promise<string> {
  await keepToTries(db, `sign-in:number:${phoneKey(entered.phone)}`, TRIES_PER_NUMBER, now);
  const person = await db.person.findUnique({
    where: { phone: entered.phone },
    select: { id: true, passwordHash: true },
  });
  const right = await isPassword(entered.password, person?.passwordHash ?? null);
  if (!person || !right) throw refuse('WRONG_PASSWORD', {}, 'password');
  return person.id;
}

async function byTap(db: Db, entered: z.output<typeof signInShapes.demo>): Promise<string> {
  if (!env().DEMO || !(await isDemoPerson(db, entered.person))) throw refuse('NOT_FOUND');
  return entered.person;
}

async function keepToTries(db: Db, key: string, most: number, now: Date): Promise<void> {
  const wait = await hitRate(db, { key, most, seconds: TRIES_SECONDS }, now);
  if (wait > 0) throw refuse('TOO_MANY_TRIES', { minutes: Math.ceil(wait / 60) });
}

function parse<Shape extends z.ZodType>(shape: Shape, entered: Record<string, string>): z.output<Shape> {
  const parsed = shape.safeParse(entered);
  if (parsed.success) return parsed.data;
  const fields = Object.fromEntries(
    parsed.error.issues.map((issue) => [issue.path.map(String).join('.'), issue.message]),
  );
  throw new Refusal('BAD_INPUT', {}, Object.keys(fields)[0], fields);
}
