import 'server-only';
import { type Day, dateToDay, dayOf, yearOf } from '@/lib/platform/clock';
import { type Db, Prisma } from '@/lib/platform/db';
import { env } from '@/lib/platform/env';
import type { PlaceKind, Relation } from '@/lib/platform/generated/enums';
import { isId } from '@/lib/platform/ids';
import { findVillages } from '@/lib/regions/reads';
import { findDaysUp } from '../days';
import type { ListFacts } from '../documents/types';
import {
  isShown,
  lastShownDay,
  sayDays,
  sayFullDay,
  sayMoment,
  sayObjectionNote,
  sayPeriod,
  sayRule,
  sayUntil,
} from '../rules';
import type { ListKind, ListRowState, ListSubject, ShownRow } from '../types';
import { readEdition } from './edition';
import { type RowFacts, sayRow } from './rules';

// What a list says, read at the moment it is shown: names by the consents of that moment, rows that stand at that
// moment. Pages and documents say the same because both ask here.

const LIST_FIELDS = {
  id: true,
  kind: true,
  subject: true,
  period: true,
  versionId: true,
  state: true,
  asOf: true,
  top: true,
  threshold: true,
  audience: true,
  publicFrom: true,
  publicUntil: true,
  expiresOn: true,
} satisfies Prisma.VillageListSelect;

type ListRecord = Prisma.VillageListGetPayload<{ select: typeof LIST_FIELDS }>;

/** A list as it is shown: what its documents say, and beside each row whose it is. */
export interface ShownList {
  list: ListRecord;
  facts: ListFacts;
  rows: ShownRow[];
  /** households whose row waits for the answer to an objection */
  suspended: string[];
  lastDay: Day | null;
  /** whether it is before the public at this moment */
  isPublic: boolean;
}

interface RowRecord {
  id: string;
  rank: number;
  points: number;
  state: ListRowState;
  household_id: string | null;
  code: string | null;
  group_name: string | null;
  head_name: string | null;
  head_birth_year: number | null;
  resident_name: string | null;
  birth_year: number | null;
  relation: Relation | null;
  place_name: string | null;
  place_kind: PlaceKind | null;
  keeper: string | null;
  consented: boolean;
  has_left: boolean;
}

/** The rows of a list that are not gone, names as they are kept. One query. */
export async function readRows(db: Db, villageId: string, listId: string): Promise<RowRecord[]> {
  return db.$queryRaw<RowRecord[]>`
    select row.id, row.rank, row.points, row.state, row.household_id, h.code, g.name as group_name,
      head.name as head_name, head.birth_year as head_birth_year, r.name as resident_name, r.birth_year, r.relation,
      p.name as place_name, p.kind as place_kind, p.keeper,
      exists (select 1 from consent c where c.village_id = row.village_id and c.household_id = row.household_id
              and c.withdrawn_at is null) as consented,
      coalesce(h.left_on is not null or r.left_on is not null or r.household_id <> row.household_id, false) as has_left
    from list_row row
    left join household h on h.village_id = row.village_id and h.id = row.household_id
    left join village_group g on g.village_id = h.village_id and g.id = h.group_id
    left join resident r on r.village_id = row.village_id and r.id = row.resident_id
    left join place p on p.village_id = row.village_id and p.id = row.place_id
    left join lateral (
      select x.name, x.birth_year from resident x
      where x.village_id = row.village_id and x.household_id = row.household_id and x.left_on is null
        and x.relation = 'HEAD'
      order by x.created_at, x.id limit 1
    ) head on true
    where row.village_id = ${villageId}::uuid and row.list_id = ${listId}::uuid and row.state <> 'GONE'
    order by row.rank, h.code, p.name, row.id`;
}

interface Ground {
  row_id: string;
  item: string;
  seen_on: Date;
  restorable: boolean;
  points: number;
}

/** What the rows of a black list rest on, by row: deductions that still count (list_ground_counts). One query. */
export async function readGrounds(
  db: Db,
  villageId: string,
  rowIds: string[],
): Promise<Map<string, RowFacts['grounds']>> {
  if (rowIds.length === 0) return new Map();
  const rows = await db.$queryRaw<Ground[]>`
    select g.row_id, i.name as item, d.seen_on, i.restored_when_repaired as restorable,
      list_points_of(d.village_id, d.id) as points
    from list_ground g
    join deduction d on d.village_id = g.village_id and d.id = g.deduction_id
    join item i on i.village_id = d.village_id and i.id = d.item_id
    where g.village_id = ${villageId}::uuid and g.row_id in (${Prisma.join(rowIds.map((id) => Prisma.sql`${id}::uuid`))})
      and list_ground_counts(d.village_id, d.id)
    order by d.seen_on, i.code, d.id`;
  const byRow = new Map<string, RowFacts['grounds']>();
  for (const row of rows) {
    const ground = {
      item: row.item,
      seenOn: sayFullDay(dateToDay(row.seen_on)),
      isRestorable: row.restorable,
      points: row.points,
    };
    byRow.set(row.row_id, [...(byRow.get(row.row_id) ?? []), ground]);
  }
  return byRow;
}

/**
 * A list as it is shown at `at`, whoever asks: who may see it is the caller's question (policy.ts, canSeeList). Null
 * when there is none in the village, it has ended, or the rulebook in force does not bear it. Six queries, of a black
 * list eight.
 */
