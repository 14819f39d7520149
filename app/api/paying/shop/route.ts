import { findShopNews } from '@/lib/alliance/counter/news';
import { actorOf } from '@/lib/auth/actor';
import { now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';

/** What residents paid at this shop by themselves, and today so far; asked each few seconds while it is looked at. */
export async function GET(request: Request): Promise<Response> {
  const actor = await actorOf(request);
  if (!actor?.shop) return Response.json({ ok: false }, { status: actor ? 404 : 401 });
  const after = new Date(new URL(request.url).searchParams.get('after') ?? '');
  const since = Number.isNaN(after.getTime()) ? null : after;
  const news = await findShopNews(db(), actor.shop.merchantId, since, now());
  return Response.json(news, { headers: { 'cache-control': 'no-store' } });
}
