import 'server-only';
import { dateToDay, dayOf, type Quarter, sayQuarter, timeOf } from '@/lib/platform/clock';
import type { Db } from '@/lib/platform/db';
import { env } from '@/lib/platform/env';
import { findVillages } from '@/lib/regions/reads';
import { maskName } from '@/lib/residents/rules';
import type { ListFacts } from '../documents/types';

const sayFull = (day: string) =>
  `${day.slice(0, 4)}年${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`;

/** All that a document of a list says at `at`; null when there is nothing to show. */
export async function findListFacts(
  db: Db,
  villageId: string,
  listId: string,
  at: Date,
): Promise<ListFacts | null> {
  const list = await db.villageList.findFirst({
    where: { villageId, id: listId, state: { in: ['CHECKED', 'PUBLICITY', 'FINAL'] } },
  });
  const village = (await findVillages(db, [villageId])).get(villageId);
  if (!list || !village) return null;
  if (list.expiresOn && dateToDay(list.expiresOn) < dayOf(at)) return null;
  const rows = await db.$queryRaw<
    { rank: number; points: number; code: string; group: string; name: string; consented: boolean }[]
  >`
    select row.rank, row.points, h.code, g.name as "group", r.name,
      exists (select 1 from consent c where c.village_id = row.village_id and c.household_id = row.household_id
              and c.withdrawn_at is null) as consented
    from list_row row
    join household h on h.village_id = row.village_id and h.id = row.household_id
    join village_group g on g.village_id = h.village_id and g.id = h.group_id
    join resident r on r.village_id = h.village_id and r.household_id = h.id and r.relation = 'HEAD'
    where row.village_id = ${villageId}::uuid and row.list_id = ${listId}::uuid and row.state = 'STANDING'
    order by row.rank, h.code`;
  const pages = await db.listDocument.findMany({
    where: { villageId, listId, kind: 'HTML' },
    orderBy: { edition: 'desc' },
    take: 2,
    select: { edition: true, hash: true, retiredAt: true },
  });
  const [latest, before] = pages;
  const replaced = latest?.retiredAt ? latest : before;
  return {
    villageId,
    listId,
    villageName: village.name,
    townshipName: village.townshipName,
    districtName: village.districtName,
    isDemo: village.isDemo,
    kind: list.kind,
    subject: list.subject,
    periodName: sayQuarter(list.period as Quarter),
    rows: rows.map((row) => ({
      rank: row.rank,
      name: row.consented && list.kind === 'RED' ? row.name : maskName(row.name),
      isNamed: row.consented && list.kind === 'RED',
      where: `${row.group} ${row.code}`,
      points: row.points,
      placeKind: null,
      reasons: [],
      repair: '',
    })),
    asOf: `${sayFull(dayOf(list.asOf))} ${timeOf(list.asOf)}`,
    rule: list.top ? `前 ${list.top} 名（并列同列）` : `${list.threshold} 分以上`,
    publicity:
      list.publicFrom && list.publicUntil
        ? { from: sayFull(dateToDay(list.publicFrom)), until: sayFull(dateToDay(list.publicUntil)) }
        : null,
    objectionNote: '有异议，公示期内扫码或找村务监督员提出，7 天内答复。',
    rulebookNote: '按村民会议通过的细则，由台账算出',
    address: `${env().BASE_URL}/v/${village.code}/lists/${listId}`,
    edition: latest ? latest.edition + (latest.retiredAt ? 1 : 0) : 1,
    replaces: replaced ? `${replaced.hash.slice(0, 4)} ${replaced.hash.slice(4, 8)}`.toUpperCase() : null,
  };
}
