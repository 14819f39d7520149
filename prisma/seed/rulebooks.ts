import type { Actor } from '@/lib/auth/types';
import { addDays, type Day, startOfDay } from '@/lib/platform/clock';
import { type Command, runCommand } from '@/lib/platform/command';
import type { RulebookSettings } from '@/lib/rulebook/adopt';
import { versionId } from '@/lib/rulebook/adopt';
import { castVote, enterHallVotes, openBallot, openedBallotId } from '@/lib/rulebook/ballot/commands';
import { changeCovenant, changeRuleSettings, draftId, draftRulebook } from '@/lib/rulebook/draft/commands';
import { putItem, removeItem } from '@/lib/rulebook/draft/item/commands';
import { answerComment, commentOnDraft, openHearing } from '@/lib/rulebook/hearing/commands';
import { PRESETS } from '@/lib/rulebook/presets';
import { deskActor, residentActor } from './actors';
import { demoId, type PlannedVillage } from './people';
import { versionNumberOn } from './write-people';

// New versions under way, one a village at another step: 青竹村 is drafting (with one item that the checks refuse),
// 滨江社区 hears what people say, 杏花村 votes on its phones.

/** Runs one of a village's acts, named, so that its id is the same on every load. */
type Act = (
  name: string,
  command: Command,
  actor: Actor,
  input: object,
  days: number,
  time: string,
) => Promise<string>;

/** Lets the drafts of the demo happen up to `today`, through the commands. */
export async function replayDrafts(village: PlannedVillage, today: Day): Promise<void> {
  const act: Act = async (name, command, actor, input, days, time) => {
    const [hours = 0, minutes = 0] = time.split(':').map(Number);
    const at = new Date(startOfDay(addDays(today, days)).getTime() + (hours * 60 + minutes) * 60_000);
    const result = await runCommand(command, { actor, id: actId(village, name), input, now: at });
    if (!result.ok) throw new Error(`${command.name} was refused: ${result.refusal.code} (${name})`);
    return String(result.outcome.subject);
  };
  if (village.plan.code === 'qingzhu') await draftInQingzhu(village, today, act);
  if (village.plan.code === 'binjiang') await hearInBinjiang(village, today, act);
  if (village.plan.code === 'xinghua') await voteInXinghua(village, today, act);
}

const actId = (village: PlannedVillage, name: string) => demoId('rulebook', village.plan.code, name);

/** The id of a part of the draft that was begun from the version in force. */
const partOf = (village: PlannedVillage, ...words: string[]) => draftId(actId(village, 'draft'), ...words);

async function begin(village: PlannedVillage, today: Day, act: Act, days: number): Promise<string> {
  const from = versionId(village.id, versionNumberOn(village, today, today));
  return act('draft', draftRulebook, deskActor(village, 'SECRETARY'), { from }, days, '09:10');
}

function settingsOf(village: PlannedVillage, more: RulebookSettings): RulebookSettings {
  return { ...PRESETS[village.plan.preset].settings, ...village.plan.settings, ...more };
}

const AWARD = {
  kind: 'AWARD',
  unit: 'TIME',
  subject: 'PERSON',
  capPer: 'MONTH',
  photo: 'OPTIONAL',
} as const;

async function draftInQingzhu(village: PlannedVillage, today: Day, act: Act): Promise<void> {
  const secretary = deskActor(village, 'SECRETARY');
  const id = await begin(village, today, act, -3);
  const category = (code: string) => partOf(village, 'category', code);
  await act(
    'forest',
    putItem,
    secretary,
    {
      ...AWARD,
      versionId: id,
      categoryId: category('SAFETY'),
      name: '竹林防火值守（半天）',
      points: 4,
      unitName: '半天',
      capPoints: 16,
      evidence: '值守表，带队人签字',
      metricName: '防火值守人次',
      metricUnit: '人次',
    },
    -3,
    '09:40',
  );
  await act(
    'forward',
    putItem,
    secretary,
    {
      ...AWARD,
      versionId: id,
      categoryId: category('CIVIC'),
      name: '转发村公众号文章',
      points: 1,
      capPoints: 4,
      evidence: '截图',
      photo: 'NONE',
    },
    -3,
    '09:52',
  );
  await act(
    'settings',
    changeRuleSettings,
    secretary,
    { versionId: id, ...settingsOf(village, { budgetPerQuarter: 3500, answerDays: 10 }) },
    -2,
    '15:05',
  );
}

