import { findActor } from '@/lib/auth/reads';
import type { Actor, Role } from '@/lib/auth/types';
import { type Day, dayToDate } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { newId } from '@/lib/platform/ids';
import { spellName } from '@/lib/residents/pinyin';
import { householdCode } from '@/lib/residents/rules';
import type { Relation } from '@/lib/residents/types';

// Builders of what a test begins with. They write straight into the database of `testDb()`, as the program's own
// role; each village is its own little world, with a district and township of its own.

/** Every test's moment unless it says another: 24 November 2026, ten in the morning in Shanghai. */
export const TEST_NOW = new Date('2026-11-24T02:00:00Z');
/** Its business day. */
export const TEST_DAY = '2026-11-24' as Day;

export interface PersonBuilt {
  id: string;
  name: string;
  phone: string | null;
}

export interface ResidentBuilt {
  id: string;
  name: string;
  relation: Relation;
  birthYear: number | null;
  householdId: string;
  /** whom they sign in as; null for those without a phone */
  personId: string | null;
}

export interface HouseholdBuilt {
  id: string;
  code: string;
  groupId: string;
  /** has a phone */
  head: ResidentBuilt & { personId: string };
  /** the head first, then a spouse with a phone and a child without one */
  residents: ResidentBuilt[];
}

export interface VillageBuilt {
  id: string;
  code: string;
  districtId: string;
  townshipId: string;
  groups: { id: string; number: number }[];
  households: HouseholdBuilt[];
  /** the `index`th household; throws when there is none */
  household(index: number): HouseholdBuilt;
  /** the office; none of them lives in one of the households */
  secretary: PersonBuilt;
  verifier: PersonBuilt;
  secondVerifier: PersonBuilt;
  supervisor: PersonBuilt;
  steward: PersonBuilt;
}

const SURNAMES = [...'陈李王张刘周吴郑孙赵钱冯'];
let lastPhone = 0;

/** A mainland number nobody else of this worker's database has: 199 and the milliseconds of the day. */
export function aPhone(): string {
  lastPhone = Math.max(lastPhone + 1, Date.now() % 100_000_000);
  return `199${String(lastPhone % 100_000_000).padStart(8, '0')}`;
}

/** Someone who can sign in, without any role. */
export async function aPerson(name: string, phone: string | null = aPhone()): Promise<PersonBuilt> {
  const id = newId();
  await db().person.create({ data: { id, name, phone }, select: { id: true } });
  return { id, name, phone };
}

/** Where an appointment holds: exactly one of them. */
export type Scope =
  | { villageId: string }
  | { townshipId: string }
  | { districtId: string }
  | { merchantId: string };

/** Gives a person a role, from a year ago and without an end unless told otherwise; answers the appointment's id. */
export async function anAppointment(
  personId: string,
  role: Role,
  scope: Scope,
  days: { from?: Day; until?: Day | null } = {},
): Promise<string> {
  const id = newId();
  await db().appointment.create({
    data: {
      id,
      personId,
      role,
      ...scope,
      from: dayToDate(days.from ?? ('2025-11-24' as Day)),
      until: days.until ? dayToDate(days.until) : null,
    },
    select: { id: true },
  });
  return id;
}

/** The Actor of a person as a request of theirs would have it: through a fresh session. */
export async function actorFor(
  person: string | { id: string },
  {
    at = TEST_NOW,
    homeVillageId = null,
    deskVillageId = null,
    shopMerchantId = null,
  }: {
    at?: Date;
    homeVillageId?: string | null;
    deskVillageId?: string | null;
    shopMerchantId?: string | null;
  } = {},
): Promise<Actor> {
  const personId = typeof person === 'string' ? person : person.id;
  const id = newId();
  await db().session.create({
    data: {
      id,
      personId,
      homeVillageId,
      deskVillageId,
      shopMerchantId,
      device: 'test',
      createdAt: at,
      expiresAt: new Date(at.getTime() + 30 * 86_400_000),
    },
    select: { id: true },
  });
  const actor = await findActor(db(), id, at);
  if (!actor) throw new Error(`no actor for person ${personId}`);
  return actor;
}

