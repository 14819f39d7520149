import { findCodeNews } from '@/lib/alliance/counter/household/reads';
import { actorOf } from '@/lib/auth/actor';
import { now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { homeSaid } from '@/lib/platform/home-said';

/** What a shop made of the code that this phone shows for `home`; asked each two seconds while it is looked at. */
export async function GET(request: Request): Promise<Response> {
  const actor = await actorOf(request);
  const home = homeSaid(actor, new URL(request.url).searchParams.get('home'));
  if (!actor || !home) return Response.json({ ok: false }, { status: actor ? 404 : 401 });
  const news = await findCodeNews(db(), home.villageId, actor.sessionId, now());
  return Response.json({ ok: true, news }, { headers: { 'cache-control': 'no-store' } });
}
