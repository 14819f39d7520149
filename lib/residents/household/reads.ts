import 'server-only';
import { type Day, dateToDay, dayToDate } from '@/lib/platform/clock';
import type { Db } from '@/lib/platform/db';
import { maskPhone, surnameOf } from '../rules';
import type { HouseholdView, KinView, MemberView } from '../types';

/** A household as it is called on its own pages: 03-017 陈家; null when there is none. */
export async function findHouseholdCall(
  db: Db,
  villageId: string,
  householdId: string,
): Promise<string | null> {
  const row = await db.household.findUnique({
    where: { villageId_id: { villageId, id: householdId } },
    select: {
      code: true,
      residents: {
        where: { relation: 'HEAD', leftOn: null },
        select: { name: true },
        orderBy: { createdAt: 'asc' },
        take: 1,
      },
    },
  });
  if (!row) return null;
  const head = row.residents[0];
  return head ? `${row.code} ${surnameOf(head.name)}家` : row.code;
}

const MEMBER = {
  id: true,
  name: true,
  relation: true,
  birthYear: true,
  leftOn: true,
  createdAt: true,
  personId: true,
  person: { select: { phone: true } },
} as const;

/**
 * A household with its members, their roles in the village and their declared kin; null when it isn't this village's.
 * Phone numbers are masked. Three queries.
 */
export async function findHousehold(
  db: Db,
  villageId: string,
  householdId: string,
  today: Day,
): Promise<HouseholdView | null> {
  const [row, kin] = await Promise.all([
    db.household.findUnique({
      where: { villageId_id: { villageId, id: householdId } },
      select: {
        id: true,
        code: true,
        doorNumber: true,
        isFiveGuarantee: true,
        isDisabled: true,
        isAbsent: true,
        leftOn: true,
        group: { select: { id: true, number: true, name: true } },
        residents: { select: MEMBER, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] },
      },
    }),
    listKin(db, villageId, householdId, today),
  ]);
  if (!row) return null;
  const people = row.residents.flatMap((one) => (one.personId ? [one.personId] : []));
  const appointments = await db.appointment.findMany({
    where: {
      villageId,
      personId: { in: people },
      OR: [{ until: null }, { until: { gte: dayToDate(today) } }],
    },
    orderBy: [{ from: 'asc' }, { id: 'asc' }],
    select: { id: true, personId: true, role: true, from: true, until: true },
  });
  const members = row.residents.map(
    (one): MemberView => ({
      id: one.id,
      name: one.name,
      relation: one.relation,
      birthYear: one.birthYear,
      phone: one.person?.phone ? maskPhone(one.person.phone) : null,
      personId: one.personId,
      leftOn: one.leftOn ? dateToDay(one.leftOn) : null,
      appointments: appointments
        // ended before it began: it never was
        .filter((held) => held.personId === one.personId && (!held.until || held.until >= held.from))
        .map((held) => ({
          id: held.id,
          role: held.role,
          from: dateToDay(held.from),
          until: held.until ? dateToDay(held.until) : null,
        })),
    }),
  );
  const rank = (one: MemberView) => (one.leftOn ? 2 : one.relation === 'HEAD' ? 0 : 1);
  return {
    id: row.id,
    code: row.code,
    doorNumber: row.doorNumber,
    group: row.group,
    flags: {
      isFiveGuarantee: row.isFiveGuarantee,
      isDisabled: row.isDisabled,
      isAbsent: row.isAbsent,
    },
    leftOn: row.leftOn ? dateToDay(row.leftOn) : null,
    members: members.sort((a, b) => rank(a) - rank(b)),
    kin,
  };
}

/** Near kin declared between members of a household and others, while one has to step back for it: ended ones last. */
async function listKin(db: Db, villageId: string, householdId: string, today: Day): Promise<KinView[]> {
  return db.$queryRaw<KinView[]>`
    select k.id, kin_until(k.ended_at)::text as until, mine.id as "residentId", other.id as "otherId", other.name as "otherName",
      h.id as "otherHouseholdId", h.code as "otherHouseholdCode"
    from resident mine
    join kinship k on k.village_id = mine.village_id and mine.id in (k.resident_a_id, k.resident_b_id)
      and (k.ended_at is null or (kin_until(k.ended_at) >= ${today}::date and not exists (
        select 1 from kinship again
        where again.village_id = k.village_id and again.resident_a_id = k.resident_a_id
          and again.resident_b_id = k.resident_b_id
          and (again.ended_at is null or again.ended_at > k.ended_at))))
    join resident other on other.village_id = k.village_id
      and other.id = case when k.resident_a_id = mine.id then k.resident_b_id else k.resident_a_id end
    join household h on h.village_id = other.village_id and h.id = other.household_id
    where mine.village_id = ${villageId}::uuid and mine.household_id = ${householdId}::uuid
    order by k.ended_at nulls first, k.declared_at, k.id`;
}

/** How long a phone number stays shown to the one who asked, and an export open. */
const SHOWN_MINUTES = 5;

/** Phone numbers of a household that this person has asked to see in the last minutes, by resident. */
export async function listRevealedPhones(
  db: Db,
  villageId: string,
  householdId: string,
  personId: string,
  now: Date,
): Promise<Map<string, string>> {
  const since = new Date(now.getTime() - SHOWN_MINUTES * 60_000);
  const rows = await db.$queryRaw<{ id: string; phone: string }[]>`
    select distinct r.id, p.phone
    from resident r
    join access_log a on a.village_id = r.village_id and a.subject = r.id and a.what = 'phone'
      and a.person_id = ${personId}::uuid and a.read_at > ${since}
    join person p on p.id = r.person_id
    where r.village_id = ${villageId}::uuid and r.household_id = ${householdId}::uuid and p.phone is not null`;
  return new Map(rows.map((row) => [row.id, row.phone]));
}

/** Whether this person has asked for the household's export in the last minutes. */
export async function isExportOpen(
  db: Db,
  villageId: string,
  householdId: string,
  personId: string,
  now: Date,
): Promise<boolean> {
  const found = await db.accessLog.findFirst({
    where: {
      villageId,
      subject: householdId,
      what: 'household-export',
      personId,
      readAt: { gt: new Date(now.getTime() - SHOWN_MINUTES * 60_000) },
    },
    select: { id: true },
  });
  return found !== null;
}
