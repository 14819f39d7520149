import 'server-only';
import { dateToDay, dayOf, daysBetween } from '@/lib/platform/clock';
import { type Db, Prisma } from '@/lib/platform/db';
import { isId } from '@/lib/platform/ids';
import { surnameOf } from '@/lib/residents/rules';
import type { ItemRule, PhotoRule } from '@/lib/rulebook/types';
import { MANY_IN_A_DAY, TAKEN_BEFORE_DAYS } from '../queue/rules';
import type { Recusal, Viewer, Warning } from '../queue/types';
import type { Channel, DecisionKind, DeedState } from '../types';
import { listEvidence } from './photo/reads';
import { itemCapLeft, previewAward } from './rules';
import type { AwardFacts, DecisionView, DeedReview, EarlierDeed, PhotoEvidence } from './types';

// One deed as a verifier sees it. Everything is asked within the viewer's village; a deed of another village is not
// there. Four queries, whatever the deed.

const EARLIER_MOST = 3;

interface FactsRow {
  state: DeedState;
  channel: Channel;
  deed_on: Date;
  submitted_at: Date;
  quantity: number;
  metric_value: string | null;
  note: string;
  points_asked: number;
  reason: string;
  decided_at: Date | null;
  honour_awarded: number | null;
  points_awarded: number | null;
  cap_note: string;
  in_force: boolean;
  item: Omit<ItemRule, 'scale'> & {
    code: string;
    name: string;
    evidence: string;
    photo: PhotoRule;
    category: string;
    metricName: string | null;
    metricUnit: string | null;
  };
  scale: ItemRule['scale'] | null;
  step: { name: string; order: number } | null;
  version_number: number;
  second_threshold: number | null;
  household_month_cap: number | null;
  budget_per_quarter: number | null;
  cap_policy: 'AWARD_REST' | 'REFUSE';
  deed_age_days_max: number;
  household_id: string;
  household_code: string;
  head: string | null;
  group_name: string;
  resident_id: string;
  resident_name: string;
  reporter_id: string;
  reporter_name: string | null;
  decider_name: string | null;
  event_id: string | null;
  event_name: string | null;
  event_open: number;
  same_day: number;
  recusal: Recusal | null;
  item_cap_used: number;
  points_kept: number;
  month_awarded: number;
  budget_balance: string | null;
  budget_granted: string | null;
}

/** One deed with what its verifier needs; null when the village has no such deed. Four queries. */
export async function findReview(db: Db, viewer: Viewer, deedId: string): Promise<DeedReview | null> {
  if (!isId(deedId)) return null;
  const row = await findFacts(db, viewer, deedId);
  if (!row) return null;
  const deedOn = dateToDay(row.deed_on);
  const [photos, earlier, { history, postingId }] = await Promise.all([
    listEvidence(db, viewer, deedId, row),
    listEarlier(db, viewer.villageId, deedId, row),
    listHistory(db, viewer.villageId, deedId),
  ]);
  const scale = row.scale ?? [];
  const item = { ...row.item, scale };
  const step = row.step && (scale.find((one) => one.order === row.step?.order) ?? null);
  const facts: AwardFacts = {
    state: row.state,
    inForce: row.in_force,
    item,
    asked: row.step ? (step?.points ?? null) : row.item.points * row.quantity,
    secondThreshold: row.second_threshold,
    itemCapUsed: row.item_cap_used,
    pointsKept: row.points_kept,
    householdMonthCap: row.household_month_cap,
    monthAwarded: row.month_awarded,
    budgetLeft: budgetLeft(row),
    capPolicy: row.cap_policy,
  };
  const { metricName, metricUnit } = row.item;
  return {
    id: deedId,
    state: row.state,
    channel: row.channel,
    deedOn,
    submittedAt: row.submitted_at,
    note: row.note,
    item,
    versionNumber: row.version_number,
    quantity: row.quantity,
    metric:
      row.metric_value !== null && metricName
        ? { name: metricName, unit: metricUnit ?? '', value: String(Number(row.metric_value)) }
        : null,
    scaleStep: row.step ? { name: row.step.name, points: step?.points ?? row.points_asked } : null,
    household: {
      id: row.household_id,
      code: row.household_code,
      call: row.head ? `${surnameOf(row.head)}家` : '',
      group: row.group_name,
    },
    resident: { id: row.resident_id, name: row.resident_name },
    reporter: { id: row.reporter_id, name: row.reporter_name ?? '' },
    event: row.event_id ? { id: row.event_id, name: row.event_name ?? '', open: row.event_open } : null,
    photos,
    earlier,
    sameDay: row.same_day,
    warnings: warningsOf(row, photos),
    caps: {
      itemLeft: itemCapLeft(facts),
      monthLeft:
        row.household_month_cap === null ? null : Math.max(row.household_month_cap - row.month_awarded, 0),
      budgetLeft: facts.budgetLeft,
    },
    award: previewAward(facts),
    recusal: row.recusal,
    decided: row.decided_at
      ? {
          by: row.decider_name ?? '',
          at: row.decided_at,
          reason: row.reason,
          honour: row.honour_awarded,
          points: row.points_awarded,
          asked: row.points_asked,
          capNote: row.cap_note,
        }
      : null,
    history,
    postingId,
  };
}

