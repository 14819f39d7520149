import 'server-only';
import type { OfficeSeat } from '@/lib/auth/types';
import { type Db, Prisma } from '@/lib/platform/db';
import type { ContestedView, Hint, PostingView, StatementState } from '../types';

/** Lines on one page of a statement. */
export const LINES_A_PAGE = 100;
/** Contested lines that an office looks at; more are no list any more. */
const CONTESTED_MOST = 300;

interface PostingRow {
  id: string;
  posted_at: Date;
  household_code: string;
  title: string;
  points: number;
  fen: number;
  back_at: Date | null;
  disputed_why: string;
  answer: string;
  first_why: string;
  first_answer: string;
}

/** When a posting was given back. */
const BACK_AT = Prisma.sql`(select b.posted_at from posting b where b.village_id = p.village_id and b.reverses = p.id) as back_at`;

async function postings(
  db: Db,
  villageId: string,
  statementId: string,
  which: Prisma.Sql,
  { from, most }: { from: number; most: number },
): Promise<PostingView[]> {
  const rows = await db.$queryRaw<PostingRow[]>`
    select l.id, p.posted_at, h.code as household_code, r.title, l.points, l.fen, ${BACK_AT}, l.disputed_why, l.answer,
      l.first_why, l.first_answer
    from statement_line l
    join posting p on p.village_id = l.village_id and p.id = l.posting_id
    join redemption r on r.village_id = p.village_id and r.id = p.source
    join household h on h.village_id = r.village_id and h.id = r.household_id
    where l.village_id = ${villageId}::uuid and l.statement_id = ${statementId}::uuid and ${which}
    order by p.posted_at, l.id limit ${most} offset ${from}`;
  return rows.map(postingOf);
}

function postingOf(row: PostingRow): PostingView {
  return {
    id: row.id,
    postedAt: row.posted_at,
    householdCode: row.household_code,
    title: row.title,
    points: row.points,
    fen: row.fen,
    backAt: row.back_at,
    disputedWhy: row.disputed_why,
    answer: row.answer,
    first: row.first_why ? { why: row.first_why, answer: row.first_answer } : null,
  };
}

/**
 * The lines of a statement by their time, `most` of them from `from` on; households by their code alone. The statement
 * is in the caller's scope. One query.
 */
export async function listPostings(
  db: Db,
  villageId: string,
  statementId: string,
  page: { from: number; most: number },
): Promise<PostingView[]> {
  return postings(db, villageId, statementId, Prisma.sql`true`, page);
}

/** The lines of a statement that wait for the village's answer. One query. */
export async function listDisputed(db: Db, villageId: string, statementId: string): Promise<PostingView[]> {
  const which = Prisma.sql`l.disputed_why <> '' and l.answer = ''`;
  return postings(db, villageId, statementId, which, { from: 0, most: LINES_A_PAGE });
}

/**
 * What merchants and villages of a township can't agree on, the longest first: of each statement that has an open dispute,
 * waits too long, or was answered a second time, the lines that were disputed, with households by their code alone. One
 * query.
 */
export async function listContested(
  db: Db,
  office: Pick<OfficeSeat, 'id'>,
  at: Date,
): Promise<ContestedView[]> {
  type Row = PostingRow & {
    village_name: string;
    merchant_name: string;
    statement_id: string;
    month: string;
    number: number;
    state: StatementState;
    hint: Hint | null;
    hint_days: number | null;
  };
  const rows = await db.$queryRaw<Row[]>`
    select v.name as village_name, m.name as merchant_name, o.statement_id, o.month, o.number, o.state::text as state,
      o.hint, o.hint_days, l.id, p.posted_at, h.code as household_code, r.title, l.points, l.fen, ${BACK_AT}, l.disputed_why,
      l.answer, l.first_why, l.first_answer
    from settlement_open(array(select x.id from village x where x.township_id = ${office.id}::uuid), ${at}::timestamptz) o
    join village v on v.id = o.village_id
    join merchant m on m.id = o.merchant_id
    join statement_line l on l.village_id = o.village_id and l.statement_id = o.statement_id
      and (l.disputed_why <> '' or l.first_why <> '')
    join posting p on p.village_id = l.village_id and p.id = l.posting_id
    join redemption r on r.village_id = p.village_id and r.id = p.source
    join household h on h.village_id = r.village_id and h.id = r.household_id
    where o.state in ('MADE', 'DISPUTED') and (o.state = 'DISPUTED' or o.hint is not null or exists (
      select 1 from statement_line t where t.village_id = o.village_id and t.statement_id = o.statement_id
        and t.first_why <> '' and t.answer <> ''))
    order by o.since, o.village_id, o.statement_id, p.posted_at, l.id limit ${CONTESTED_MOST}`;
  const found = new Map<string, ContestedView>();
  for (const row of rows) {
    const one = found.get(row.statement_id) ?? {
      id: row.statement_id,
      villageName: row.village_name,
      merchantName: row.merchant_name,
      month: row.month,
      number: row.number,
      state: row.state,
      hint: row.hint,
      hintDays: row.hint_days ?? 0,
      lines: [],
    };
    found.set(row.statement_id, one);
    one.lines.push(postingOf(row));
  }
  return [...found.values()];
}
