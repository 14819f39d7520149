import 'server-only';
import { type EntryRow, entriesOf, toEntry } from '@/lib/ledger/reads';
import type { EntryView } from '@/lib/ledger/types';
import { type Db, Prisma } from '@/lib/platform/db';
import { isId } from '@/lib/platform/ids';
import { type Paged, paged, partOf } from '@/lib/platform/paging';
import type { DeskRow, ListLine } from '../types';
import { findDeskList } from './reads';

/** What a row of a list rests on, for whoever checks it or decides an objection to it. */
export interface RowLines {
  line: ListLine;
  row: DeskRow;
  /** names masked as in the public ledger, newest first */
  entries: Paged<EntryView>;
  /** of all of them: how many, and the points of the row that they make */
  count: number;
  sum: number;
}

/**
 * The ledger's lines from which a red row's points come, as the ledger stood at the list's moment and with what was taken
 * back of it since (list_scores and list_red_back in list.sql count the same).
 */
const OF_RED = (villageId: string, rowId: string) => Prisma.sql`
  from list_row r
  join village_list l on l.village_id = r.village_id and l.id = r.list_id
  cross join quarter_days(l.period) q
  join posting p on p.village_id = r.village_id and p.household_id = r.household_id
    and p.credited_on >= q.from_day and p.credited_on < q.before_day and p.honour <> 0
    and (l.subject = 'HOUSEHOLD' or p.resident_id = r.resident_id)
    and (p.posted_at <= l.as_of or exists (
      select 1 from posting o where o.village_id = p.village_id and o.id = p.reverses and o.posted_at <= l.as_of))
  where r.village_id = ${villageId}::uuid and r.id = ${rowId}::uuid`;

/** The deductions that a black row rests on. */
const OF_BLACK = (villageId: string, rowId: string) => Prisma.sql`
  from list_ground g
  cross join lateral list_postings_of(g.village_id, g.deduction_id) p
  where g.village_id = ${villageId}::uuid and g.row_id = ${rowId}::uuid`;

/**
 * A page of the ledger's lines that make the points of a row, of a list that the village's office sees with its rows at
 * this moment; null for a place's row, and where there is none. Two queries and those of the list.
 */
export async function findRowLines(
  db: Db,
  villageId: string,
  { listId, rowId }: { listId: string; rowId: string },
  page: number,
  at: Date,
): Promise<RowLines | null> {
  if (!isId(rowId)) return null;
  const list = await findDeskList(db, villageId, listId, at);
  const row = list?.rows.find((one) => one.id === rowId);
  if (!list || !row?.householdId) return null;
  const isRed = list.line.kind === 'RED';
  const from = (isRed ? OF_RED : OF_BLACK)(villageId, rowId);
  const { take, skip } = partOf(page);
  const [rows, [all]] = await Promise.all([
    db.$queryRaw<EntryRow[]>(
      entriesOf(
        Prisma.sql`select p.* ${from} order by p.posted_at desc, p.id desc limit ${take} offset ${skip}`,
        Prisma.sql`order by p.posted_at desc, p.id desc`,
      ),
    ),
    db.$queryRaw<{ count: number; honour: number }[]>`
      select count(*)::int as count, coalesce(sum(p.honour), 0)::int as honour ${from}`,
  ]);
  const honour = all?.honour ?? 0;
  return {
    line: list.line,
    row,
    entries: paged(rows.map(toEntry), page),
    count: all?.count ?? 0,
    sum: isRed ? honour : -honour,
  };
}