/** What the quarter that the deed counts for still has; a grant that has not been made yet counts as made. */
function budgetLeft(row: FactsRow): number | null {
  if (row.budget_per_quarter === null) return null;
  const missing = Math.max(row.budget_per_quarter - Number(row.budget_granted ?? 0), 0);
  return Number(row.budget_balance ?? 0) + missing;
}

function warningsOf(row: FactsRow, photos: PhotoEvidence[]): Warning[] {
  const warnings: Warning[] = [];
  if (photos.some((photo) => photo.seen.length > 0)) warnings.push('PHOTO_SEEN');
  if (photos.some((photo) => (photo.daysBefore ?? 0) > TAKEN_BEFORE_DAYS)) warnings.push('TAKEN_BEFORE');
  if (photos.some((photo) => (photo.daysBefore ?? 0) < 0)) warnings.push('TAKEN_AFTER');
  if (row.channel !== 'EVENT' && row.same_day >= MANY_IN_A_DAY) warnings.push('MANY_IN_A_DAY');
  const age = daysBetween(dateToDay(row.deed_on), dayOf(row.submitted_at));
  if (age >= row.deed_age_days_max) warnings.push('LAST_DAY');
  return warnings;
}

async function findFacts(db: Db, viewer: Viewer, deedId: string): Promise<FactsRow | null> {
  const village = Prisma.sql`${viewer.villageId}::uuid`;
  const person = Prisma.sql`${viewer.personId}::uuid`;
  const rows = await db.$queryRaw<FactsRow[]>`
    select d.state::text as state, d.channel::text as channel, d.deed_on, d.submitted_at, d.quantity,
      d.metric_value::text as metric_value, d.note, d.points_asked, d.reason, d.decided_at, d.honour_awarded,
      d.points_awarded, d.cap_note, now_item.id is not null as in_force,
      json_build_object('code', i.code, 'name', i.name, 'evidence', i.evidence, 'photo', i.photo,
        'category', c.name, 'points', i.points, 'unit', i.unit, 'unitName', i.unit_name, 'subject', i.subject,
        'capPoints', i.cap_points, 'capPer', i.cap_per, 'metricName', i.metric_name, 'metricUnit', i.metric_unit
      ) as item,
      (select json_agg(json_build_object('id', s.id, 'order', s.sort_order, 'name', s.name, 'points', s.points)
                       order by s.sort_order)
       from scale_step s where s.village_id = ${village} and s.item_id = i.id) as scale,
      (select json_build_object('name', s.name, 'order', s.sort_order)
       from scale_step s where s.village_id = ${village} and s.id = d.scale_step_id) as step,
      v.number as version_number, v.second_threshold, v.household_month_cap, v.budget_per_quarter,
      v.cap_policy::text as cap_policy, vi.deed_age_days_max,
      h.id as household_id, h.code as household_code, g.name as group_name,
      (select r.name from resident r where r.village_id = ${village} and r.household_id = h.id
       and r.relation = 'HEAD' and r.left_on is null order by r.created_at limit 1) as head,
      re.id as resident_id, re.name as resident_name, d.reporter_id, rp.name as reporter_name,
      dp.name as decider_name, e.id as event_id, e.name as event_name,
      (select count(*)::integer from deed o where o.village_id = ${village} and o.event_id = d.event_id
       and o.state in ('SUBMITTED', 'AWAITING_SECOND')) as event_open,
      (select count(*)::integer from deed o where o.village_id = ${village} and o.household_id = d.household_id
       and o.deed_on = d.deed_on and o.state <> 'WITHDRAWN' and o.channel <> 'EVENT') as same_day,
      coalesce(
        recusal(${village}, d.household_id, d.resident_id, ${person}),
        case when d.reporter_id = ${person} then 'OWN_REPORT' end,
        case when d.state = 'AWAITING_SECOND' and d.first_by_id = ${person} then 'SAME_PERSON_TWICE' end) as recusal,
      item_cap_used(${village}, d.household_id, d.resident_id, i.subject, i.code, i.cap_per, cd.day) as item_cap_used,
      deed_points_kept(${village}, d.id) as points_kept,
      month_awarded(${village}, d.household_id, cd.day) as month_awarded,
      (select a.balance::text from account a
       where a.village_id = ${village} and a.id = budget_account_of(${village}, quarter_of(cd.day))) as budget_balance,
      (select sum(p.points)::text from posting p
       where p.village_id = ${village} and p.source = budget_account_of(${village}, quarter_of(cd.day))) as budget_granted
    from deed d
    cross join lateral (select credited_day(d.village_id, d.deed_on) as day) cd
    join village vi on vi.id = d.village_id
    join item own on own.village_id = d.village_id and own.id = d.item_id
    left join item now_item on now_item.village_id = d.village_id and now_item.code = own.code
      and now_item.version_id = rulebook_version_on(${village}, d.deed_on)
    join item i on i.village_id = d.village_id and i.id = coalesce(now_item.id, own.id)
    join category c on c.village_id = i.village_id and c.id = i.category_id
    join rulebook_version v on v.village_id = i.village_id and v.id = i.version_id
    join household h on h.village_id = d.village_id and h.id = d.household_id
    join village_group g on g.village_id = h.village_id and g.id = h.group_id
    join resident re on re.village_id = d.village_id and re.id = d.resident_id
    left join person rp on rp.id = d.reporter_id
    left join person dp on dp.id = d.decided_by_id
    left join event e on e.village_id = d.village_id and e.id = d.event_id
    where d.village_id = ${village} and d.id = ${deedId}::uuid`;
  return rows[0] ?? null;
}

