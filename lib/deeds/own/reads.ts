import 'server-only';
import { dateToDay } from '@/lib/platform/clock';
import { type Db, Prisma } from '@/lib/platform/db';
import type { Channel, DecisionKind, DeedState } from '@/lib/platform/generated/enums';
import { isId } from '@/lib/platform/ids';
import type { HouseholdScope } from '../home/types';
import { sayCapNote } from '../rules';
import type { DeedDetail, DeedLine, DeedPage } from './types';

// The deeds of a household, for itself. A deed of another household is not there.

/** Lines of 我家的申报 on a page. */
export const DEEDS_PER_PAGE = 30;

interface DeedLineRow {
  id: string;
  state: DeedState;
  item_name: string;
  deed_on: Date;
  asked: number;
  honour: number | null;
  awarded: number | null;
  cap_note: string;
  reason: string;
  resident_name: string;
  reporter_name: string | null;
  channel: Channel;
  photos: number;
}

/** What is read of a deed for a line of a list. */
const DEED_LINE = Prisma.sql`
  d.id, i.name as item_name, d.state::text as state, d.deed_on, d.points_asked as asked, d.honour_awarded as honour,
  d.points_awarded as awarded, d.cap_note, d.reason, r.name as resident_name, pe.name as reporter_name,
  d.channel::text as channel,
  (select count(*)::int from deed_photo dp where dp.village_id = d.village_id and dp.deed_id = d.id) as photos`;

const DEED_JOINS = Prisma.sql`
  join item i on i.village_id = d.village_id and i.id = d.item_id
  join resident r on r.village_id = d.village_id and r.id = d.resident_id
  left join person pe on pe.id = d.reporter_id`;

function toDeedLine(row: DeedLineRow): DeedLine {
  return {
    id: row.id,
    itemName: row.item_name,
    state: row.state,
    deedOn: dateToDay(row.deed_on),
    points: row.honour ?? row.asked,
    capSays: sayCapNote(row.cap_note, row.asked, row.honour ?? 0, row.awarded ?? 0),
    reason: row.reason,
    residentName: row.resident_name,
    reporterName: row.reporter_name ?? '',
    channel: row.channel,
    photos: row.photos,
  };
}

/** A page of the household's deeds, newest first; a page beyond the last is the last. Two queries. */
export async function listHouseholdDeeds(
  db: Db,
  scope: HouseholdScope,
  { state, page = 1 }: { state?: DeedState | undefined; page?: number } = {},
): Promise<DeedPage> {
  const where = Prisma.sql`d.village_id = ${scope.villageId}::uuid and d.household_id = ${scope.householdId}::uuid`;
  const counted = await db.$queryRaw<{ state: DeedState; count: number }[]>`
    select d.state::text as state, count(*)::int as count from deed d where ${where} group by d.state`;
  const counts: DeedPage['counts'] = {
    ALL: 0,
    SUBMITTED: 0,
    AWAITING_SECOND: 0,
    APPROVED: 0,
    RETURNED: 0,
    WITHDRAWN: 0,
  };
  for (const one of counted) {
    counts[one.state] = one.count;
    counts.ALL += one.count;
  }
  const waits = counts.SUBMITTED + counts.AWAITING_SECOND;
  const total = state === undefined ? counts.ALL : state === 'SUBMITTED' ? waits : counts[state];
  const pages = Math.max(1, Math.ceil(total / DEEDS_PER_PAGE));
  const wanted = Math.max(1, Math.min(Math.trunc(page) || 1, pages));
  const rows = await db.$queryRaw<DeedLineRow[]>`
    select ${DEED_LINE} from deed d ${DEED_JOINS}
    where ${where} ${stateIs(state)}
    order by d.submitted_at desc, d.id desc limit ${DEEDS_PER_PAGE} offset ${(wanted - 1) * DEEDS_PER_PAGE}`;
  return { deeds: rows.map(toDeedLine), page: wanted, pages, counts };
}

/** SUBMITTED stands for all that wait, for a second person too. */
function stateIs(state: DeedState | undefined): Prisma.Sql {
  if (state === undefined) return Prisma.empty;
  if (state === 'SUBMITTED') return Prisma.sql`and d.state in ('SUBMITTED', 'AWAITING_SECOND')`;
  return Prisma.sql`and d.state = ${state}::"DeedState"`;
}

interface DetailRow extends DeedLineRow {
  item_code: string;
  version: number;
  resident_id: string;
  quantity: number;
  unit_name: string;
  scale_order: number | null;
  scale_name: string | null;
  metric_value: string | null;
  metric_name: string | null;
  metric_unit: string | null;
  note: string;
  submitted_at: Date;
  event_name: string | null;
}

/** One deed of the household with its photos and what was decided; null when it is not there. Three queries. */
export async function findHouseholdDeed(
  db: Db,
  scope: HouseholdScope,
  deedId: string,
  personId: string,
): Promise<DeedDetail | null> {
  if (!isId(deedId)) return null;
  const { villageId } = scope;
  const [rows, photos, decisions] = await Promise.all([
    db.$queryRaw<DetailRow[]>`
      select ${DEED_LINE}, i.code as item_code, v.number as version, d.resident_id, d.quantity, i.unit_name,
        st.sort_order as scale_order, st.name as scale_name, trim_scale(d.metric_value)::text as metric_value,
        i.metric_name, i.metric_unit, d.note, d.submitted_at, e.name as event_name
      from deed d ${DEED_JOINS}
      join rulebook_version v on v.village_id = d.village_id and v.id = d.version_id
      left join scale_step st on st.village_id = d.village_id and st.id = d.scale_step_id
      left join event e on e.village_id = d.village_id and e.id = d.event_id
      where d.village_id = ${villageId}::uuid and d.household_id = ${scope.householdId}::uuid and d.id = ${deedId}::uuid`,
    db.$queryRaw<{ id: string; width: number; height: number; uploaded_by_id: string }[]>`
      select p.id, p.width, p.height, p.uploaded_by_id
      from deed_photo dp join photo p on p.village_id = dp.village_id and p.id = dp.photo_id
      where dp.village_id = ${villageId}::uuid and dp.deed_id = ${deedId}::uuid order by dp.sort_order`,
    db.$queryRaw<{ kind: DecisionKind; decided_at: Date; name: string | null; reason: string }[]>`
      select dd.kind::text as kind, dd.decided_at, pe.name, dd.reason
      from deed_decision dd left join person pe on pe.id = dd.person_id
      where dd.village_id = ${villageId}::uuid and dd.deed_id = ${deedId}::uuid order by dd.decided_at, dd.id`,
  ]);
  const row = rows[0];
  if (!row) return null;
  return {
    ...toDeedLine(row),
    itemCode: row.item_code,
    version: row.version,
    residentId: row.resident_id,
    quantity: row.quantity,
    unitName: row.unit_name,
    scaleStepOrder: row.scale_order,
    scaleName: row.scale_name,
    metricValue: row.metric_value,
    metricName: row.metric_name,
    metricUnit: row.metric_unit,
    note: row.note,
    submittedAt: row.submitted_at,
    asked: row.asked,
    honour: row.honour,
    spendable: row.awarded,
    eventName: row.event_name,
    photoRefs: photos.map((photo) => ({
      id: photo.id,
      width: photo.width,
      height: photo.height,
      mine: photo.uploaded_by_id === personId,
    })),
    decisions: decisions.map((one) => ({
      kind: one.kind,
      at: one.decided_at,
      personName: one.name ?? '',
      reason: one.reason,
    })),
  };
}
