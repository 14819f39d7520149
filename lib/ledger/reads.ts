import 'server-only';
import { type Day, dateToDay, dayOf, startOfDay } from '@/lib/platform/clock';
import { type Db, Prisma } from '@/lib/platform/db';
import type { PostingKind, Relation } from '@/lib/platform/generated/enums';
import { isId } from '@/lib/platform/ids';
import { maskName, mayBeUnder14 } from '@/lib/residents/rules';
import { lastMondays, monthMoments, monthsBetween } from './rules';
import type { EntryFilter, EntryPage, EntryView, LedgerSum, MonthCount, SealView, WeekCount } from './types';

// The public ledger. Entries are those of households, ordered by when they were recorded, newest first, and read
// from an index whatever their number: a page costs the same at the start and after years. Names leave this file
// masked.

/** Lines on a page, however long the ledger is. */
export const ENTRIES_PER_PAGE = 30;

export interface EntryRow {
  id: string;
  kind: PostingKind;
  posted_at: Date;
  credited_on: Date;
  deed_on: Date;
  code: string;
  name: string | null;
  birth_year: number | null;
  relation: Relation | null;
  item_code: string | null;
  item_name: string | null;
  points: number;
  shortfall: number;
  honour: number;
  version: number | null;
  verifier: string | null;
  first_verifier: string | null;
  reason: string;
  reverses: string | null;
  reversed_by: string | null;
}

/** Someone who may be under 14 is not named, not even masked. */
const CHILD = '未成年人';

/** A row of `entriesOf` as it may be shown: masked. */
export function toEntry(row: EntryRow): EntryView {
  const day = dayOf(row.posted_at);
  const deedOn = dateToDay(row.deed_on);
  return {
    id: row.id,
    kind: row.kind,
    day,
    deedOn,
    creditedOn: dateToDay(row.credited_on),
    householdCode: row.code,
    name: nameOf(row, deedOn),
    itemCode: row.item_code ?? '',
    itemName: row.item_name ?? '',
    points: row.points,
    shortfall: row.shortfall,
    honour: row.honour,
    version: row.version,
    verifiers: [row.first_verifier, row.verifier].flatMap((name) => (name ? [maskName(name)] : [])),
    reason: row.reason,
    reverses: row.reverses,
    reversedBy: row.reversed_by,
  };
}

function nameOf(row: EntryRow, day: Day): string {
  if (row.name === null || row.relation === null) return '';
  const who = { birthYear: row.birth_year, relation: row.relation };
  return mayBeUnder14(who, day) ? CHILD : maskName(row.name);
}

function where(villageId: string, filter: EntryFilter): Prisma.Sql {
  const parts = [Prisma.sql`p.village_id = ${villageId}::uuid and p.household_id is not null`];
  if (filter.month) {
    const { from, before } = monthMoments(filter.month);
    parts.push(Prisma.sql`p.posted_at >= ${from} and p.posted_at < ${before}`);
  }
  if (filter.itemCode) parts.push(Prisma.sql`p.item_code = ${filter.itemCode}`);
  return Prisma.join(parts, ' and ');
}

/** Closing a year moves points that were counted when they were given. */
const NOT_YEAR_END = Prisma.sql`p.kind not in ('YEAR_CLOSE', 'YEAR_CARRY')`;

/** Signed change of the household's spendable points. */
export const CHANGE = Prisma.sql`case when p.credit_id = p.household_id then p.points else -p.points end`;

