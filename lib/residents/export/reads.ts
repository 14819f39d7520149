import 'server-only';
import { dateToDay } from '@/lib/platform/clock';
import type { Db } from '@/lib/platform/db';
import { maskPhone } from '../rules';
import { findDue } from './due';
import { findStanding } from './standing';

/** A household's export: plain values under names that say what they are. */
export type HouseholdExport = Record<string, unknown>;

/** Of one kind this many of the newest rows; a household has a few hundred in ten years. */
const ROWS_MOST = 20_000;

/**
 * All that is kept about a household, for the one of it who asks: who belongs to it, what was reported and decided,
 * every posting, how it stands on lists and what it was given, who read its private data. Others' names are left out, and phone numbers but one's own are masked.
 */
export async function findHouseholdExport(
  db: Db,
  villageId: string,
  householdId: string,
  personId: string,
): Promise<HouseholdExport> {
  const inHousehold = { villageId, householdId };
  const residents = await db.resident.findMany({
    where: inHousehold,
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: {
      id: true,
      name: true,
      relation: true,
      birthYear: true,
      createdAt: true,
      leftOn: true,
      personId: true,
      person: { select: { phone: true } },
    },
  });
  const residentIds = residents.map((one) => one.id);
  const people = residents.flatMap((one) => (one.personId ? [one.personId] : []));
  const [
    household,
    account,
    deeds,
    postings,
    kinships,
    favourites,
    reads,
    messages,
    appointments,
    sessions,
    signIns,
    due,
    standing,
  ] = await Promise.all([
    db.household.findUnique({
      where: { villageId_id: { villageId, id: householdId } },
      select: {
        code: true,
        doorNumber: true,
        isFiveGuarantee: true,
        isDisabled: true,
        isAbsent: true,
        freeMost: true,
        createdAt: true,
        leftOn: true,
        group: { select: { name: true } },
        village: { select: { name: true, code: true } },
      },
    }),
    db.account.findUnique({
      where: { villageId_id: { villageId, id: householdId } },
      select: { balance: true },
    }),
    db.deed.findMany({
      where: inHousehold,
      orderBy: { submittedAt: 'desc' },
      take: ROWS_MOST,
      select: {
        id: true,
        residentId: true,
        channel: true,
        deedOn: true,
        quantity: true,
        metricValue: true,
        note: true,
        state: true,
        submittedAt: true,
        decidedAt: true,
        reason: true,
        pointsAsked: true,
        pointsAwarded: true,
        honourAwarded: true,
        capNote: true,
        item: { select: { code: true, name: true } },
        version: { select: { number: true } },
        photos: {
          orderBy: { order: 'asc' },
          select: {
            photo: { select: { id: true, width: true, height: true, takenAt: true, createdAt: true } },
          },
        },
      },
    }),
    db.posting.findMany({
      where: inHousehold,
      orderBy: { postedAt: 'desc' },
      take: ROWS_MOST,
      select: {
        id: true,
        kind: true,
        points: true,
        shortfall: true,
        honour: true,
        residentId: true,
        creditedOn: true,
        itemCode: true,
        metricValue: true,
        reason: true,
        reverses: true,
        postedAt: true,
      },
    }),
    db.kinship.findMany({
      where: {
        villageId,
        OR: [{ residentAId: { in: residentIds } }, { residentBId: { in: residentIds } }],
      },
      select: { residentAId: true, residentBId: true, declaredAt: true, endedAt: true },
    }),
    db.favouriteItem.findMany({ where: inHousehold, select: { itemCode: true, createdAt: true } }),
    db.accessLog.findMany({
      where: { villageId, subject: { in: [householdId, ...residentIds] } },
      orderBy: { readAt: 'desc' },
      take: ROWS_MOST,
      select: { what: true, subject: true, readAt: true },
    }),
    db.message.findMany({
      where: { villageId, personId },
      orderBy: { createdAt: 'desc' },
      take: ROWS_MOST,
      select: { title: true, body: true, createdAt: true, readAt: true },
    }),
    db.appointment.findMany({
      where: { villageId, personId: { in: people } },
      select: { personId: true, role: true, from: true, until: true },
    }),
    db.session.findMany({
      where: { personId },
      orderBy: { createdAt: 'desc' },
      take: ROWS_MOST,
      select: { device: true, createdAt: true, endedAt: true },
    }),
    db.residentPerson.findMany({
      where: inHousehold,
      orderBy: [{ residentId: 'asc' }, { personId: 'asc' }],
      select: { residentId: true, personId: true, person: { select: { phone: true } } },
    }),
    findDue(db, villageId, householdId),
    findStanding(db, villageId, householdId, residentIds),
  ]);
  const residentOf = (person: string) => residents.find((one) => one.personId === person)?.id ?? null;
  const mine = new Set(residentIds);
  const isOfNow = new Set(residents.map((one) => `${one.id} ${one.personId}`));
  const phoneOf = (whose: string | null, phone: string | null | undefined) =>
    phone && (whose === personId ? phone : maskPhone(phone));
  return {
    household: household && { ...household, leftOn: dayOrNull(household.leftOn) },
    spendablePoints: Number(account?.balance ?? 0),
    residents: residents.map(({ person, personId: whose, leftOn, ...resident }) => ({
      ...resident,
      leftOn: dayOrNull(leftOn),
      phone: phoneOf(whose, person?.phone),
    })),
    // kept so that whoever it was goes on stepping back where this household is concerned
    formerSignIns: signIns
      .filter((one) => !isOfNow.has(`${one.residentId} ${one.personId}`))
      .map((one) => ({ residentId: one.residentId, phone: phoneOf(one.personId, one.person.phone) })),
    deeds: deeds.map(({ deedOn, metricValue, photos, version, ...deed }) => ({
      ...deed,
      rulebookVersion: version.number,
      deedOn: dateToDay(deedOn),
      metricValue: metricValue?.toString() ?? null,
      photos: photos.map(({ photo }) => photo),
    })),
    postings: postings.map(({ creditedOn, metricValue, ...posting }) => ({
      ...posting,
      creditedOn: dateToDay(creditedOn),
      metricValue: metricValue?.toString() ?? null,
    })),
    kinships: kinships.map(({ residentAId, residentBId, ...kinship }) => ({
      ...kinship,
      residents: [residentAId, residentBId].map((id) => (mine.has(id) ? id : 'someone of another household')),
    })),
    ...due,
    ...standing,
    favouriteItems: favourites,
    privateDataRead: reads,
    myMessages: messages,
    appointments: appointments.map(({ personId: whose, from, until, role }) => ({
      residentId: residentOf(whose),
      role,
      from: dateToDay(from),
      until: dayOrNull(until),
    })),
    mySessions: sessions,
  };
}

function dayOrNull(date: Date | null): string | null {
  return date ? dateToDay(date) : null;
}
