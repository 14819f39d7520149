import type { Actor, DeskRole } from '@/lib/auth/types';
import {
  approveDeduction,
  dropDeduction,
  dropMended,
  postDeduction,
  proposeDeduction,
  recordDeduction,
  warnDeduction,
} from '@/lib/deductions/commands';
import { answerDeduction, claimRepair, confirmRepair } from '@/lib/deductions/hearing';
import { approveDeed } from '@/lib/deeds/decisions';
import { decideObjection, openObjection } from '@/lib/objections/commands';
import { raiseOverdueObjections } from '@/lib/objections/overdue';
import { takePhoto as storePhoto } from '@/lib/photos/upload';
import { addDays, type Day, daysBetween, periodBounds, startOfDay } from '@/lib/platform/clock';
import { type Command, runCommand } from '@/lib/platform/command';
import type { PrismaClient } from '@/lib/platform/generated/client';
import { idFromWords } from '@/lib/platform/ids';
import { itemId } from '@/lib/rulebook/adopt';
import { deskActor, residentActor } from './actors';
import { demoId, type PlannedHousehold, type PlannedVillage } from './people';
import { takePhoto } from './photos';
import { randomOf } from './random';
import { versionNumberOn } from './write-people';

// Deductions in every state over the last three months, and objections open, overdue, upheld and rejected: each step by
// the command that people use, at its moment.

/** How far a deduction has gone; the days are its own, from the one it was seen on. */
type Fate =
  | 'RECORDED'
  | 'WARNED'
  | 'MENDED'
  | 'PROPOSED'
  | 'REFUSED'
  | 'NOTICED'
  | 'ANSWERED'
  | 'POSTED'
  | 'CLAIMED'
  | 'RESTORED'
  | 'OBJECTED_REJECTED'
  | 'OBJECTED_UPHELD';

interface Plan {
  code: string;
  seenOn: Day;
  fate: Fate;
  facts: string;
  seenBy: string;
  photo?: boolean;
}

const RECHECK = 7;

/** The plan, oldest first. Those of the quarter before stay in it, whatever day it is today. */
function planOf(today: Day): Plan[] {
  const lastQuarter = addDays(periodBounds(today, 'QUARTER').from, -1);
  const latest = addDays(today, -40);
  const anchor = addDays(latest, Math.min(daysBetween(latest, lastQuarter), 0));
  const before = (days: number) => addDays(anchor, -days);
  const ago = (days: number) => addDays(today, -days);
  const patrol = '巡查组两人';
  return [
    {
      code: 'PUBLIC_GOOD-04',
      seenOn: before(20),
      fate: 'OBJECTED_REJECTED',
      seenBy: '护路员和两位路过的村民',
      facts: '拖拉机压坏了水渠盖板三块，没有修',
    },
    {
      code: 'AGRI_ECO-03',
      seenOn: before(17),
      fate: 'POSTED',
      seenBy: '林长和网格员',
      facts: '在河滩边烧稻草，烟飘到公路上',
      photo: true,
    },
    {
      code: 'PUBLIC_GOOD-04',
      seenOn: before(12),
      fate: 'POSTED',
      seenBy: '网格员和组长',
      facts: '路灯杆被农用车撞歪，没有修',
    },
    {
      code: 'HOME-04',
      seenOn: before(24),
      fate: 'RESTORED',
      seenBy: patrol,
      facts: '院坝门口堆着旧木料，占了半条路',
      photo: true,
    },
    {
      code: 'PUBLIC_CLEAN-04',
      seenOn: ago(41),
      fate: 'POSTED',
      seenBy: '保洁员和组长',
      facts: '污水倒在井台边的排水沟里',
    },
    {
      code: 'PUBLIC_GOOD-04',
      seenOn: ago(34),
      fate: 'OBJECTED_UPHELD',
      seenBy: '路过的村民',
      facts: '村口宣传栏的玻璃碎了一块',
    },
    {
      code: 'PUBLIC_GOOD-04',
      seenOn: ago(30),
      fate: 'CLAIMED',
      seenBy: '文化站管理员和组长',
      facts: '广场健身器材的扶手断了，没有修',
    },
    {
      code: 'HOME-04',
      seenOn: ago(22),
      fate: 'MENDED',
      seenBy: patrol,
      facts: '屋后堆着饲料袋，堵住了水沟',
    },
    {
      code: 'PUBLIC_GOOD-04',
      seenOn: ago(18),
      fate: 'REFUSED',
      seenBy: '路过的村民',
      facts: '桥栏杆松了一段',
    },
    {
      code: 'AGRI_ECO-04',
      seenOn: ago(16),
      fate: 'ANSWERED',
      seenBy: patrol,
      facts: '鸡鸭散养到广场，提醒以后还有七八只',
    },
    {
      code: 'HOME-04',
      seenOn: ago(13),
      fate: 'NOTICED',
      seenBy: patrol,
      facts: '门前巷道堆着碎砖和水泥袋，轮椅过不去',
      photo: true,
    },
    {
      code: 'PUBLIC_CLEAN-04',
      seenOn: ago(9),
      fate: 'WARNED',
      seenBy: '保洁员和组长',
      facts: '垃圾袋放在桶外，两次被狗扒开',
    },
    {
      code: 'HOME-04',
      seenOn: ago(3),
      fate: 'WARNED',
      seenBy: patrol,
      facts: '猪圈边的粪水流到了路上',
    },
    {
      code: 'PUBLIC_GOOD-04',
      seenOn: ago(3),
      fate: 'PROPOSED',
      seenBy: '护路员和网格员',
      facts: '运砂车压坏了村道路肩两米',
    },
    {
      code: 'HOME-04',
      seenOn: ago(1),
      fate: 'RECORDED',
      seenBy: patrol,
      facts: '楼道口放着旧沙发，挡住了一半',
    },
  ];
}

