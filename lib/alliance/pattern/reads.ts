import 'server-only';
import type { Day } from '@/lib/platform/clock';
import { type Db, Prisma } from '@/lib/platform/db';
import { type CountRow, countPatterns } from './counts';
import { isWorthALook, PATTERN_KINDS } from './rules';
import type { PatternFinding, PatternKind, PatternLookView, PatternScope } from './types';

/** So long a look at households stays open to who opened it. */
export const PATTERNS_OPEN_MINUTES = 30;
/** How it stands in the log of private reads. */
export const PATTERNS_READ = 'alliance-patterns';

const LOOKS_MOST = 100;

function findingOf(row: CountRow, isOffice: boolean): PatternFinding {
  const household =
    row.household_id && !isOffice ? { id: row.household_id, code: row.household_code ?? '' } : null;
  return {
    key: [row.kind, row.village_id, row.merchant_id, household?.id ?? ''].join('.'),
    kind: row.kind,
    villageId: row.village_id,
    villageName: row.village_name,
    merchantId: row.merchant_id,
    merchantName: row.merchant_name,
    isCharity: row.is_charity,
    household,
    households: row.household_id ? 1 : 0,
    count: row.count,
    outOf: row.out_of,
    points: row.points,
    householdPoints: row.household_points,
    medianOfPairs: row.median,
  };
}

/**
 * What is worth a look in a village, or in the villages of a township, and was not looked at since it happened. To a
 * township no household is said: pairs of a shop are one line that says how many. One query.
 */
export async function listPatterns(db: Db, scope: PatternScope, today: Day): Promise<PatternFinding[]> {
  const isOffice = 'townshipId' in scope;
  const found = (await countPatterns(db, scope, today))
    .map((row) => findingOf(row, isOffice))
    .filter(isWorthALook);
  const byKey = new Map<string, PatternFinding>();
  for (const one of found) {
    const same = byKey.get(one.key);
    byKey.set(
      one.key,
      same
        ? {
            ...same,
            count: same.count + one.count,
            outOf: one.kind === 'OWN' ? Math.max(same.outOf, one.outOf) : same.outOf + one.outOf,
            households: same.households + 1,
          }
        : one,
    );
  }
  return [...byKey.values()].sort(
    (a, b) => PATTERN_KINDS.indexOf(a.kind) - PATTERN_KINDS.indexOf(b.kind) || b.count - a.count,
  );
}

/** What was looked at before, newest first: by the village's desk, or by the township. One query. */
export async function listLooks(db: Db, scope: PatternScope): Promise<PatternLookView[]> {
  const where =
    'townshipId' in scope
      ? Prisma.sql`v.township_id = ${scope.townshipId}::uuid and l.is_office`
      : Prisma.sql`v.id = ${scope.villageId}::uuid and not l.is_office`;
  type Row = {
    id: string;
    kind: PatternKind;
    village_name: string;
    merchant_name: string;
    household_code: string | null;
    count: number;
    out_of: number;
    note: string;
    by: string;
    at: Date;
  };
  const rows = await db.$queryRaw<Row[]>`
    select l.id, l.kind, v.name as village_name, m.name as merchant_name, h.code as household_code, l.count, l.out_of,
      l.note, p.name as by, l.at
    from pattern_look l
    join village v on v.id = l.village_id
    join merchant m on m.id = l.merchant_id
    join person p on p.id = l.by_id
    left join household h on h.village_id = l.village_id and h.id = l.household_id
    where ${where} order by l.at desc, l.id desc limit ${LOOKS_MOST}`;
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    villageName: row.village_name,
    merchantName: row.merchant_name,
    householdCode: row.household_code,
    count: row.count,
    outOf: row.out_of,
    note: row.note,
    by: row.by,
    at: row.at,
  }));
}

/**
 * Of which households this person has opened the patterns in the last minutes, the village itself among the ids; empty
 * when he has opened none. One query.
 */
export async function listOpened(
  db: Db,
  villageId: string,
  personId: string,
  now: Date,
): Promise<Set<string>> {
  const rows = await db.accessLog.findMany({
    where: {
      villageId,
      personId,
      what: PATTERNS_READ,
      readAt: { gt: new Date(now.getTime() - PATTERNS_OPEN_MINUTES * 60_000), lte: now },
    },
    select: { subject: true },
    take: 1000,
  });
  return new Set(rows.map((row) => row.subject));
}
