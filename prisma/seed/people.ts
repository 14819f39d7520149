import { createHash } from 'node:crypto';
import { v7 } from 'uuid';
import type { Relation } from '@/lib/platform/generated/enums';
import { idFromWords } from '@/lib/platform/ids';
import { householdCode, surnameOf } from '@/lib/residents/rules';
import { type Age, aGivenName, aSurname, RARE_NAMES, type Sex } from './names';
import type { VillagePlan } from './places';
import { type Random, randomOf } from './random';

// Who lives in a demo village. A plan without a database: the same for the same village and year.

export interface PlannedResident {
  id: string;
  householdId: string;
  name: string;
  sex: Sex;
  relation: Relation;
  birthYear: number | null;
  /** who can sign in has a person and a phone */
  person: { id: string; phone: string } | null;
}

export interface PlannedHousehold {
  id: string;
  code: string;
  group: number;
  doorNumber: string;
  isFiveGuarantee: boolean;
  isDisabled: boolean;
  isAbsent: boolean;
  residents: PlannedResident[];
  /** how much the household does: 0 nothing, 1 most */
  eagerness: number;
}

export interface PlannedVillage {
  plan: VillagePlan;
  id: string;
  households: PlannedHousehold[];
  kin: [PlannedResident, PlannedResident][];
  /** by name */
  officials: Record<'SECRETARY' | 'VERIFIER' | 'SUPERVISOR' | 'STEWARD', PlannedResident[]>;
}

/** The id of something of the demo, from its words. */
export function demoId(...words: string[]): string {
  return idFromWords('demo', ...words);
}

/** The id of something of the demo that a phone began at that moment: the same for the same words and moment. */
export function demoIdAt(at: Date, ...words: string[]): string {
  const bytes = createHash('sha256').update(words.join('\u001f')).digest();
  return v7({ msecs: at.getTime(), random: bytes.subarray(0, 16), seq: bytes.readUInt32BE(16) });
}

type Member = { relation: Relation; sex: Sex; age: Age; years: number; family: boolean };

/** Kinds of households as a village has them: who lives in one beside the head. */
function membersOf(
  kind: string,
  random: Random,
): { head: Omit<Member, 'relation' | 'family'>; others: Member[] } {
  const man: Sex = random.chance(0.68) ? 'm' : 'f';
  const spouseSex: Sex = man === 'm' ? 'f' : 'm';
  const member = (relation: Relation, sex: Sex, age: Age, years: number, family: boolean): Member => ({
    relation,
    sex,
    age,
    years,
    family,
  });
  const anySex = (): Sex => (random.chance(0.5) ? 'm' : 'f');
  if (kind === 'elder')
    return { head: { sex: anySex(), age: 'old', years: random.whole(68, 84) }, others: [] };
  if (kind === 'elders') {
    const years = random.whole(62, 76);
    return {
      head: { sex: man, age: 'old', years },
      others: [member('SPOUSE', spouseSex, 'old', years - random.whole(0, 5), false)],
    };
  }
  if (kind === 'left-behind') {
    const years = random.whole(60, 70);
    const sex = anySex();
    return {
      head: { sex: man, age: 'old', years },
      others: [
        member('SPOUSE', spouseSex, 'old', years - 2, false),
        member('GRANDCHILD', sex, 'child', random.whole(6, 13), true),
      ],
    };
  }
  const years = random.whole(34, 54);
  const head = { sex: man, age: 'middle' as Age, years };
  const spouse = member('SPOUSE', spouseSex, 'middle', years - random.whole(-1, 4), false);
  const child = (): Member => {
    const childYears = Math.max(3, years - random.whole(23, 29));
    return member('CHILD', anySex(), childYears < 15 ? 'child' : 'young', childYears, true);
  };
  if (kind === 'single-parent') return { head, others: [child()] };
  if (kind === 'couple') return { head, others: [spouse, child()] };
  const others = [
    spouse,
    child(),
    member('PARENT', anySex(), 'old', years + random.whole(23, 28), man === 'm'),
  ];
  if (random.chance(0.5)) others.splice(2, 0, child());
  return { head, others };
}

const KINDS: readonly (readonly [string, number])[] = [
  ['elder', 1],
  ['elders', 3],
  ['left-behind', 2],
  ['single-parent', 1],
  ['couple', 5],
  ['three-generations', 4],
];