export async function findShownList(
  db: Db,
  villageId: string,
  listId: string,
  at: Date,
): Promise<ShownList | null> {
  if (!isId(listId)) return null;
  const kept = await db.villageList.findFirst({
    where: { villageId, id: listId, state: { in: ['CHECKED', 'PUBLICITY', 'FINAL'] } },
    select: LIST_FIELDS,
  });
  if (!kept) return null;
  const today = dayOf(at);
  const list = kept.kind === 'BLACK' ? await askRulebook(db, villageId, kept, today) : kept;
  if (!list) return null;
  const [version, daysUp, rows, documents, villages] = await Promise.all([
    db.rulebookVersion.findUniqueOrThrow({
      where: { villageId_id: { villageId, id: list.versionId } },
      select: {
        number: true,
        objectionDays: true,
        resolution: { select: { meetingKind: true, heldOn: true } },
      },
    }),
    findDaysUp(db, villageId, listId),
    readRows(db, villageId, listId),
    readEdition(db, villageId, listId),
    findVillages(db, [villageId]),
  ]);
  const village = villages.get(villageId);
  if (!village) return null;
  const publicUntil = list.publicUntil ? dateToDay(list.publicUntil) : null;
  const lastDay = list.expiresOn
    ? dateToDay(list.expiresOn)
    : publicUntil
      ? lastShownDay(publicUntil, daysUp)
      : null;
  if (lastDay !== null && today > lastDay) return null;
  const standing = rows.filter((row) => row.state === 'STANDING');
  const grounds =
    list.kind === 'BLACK'
      ? await readGrounds(
          db,
          villageId,
          standing.map((row) => row.id),
        )
      : new Map();
  const said = {
    kind: list.kind as ListKind,
    subject: list.subject as ListSubject,
    year: Number(yearOf(today)),
    lastDay: sayUntil(lastDay, daysUp),
    threshold: list.threshold,
  };
  const shown = standing.map(
    (row): ShownRow => ({
      id: row.id,
      householdId: row.household_id,
      listed: sayRow(said, toFacts(row, grounds.get(row.id) ?? [])),
    }),
  );
  const { resolution } = version;
  const meeting = resolution?.meetingKind === 'ASSEMBLY' ? '村民会议' : '村民代表会议';
  const facts: ListFacts = {
    villageId,
    listId,
    villageName: village.name,
    townshipName: village.townshipName,
    districtName: village.districtName,
    isDemo: village.isDemo,
    kind: list.kind,
    subject: list.subject,
    periodName: sayPeriod(list.period, list.asOf),
    rows: shown.map((row) => row.listed),
    asOf: sayMoment(list.asOf),
    rule: sayRule(list),
    publicity: list.publicFrom && publicUntil ? saidPublicity(dateToDay(list.publicFrom), publicUntil) : null,
    objectionNote: sayObjectionNote(version.objectionDays),
    rulebookNote: resolution
      ? `按${meeting} ${sayFullDay(dateToDay(resolution.heldOn))}通过的第 ${version.number} 版细则，由台账算出`
      : `按第 ${version.number} 版细则，由台账算出`,
    address: `${env().BASE_URL}/v/${village.code}/lists/${listId}`,
    ...documents,
  };
  return {
    list,
    facts,
    rows: shown,
    suspended: rows.flatMap((row) =>
      row.state === 'SUSPENDED' && row.household_id ? [row.household_id] : [],
    ),
    lastDay,
    isPublic: isShown({ state: list.state, lastDay }, today),
  };
}

/** A black list with the audience it has on a day; null when the rulebook in force does not bear it. One query. */
async function askRulebook(
  db: Db,
  villageId: string,
  list: ListRecord,
  today: Day,
): Promise<ListRecord | null> {
  const [now] = await db.$queryRaw<{ fallen: boolean; audience: ListRecord['audience'] }[]>`
    select list_fallen(${villageId}::uuid, ${list.id}::uuid, ${today}::date) is not null as fallen,
      list_audience_on(${villageId}::uuid, ${list.kind}::"ListKind", ${list.audience}::"ListAudience",
                       ${today}::date) as audience`;
  return now && !now.fallen ? { ...list, audience: now.audience } : null;
}

/**
 * All that a document of a list says at `at`: rows that stand, names by the consents of that moment. Null for a draft,
 * and once the list has ended.
 */
export async function findListFacts(
  db: Db,
  villageId: string,
  listId: string,
  at: Date,
): Promise<ListFacts | null> {
  return (await findShownList(db, villageId, listId, at))?.facts ?? null;
}

function saidPublicity(from: Day, until: Day): { from: string; until: string } {
  const [first = '', last = ''] = sayDays(from, until).split('至');
  return { from: first, until: last };
}

/** A row as the rules take it. */
export function toFacts(row: RowRecord, grounds: RowFacts['grounds']): RowFacts {
  return {
    rank: row.rank,
    points: row.points,
    code: row.code,
    groupName: row.group_name,
    head:
      row.head_name !== null
        ? { name: row.head_name, birthYear: row.head_birth_year, relation: 'HEAD' }
        : null,
    resident:
      row.resident_name !== null && row.relation !== null
        ? { name: row.resident_name, birthYear: row.birth_year, relation: row.relation }
        : null,
    place:
      row.place_name !== null && row.place_kind !== null
        ? { name: row.place_name, kind: row.place_kind, keeper: row.keeper ?? '' }
        : null,
    isConsented: row.consented,
    hasLeft: row.has_left,
    grounds,
  };
}
