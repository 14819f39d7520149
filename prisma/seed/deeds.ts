import { addDays, type Day, dayOf, monthOf, periodBounds, startOfDay } from '@/lib/platform/clock';
import { asksQuantity, quantityMost } from '@/lib/rulebook/rules';
import type { Catalogue, CatalogueItem } from '@/lib/rulebook/schema';
import { demoId, type PlannedHousehold, type PlannedResident, type PlannedVillage } from './people';
import { type Random, randomOf } from './random';

// What happened in a demo village in the last three months: who did what when, and what the office made of it. A
// plan without a database, the same for the same village and day. It ends the evening before, so that nothing lies in
// the future whatever the hour.

export const DAYS_BACK = 91;

export interface PlannedPhoto {
  id: string;
  takenAt: Date;
  /** another photo's scene: shown again */
  sceneOf?: string;
  worn?: boolean;
}

export interface PlannedDeed {
  id: string;
  itemCode: string;
  resident: PlannedResident;
  household: PlannedHousehold;
  /** who logs it: one of the household, or the steward */
  reporter: PlannedResident | 'STEWARD';
  deedOn: Day;
  submittedAt: Date;
  quantity: number;
  /** counting from 1 */
  scaleStep?: number;
  metricValue?: string;
  note: string;
  photos: PlannedPhoto[];
  fate: Fate;
}

export interface PlannedEvent {
  id: string;
  itemCode: string;
  name: string;
  heldOn: Day;
  recordedAt: Date;
  people: PlannedResident[];
  photos: PlannedPhoto[];
  /** null: still waiting */
  approvedAt: Date | null;
}

/** What becomes of a deed. */
export type Fate =
  | { kind: 'WAIT' }
  | { kind: 'APPROVE'; at: Date; secondAt?: Date | null; verifier: number }
  | { kind: 'RETURN'; at: Date; verifier: number; reason: string }
  | { kind: 'WITHDRAW'; at: Date }
  /** approved, taken back within minutes, then returned or left */
  | { kind: 'UNDO'; at: Date; undoAt: Date; verifier: number; next: 'WAIT' | 'RETURN' | 'APPROVE' };

export interface VillageHistory {
  deeds: PlannedDeed[];
  events: PlannedEvent[];
}

const REASONS = [
  '照片看不清，请补一张',
  '照片里看不出做了什么',
  '缺少细则要求的证明',
  '日期不对，请改好再报',
  '这件已经记过了',
  '不属于这个项目，请换一个',
] as const;

const NOTES: Record<string, readonly string[]> = {
  'PUBLIC_CLEAN-01': ['从桥头扫到老井', '村口到小学这段', '赶场天前扫的', '雨后清了落叶', ''],
  'PUBLIC_CLEAN-02': ['文化广场', '候车亭和宣传栏', '公厕外面', ''],
  'PUBLIC_CLEAN-03': ['堰塘边捞了两袋', '河沟下游'],
  'VOLUNTEER-02': ['看望独居的老邻居', '陪老人量血压', '送了些菜去', ''],
  'VOLUNTEER-03': ['教视频通话', '帮忙交电费'],
  'FAMILY-02': ['帮忙收谷子', '接送孩子上学', '帮邻居修水管', '借车送去医院', ''],
  'SAFETY-03': ['路边坎子松了', '电线垂下来', '灭火器过期'],
  'HOME-01': ['院坝洗过了', ''],
  'WASTE-02': ['农药瓶和地膜', '纸板一捆'],
};

/** What is measured beside the points, as it usually is. */
const METRICS: Record<string, (random: Random) => string> = {
  'PUBLIC_CLEAN-01': (random) => String(random.whole(4, 40) * 20),
  'PUBLIC_CLEAN-02': (random) => String(random.whole(1, 3)),
  'PUBLIC_CLEAN-03': (random) => (random.whole(5, 40) / 100).toFixed(2),
  'WASTE-02': (random) => String(random.whole(5, 28)),
  'WASTE-03': (random) => (random.whole(2, 15) / 10).toFixed(1),
  'FIVE_CLEAN-01': (random) => (random.whole(1, 6) / 10).toFixed(1),
  'AGRI_ECO-01': (random) => (random.whole(4, 40) / 10).toFixed(1),
  'AGRI_ECO-02': (random) => String(random.whole(3, 20)),
  'STUDY_TOUR-01': (random) => String(random.whole(12, 45)),
};