/** The entries of `page`, an ordered and limited subquery over posting, with what is said of each. */
export function entriesOf(page: Prisma.Sql, order: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    select p.id, p.kind, p.posted_at, p.credited_on, coalesce(d.deed_on, p.credited_on) as deed_on, h.code, r.name, r.birth_year, r.relation,
      p.item_code, i.name as item_name, ${CHANGE} as points, p.shortfall, p.honour, v.number as version,
      pe.name as verifier, fe.name as first_verifier, p.reason, p.reverses, rev.id as reversed_by
    from (${page}) p
    join household h on h.village_id = p.village_id and h.id = p.household_id
    left join resident r on r.village_id = p.village_id and r.id = p.resident_id
    left join item i on i.village_id = p.village_id and i.id = p.item_id
    left join rulebook_version v on v.village_id = p.village_id and v.id = p.version_id
    left join person pe on pe.id = p.person_id
    left join deed_decision dd on dd.village_id = p.village_id and dd.id = p.source
    left join deed d on d.village_id = dd.village_id and d.id = dd.deed_id
    left join person fe on fe.id = d.first_by_id and fe.id <> p.person_id and p.kind = 'AWARD'
    left join posting rev on rev.village_id = p.village_id and rev.reverses = p.id
    ${order}`;
}

/**
 * A page of the ledger, newest first, beginning with the entry `from` (the newest without one). Null when `from` is
 * no entry of this village. Two queries, three away from the first page.
 */
export async function listEntries(
  db: Db,
  villageId: string,
  filter: EntryFilter = {},
  from: string | null = null,
): Promise<EntryPage | null> {
  const condition = where(villageId, filter);
  const cursor = from === null ? null : await findCursor(db, villageId, from);
  if (from !== null && !cursor) return null;
  const start = cursor
    ? Prisma.sql`and (p.posted_at, p.id) <= (${cursor.posted_at}::timestamptz, ${cursor.id}::uuid)`
    : Prisma.empty;
  const rows = await db.$queryRaw<EntryRow[]>(
    entriesOf(
      Prisma.sql`select p.* from posting p where ${condition} ${start}
                 order by p.posted_at desc, p.id desc limit ${ENTRIES_PER_PAGE + 1}`,
      Prisma.sql`order by p.posted_at desc, p.id desc`,
    ),
  );
  return {
    entries: rows.slice(0, ENTRIES_PER_PAGE).map(toEntry),
    older: rows[ENTRIES_PER_PAGE]?.id ?? null,
    newer: cursor ? await findNewer(db, condition, cursor) : null,
  };
}

/** Kept as PostgreSQL wrote it: a JavaScript date would lose its microseconds. */
interface Cursor {
  posted_at: string;
  id: string;
}

async function findCursor(db: Db, villageId: string, id: string): Promise<Cursor | null> {
  if (!isId(id)) return null;
  const rows = await db.$queryRaw<Cursor[]>`
    select posted_at::text, id::text from posting
    where village_id = ${villageId}::uuid and id = ${id}::uuid and household_id is not null`;
  return rows[0] ?? null;
}

async function findNewer(db: Db, condition: Prisma.Sql, cursor: Cursor): Promise<string | 'first' | null> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    select p.id from posting p
    where ${condition} and (p.posted_at, p.id) > (${cursor.posted_at}::timestamptz, ${cursor.id}::uuid)
    order by p.posted_at, p.id limit ${ENTRIES_PER_PAGE + 1}`;
  if (rows.length === 0) return null;
  return rows.length <= ENTRIES_PER_PAGE ? 'first' : (rows[ENTRIES_PER_PAGE - 1]?.id ?? 'first');
}

/** The newest entries, for the notice board. One query. */
export async function listLatest(db: Db, villageId: string, most: number): Promise<EntryView[]> {
  const rows = await db.$queryRaw<EntryRow[]>(
    entriesOf(
      Prisma.sql`select p.* from posting p where ${where(villageId, {})}
                 order by p.posted_at desc, p.id desc limit ${most}`,
      Prisma.sql`order by p.posted_at desc, p.id desc`,
    ),
  );
  return rows.map(toEntry);
}

/** All entries that `filter` lets through, oldest first, in batches: for files, whose length must not matter. */
export async function* walkEntries(
  db: Db,
  villageId: string,
  filter: EntryFilter = {},
  batch = 1000,
): AsyncGenerator<EntryView[]> {
  const condition = where(villageId, filter);
  let after = Prisma.empty;
  for (;;) {
    const rows = await db.$queryRaw<(EntryRow & { at: string })[]>(
      Prisma.sql`select e.*, e.posted_at::text as at from (${entriesOf(
        Prisma.sql`select p.* from posting p where ${condition} ${after} order by p.posted_at, p.id limit ${batch}`,
        Prisma.empty,
      )}) e order by e.posted_at, e.id`,
    );
    const last = rows.at(-1);
    if (!last) return;
    yield rows.map(toEntry);
    if (rows.length < batch) return;
    after = Prisma.sql`and (p.posted_at, p.id) > (${last.at}::timestamptz, ${last.id}::uuid)`;
  }
}