async function hearInBinjiang(village: PlannedVillage, today: Day, act: Act): Promise<void> {
  const secretary = deskActor(village, 'SECRETARY');
  const id = await begin(village, today, act, -4);
  await act(
    'charging',
    putItem,
    secretary,
    {
      ...AWARD,
      versionId: id,
      categoryId: partOf(village, 'category', 'SAFETY'),
      name: '劝导电动车不上楼',
      points: 2,
      capPoints: 8,
      evidence: '楼栋长登记',
      photo: 'NONE',
      metricName: '劝导次数',
      metricUnit: '次',
    },
    -4,
    '10:00',
  );
  await act('straw', removeItem, secretary, { itemId: partOf(village, 'item', 'AGRI_ECO-01') }, -4, '10:05');
  await act('open', openHearing, secretary, { versionId: id, until: addDays(today, 6) }, -2, '09:00');
  const [first, second, third] = speakers(village);
  const say = (
    name: string,
    actor: Actor | undefined,
    body: string,
    itemCode = '',
    days = -1,
    time = '19:30',
  ) =>
    actor
      ? act(name, commentOnDraft, actor, { versionId: id, itemCode, body }, days, time)
      : Promise.resolve('');
  const asked = await say(
    'say-1',
    first,
    '电动车不上楼早该管了，支持。充电桩也要多装几个。',
    '',
    -2,
    '20:12',
  );
  await say('say-2', second, '垃圾分类一周 1 分太少，分得好的人家没劲头，能不能 2 分？', 'WASTE-01');
  await say('say-3', third, '楼里老人多，扫码不方便，纸质登记的要一样算。', 'WASTE-01', -1, '20:45');
  await act(
    'answer-1',
    answerComment,
    secretary,
    { commentId: asked, answer: '谢谢支持。充电桩已经报街道，年底前先装 3、5 号楼。' },
    -1,
    '09:20',
  );
}

async function voteInXinghua(village: PlannedVillage, today: Day, act: Act): Promise<void> {
  const secretary = deskActor(village, 'SECRETARY');
  const id = await begin(village, today, act, -16);
  const item = (code: string) => partOf(village, 'item', code);
  const category = (code: string) => partOf(village, 'category', code);
  await act(
    'guide',
    putItem,
    secretary,
    {
      ...AWARD,
      versionId: id,
      categoryId: category('STUDY_TOUR'),
      itemId: item('STUDY_TOUR-01'),
      name: '义务担任研学、农耕讲解',
      points: 6,
      capPoints: 24,
      evidence: '接待单，带队老师签字',
      photo: 'NONE',
      metricName: '服务学生人次',
      metricUnit: '人次',
    },
    -16,
    '09:30',
  );
  await act(
    'inn',
    putItem,
    secretary,
    {
      ...AWARD,
      versionId: id,
      categoryId: category('STUDY_TOUR'),
      name: '民宿、农家乐获评星级',
      unit: 'HONOUR',
      subject: 'HOUSEHOLD',
      capPoints: 30,
      capPer: 'YEAR',
      evidence: '评定文件',
      photo: 'NONE',
      stepName: ['三星', '四星', '五星'],
      stepPoints: [10, 20, 30],
    },
    -16,
    '09:45',
  );
  await act('straw', removeItem, secretary, { itemId: item('CUSTOMS-03') }, -16, '09:50');
  await act(
    'covenant',
    changeCovenant,
    secretary,
    {
      versionId: id,
      title: `${village.plan.name}积分制管理细则`,
      covenant: village.plan.covenant.replace(
        '积分是鼓励',
        '八、护好招牌。接待学生不涨价，孩子们吃的用的干干净净。\n积分是鼓励',
      ),
    },
    -15,
    '10:20',
  );
  await act(
    'settings',
    changeRuleSettings,
    secretary,
    { versionId: id, ...settingsOf(village, { householdMonthCap: 100, redThreshold: 70 }) },
    -15,
    '10:40',
  );
  await act('open', openHearing, secretary, { versionId: id, until: addDays(today, -5) }, -13, '09:00');
  await hearInXinghua(village, id, act);
  const closes = addDays(today, 2);
  await act(
    'vote',
    openBallot,
    secretary,
    { versionId: id, closesOn: closes, closesTime: '18:00' },
    -2,
    '08:30',
  );
  await castInXinghua(village, act);
}