/** Names that must be at a place of the list: known villagers, the office, and a few that are rare. */
function fixedHeads(plan: VillagePlan): Map<number, { name: string; sex: Sex; phone: string }> {
  const groups = plan.groups.length;
  const phone = (number: number) => `1380000${plan.phoneDigit}${String(number).padStart(3, '0')}`;
  const heads = new Map<number, { name: string; sex: Sex; phone: string }>();
  const put = (index: number, name: string, sex: Sex, number: number) =>
    heads.set(index, { name, sex, phone: phone(number) });
  put(0, plan.known[0] ?? '', 'f', 11);
  put(groups, plan.known[1] ?? '', plan.code === 'xinghua' ? 'm' : 'f', 12);
  plan.verifiers.forEach((name, index) => {
    put(index + 1, name, /[珍㛃燕琼]$/u.test(name) ? 'f' : 'm', index + 2);
  });
  put(groups + 1, plan.secretary, 'm', 1);
  put(groups + 2, plan.supervisor, 'm', 5);
  put(groups + 3, plan.steward, 'f', 6);
  const rare: Record<VillagePlan['code'], [string, Sex][]> = {
    qingzhu: [
      [RARE_NAMES.beyondBasicPlane, 'm'],
      [RARE_NAMES.compoundOther, 'f'],
    ],
    xinghua: [
      [RARE_NAMES.dottedLong, 'f'],
      ['𠮷晓东', 'm'],
    ],
    binjiang: [
      [RARE_NAMES.twentyCharacters, 'm'],
      ['令狐玉婷', 'f'],
    ],
  };
  rare[plan.code].forEach(([name, sex], index) => {
    put(groups * 2 + index, name, sex, 21 + index);
  });
  return heads;
}

/** A village's people. `year` is the one in which the demo is loaded. */
export function planVillage(plan: VillagePlan, year: number): PlannedVillage {
  const random = randomOf('people', plan.code);
  const villageId = demoId('village', plan.code);
  const fixed = fixedHeads(plan);
  const used = new Set<string>([...fixed.values()].map((head) => head.name));
  let nextPhone = 100;
  const phone = () => `1380000${plan.phoneDigit}${String(nextPhone++).padStart(3, '0')}`;

  const fresh = (make: () => string): string => {
    let name = make();
    for (let tries = 0; used.has(name) && tries < 40; tries++) name = make();
    used.add(name);
    return name;
  };

  const households = Array.from({ length: plan.households }, (_, index): PlannedHousehold => {
    const group = (index % plan.groups.length) + 1;
    const code = householdCode(group, Math.floor(index / plan.groups.length) + 1);
    const id = demoId(plan.code, 'household', code);
    const known = fixed.get(index);
    const kind = known ? random.pick(['couple', 'three-generations']) : random.weighed(KINDS);
    const { head, others } = membersOf(kind, random);
    const headSex = known?.sex ?? head.sex;
    const headName = known?.name ?? fresh(() => aSurname(random) + aGivenName(random, headSex, head.age));
    const isAbsent = !known && index % 19 === 17;
    // A name with dots is no surname to inherit: children are given a Han name of the other parent, as is common.
    const spouseSurname = aSurname(random);
    const surname = headName.includes('·') || headSex === 'f' ? spouseSurname : surnameOf(headName);

    const resident = (
      order: number,
      name: string,
      sex: Sex,
      relation: Relation,
      years: number,
      knownPhone?: string,
    ): PlannedResident => {
      const residentId = demoId(plan.code, 'resident', code, String(order));
      const likely = years >= 70 ? 0.2 : years >= 60 ? 0.55 : years >= 15 ? 0.85 : 0;
      const signsIn = knownPhone !== undefined || (!isAbsent && random.chance(likely));
      return {
        id: residentId,
        householdId: id,
        name,
        sex,
        relation,
        birthYear: random.chance(0.04) && years > 20 ? null : year - years,
        person: signsIn
          ? { id: demoId(plan.code, 'person', code, String(order)), phone: knownPhone ?? phone() }
          : null,
      };
    };

    const residents = [resident(0, headName, headSex, 'HEAD', head.years, known?.phone)];
    others.forEach((one, order) => {
      const sex = one.relation === 'SPOUSE' ? (headSex === 'm' ? 'f' : 'm') : one.sex;
      const family = one.relation === 'SPOUSE' ? spouseSurname : one.family ? surname : aSurname(random);
      const spouse = one.relation === 'SPOUSE' && headSex === 'm' ? aSurname(random) : family;
      const name = fresh(() => spouse + aGivenName(random, sex, one.age));
      residents.push(resident(order + 1, name, sex, one.relation, one.years));
    });
    return {
      id,
      code,
      group,
      doorNumber: `${group}-${Math.floor(index / plan.groups.length) + 1}号`,
      isFiveGuarantee: kind === 'elder' && random.chance(0.7),
      isDisabled: kind === 'elders' && random.chance(0.15),
      isAbsent,
      residents,
      eagerness: isAbsent ? 0 : known ? 0.35 + random.next() * 0.5 : random.next() ** 2,
    };
  });

  const headOf = (index: number): PlannedResident => {
    const head = households[index]?.residents[0];
    if (!head) throw new Error(`${plan.code} has no household ${index}`);
    return head;
  };
  const groups = plan.groups.length;
  return {
    plan,
    id: villageId,
    households,
    // Brothers and sisters who live in houses of their own; two of them are kin of verifiers.
    kin: [
      [headOf(1), headOf(groups + 4)],
      [headOf(2), headOf(groups * 2 + 3)],
      [headOf(groups * 3), headOf(groups * 3 + 1)],
      [headOf(groups * 4 + 2), headOf(groups * 5)],
    ],
    officials: {
      SECRETARY: [headOf(groups + 1)],
      VERIFIER: [headOf(1), headOf(2), headOf(3)],
      SUPERVISOR: [headOf(groups + 2)],
      STEWARD: [headOf(groups + 3)],
    },
  };
}
