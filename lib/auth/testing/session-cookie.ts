import { encode } from 'next-auth/jwt';
import { env } from '@/lib/platform/env';
import { cookieName } from '../cookie';
import type { Actor } from '../types';

/** The Cookie header of an actor's browser. */
export async function sessionCookie(actor: Actor): Promise<string> {
  return `${cookieName()}=${await encode({ token: { sid: actor.sessionId }, secret: env().AUTH_SECRET })}`;
}
