import 'server-only';
import { cookies, headers } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import { now } from '@/lib/platform/clock';
import type { Seated } from '@/lib/platform/command';
import { db } from '@/lib/platform/db';
import { cookieName, cookieOf, sessionIdOf } from './cookie';
import { findActor } from './reads';
import { holdsSeat } from './seats';
import type { Actor, Seat } from './types';

/** Who asks for this page: read from the database once a request. Null when not signed in. */
export const getActor = cache(async (): Promise<Actor | null> => {
  const cookie = (await cookies()).get(cookieName())?.value;
  return actorOfCookie(cookie);
});

/** Who sends this request, for route files. */
export async function actorOf(request: Request): Promise<Actor | null> {
  return actorOfCookie(cookieOf(request));
}

async function actorOfCookie(cookie: string | undefined): Promise<Actor | null> {
  const sessionId = await sessionIdOf(cookie);
  return sessionId ? findActor(db(), sessionId, now()) : null;
}

/**
 * The actor of a page that belongs to a seat. Not signed in: leads to signing in and back. Signed in without that
 * seat: not found, as if the page weren't there.
 */
export async function requireSeat<S extends Seat>(seat: S): Promise<Seated<S>> {
  const actor = await getActor();
  if (!actor && seat !== 'anyone') {
    redirect(`/sign-in?next=${encodeURIComponent(await currentPath())}`);
  }
  if (!holdsSeat(actor, seat)) notFound();
  return actor;
}

/** The path and query of the page being rendered, as proxy.ts wrote it down. */
export async function currentPath(): Promise<string> {
  return (await headers()).get('x-cunfen-path') ?? '/';
}
