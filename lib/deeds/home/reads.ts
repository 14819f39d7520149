import 'server-only';
import { findOwnRank } from '@/lib/ledger/standing/reads';
import { type Day, dateToDay, periodBounds, quarterOf, yearOf } from '@/lib/platform/clock';
import type { Db } from '@/lib/platform/db';
import type { CapPeriod, Channel } from '@/lib/platform/generated/enums';
import { sayCapNote } from '../rules';
import { sayBought } from './rules';
import type { CapUse, HomeFigures, HouseholdScope, LineState, TimelineLine } from './types';

// What a household reads about itself. Each read names the village and the household, which come from the actor. The
// number of queries stands with each read and is held by a test.

/** The figures of a household's home on a business day. Two queries. */
export async function findHomeFigures(db: Db, scope: HouseholdScope, today: Day): Promise<HomeFigures> {
  const { villageId, householdId } = scope;
  const [rows, rank] = await Promise.all([
    db.$queryRaw<{ balance: bigint; honour_all: bigint; awarded: number; cap: number | null }[]>`
      select coalesce(a.balance, 0) as balance,
        (select coalesce(sum(s.honour), 0)::bigint from standing s
         where s.village_id = ${villageId}::uuid and s.period = 'ALL' and s.household_id = ${householdId}::uuid) as honour_all,
        month_awarded(${villageId}::uuid, ${householdId}::uuid, ${today}::date) as awarded,
        v.household_month_cap as cap
      from (select rulebook_version_on(${villageId}::uuid, ${today}::date) as version_id) x
      left join account a on a.village_id = ${villageId}::uuid and a.id = ${householdId}::uuid
      left join rulebook_version v on v.village_id = ${villageId}::uuid and v.id = x.version_id`,
    findOwnRank(db, villageId, 'household', quarterOf(today), Number(yearOf(today)), householdId),
  ]);
  const row = rows[0];
  return {
    spendable: Number(row?.balance ?? 0),
    honourQuarter: rank?.honour ?? 0,
    honourAll: Number(row?.honour_all ?? 0),
    place: rank?.place ?? null,
    households: rank?.total ?? 0,
    month: { awarded: row?.awarded ?? 0, cap: row?.cap ?? null },
  };
}

/**
 * The items that have counted for the household this month, each with what its cap leaves in the cap's own period;
 * of an item that counts by person one line each. One query.
 */
export async function listCapUses(db: Db, scope: HouseholdScope, today: Day): Promise<CapUse[]> {
  const month = periodBounds(today, 'MONTH').from;
  const year = periodBounds(today, 'YEAR').from;
  const rows = await db.$queryRaw<
    { code: string; name: string; resident: string | null; per: CapPeriod; used: number; cap: number }[]
  >`
    select i.code, i.name, r.name as resident, i.cap_per::text as per, sum(p.honour)::int as used, i.cap_points as cap
    from posting p
    join item i on i.village_id = p.village_id and i.code = p.item_code
      and i.version_id = (select rulebook_version_on(${scope.villageId}::uuid, ${today}::date))
    left join resident r on i.subject = 'PERSON' and r.village_id = p.village_id and r.id = p.resident_id
    where p.village_id = ${scope.villageId}::uuid and p.household_id = ${scope.householdId}::uuid
      and p.credited_on >= ${year}::date and i.points > 0
      and p.credited_on >= date_trunc(lower(i.cap_per::text), ${today}::date)::date
    group by i.code, i.name, r.id, r.name, i.cap_per, i.cap_points, i.sort_order
    having sum(p.honour) > 0 and bool_or(p.credited_on >= ${month}::date)
    order by i.sort_order, r.name, r.id`;
  return rows.map((row) => ({
    itemCode: row.code,
    itemName: row.name,
    residentName: row.resident,
    per: row.per,
    used: row.used,
    cap: row.cap,
  }));
}

interface TimelineRow {
  id: string;
  deed_id: string | null;
  deduction_id: string | null;
  redemption_id: string | null;
  bought: string;
  shop: string | null;
  line_state: LineState;
  points: number;
  spendable: number | null;
  item_name: string | null;
  deed_on: Date;
  asked: number;
  honour: number | null;
  awarded: number | null;
  cap_note: string;
  reason: string;
  resident_name: string | null;
  reporter_name: string | null;
  channel: Channel | null;
  photos: number;
}

