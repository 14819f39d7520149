import { answerTables, fileFormat } from '@/lib/alliance/settlement/file';
import { canReadSettlement } from '@/lib/alliance/settlement/policy';
import { listMonth } from '@/lib/alliance/settlement/reads';
import { tableOfMonth } from '@/lib/alliance/settlement/rules';
import { actorOf } from '@/lib/auth/actor';
import { parseMonth } from '@/lib/ledger/rules';
import { now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';

/** All statements of the village in a month. */
export async function GET(request: Request): Promise<Response> {
  const actor = await actorOf(request);
  const asked = new URL(request.url).searchParams;
  const month = parseMonth(asked.get('month') ?? undefined);
  const villageId = actor && canReadSettlement(actor) === true ? actor.desk?.villageId : undefined;
  if (!villageId || !month) return new Response('没有找到。', { status: 404 });
  const statements = await listMonth(db(), { villageIds: [villageId], merchantId: null }, month, now());
  return answerTables([tableOfMonth(month, statements, false)], fileFormat(asked.get('as')), `${month}`);
}