/** how often a photo comes with what needs none */
const PHOTO_SHARE = 0.14;

/** How many deeds a day sees, by weight. */
const QUIET_DAY: readonly (readonly [number, number])[] = [
  [0, 2],
  [1, 4],
  [2, 3],
  [3, 1],
];
const BUSY_DAY: readonly (readonly [number, number])[] = [
  [1, 2],
  [2, 3],
  [3, 2],
  [4, 1],
];

/** A moment of a day: hours and minutes in Shanghai. */
function at(day: Day, hour: number, minute: number): Date {
  return new Date(startOfDay(day).getTime() + (hour * 60 + minute) * 60_000);
}

function ageOn(resident: PlannedResident, day: Day): number {
  return resident.birthYear === null ? 40 : Number(day.slice(0, 4)) - resident.birthYear;
}

export function planHistory(village: PlannedVillage, catalogue: Catalogue, today: Day): VillageHistory {
  const { plan, households, officials } = village;
  const random = randomOf('deeds', plan.code, today);
  const items = new Map(
    catalogue.categories.flatMap((category) => category.items.map((item) => [item.code, item])),
  );
  const end = at(addDays(today, -1), 21, 30);
  const deeds: PlannedDeed[] = [];
  let count = 0;
  const used = new Map<string, number>();

  const ruleOf = (code: string): CatalogueItem => {
    const item = items.get(code);
    if (!item) throw new Error(`no item ${code}`);
    return item;
  };
  const asRule = (item: CatalogueItem) => ({
    unit: item.unit,
    points: item.points,
    capPoints: item.cap.points,
    scale: (item.scale ?? []).map((step, index) => ({ ...step, id: String(index), order: index + 1 })),
  });
  const reporterFor = (household: PlannedHousehold, resident: PlannedResident): PlannedDeed['reporter'] => {
    if (resident.person) return resident;
    const signsIn = household.residents.find((one) => one.person);
    return signsIn ?? 'STEWARD';
  };
  const photoOf = (deedId: string, index: number, takenAt: Date): PlannedPhoto => ({
    id: demoId('photo', deedId, String(index)),
    takenAt,
  });
  const decisionAfter = (from: Date): Date => {
    const hours = random.weighed([
      [random.whole(1, 9), 4],
      [random.whole(10, 30), 5],
      [random.whole(31, 60), 1],
    ]);
    const rough = new Date(from.getTime() + hours * 3_600_000);
    return at(dayOf(rough), random.whole(8, 20), random.whole(0, 59));
  };
  const fateOf = (submittedAt: Date): Fate => {
    let when = decisionAfter(submittedAt);
    if (when <= submittedAt) when = new Date(submittedAt.getTime() + random.whole(20, 200) * 60_000);
    const verifier = random.whole(0, 2);
    const dice = random.next();
    if (dice < 0.03) {
      const soon = new Date(submittedAt.getTime() + random.whole(5, 50) * 60_000);
      return soon < end ? { kind: 'WITHDRAW', at: soon } : { kind: 'WAIT' };
    }
    if (when >= end) return { kind: 'WAIT' };
    if (dice < 0.1) return { kind: 'RETURN', at: when, verifier, reason: random.pick(REASONS) };
    if (dice < 0.125) {
      const undoAt = new Date(when.getTime() + random.whole(1, 8) * 60_000);
      return undoAt < end
        ? { kind: 'UNDO', at: when, undoAt, verifier, next: random.pick(['WAIT', 'RETURN', 'APPROVE']) }
        : { kind: 'WAIT' };
    }
    const later = decisionAfter(when);
    return { kind: 'APPROVE', at: when, verifier, secondAt: later < end ? later : null };
  };

  const add = (
    code: string,
    household: PlannedHousehold,
    resident: PlannedResident,
    deedOn: Day,
    more: Partial<Omit<PlannedDeed, 'id'>> & { photoCount?: number } = {},
  ): PlannedDeed => {
    const item = ruleOf(code);
    const id = demoId(plan.code, 'deed', today, String(++count));
    const { photoCount, ...rest } = more;
    const doneAt = at(deedOn, random.whole(6, 19), random.whole(0, 59));
    const submittedAt =
      more.submittedAt ??
      (random.chance(0.82)
        ? new Date(doneAt.getTime() + random.whole(2, 110) * 60_000)
        : at(addDays(deedOn, 1), random.whole(7, 20), random.whole(0, 59)));
    const photos =
      photoCount ??
      (item.photo === 'REQUIRED'
        ? random.weighed([
            [1, 4],
            [2, 1],
          ])
        : item.photo === 'OPTIONAL' && random.chance(PHOTO_SHARE)
          ? random.weighed([
              [1, 3],
              [2, 1],
            ])
          : 0);
    const reporter = reporterFor(household, resident);
    const deed: PlannedDeed = {
      id,
      itemCode: code,
      resident,
      household,
      reporter,
      deedOn,
      submittedAt: submittedAt > end ? new Date(end.getTime() - random.whole(5, 300) * 60_000) : submittedAt,
      quantity: 1,
      note: random.pick(NOTES[code] ?? ['']),
      photos: Array.from({ length: photos }, (_, index) =>
        photoOf(id, index, new Date(doneAt.getTime() + index * 4 * 60_000)),
      ),
      fate: { kind: 'WAIT' },
      ...(METRICS[code] && random.chance(0.75) ? { metricValue: METRICS[code](random) } : {}),
      ...rest,
    };
    if (deed.submittedAt < doneAt && dayOf(deed.submittedAt) < deedOn) deed.submittedAt = doneAt;
    if (!more.fate) deed.fate = fateOf(deed.submittedAt);
    if (deed.reporter === 'STEWARD' && deed.fate.kind === 'WITHDRAW') deed.fate = { kind: 'WAIT' };
    deeds.push(deed);
    return deed;
  };

  /** Whether this person or household still has room under the item's cap; a few try all the same. */
  const hasRoom = (
    item: CatalogueItem,
    household: PlannedHousehold,
    resident: PlannedResident,
    day: Day,
    quantity: number,
  ) => {
    const { from } = periodBounds(day, item.cap.per);
    const key = [item.code, item.subject === 'PERSON' ? resident.id : household.id, from].join();
    const points = (used.get(key) ?? 0) + Math.abs(item.points) * quantity;
    if (points > item.cap.points && !random.chance(0.03)) return false;
    used.set(key, points);
    return true;
  };

  const active = households.filter((household) => household.eagerness > 0);
  const chooseEarner = (day: Day): [PlannedHousehold, PlannedResident] => {
    const household = random.weighed(active.map((one) => [one, one.eagerness + 0.03] as const));
    const grown = household.residents.filter((one) => ageOn(one, day) >= 10);
    const resident = random.weighed(
      grown.map((one) => [one, ageOn(one, day) < 16 ? 0.25 : one.relation === 'HEAD' ? 2 : 1.4] as const),
    );
    return [household, resident];
  };
  const likes = Object.entries(plan.likes);

  for (let back = DAYS_BACK; back >= 1; back--) {
    const day = addDays(today, -back);
    const busy = new Date(startOfDay(day).getTime() + 12 * 3_600_000).getUTCDay() % 6 === 0;
    const wanted = random.weighed(busy ? BUSY_DAY : QUIET_DAY) + (back <= 3 ? 2 : 0);
    for (let i = 0; i < wanted; i++) {
      const code = random.weighed(likes);
      const item = ruleOf(code);
      const [household, resident] = chooseEarner(day);
      const rule = asRule(item);
      const quantity = asksQuantity(rule)
        ? random.weighed([
            [1, 3],
            [2, 4],
            [3, 1],
          ])
        : 1;
      const fits = Math.min(quantity, quantityMost(rule));
      if (!hasRoom(item, household, resident, day, fits)) continue;
      add(code, household, resident, day, { quantity: fits });
    }
  }

  addShowpieces(village, today, end, { add, at, random });
  const events = planEvents(village, today, end, random);
  deeds.sort((a, b) => a.submittedAt.getTime() - b.submittedAt.getTime() || (a.id < b.id ? -1 : 1));
  if (officials.VERIFIER.length < 3) throw new Error('a demo village has three verifiers');
  return { deeds, events };
}