async function hearInXinghua(village: PlannedVillage, id: string, act: Act): Promise<void> {
  const secretary = deskActor(village, 'SECRETARY');
  const said: [body: string, itemCode: string, days: number, time: string, answer: string][] = [
    [
      '讲解一次 6 分合适。去年我带了十几批学生，嗓子都哑了。',
      'STUDY_TOUR-01',
      -12,
      '19:05',
      '您辛苦了。涨到 6 分就是大家在院坝会上提的。',
    ],
    [
      '没开农家乐的人家怎么办？不能好处都让路边几户得了。',
      '',
      -10,
      '12:30',
      '有道理。采摘、讲解、接送都能记，没开店的也有份；年底再看数，不公平就改。',
    ],
    [
      '燃放扰民那一条为什么删了？晚上还是吵。',
      '',
      -8,
      '21:10',
      '这一条三年没扣过一次，改成红白理事会上门劝。还是吵，下次再加回来。',
    ],
    ['一个月最多 100 分，够用了，同意。', '', -6, '08:15', '谢谢。'],
  ];
  const speaking = speakers(village);
  for (const [index, [body, itemCode, days, time, answer]] of said.entries()) {
    const actor = speaking[index];
    if (!actor) continue;
    const input = { versionId: id, itemCode, body };
    const commentId = await act(`say-${index}`, commentOnDraft, actor, input, days, time);
    // the last one still waits: the resolution can't be recorded before it is answered
    if (index === said.length - 1) continue;
    await act(`answer-${index}`, answerComment, secretary, { commentId, answer }, days + 1, '09:15');
  }
}

/** Nine households from the phone, and five papers from a meeting in the yard. */
async function castInXinghua(village: PlannedVillage, act: Act): Promise<void> {
  const ballotId = openedBallotId(actId(village, 'vote'));
  const votes = ['FOR', 'FOR', 'AGAINST', 'FOR', 'FOR', 'ABSTAIN', 'FOR', 'FOR', 'AGAINST'];
  const voting = speakers(village).slice(2);
  const voted = new Set<string>();
  for (const [index, vote] of votes.entries()) {
    const actor = voting[index];
    if (!actor?.resident) continue;
    voted.add(actor.resident.householdId);
    await act(`cast-${index}`, castVote, actor, { ballotId, vote }, -1, `${10 + index}:05`);
  }
  const hall = village.households.filter((household) => !voted.has(household.id)).slice(12, 17);
  await act(
    'hall',
    enterHallVotes,
    deskActor(village, 'SECRETARY'),
    {
      ballotId,
      voters: hall.map((household) => household.id),
      hallFor: hall.length - 1,
      hallAgainst: 0,
      hallAbstained: 1,
    },
    -1,
    '21:00',
  );
}

/** Heads of households with a sign-in and no office, in the order of the houses. */
function speakers(village: PlannedVillage): Actor[] {
  const officials = new Set(Object.values(village.officials).flatMap((all) => all.map((one) => one.id)));
  return village.households.flatMap((household) => {
    const head = household.residents[0];
    return head?.person && !officials.has(head.id) ? [residentActor(village, head)] : [];
  });
}
