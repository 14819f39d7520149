import 'server-only';
import type { Db } from '@/lib/platform/db';
import { maskName } from '@/lib/residents/rules';
import type { CommentView } from './types';

/** What was said of a version, oldest first, with the answers; names masked, households by their code. Three queries. */
export async function listComments(db: Db, villageId: string, versionId: string): Promise<CommentView[]> {
  const rows = await db.rulebookComment.findMany({
    where: { villageId, versionId },
    orderBy: [{ saidAt: 'asc' }, { id: 'asc' }],
    take: 2000,
    select: {
      id: true,
      householdId: true,
      personId: true,
      itemCode: true,
      body: true,
      saidAt: true,
      answer: true,
      answeredAt: true,
    },
  });
  const [people, items] = await Promise.all([
    // also of those who have left since, or sign in as somebody else
    db.$queryRaw<{ personId: string; householdId: string; name: string; code: string }[]>`
      select k.person_id as "personId", k.household_id as "householdId", r.name, h.code
      from resident_person k
      join resident r on r.village_id = k.village_id and r.id = k.resident_id
      join household h on h.village_id = k.village_id and h.id = k.household_id
      where k.village_id = ${villageId}::uuid and k.person_id = any (${rows.map((row) => row.personId)}::uuid[])`,
    // the draft's own, and those of earlier versions, for comments on what the draft deletes
    db.item.findMany({
      where: {
        villageId,
        code: { in: rows.map((row) => row.itemCode) },
        OR: [{ versionId }, { version: { state: { in: ['ADOPTED', 'SUPERSEDED'] } } }],
      },
      orderBy: { version: { number: 'asc' } },
      select: { code: true, name: true, versionId: true },
    }),
  ]);
  const who = new Map(people.map((one) => [`${one.personId} ${one.householdId}`, one]));
  const own = new Map(
    items.filter((item) => item.versionId === versionId).map((item) => [item.code, item.name]),
  );
  const earlier = new Map(items.map((item) => [item.code, item.name]));
  return rows.map(({ personId, householdId, ...row }) => {
    const person = who.get(`${personId} ${householdId}`);
    return {
      ...row,
      householdId,
      who: person ? maskName(person.name) : '',
      householdCode: person?.code ?? '',
      itemName: row.itemCode ? (own.get(row.itemCode) ?? earlier.get(row.itemCode) ?? '已经删去的项目') : '',
      isItemRemoved: row.itemCode !== '' && !own.has(row.itemCode),
    };
  });
}

/** How many comments of a version wait for their answer, and how many there are. One query. */
export async function countComments(
  db: Db,
  villageId: string,
  versionId: string,
): Promise<{ total: number; waiting: number }> {
  const rows = await db.rulebookComment.groupBy({
    by: ['answeredAt'],
    where: { villageId, versionId },
    _count: { _all: true },
  });
  const count = (of: typeof rows) => of.reduce((sum, row) => sum + row._count._all, 0);
  return { total: count(rows), waiting: count(rows.filter((row) => row.answeredAt === null)) };
}
