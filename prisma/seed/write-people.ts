import { spellForSearch } from '@/lib/alliance/spelling';
import { addDays, type Day, dayToDate, startOfDay } from '@/lib/platform/clock';
import type { Tx } from '@/lib/platform/command';
import { spellName } from '@/lib/residents/pinyin';
import { kinPair } from '@/lib/residents/rules';
import { adoptCatalogue, sampleCatalogue } from '@/lib/rulebook/adopt';
import type { Catalogue } from '@/lib/rulebook/schema';
import { demoId, type PlannedResident, type PlannedVillage } from './people';
import { DISTRICT, TOWNSHIPS } from './places';

// Writes places, people, offices and rulebooks. There are no commands for these yet; everything that happened later
// goes through them (history.ts).

/** Days since the village began with points. */
const BEGAN = 330;
/** How many representatives each village has elected. */
const REPRESENTATIVES = 31;
/** Days since the second version of a rulebook that has two. */
const SECOND_VERSION = 50;

/** The first of the versions of a village that has two. */
function earlierCatalogue(): Catalogue {
  const catalogue = sampleCatalogue();
  const earlier: Record<string, { points: number; cap: number }> = {
    'PUBLIC_CLEAN-03': { points: 2, cap: 8 },
    'SAFETY-01': { points: 4, cap: 16 },
    'VOLUNTEER-02': { points: 2, cap: 8 },
  };
  for (const item of catalogue.categories.flatMap((category) => category.items)) {
    const other = earlier[item.code];
    if (!other) continue;
    item.points = other.points;
    item.cap = { ...item.cap, points: other.cap };
  }
  return catalogue;
}

/** The number of the version in force in a demo village on a day. */
export function versionNumberOn(village: PlannedVillage, today: Day, day: Day): number {
  return village.plan.firstSettings && day >= addDays(today, -SECOND_VERSION) ? 2 : 1;
}

/** District, townships and their officials. */
export async function writeDistrict(tx: Tx, today: Day): Promise<void> {
  const createdAt = startOfDay(addDays(today, -BEGAN - 30));
  const districtId = demoId('district', DISTRICT.code);
  await tx.district.create({
    data: { id: districtId, code: DISTRICT.code, name: DISTRICT.name, isDemo: true, createdAt },
    select: { id: true },
  });
  await tx.township.createMany({
    data: TOWNSHIPS.map(({ code, kind, name }, index) => ({
      id: demoId('township', code),
      districtId,
      code,
      kind,
      name,
      createdAt: new Date(createdAt.getTime() + index * 1000),
    })),
  });
  const officials = [
    ...DISTRICT.official.map((name, index) => ({
      id: demoId('person', 'district', String(index)),
      name,
      phone: `1380000000${index + 1}`,
      role: 'DISTRICT' as const,
      districtId,
      townshipId: null,
    })),
    ...TOWNSHIPS.map(({ code, official }, index) => ({
      id: demoId('person', 'township', code),
      name: official,
      phone: `1380000001${index + 1}`,
      role: 'TOWNSHIP' as const,
      districtId: null,
      townshipId: demoId('township', code),
    })),
  ];
  await tx.person.createMany({
    data: officials.map(({ id, name, phone }, index) => ({
      id,
      name,
      phone,
      createdAt: new Date(createdAt.getTime() + index * 1000),
    })),
  });
  await tx.appointment.createMany({
    data: officials.map(({ id, role, districtId: district, townshipId }) => ({
      id: demoId('appointment', id),
      personId: id,
      role,
      districtId: district,
      townshipId,
      from: dayToDate(addDays(today, -BEGAN - 30)),
    })),
  });
}

/** A village: groups, households, residents, kin, office, shop and rulebooks. */
export async function writeVillage(
  tx: Tx,
  village: PlannedVillage,
  order: number,
  today: Day,
): Promise<void> {
  const { plan, id: villageId, households } = village;
  const createdAt = new Date(startOfDay(addDays(today, -BEGAN - 20)).getTime() + order * 3_600_000);
  const townshipId = demoId('township', plan.townshipCode);
  await tx.village.create({
    data: {
      id: villageId,
      townshipId,
      code: plan.code,
      name: plan.name,
      preset: plan.preset,
      welcome: plan.welcome,
      representatives: REPRESENTATIVES,
      createdAt,
    },
    select: { id: true },
  });
  await tx.group.createMany({
    data: plan.groups.map((name, index) => ({
      villageId,
      id: demoId(plan.code, 'group', String(index + 1)),
      number: index + 1,
      name,
    })),
  });
  await tx.household.createMany({
    data: households.map(({ residents: _, eagerness: __, group, ...household }) => ({
      villageId,
      ...household,
      groupId: demoId(plan.code, 'group', String(group)),
      createdAt,
    })),
  });
  const residents = households.flatMap((household) => household.residents);
  const people = residents.flatMap(({ name, person }) => (person ? [{ name, ...person }] : []));
  await tx.person.createMany({
    data: people.map(({ id, name, phone }, index) => ({
      id,
      name,
      phone,
      createdAt: new Date(createdAt.getTime() + index * 1000),
    })),
  });
  await tx.resident.createMany({
    data: residents.map(({ id, householdId, name, relation, birthYear, person }) => ({
      villageId,
      id,
      householdId,
      personId: person?.id ?? null,
      name,
      ...spellName(name),
      birthYear,
      relation,
      createdAt,
    })),
  });
  await tx.kinship.createMany({
    data: village.kin.map(([one, other]) => ({
      villageId,
      id: demoId('kin', one.id, other.id),
      ...kinPair(one.id, other.id),
      declaredAt: createdAt,
    })),
  });
  await writeOffice(tx, village, createdAt, today);
  await writeRulebooks(tx, village, createdAt, today);
}