/**
 * The household's latest lines, newest first: deeds that are not approved, and entries of the ledger. An approved
 * deed is its entry; an approval that was taken back shows as the entry, its reversal, and the deed that waits again,
 * so that the points of the lines always add up to the household's. One query.
 */
export async function listTimeline(db: Db, scope: HouseholdScope, most: number): Promise<TimelineLine[]> {
  const { villageId, householdId } = scope;
  const rows = await db.$queryRaw<TimelineRow[]>`
    with deeds as (
      select d.id, d.id as deed_id, null::uuid as deduction_id, null::uuid as redemption_id, '' as bought, null::text as shop, d.item_id, d.state::text as line_state, d.deed_on, d.points_asked as points,
        null::int as spendable, d.points_asked as asked, null::int as honour, null::int as awarded, '' as cap_note,
        d.reason, d.resident_id, d.reporter_id, d.channel::text as channel,
        greatest(d.submitted_at, coalesce(d.decided_at, d.submitted_at)) as at
      from deed d
      where d.village_id = ${villageId}::uuid and d.household_id = ${householdId}::uuid and d.state <> 'APPROVED'
      order by at desc, d.id desc limit ${most}
    ), entries as (
      select p.id, d.id as deed_id,
        coalesce(case when p.kind = 'DEDUCTION' then p.source end, old.source) as deduction_id,
        rd.id as redemption_id, coalesce(rd.title, '') as bought, m.name as shop, p.item_id,
        case when rd.id is not null and p.kind = 'REVERSAL' then 'GIVEN_BACK'
             when p.kind = 'AWARD' then case when rev.id is null then 'APPROVED' else 'REVERSED' end
             else p.kind::text end as line_state,
        coalesce(d.deed_on, p.credited_on) as deed_on,
        case when p.kind not in ('YEAR_CLOSE', 'YEAR_CARRY') and rd.id is null then p.honour
             when p.credit_id = p.household_id then p.points else -p.points end as points,
        case when p.credit_id = p.household_id then p.points else -p.points end as spendable,
        coalesce(d.points_asked, p.honour) as asked, p.honour, p.points as awarded,
        case when p.kind = 'AWARD' and rev.id is null then coalesce(d.cap_note, '') else '' end as cap_note,
        p.reason, p.resident_id, d.reporter_id, d.channel::text as channel, p.posted_at as at
      from posting p
      left join posting rev on rev.village_id = p.village_id and rev.reverses = p.id
      left join posting old on old.village_id = p.village_id and old.id = p.reverses and old.kind = 'DEDUCTION'
      left join redemption rd on rd.village_id = p.village_id and rd.id = p.source
      left join merchant m on m.id = rd.merchant_id
      left join deed_decision dd on dd.village_id = p.village_id and dd.id = p.source
      left join deed d on d.village_id = dd.village_id and d.id = dd.deed_id
      where p.village_id = ${villageId}::uuid and p.household_id = ${householdId}::uuid
      order by p.posted_at desc, p.id desc limit ${most}
    )
    select x.*, i.name as item_name, r.name as resident_name, pe.name as reporter_name, 
      (select count(*)::int from deed_photo dp
       where dp.village_id = ${villageId}::uuid and dp.deed_id = x.deed_id) as photos
    from (select * from deeds union all select * from entries order by at desc, id desc limit ${most}) x
    left join item i on i.village_id = ${villageId}::uuid and i.id = x.item_id
    left join resident r on r.village_id = ${villageId}::uuid and r.id = x.resident_id
    left join person pe on pe.id = x.reporter_id
    order by x.at desc, x.id desc`;

  return rows.map((row) => ({
    id: row.id,
    deedId: row.deed_id,
    deductionId: row.deduction_id,
    redemptionId: row.redemption_id,
    itemName: row.shop === null ? (row.item_name ?? '') : sayBought(row.shop, row.bought),
    state: row.line_state,
    deedOn: dateToDay(row.deed_on),
    points: row.points,
    spendable: row.spendable,
    capSays: sayCapNote(row.cap_note, row.asked, row.honour ?? 0, row.awarded ?? 0),
    reason: row.reason,
    residentName: row.resident_name ?? '',
    reporterName: row.reporter_name ?? '',
    channel: row.channel,
    photos: row.photos,
  }));
}
