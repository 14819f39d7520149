import 'server-only';
import { dateToDay } from '@/lib/platform/clock';
import { type Db, Prisma } from '@/lib/platform/db';
import { listPayments } from './payment/reads';
import type {
  Hint,
  PayableView,
  StatementLineView,
  StatementPhase,
  StatementScope,
  StatementState,
  StatementView,
  UnstatedView,
} from './types';

// Everything is asked for with its villages first: an office has one, a shop those that it has had terms with.

/** Statements on one page of a list. */
export const STATEMENTS_A_PAGE = 30;
/** More than a month of a village has. */
const MONTH_MOST = 1000;

interface Row {
  village_id: string;
  village_code: string;
  village_name: string;
  id: string;
  merchant_id: string;
  merchant_name: string;
  month: string;
  number: number;
  state: StatementState;
  points: number;
  fen: number;
  cut_off: Date;
  made_at: Date;
  due_on: Date;
  paid_fen: number | null;
  is_missed: boolean | null;
  hint: Hint | null;
  hint_days: number | null;
}

interface WholeRow extends Row {
  made_by: string | null;
  agreed_by: string | null;
  agreed_at: Date | null;
  confirmed_by: string | null;
  confirmed_at: Date | null;
  lines: number;
  disputed: number;
  payment_id: string | null;
}

function lineOf(row: Row): StatementLineView {
  return {
    villageId: row.village_id,
    villageCode: row.village_code,
    villageName: row.village_name,
    id: row.id,
    merchantId: row.merchant_id,
    merchantName: row.merchant_name,
    month: row.month,
    number: row.number,
    state: row.state,
    points: row.points,
    fen: row.fen,
    cutOff: row.cut_off,
    madeAt: row.made_at,
    dueOn: dateToDay(row.due_on),
    paidFen: row.paid_fen,
    isMissed: row.is_missed ?? false,
    hint: row.hint,
    hintDays: row.hint_days ?? 0,
  };
}

const inScope = ({ villageIds, merchantId }: StatementScope) => Prisma.sql`
  s.village_id = any (${[...villageIds]}::uuid[]) and (${merchantId}::uuid is null or s.merchant_id = ${merchantId}::uuid)`;

const FROM = (villageIds: readonly string[], at: Date) => Prisma.sql`
  from statement s
  join village v on v.id = s.village_id
  join merchant m on m.id = s.merchant_id
  left join payment p on p.village_id = s.village_id and p.id = s.payment_id
  left join settlement_open(${[...villageIds]}::uuid[], ${at}::timestamptz) o
    on o.village_id = s.village_id and o.statement_id = s.id`;

const COLUMNS = Prisma.sql`s.village_id, v.code as village_code, v.name as village_name, s.id, s.merchant_id,
  m.name as merchant_name, s.month, s.number, s.state::text as state, s.points, s.fen, s.cut_off, s.made_at, s.due_on,
  p.fen as paid_fen, o.is_missed, o.hint, o.hint_days`;

/** As phaseOf (rules.ts) says it. */
const PHASE = Prisma.sql`case when s.state = 'AGREED' and s.fen < 0 then 'SET_OFF'
  when s.state = 'PAID' and p.fen <= 0 then 'BACK' else s.state::text end`;

/** The villages that a shop has had terms with, by name: whose statements are its own. One query. */
export async function listShopVillages(
  db: Db,
  merchantId: string,
): Promise<{ id: string; code: string; name: string }[]> {
  return db.$queryRaw`
    select v.id, v.code, v.name from village v
    where v.id in (select t.village_id from alliance_terms t where t.merchant_id = ${merchantId}::uuid and t.accepted_at is not null)
    order by v.name, v.id`;
}

/** Statements, newest first, a page of them from `from` on; those that wait for one of the sides before the others. One query. */
export async function listStatements(
  db: Db,
  scope: StatementScope,
  { phases, from, at }: { phases: readonly StatementPhase[]; from: number; at: Date },
): Promise<StatementLineView[]> {
  const rows = await db.$queryRaw<Row[]>`
    select ${COLUMNS} ${FROM(scope.villageIds, at)}
    where ${inScope(scope)} and ${PHASE} = any (${[...phases]}::text[])
    order by (${PHASE} in ('SET_OFF', 'CONFIRMED')), s.month desc, s.made_at desc, s.id desc limit ${STATEMENTS_A_PAGE} offset ${from}`;
  return rows.map(lineOf);
}

/** How many statements are in each phase. One query. */
export async function countStatements(
  db: Db,
  scope: StatementScope,
): Promise<Record<StatementPhase, number>> {
  const rows = await db.$queryRaw<{ phase: StatementPhase; n: number }[]>`
    select ${PHASE} as phase, count(*)::int as n from statement s
    left join payment p on p.village_id = s.village_id and p.id = s.payment_id where ${inScope(scope)} group by 1`;
  const counts = { MADE: 0, DISPUTED: 0, AGREED: 0, SET_OFF: 0, PAID: 0, BACK: 0, CONFIRMED: 0 };
  for (const row of rows) counts[row.phase] = row.n;
  return counts;
}