/** Households that may be asked: grown heads who sign in, not exempt, nobody of the office or kin to it. */
async function askable(db: PrismaClient, village: PlannedVillage): Promise<PlannedHousehold[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    select h.id::text from household h
    join resident r on r.village_id = h.village_id and r.household_id = h.id and r.relation = 'HEAD'
      and r.left_on is null and r.person_id is not null
    where h.village_id = ${village.id}::uuid and h.left_on is null
      and not (h.is_five_guarantee or h.is_disabled or h.is_absent)
      and not exists (select from appointment a where a.village_id = h.village_id
                      and recusal(h.village_id, h.id, null, a.person_id) is not null)
    order by
      -- those who have something waiting and something with a photo come first: the demo shows all of it at one door
      not (exists (select from deed d where d.village_id = h.village_id and d.household_id = h.id and d.state = 'SUBMITTED')
        and exists (select from deed d join deed_photo p on p.village_id = d.village_id and p.deed_id = d.id
                    where d.village_id = h.village_id and d.household_id = h.id and d.event_id is null)),
      h.id`;
  return rows.flatMap(({ id }) => village.households.find((one) => one.id === id) ?? []);
}

/** Lets a village's plan happen up to today. */
export async function replayDeductions(
  db: PrismaClient,
  village: PlannedVillage,
  today: Day,
  now: Date,
): Promise<void> {
  const households = await askable(db, village);
  // one of the people who can be chosen on the sign-in page has something to answer
  const known = village.households[village.plan.groups.length];
  const others = households.filter((one) => one !== known && one !== village.households[0]);
  const plans = planOf(today);
  for (const [index, plan] of plans.entries()) {
    const isForKnown = plan.fate === 'NOTICED' && known && households.includes(known);
    const household = isForKnown ? known : others[index % others.length];
    if (household) await happen(village, household, plan, today, index);
  }
  await objectToReturns(db, village, today);
  await raiseOverdueObjections(now);
}

async function happen(
  village: PlannedVillage,
  household: PlannedHousehold,
  plan: Plan,
  today: Day,
  index: number,
): Promise<void> {
  const head = household.residents[0];
  if (!head) return;
  const key = `${village.plan.code} ${index}`;
  const at = (days: number, hours = 10) =>
    new Date(startOfDay(addDays(plan.seenOn, days)).getTime() + (hours * 60 + index) * 60_000);
  const desk = (role: DeskRole, one = 0) => deskActor(village, role, one);
  const act = async (command: Command, actor: Actor, input: Record<string, unknown>, when: Date) =>
    must(command, actor, idFromWords('demo-due', key, command.name, String(when.getTime())), input, when);
  const picture = async (actor: Actor, seat: 'resident' | 'desk', what: string, when: Date) => {
    const id = demoId('due-photo', key, what);
    const random = randomOf('due-scene', key, what);
    const bytes = await takePhoto({ itemCode: plan.code, takenAt: when }, random);
    const stored = await storePhoto({ actor, seat, bytes, id, now: when });
    return stored.ok ? [id] : [];
  };

  const steward = desk('STEWARD');
  const version = versionNumberOn(village, today, plan.seenOn);
  const deductionId = await act(
    recordDeduction,
    steward,
    {
      householdId: household.id,
      itemId: itemId(village.id, version, plan.code),
      seenOn: plan.seenOn,
      seenBy: plan.seenBy,
      facts: plan.facts,
      photos: plan.photo ? await picture(steward, 'desk', 'seen', at(0, 9)) : [],
    },
    at(0, 11),
  );
  if (plan.fate === 'RECORDED') return;

  const isWarned = !['PUBLIC_GOOD-04', 'AGRI_ECO-03'].includes(plan.code);
  if (isWarned) {
    const recheckOn = addDays(plan.seenOn, RECHECK);
    await act(warnDeduction, steward, { deductionId, how: ['PHONE', 'HAND'], recheckOn }, at(0, 15));
    if (plan.fate === 'WARNED') return;
    if (plan.fate === 'MENDED') {
      const reason = '去看过，都搬走了，水沟也通了';
      await act(dropMended, steward, { deductionId, reason }, at(RECHECK, 9));
      return;
    }
  }
  const recheck = isWarned ? RECHECK : 1;
  await act(proposeDeduction, desk('VERIFIER', index % 2), { deductionId, photos: [] }, at(recheck, 9));
  if (plan.fate === 'PROPOSED') return;
  const supervisor = desk('SUPERVISOR');
  if (plan.fate === 'REFUSED') {
    const reason = '说不清是谁弄松的，证据不够';
    await act(dropDeduction, supervisor, { deductionId, reason }, at(recheck + 1));
    return;
  }
  await act(approveDeduction, supervisor, { deductionId, how: ['PHONE', 'HAND'] }, at(recheck + 1));
  const resident = residentActor(village, head);
  const since = (days: number, hours?: number) => at(recheck + 1 + days, hours);
  if (plan.fate === 'NOTICED') return;
  if (plan.fate === 'ANSWERED') {
    const answer = '鸡圈的网前几天被风吹破，买了新网，这两天就补好。七八只是早上放出去没赶回来的。';
    await act(answerDeduction, resident, { deductionId, answer, photos: [] }, since(3, 19));
    return;
  }

  let posts = 8;
  if (plan.fate === 'OBJECTED_REJECTED') {
    const body = '盖板早就裂了，不全是我家压的，请去问问隔壁几户';
    const objectionId = await act(
      openObjection,
      resident,
      { kind: 'DEDUCTION', subject: deductionId, body, photos: [] },
      since(2, 20),
    );
    const reason = '看过现场和当天的照片，问过三户邻居，盖板是当天压断的';
    await act(decideObjection, desk('SECRETARY'), { objectionId, outcome: 'REJECTED', reason }, since(5));
    posts = 11;
  }
  await act(postDeduction, desk('VERIFIER'), { deductionId }, since(posts, 9));
  if (plan.fate === 'OBJECTED_UPHELD') {
    const body = '玻璃是台风那晚碎的，那天我家没有人在村口，有监控可以看';
    const objectionId = await act(
      openObjection,
      resident,
      { kind: 'DEDUCTION', subject: deductionId, body, photos: [] },
      since(posts + 1, 20),
    );
    const reason = '调看了村口监控，玻璃是风刮倒树枝打碎的，不是这户弄的';
    await act(
      decideObjection,
      desk('SECRETARY'),
      { objectionId, outcome: 'UPHELD', reason },
      since(posts + 4, 16),
    );
  }
  if (plan.fate === 'CLAIMED' || plan.fate === 'RESTORED') {
    const when = plan.fate === 'CLAIMED' ? startMinutes(today, -1, 18) : since(posts + 3, 18);
    const photos = await picture(resident, 'resident', 'repair', when);
    await act(claimRepair, resident, { deductionId, note: '换了新的，请来看', photos }, when);
    if (plan.fate === 'RESTORED') {
      await act(confirmRepair, desk('VERIFIER', 1), { deductionId }, since(posts + 4, 9));
    }
  }
}

function startMinutes(day: Day, days: number, hours: number): Date {
  return new Date(startOfDay(addDays(day, days)).getTime() + hours * 3_600_000);
}

/** Objections to returned deeds: one upheld and verified by another, one overdue, one just opened. */
async function objectToReturns(db: PrismaClient, village: PlannedVillage, today: Day): Promise<void> {
  const returned = await db.deed.findMany({
    where: { villageId: village.id, state: 'RETURNED', decidedAt: { gte: startOfDay(addDays(today, -28)) } },
    orderBy: [{ decidedAt: 'asc' }, { id: 'asc' }],
    select: { id: true, householdId: true, decidedAt: true, decidedById: true },
  });
  const fates = ['OVERDUE', 'UPHELD', 'OPEN'] as const;
  let done = 0;
  for (const deed of returned) {
    const fate = fates[done];
    const head = village.households.find((one) => one.id === deed.householdId)?.residents[0];
    if (!fate || !head?.person || !deed.decidedAt) continue;
    const resident = residentActor(village, head);
    const daysAgo = { UPHELD: 8, OVERDUE: 9, OPEN: 1 }[fate];
    const openedAt = startMinutes(today, -daysAgo, 19);
    if (openedAt < deed.decidedAt) continue;
    const objectionId = idFromWords('demo-objection', deed.id);
    const body = '照片里看得出来是我家做的，旁边还有邻居可以作证，请再看看';
    const opened = await runCommand(openObjection, {
      actor: resident,
      id: objectionId,
      input: { kind: 'DEED', subject: deed.id, body, photos: [] },
      now: openedAt,
    });
    // the household has reported it again meanwhile, or has moved on otherwise
    if (!opened.ok) continue;
    done += 1;
    if (fate !== 'UPHELD') continue;
    const reason = '看过照片，问过邻居，是这家做的，请别的核分员重新核实';
    const decidedAt = startMinutes(today, -5, 10);
    const decided = await runCommand(decideObjection, {
      actor: deskActor(village, 'SUPERVISOR'),
      id: idFromWords('demo-objection-decided', deed.id),
      input: { objectionId, outcome: 'UPHELD', reason },
      now: decidedAt,
    });
    if (!decided.ok) continue;
    const other = [0, 1, 2]
      .map((index) => deskActor(village, 'VERIFIER', index))
      .find((actor) => actor.personId !== deed.decidedById);
    if (!other) continue;
    // a cap or recusal may leave it waiting: that is true too
    await runCommand(approveDeed, {
      actor: other,
      id: idFromWords('demo-objection-approved', deed.id),
      input: { deedId: deed.id },
      now: startMinutes(today, -4, 9),
    });
  }
}

async function must(
  command: Command,
  actor: Actor,
  id: string,
  input: Record<string, unknown>,
  now: Date,
): Promise<string> {
  const result = await runCommand(command, { actor, id, input, now });
  if (!result.ok)
    throw new Error(`${command.name} was refused: ${result.refusal.code} (${JSON.stringify(input)})`);
  return String(result.outcome.subject);
}