async function writeOffice(tx: Tx, village: PlannedVillage, createdAt: Date, today: Day): Promise<void> {
  const { plan, id: villageId } = village;
  const from = dayToDate(addDays(today, -BEGAN));
  const appointed = Object.entries(village.officials).flatMap(([role, residents]) =>
    residents.map((resident: PlannedResident) => ({
      id: demoId('appointment', role, resident.id),
      personId: resident.person?.id ?? '',
      role: role as keyof PlannedVillage['officials'],
      villageId,
      from,
    })),
  );
  await tx.appointment.createMany({ data: appointed });
  const { owner, clerk, ...shop } = plan.merchant;
  const merchantId = demoId(plan.code, 'merchant');
  const townshipId = demoId('township', plan.townshipCode);
  await tx.$executeRaw`
    select merchant_apply(${merchantId}::uuid, ${demoId(plan.code, 'step', 'applied')}::uuid, ${townshipId}::uuid, ${shop.name},
      ${shop.kind}, ${shop.address}, ${shop.openingHours}, ${owner}, ${`1380000${plan.phoneDigit}007`}, false,
      ${spellForSearch(shop.name, shop.kind)}, ${createdAt})`;
  const staff = [owner, clerk].map((name, index) => ({
    id: demoId(plan.code, 'staff', String(index)),
    name,
    phone: `1380000${plan.phoneDigit}00${index + 7}`,
    createdAt: new Date(createdAt.getTime() + index * 1000),
  }));
  await tx.person.createMany({ data: staff });
  await tx.appointment.createMany({
    data: staff.map(({ id }) => ({
      id: demoId('appointment', id),
      personId: id,
      role: 'MERCHANT' as const,
      merchantId,
      from,
    })),
  });
  const admittedAt = new Date(startOfDay(addDays(today, -BEGAN)).getTime() + 15 * 3_600_000);
  await tx.$executeRaw`
    select merchant_admit(${merchantId}::uuid, ${demoId(plan.code, 'step', 'admitted')}::uuid, ${staff[0]?.id ?? ''}::uuid,
      ${demoId('appointment', merchantId)}::uuid, ${demoId('person', 'township', plan.townshipCode)}::uuid, ${admittedAt})`;
}

async function writeRulebooks(tx: Tx, village: PlannedVillage, createdAt: Date, today: Day): Promise<void> {
  const { plan, id: villageId } = village;
  // as the roster has them on the meeting's day: fewer would be refused
  const year = Number(addDays(today, -BEGAN - 9).slice(0, 4));
  const adults = village.households
    .flatMap((household) => household.residents)
    .filter(({ birthYear }) => birthYear === null || year - birthYear >= 18).length;
  const present = Math.round(adults * 0.78);
  const resolution = (daysBack: number, number: number) => {
    const heldOn = addDays(today, -daysBack);
    return {
      meetingKind: number === 1 ? ('ASSEMBLY' as const) : ('REPRESENTATIVES' as const),
      heldOn,
      ...(number === 1
        ? { eligible: adults, present, votesFor: present - 5, votesAgainst: 2, abstained: 3 }
        : { eligible: REPRESENTATIVES, present: 28, votesFor: 26, votesAgainst: 1, abstained: 1 }),
      filingNumber: `${plan.townshipCode === 'shiqiao' ? '石桥' : '滨江'}备〔${heldOn.slice(0, 4)}〕${number * 7 + plan.phoneDigit} 号`,
    };
  };
  const common = { covenant: plan.covenant, now: createdAt, title: `${plan.name}积分制管理细则` };
  await adoptCatalogue(tx, villageId, {
    ...common,
    number: 1,
    effectiveFrom: addDays(today, -BEGAN),
    resolution: resolution(BEGAN + 9, 1),
    settings: plan.firstSettings ?? plan.settings,
    ...(plan.firstSettings ? { catalogue: earlierCatalogue() } : {}),
  });
  if (plan.firstSettings) {
    await adoptCatalogue(tx, villageId, {
      ...common,
      number: 2,
      effectiveFrom: addDays(today, -SECOND_VERSION),
      resolution: resolution(SECOND_VERSION + 8, 2),
      settings: plan.settings,
    });
  }
}