interface Tools {
  add: (
    code: string,
    household: PlannedHousehold,
    resident: PlannedResident,
    deedOn: Day,
    more?: Partial<Omit<PlannedDeed, 'id'>> & { photoCount?: number },
  ) => PlannedDeed;
  at: (day: Day, hour: number, minute: number) => Date;
  random: Random;
}

/** What must be there to be seen, whatever chance brings: each state and each warning of the verifier's page. */
function addShowpieces(
  village: PlannedVillage,
  today: Day,
  end: Date,
  { add, at: moment, random }: Tools,
): void {
  const groups = village.plan.groups.length;
  const home = (index: number): PlannedHousehold => {
    const household = village.households[index];
    if (!household) throw new Error(`no household ${index}`);
    return household;
  };
  const head = (household: PlannedHousehold): PlannedResident => {
    const resident = household.residents[0];
    if (!resident) throw new Error('an empty household');
    return resident;
  };
  const [first, second] = [home(0), home(groups)];
  const rare = home(groups * 2);
  const approved = (day: Day, hour: number, verifier = 0): Fate => ({
    kind: 'APPROVE',
    at: moment(day, hour, 10),
    secondAt: moment(day, hour + 1, 5),
    verifier,
  });
  const yesterday = addDays(today, -1);

  // A county's honour needs two people: one waits for the second, one has both.
  add('FAMILY-03', rare, head(rare), addDays(today, -4), {
    scaleStep: 3,
    submittedAt: moment(addDays(today, -4), 19, 20),
    fate: { kind: 'APPROVE', at: moment(addDays(today, -2), 9, 15), secondAt: null, verifier: 1 },
    note: '县里发的“最美家庭”证书',
  });
  add('FAMILY-03', first, head(first), addDays(today, -30), {
    scaleStep: 4,
    submittedAt: moment(addDays(today, -30), 18, 5),
    fate: approved(addDays(today, -29), 9),
    note: '市级文明家庭证书',
  });

  // Three times three hours in a month: the third is cut by the item's cap of 16.
  let start = addDays(today, -22);
  while (monthOf(start) !== monthOf(addDays(start, 2))) start = addDays(start, -1);
  for (let i = 0; i < 3; i++) {
    add('VOLUNTEER-01', second, head(second), addDays(start, i), {
      quantity: 3,
      submittedAt: moment(addDays(start, i), 18, 40),
      fate: approved(addDays(start, i + 1), 10, 1),
      note: '村里图书角值守',
      photoCount: 0,
    });
  }

  // A great month of one household: what goes beyond the month's cap adds to the honour score only.
  const great = home(groups * 2 + 1);
  let middle = addDays(today, -40);
  while (monthOf(middle) !== monthOf(addDays(middle, 8))) middle = addDays(middle, -1);
  const works: [string, number | undefined][] = [
    ['FAMILY-03', 4],
    ['FIVE_CLEAN-03', undefined],
    ['CUSTOMS-01', undefined],
    ['PUBLIC_GOOD-02', undefined],
    ['FAMILY-01', undefined],
  ];
  works.forEach(([code, scaleStep], index) => {
    add(code, great, head(great), addDays(middle, index * 2), {
      ...(scaleStep ? { scaleStep } : {}),
      submittedAt: moment(addDays(middle, index * 2), 17, 30),
      fate: approved(addDays(middle, index * 2 + 1), 9, 2),
      photoCount: 0,
    });
  });

  // Warnings of the verifier's page, all waiting: a photo seen before, one taken long ago, many in a day.
  const shown = add('PUBLIC_CLEAN-01', first, head(first), addDays(today, -9), {
    submittedAt: moment(addDays(today, -9), 8, 30),
    fate: approved(addDays(today, -8), 10),
    photoCount: 1,
  });
  const borrower = home(groups + 5);
  const again = add('PUBLIC_CLEAN-01', borrower, head(borrower), addDays(today, -2), {
    submittedAt: moment(addDays(today, -2), 19, 5),
    fate: { kind: 'WAIT' },
    photoCount: 1,
    note: '打扫了门前的路',
  });
  for (const photo of again.photos) {
    photo.worn = true;
    const same = shown.photos[0]?.id;
    if (same) photo.sceneOf = same;
  }
  const old = home(groups + 6);
  const late = add('HOME-01', old, head(old), yesterday, {
    submittedAt: moment(yesterday, 12, 45),
    fate: { kind: 'WAIT' },
    photoCount: 1,
  });
  for (const photo of late.photos) photo.takenAt = moment(addDays(today, -236), 16, 20);
  const eager = home(groups * 3 + 1);
  for (const [index, code] of [
    'PUBLIC_CLEAN-01',
    'PUBLIC_CLEAN-02',
    'VOLUNTEER-02',
    'FAMILY-02',
    'WASTE-02',
  ].entries()) {
    add(code, eager, head(eager), yesterday, {
      submittedAt: moment(yesterday, 18 + (index % 3), 3 + index * 9),
      fate: { kind: 'WAIT' },
      photoCount: index === 0 ? 2 : 0,
    });
  }

  // Known villagers have each state to look at.
  add('PUBLIC_CLEAN-02', first, head(first), addDays(today, -6), {
    submittedAt: moment(addDays(today, -6), 9, 30),
    fate: {
      kind: 'RETURN',
      at: moment(addDays(today, -5), 9, 40),
      verifier: 1,
      reason: '照片看不清，请补一张',
    },
    photoCount: 1,
  });
  add('WASTE-02', first, head(first), addDays(today, -3), {
    submittedAt: moment(addDays(today, -3), 12, 30),
    fate: { kind: 'WITHDRAW', at: moment(addDays(today, -3), 12, 41) },
  });
  add('PUBLIC_CLEAN-01', first, head(first), yesterday, {
    submittedAt: moment(yesterday, 7, 12),
    fate: { kind: 'WAIT' },
    photoCount: 2,
    note: '扫了桥头到老井这段',
    metricValue: '200',
  });
  add('FAMILY-02', second, head(second), addDays(today, -5), {
    submittedAt: moment(addDays(today, -5), 20, 2),
    fate: {
      kind: 'UNDO',
      at: moment(addDays(today, -4), 9, 30),
      undoAt: moment(addDays(today, -4), 9, 34),
      verifier: 2,
      next: 'RETURN',
    },
  });
  add('VOLUNTEER-02', second, head(second), addDays(today, -2), {
    submittedAt: moment(addDays(today, -2), 17, 15),
    fate: {
      kind: 'UNDO',
      at: moment(yesterday, 9, 5),
      undoAt: moment(yesterday, 9, 9),
      verifier: 2,
      next: 'WAIT',
    },
  });
  // One for a verifier's own household: he cannot decide it.
  const own = home(1);
  add('PUBLIC_CLEAN-01', own, head(own), yesterday, {
    submittedAt: moment(yesterday, 18, 22),
    fate: { kind: 'WAIT' },
    photoCount: 1,
  });
  if (random.next() > 1 || moment(yesterday, 21, 30) > end) throw new Error('a showpiece lies in the future');
}

