import { findShopNews } from '@/lib/alliance/counter/news';
import { actorOf } from '@/lib/auth/actor';
import { now } from '@/lib/platform/clock';
import { jsonAnswer } from '@/lib/platform/command-http';
import { db } from '@/lib/platform/db';
import { refusalElsewhere } from '@/lib/platform/shop-said';

/** What residents paid at `shop` by themselves, and today so far; asked each few seconds while its pages are looked at. */
export async function GET(request: Request): Promise<Response> {
  const actor = await actorOf(request);
  if (!actor?.shop) return Response.json({ ok: false }, { status: actor ? 404 : 401 });
  const asked = new URL(request.url).searchParams;
  const elsewhere = refusalElsewhere(actor, asked.get('shop') ?? null);
  if (elsewhere) return jsonAnswer({ ok: false, refusal: elsewhere });
  const after = new Date(asked.get('after') ?? '');
  const since = Number.isNaN(after.getTime()) ? null : after;
  const news = await findShopNews(db(), actor.shop.merchantId, since, now());
  return Response.json(news, { headers: { 'cache-control': 'no-store' } });
}
