import 'server-only';
import type { NextApiRequest, NextApiResponse } from 'next';
import NextAuth, { type AuthOptions, type User } from 'next-auth';
import Credentials from 'next-auth/providers/credentials';
import { env } from '@/lib/platform/env';
import { log } from '@/lib/platform/log';
import { cookieName, isSecure, SESSION_DAYS } from './cookie';

// next-auth issues and reads the session cookie; who may have one is decided in sign-in.ts. Its own addresses under
// /api/auth are not open: there is one way in, POST /api/sign-in, which asks next-auth's handler in this process, with
// the CSRF token that handler wants. A provider that needs a callback from outside (WeChat) would open its own
// address and call `handle` the same way.

/** How someone signs in. */
export type Way = 'code' | 'password' | 'demo';

/** Decides about what was entered: answers the id of the session it opened, or null. */
export type Authorize = (entered: Record<string, string>) => Promise<string | null>;

/** Signs in by one way; answers the Set-Cookie lines to send, or null when `authorize` said no. */
export async function issueSession(
  way: Way,
  entered: Record<string, string>,
  authorize: Authorize,
): Promise<string[] | null> {
  const options = optionsFor(way, authorize);
  const csrf = await handle(options, { method: 'GET', path: ['csrf'], cookies: {}, body: {} });
  const { csrfToken } = csrf.body as { csrfToken: string };
  const answer = await handle(options, {
    method: 'POST',
    path: ['callback', way],
    cookies: cookiesOf(csrf.cookies),
    body: { ...entered, csrfToken, json: 'true' },
  });
  // The CSRF and callback cookies were for the handler alone; the browser gets the session's.
  const session = answer.cookies.filter((line) => line.startsWith(`${cookieName()}=`));
  return session.length > 0 ? session : null;
}

function optionsFor(way: Way, authorize: Authorize): AuthOptions {
  // Read by next-auth from the environment only; it would otherwise believe the Host header.
  process.env.NEXTAUTH_URL ??= env().BASE_URL;
  const cookie = { httpOnly: true, sameSite: 'lax', path: '/', secure: isSecure() } as const;
  return {
    secret: env().AUTH_SECRET,
    providers: [
      Credentials({
        id: way,
        credentials: {},
        async authorize(entered): Promise<User | null> {
          const id = await authorize(entered as Record<string, string>);
          return id ? { id } : null;
        },
      }),
    ],
    session: { strategy: 'jwt', maxAge: SESSION_DAYS * 86_400 },
    callbacks: { jwt: async ({ token, user }) => ({ sid: user?.id ?? token.sid }) },
    cookies: { sessionToken: { name: cookieName(), options: cookie } },
    useSecureCookies: isSecure(),
    logger: {
      error: (code) => log.error({ fault: code }, 'next-auth'),
      warn: (code) => log.warn({ warning: code }, 'next-auth'),
      debug: () => undefined,
    },
  };
}

interface HandlerCall {
  method: 'GET' | 'POST';
  path: string[];
  cookies: Record<string, string>;
  body: Record<string, string>;
}

/** Calls next-auth's handler for Next's API routes with the few things it looks at. */
async function handle(
  options: AuthOptions,
  call: HandlerCall,
): Promise<{ body: unknown; cookies: string[] }> {
  const headers = new Map<string, string | string[]>();
  let body: unknown = null;
  const { method, path, cookies } = call;
  const request = { method, query: { nextauth: path }, headers: {}, cookies, body: call.body };
  const response = {
    status: () => response,
    getHeader: (name: string) => headers.get(name.toLowerCase()),
    setHeader(name: string, value: string | string[]) {
      headers.set(name.toLowerCase(), value);
      return response;
    },
    json(value: unknown) {
      body = value;
    },
    send(value: unknown) {
      body = value;
    },
    end: () => undefined,
  };
  await NextAuth(request as unknown as NextApiRequest, response as unknown as NextApiResponse, options);
  return { body, cookies: [headers.get('set-cookie') ?? []].flat() };
}

function cookiesOf(lines: string[]): Record<string, string> {
  const pairs = lines.map((line) => /^([^=;]+)=([^;]*)/.exec(line));
  return Object.fromEntries(
    pairs.flatMap((pair) => (pair ? [[pair[1], decodeURIComponent(pair[2] ?? '')]] : [])),
  );
}
