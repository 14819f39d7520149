import { answerTables, fileFormat } from '@/lib/alliance/settlement/file';
import { listPostings } from '@/lib/alliance/settlement/lines/reads';
import { findStatement } from '@/lib/alliance/settlement/reads';
import { LINES_MOST, tableOfStatement } from '@/lib/alliance/settlement/rules';
import { actorOf } from '@/lib/auth/actor';
import { now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { isId } from '@/lib/platform/ids';
import { shopScopeIn } from '../../../shop-scope';

/** A shop's own statement as a table. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ village: string; id: string }> },
): Promise<Response> {
  const [actor, { village, id }] = await Promise.all([actorOf(request), params]);
  const scope = actor?.shop && isId(id) ? await shopScopeIn(actor.shop.merchantId, village) : null;
  const villageId = scope?.villageIds[0];
  const statement = scope ? await findStatement(db(), scope, id, now()) : null;
  if (!villageId || !statement) return new Response('没有找到。', { status: 404 });
  const postings = await listPostings(db(), villageId, id, { from: 0, most: LINES_MOST });
  const format = fileFormat(new URL(request.url).searchParams.get('as'));
  return answerTables(
    [tableOfStatement(statement, postings)],
    format,
    `${village}-${statement.month}-${statement.number}`,
  );
}
