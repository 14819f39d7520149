import 'server-only';
import { type Day, dateToDay } from '@/lib/platform/clock';
import { type Db, Prisma } from '@/lib/platform/db';
import type { DocumentKind } from '@/lib/platform/generated/enums';
import { isId } from '@/lib/platform/ids';
import { type Asked, fileNameOf } from './rules';
import type { DocumentView, EditionView } from './types';
import { sayHash } from './wording';

/** One document as it is asked for, and what decides whether it is served. */
export interface AskedDocument extends Asked {
  villageCode: string;
  villageName: string;
  listId: string;
  period: string;
  hash: string | null;
  bytes: number;
}

interface Found {
  village_id: string;
  village_name: string;
  kind: Asked['kind'];
  subject: Asked['subject'];
  state: Asked['state'];
  audience: Asked['audience'];
  period: string;
  public_from: Date | null;
  last_day: Date | null;
  hash: string | null;
  bytes: number | null;
  fallen: boolean;
  being_made: boolean;
}

/**
 * What a document's address leads to, without asking who asks; null when there is no such village or list. One query:
 * it is asked once for every scan of a poster. Before a list is final its last day follows from its publicity, so
 * that no job has to be in time for a list to disappear.
 */
export async function findAskedDocument(
  db: Db,
  villageCode: string,
  listId: string,
  kind: DocumentKind,
  today: Day,
): Promise<AskedDocument | null> {
  if (!isId(listId)) return null;
  const [found] = await db.$queryRaw<Found[]>`
    select v.id as village_id, v.name as village_name, l.kind, l.subject, l.state, l.period, l.public_from, d.hash, d.bytes,
      list_audience_on(l.village_id, l.kind, l.audience, ${today}::date) as audience,
      l.kind = 'BLACK' and list_fallen(l.village_id, l.id, ${today}::date) is not null as fallen,
      not exists (select 1 from list_document x where x.village_id = l.village_id and x.list_id = l.id
                  and x.retired_at is null) as being_made,
      list_last_day(l) as last_day
    from village v
    join village_list l on l.village_id = v.id and l.id = ${listId}::uuid
    left join list_document d on d.village_id = l.village_id and d.list_id = l.id
      and d.kind = ${kind}::"DocumentKind" and d.retired_at is null
    where v.code = ${villageCode}`;
  if (!found) return null;
  return {
    villageId: found.village_id,
    villageCode,
    villageName: found.village_name,
    listId,
    kind: found.kind,
    subject: found.subject,
    state: found.state,
    audience: found.audience,
    period: found.period,
    wasPublic: found.public_from !== null,
    lastDay: found.last_day ? (dateToDay(found.last_day) as Day) : null,
    hasDocument: found.hash !== null,
    isBeingMade: found.being_made,
    isFallen: found.fallen,
    hash: found.hash,
    bytes: found.bytes ?? 0,
  };
}

/** The documents of a list that are out at present, in the order of their kinds; none while new ones are being made. */
export async function listCurrentDocuments(
  db: Db,
  villageId: string,
  listId: string,
): Promise<DocumentView[]> {
  if (!isId(listId)) return [];
  const rows = await db.listDocument.findMany({
    where: { villageId, listId, retiredAt: null },
    orderBy: { kind: 'asc' },
    select: { kind: true, edition: true, bytes: true, hash: true, madeAt: true },
  });
  return rows.map(({ hash, kind, ...row }) => ({
    ...row,
    kind,
    number: sayHash(hash),
    file: fileNameOf(kind),
  }));
}

/** More editions than any list has had corrections. */
const EDITIONS_MOST = 100;

/** What was published of a list when, newest first: every edition of its page, and why it was taken out. */
export async function listEditions(db: Db, villageId: string, listId: string): Promise<EditionView[]> {
  if (!isId(listId)) return [];
  const rows = await db.listDocument.findMany({
    where: { villageId, listId, kind: 'HTML' },
    orderBy: { edition: 'desc' },
    take: EDITIONS_MOST,
    select: { edition: true, hash: true, madeAt: true, retiredAt: true, retiredWhy: true },
  });
  return rows.map(({ hash, ...row }) => ({ ...row, number: sayHash(hash) }));
}

/** Lists that should have documents and have none, for a seed or a repair. */
export async function listUndocumented(db: Db): Promise<{ villageId: string; listId: string }[]> {
  return db.$queryRaw<{ villageId: string; listId: string }[]>`
    select l.village_id as "villageId", l.id as "listId" from village_list l
    where l.state in ('CHECKED', 'PUBLICITY', 'FINAL') and not exists (
      select 1 from list_document d where d.village_id = l.village_id and d.list_id = l.id and d.retired_at is null)
    order by l.village_id, l.id`;
}

/** Of these addresses those that a document names. */
export async function listNamedFiles(db: Db, addresses: string[]): Promise<Set<string>> {
  if (addresses.length === 0) return new Set();
  const rows = await db.$queryRaw<{ hash: string }[]>`
    select distinct hash from list_document where hash in (${Prisma.join(addresses)})`;
  return new Set(rows.map((row) => row.hash));
}
