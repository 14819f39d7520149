import { answerTables, fileFormat } from '@/lib/alliance/settlement/file';
import { listMonth } from '@/lib/alliance/settlement/reads';
import { tableOfMonth } from '@/lib/alliance/settlement/rules';
import { actorOf } from '@/lib/auth/actor';
import { parseMonth } from '@/lib/ledger/rules';
import { now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { shopScope } from '../shop-scope';

/** A shop's own statements of a month, of all its villages. */
export async function GET(request: Request): Promise<Response> {
  const actor = await actorOf(request);
  const asked = new URL(request.url).searchParams;
  const month = parseMonth(asked.get('month') ?? undefined);
  if (!actor?.shop || !month) return new Response('没有找到。', { status: 404 });
  const { scope } = await shopScope(actor.shop.merchantId);
  const statements = await listMonth(db(), scope, month, now());
  return answerTables([tableOfMonth(month, statements, true)], fileFormat(asked.get('as')), `${month}`);
}