async function listWhole(
  db: Db,
  scope: StatementScope,
  which: Prisma.Sql,
  at: Date,
): Promise<StatementView[]> {
  const rows = await db.$queryRaw<WholeRow[]>`
    select ${COLUMNS}, b.name as made_by, a.name as agreed_by, s.agreed_at, c.name as confirmed_by, s.confirmed_at,
      s.payment_id, l.lines, l.disputed
    ${FROM(scope.villageIds, at)}
    left join person b on b.id = s.made_by_id
    left join person a on a.id = s.agreed_by_id
    left join person c on c.id = s.confirmed_by_id
    cross join lateral (
      select count(*)::int as lines, (count(*) filter (where x.disputed_why <> '' and x.answer = ''))::int as disputed
      from statement_line x where x.village_id = s.village_id and x.statement_id = s.id) l
    where ${inScope(scope)} and ${which}
    order by m.name, v.name, s.month, s.number limit ${MONTH_MOST}`;
  const paid = await listPayments(
    db,
    scope.villageIds,
    rows.flatMap((row) => (row.payment_id ? [row.payment_id] : [])),
  );
  return rows.map((row) => {
    const payment = paid.get(row.payment_id ?? '');
    return {
      ...lineOf(row),
      madeBy: row.made_by ?? '',
      agreedBy: row.agreed_by ?? '',
      agreedAt: row.agreed_at,
      confirmedBy: row.confirmed_by ?? '',
      confirmedAt: row.confirmed_at,
      lines: row.lines,
      disputed: row.disputed,
      payments: payment?.payments ?? [],
      together: payment?.covers.filter((one) => one.id !== row.id) ?? [],
    };
  });
}

/** One statement with its payments; null when it isn't in the scope. Four queries. */
export async function findStatement(
  db: Db,
  scope: StatementScope,
  id: string,
  at: Date,
): Promise<StatementView | null> {
  const [found] = await listWhole(db, scope, Prisma.sql`s.id = ${id}::uuid`, at);
  return found ?? null;
}

/** All statements of a month with their payments. Four queries. */
export async function listMonth(
  db: Db,
  scope: StatementScope,
  month: string,
  at: Date,
): Promise<StatementView[]> {
  return listWhole(db, scope, Prisma.sql`s.month = ${month}`, at);
}

/** The months that have statements, newest first. One query. */
export async function listStatedMonths(db: Db, scope: StatementScope): Promise<string[]> {
  const rows = await db.$queryRaw<{ month: string }[]>`
    select distinct s.month from statement s where ${inScope(scope)} order by 1 desc limit 60`;
  return rows.map((row) => row.month);
}

/** What merchants have taken that is in no statement yet, by merchant and village. One query. */
export async function listUnstated(db: Db, scope: StatementScope): Promise<UnstatedView[]> {
  const { villageIds, merchantId } = scope;
  return db.$queryRaw`
    select v.id as "villageId", v.code as "villageCode", v.name as "villageName", m.id as "merchantId",
      m.name as "merchantName", u.lines, u.points, u.fen
    from (select distinct t.village_id, t.merchant_id from alliance_terms t
          where t.village_id = any (${[...villageIds]}::uuid[]) and (${merchantId}::uuid is null or t.merchant_id = ${merchantId}::uuid)) t
    join village v on v.id = t.village_id
    join merchant m on m.id = t.merchant_id
    cross join lateral (
      select count(*)::int as lines, coalesce(sum(x.points), 0)::int as points, coalesce(sum(x.fen), 0)::int as fen
      from merchant_unstated(t.village_id, t.merchant_id, 'infinity') x) u
    where u.lines > 0 order by m.name, v.name`;
}

/** Agreed statements of a merchant that wait to be paid or set off, oldest first. One query. */
export async function listPayable(db: Db, villageId: string, merchantId: string): Promise<PayableView[]> {
  const rows = await db.$queryRaw<
    { id: string; month: string; number: number; points: number; fen: number; made_on: Date; due_on: Date }[]
  >`
    select s.id, s.month, s.number, s.points, s.fen, shanghai_day(s.made_at) as made_on, s.due_on from statement s
    where s.village_id = ${villageId}::uuid and s.merchant_id = ${merchantId}::uuid and s.state = 'AGREED'
    order by s.month, s.number`;
  return rows.map(({ made_on, due_on, ...row }) => ({
    ...row,
    madeOn: dateToDay(made_on),
    dueOn: dateToDay(due_on),
  }));
}

/** A merchant that has terms with a village, by name; null when it has none. One query. */
export async function findPartner(
  db: Db,
  villageId: string,
  merchantId: string,
): Promise<{ id: string; name: string } | null> {
  const row = await db.merchant.findFirst({
    where: { id: merchantId },
    select: { id: true, name: true },
  });
  const terms = await db.allianceTerms.findFirst({
    where: { villageId, merchantId },
    select: { id: true },
  });
  return row && terms ? row : null;
}