/** What the entries that `filter` lets through add up to. One query. */
export async function sumEntries(db: Db, villageId: string, filter: EntryFilter): Promise<LedgerSum> {
  const rows = await db.$queryRaw<{ entries: bigint; points: bigint; honour: bigint }[]>`
    select count(*) as entries, coalesce(sum(${CHANGE}), 0) as points, coalesce(sum(p.honour), 0) as honour
    from posting p where ${where(villageId, filter)}`;
  const row = rows[0];
  return {
    entries: Number(row?.entries ?? 0),
    points: Number(row?.points ?? 0),
    honour: Number(row?.honour ?? 0),
  };
}

/** The months that have entries or lie between such, newest first; two index lookups. */
export async function listMonths(db: Db, villageId: string, most = 36): Promise<string[]> {
  const rows = await db.$queryRaw<{ first: Date | null; last: Date | null }[]>`
    select
      (select p.posted_at from posting p where p.village_id = ${villageId}::uuid and p.household_id is not null
       order by p.posted_at, p.id limit 1) as first,
      (select p.posted_at from posting p where p.village_id = ${villageId}::uuid and p.household_id is not null
       order by p.posted_at desc, p.id desc limit 1) as last`;
  const row = rows[0];
  if (!row?.first || !row.last) return [];
  return monthsBetween(dayOf(row.first).slice(0, 7), dayOf(row.last).slice(0, 7), most);
}

/** What was recorded in a month, reversals taken off. One query. */
export async function countMonth(db: Db, villageId: string, month: string): Promise<MonthCount> {
  const rows = await db.$queryRaw<{ points: bigint; deeds: bigint; households: bigint }[]>`
    select coalesce(sum(${CHANGE}), 0) as points,
      count(*) filter (where p.kind = 'AWARD') - count(*) filter (where p.kind = 'REVERSAL' and p.honour <= 0 and p.item_id is not null) as deeds,
      count(distinct p.household_id) as households
    from posting p where ${where(villageId, { month })} and ${NOT_YEAR_END}`;
  const row = rows[0];
  return {
    points: Number(row?.points ?? 0),
    deeds: Math.max(0, Number(row?.deeds ?? 0)),
    households: Number(row?.households ?? 0),
  };
}

/** Points recorded in each of the last `weeks` weeks, Monday to Sunday, the current one last. One query. */
export async function countWeeks(db: Db, villageId: string, today: Day, weeks = 12): Promise<WeekCount[]> {
  const mondays = lastMondays(today, weeks);
  const from = startOfDay(mondays[0] ?? today);
  const rows = await db.$queryRaw<{ week: Date; points: bigint }[]>`
    select date_trunc('week', p.posted_at at time zone 'Asia/Shanghai')::date as week, sum(${CHANGE}) as points
    from posting p
    where p.village_id = ${villageId}::uuid and p.household_id is not null and p.posted_at >= ${from}
      and ${NOT_YEAR_END}
    group by 1`;
  const points = new Map(rows.map((row) => [dateToDay(row.week) as string, Number(row.points)]));
  return mondays.map((week) => ({ week, points: points.get(week) ?? 0 }));
}

/** The latest seal of a village's ledger; null before the first. */
export async function findLatestSeal(db: Db, villageId: string): Promise<SealView | null> {
  const seal = await db.ledgerSeal.findFirst({
    where: { villageId },
    orderBy: { number: 'desc' },
    select: { number: true, hash: true, sealedAt: true },
  });
  if (!seal) return null;
  const hex = Buffer.from(seal.hash).toString('hex').slice(0, 12).toUpperCase();
  return {
    number: seal.number,
    shortHash: (hex.match(/.{4}/g) ?? []).join(' '),
    sealedOn: dayOf(seal.sealedAt),
  };
}
