import { monthsCsv } from '@/lib/alliance/statistics/csv';
import { listMonths } from '@/lib/alliance/statistics/reads';
import { actorOf } from '@/lib/auth/actor';
import { dayOf, now } from '@/lib/platform/clock';
import { BYTE_ORDER_MARK } from '@/lib/platform/csv';
import { db } from '@/lib/platform/db';

/** A shop's own months as a CSV file; to anyone else as if there were none. */
export async function GET(request: Request): Promise<Response> {
  const actor = await actorOf(request);
  if (!actor) {
    return new Response(null, { status: 303, headers: { location: '/sign-in?next=/shop/statistics' } });
  }
  if (!actor.shop) return new Response('没有找到。', { status: 404 });
  const today = dayOf(now());
  const months = await listMonths(db(), actor.shop.merchantId, today);
  const name = `收积分明细${today}.csv`;
  return new Response(BYTE_ORDER_MARK + monthsCsv(months), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="points-${today}.csv"; filename*=UTF-8''${encodeURIComponent(name)}`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  });
}