/** Events: one sheet credits everybody who was there. The last one still waits. */
function planEvents(village: PlannedVillage, today: Day, end: Date, random: Random): PlannedEvent[] {
  const { plan, households } = village;
  const kinds: [string, string][] = [
    ['FIVE_CLEAN-01', '“五清”集中行动'],
    ['CIVIC-03', plan.preset === 'MARKET' ? '邻里节' : '坝坝舞会'],
    ['LEARNING-02', '反诈知识讲座'],
    ['CIVIC-01', plan.preset === 'MARKET' ? '居民议事会' : '院坝会'],
    ['FIVE_CLEAN-01', '河道清理日'],
  ];
  const daysBack = [78, 57, 33, 15, 2];
  return kinds.map(([code, name], index) => {
    const heldOn = addDays(today, -(daysBack[index] ?? 2));
    const recordedAt = at(heldOn, 17, 20 + index);
    const people = random
      .shuffled(households.filter((household) => household.eagerness > 0.02))
      .slice(0, random.whole(8, 12))
      .flatMap((household) => {
        const grown = household.residents.filter((one) => ageOn(one, heldOn) >= 16);
        return random.shuffled(grown).slice(0, code !== 'CIVIC-01' && random.chance(0.2) ? 2 : 1);
      });
    const id = demoId(plan.code, 'event', today, String(index));
    const approvedAt = at(addDays(heldOn, 1), 9, 30);
    return {
      id,
      itemCode: code,
      name,
      heldOn,
      recordedAt,
      people,
      photos:
        code === 'FIVE_CLEAN-01'
          ? [0, 1].map((n) => ({ id: demoId('photo', id, String(n)), takenAt: at(heldOn, 9 + n, 12) }))
          : [],
      approvedAt: index === kinds.length - 1 || approvedAt > end ? null : approvedAt,
    };
  });
}