async function listEarlier(
  db: Db,
  villageId: string,
  deedId: string,
  deed: FactsRow,
): Promise<EarlierDeed[]> {
  const rows = await db.$queryRaw<{ id: string; deed_on: Date; state: DeedState; resident_name: string }[]>`
    select d.id, d.deed_on, d.state::text as state, r.name as resident_name
    from deed d
    join item i on i.village_id = d.village_id and i.id = d.item_id and i.code = ${deed.item.code}
    join resident r on r.village_id = d.village_id and r.id = d.resident_id
    where d.village_id = ${villageId}::uuid and d.household_id = ${deed.household_id}::uuid
      and d.id <> ${deedId}::uuid and d.submitted_at <= ${deed.submitted_at}::timestamptz
    order by d.submitted_at desc, d.id desc limit ${EARLIER_MOST}`;
  return rows.map((row) => ({
    id: row.id,
    deedOn: dateToDay(row.deed_on),
    state: row.state,
    residentName: row.resident_name,
  }));
}

async function listHistory(
  db: Db,
  villageId: string,
  deedId: string,
): Promise<{ history: DecisionView[]; postingId: string | null }> {
  const rows = await db.$queryRaw<
    { kind: DecisionKind; person: string | null; at: Date; reason: string; posting_id: string | null }[]
  >`
    select dd.kind::text as kind, pe.name as person, dd.decided_at as at, dd.reason, p.id as posting_id
    from deed_decision dd
    left join person pe on pe.id = dd.person_id
    left join posting p on p.village_id = dd.village_id and p.source = dd.id and p.leg = 0 and p.kind = 'AWARD'
    where dd.village_id = ${villageId}::uuid and dd.deed_id = ${deedId}::uuid
    order by dd.decided_at, dd.id limit 100`;
  return {
    history: rows.map(({ kind, person, at, reason }) => ({ kind, person: person ?? '', at, reason })),
    postingId: rows.findLast((row) => row.posting_id !== null)?.posting_id ?? null,
  };
}
