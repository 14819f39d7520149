import { answerTables, fileFormat } from '@/lib/alliance/settlement/file';
import { listPostings } from '@/lib/alliance/settlement/lines/reads';
import { canReadSettlement } from '@/lib/alliance/settlement/policy';
import { findStatement } from '@/lib/alliance/settlement/reads';
import { LINES_MOST, tableOfStatement } from '@/lib/alliance/settlement/rules';
import { actorOf } from '@/lib/auth/actor';
import { now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { isId } from '@/lib/platform/ids';

/** A statement of the village as a table. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const [actor, { id }] = await Promise.all([actorOf(request), params]);
  const villageId = actor && canReadSettlement(actor) === true ? actor.desk?.villageId : undefined;
  const scope = { villageIds: villageId ? [villageId] : [], merchantId: null };
  const statement = villageId && isId(id) ? await findStatement(db(), scope, id, now()) : null;
  if (!villageId || !statement) return new Response('没有找到。', { status: 404 });
  const postings = await listPostings(db(), villageId, id, { from: 0, most: LINES_MOST });
  const format = fileFormat(new URL(request.url).searchParams.get('as'));
  const name = `${statement.villageCode}-${statement.month}-${statement.number}`;
  return answerTables([tableOfStatement(statement, postings)], format, name);
}