async function aResident(
  villageId: string,
  householdId: string,
  who: { name: string; relation: Relation; birthYear: number | null; signsIn: boolean },
): Promise<ResidentBuilt> {
  const personId = who.signsIn ? (await aPerson(who.name)).id : null;
  const id = newId();
  await db().resident.create({
    data: {
      villageId,
      id,
      householdId,
      personId,
      name: who.name,
      ...spellName(who.name),
      birthYear: who.birthYear,
      relation: who.relation,
    },
    select: { id: true },
  });
  return { id, name: who.name, relation: who.relation, birthYear: who.birthYear, householdId, personId };
}

async function aHousehold(villageId: string, groupId: string, code: string, index: number) {
  const id = newId();
  await db().household.create({
    data: { villageId, id, groupId, code, doorNumber: `${index + 1}号` },
    select: { id: true },
  });
  const surname = SURNAMES[index % SURNAMES.length] ?? '陈';
  const head = await aResident(villageId, id, {
    name: `${surname}建国`,
    relation: 'HEAD',
    birthYear: 1970,
    signsIn: true,
  });
  const spouse = await aResident(villageId, id, {
    name: '何秀英',
    relation: 'SPOUSE',
    birthYear: 1972,
    signsIn: true,
  });
  const child = await aResident(villageId, id, {
    name: `${surname}小满`,
    relation: 'CHILD',
    birthYear: 2016,
    signsIn: false,
  });
  return {
    id,
    code,
    groupId,
    head: head as ResidentBuilt & { personId: string },
    residents: [head, spouse, child],
  } satisfies HouseholdBuilt;
}

/**
 * A village with its office, groups and households of three. Household `i` belongs to group `i % groups`.
 * Nobody of the office lives in a household; `anAppointment(household.head.personId, 'VERIFIER', { villageId })`
 * makes one who does.
 */
export async function aVillage({
  households = 3,
  groups = 2,
  preset = 'RED_BLACK' as 'RED_BLACK' | 'RESOURCES' | 'MARKET',
  townshipId = undefined as string | undefined,
} = {}): Promise<VillageBuilt> {
  const id = newId();
  const code = `t${id.replaceAll('-', '').slice(-12)}`;
  const township = townshipId
    ? await db().township.findUniqueOrThrow({
        where: { id: townshipId },
        select: { id: true, districtId: true },
      })
    : await aTownship(code);
  await db().village.create({
    data: { id, townshipId: township.id, code, name: '测试村', preset },
    select: { id: true },
  });
  const groupsMade = Array.from({ length: groups }, (_, index) => ({ id: newId(), number: index + 1 }));
  await db().group.createMany({
    data: groupsMade.map((group) => ({ ...group, villageId: id, name: `${group.number}组` })),
  });
  const householdsMade: HouseholdBuilt[] = [];
  for (let index = 0; index < households; index++) {
    const group = groupsMade[index % groups];
    if (!group) break;
    const codeOfIt = householdCode(group.number, Math.floor(index / groups) + 1);
    householdsMade.push(await aHousehold(id, group.id, codeOfIt, index));
  }
  const official = async (name: string, role: Role) => {
    const person = await aPerson(name);
    await anAppointment(person.id, role, { villageId: id });
    return person;
  };
  return {
    id,
    code,
    districtId: township.districtId,
    townshipId: township.id,
    groups: groupsMade,
    households: householdsMade,
    household(index) {
      const found = householdsMade[index];
      if (!found) throw new Error(`the village has only ${householdsMade.length} households`);
      return found;
    },
    secretary: await official('书记甲', 'SECRETARY'),
    verifier: await official('核分甲', 'VERIFIER'),
    secondVerifier: await official('核分乙', 'VERIFIER'),
    supervisor: await official('监督甲', 'SUPERVISOR'),
    steward: await official('帮办甲', 'STEWARD'),
  };
}

/** A township in a district of its own. */
export async function aTownship(code: string): Promise<{ id: string; districtId: string }> {
  const districtId = newId();
  const id = newId();
  await db().district.create({
    data: { id: districtId, code: `d-${code}`, name: '测试区' },
    select: { id: true },
  });
  await db().township.create({
    data: { id, districtId, code: `s-${code}`, kind: 'TOWN', name: '测试镇' },
    select: { id: true },
  });
  return { id, districtId };
}
