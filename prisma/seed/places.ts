import type { VillagePreset } from '@/lib/regions/types';
import type { RulebookSettings } from '@/lib/rulebook/adopt';

// The fictional district 云岭区 and what its villages decided. Texts are of the demo alone.

export interface PlaceOfOffice {
  name: string;
  phone: string;
}

export interface VillagePlan {
  code: 'qingzhu' | 'xinghua' | 'binjiang';
  name: string;
  townshipCode: 'shiqiao' | 'binjiang-jiedao';
  preset: VillagePreset;
  /** how many households and how they are grouped */
  households: number;
  groups: string[];
  /** third part of phone numbers: 1380000 + digit + … */
  phoneDigit: number;
  /** heads of the first households, in order of the list below */
  known: string[];
  secretary: string;
  verifiers: [string, string, string];
  supervisor: string;
  steward: string;
  merchant: {
    name: string;
    kind: string;
    address: string;
    openingHours: string;
    owner: string;
    clerk: string;
  };
  welcome: string;
  covenant: string;
  settings: RulebookSettings;
  /** of the earlier version; null when there was none */
  firstSettings: RulebookSettings | null;
  resolutionPlace: string;
  /** which items this village does most */
  likes: Record<string, number>;
}

/** Honour of a quarter from which a household has one star, two …; small, since the demo's people have just begun. */
const STARS = [5, 8, 12, 16, 24];

export const DISTRICT = { code: 'yunling', name: '云岭区', official: ['沈文渊', '许静芝'] } as const;

export const TOWNSHIPS = [
  { code: 'shiqiao', name: '石桥镇', kind: 'TOWN', official: '姜远山' },
  { code: 'binjiang-jiedao', name: '滨江街道', kind: 'SUBDISTRICT', official: '方若水' },
] as const;

const COVENANT_HEAD = (village: string) => `为把${village}建设得更好，经村民会议讨论，大家共同约定：`;
const COVENANT_COMMON = [
  '一、爱护环境。房前屋后勤打扫，垃圾分类不乱倒，不焚烧秸秆。',
  '二、邻里和睦。有事好商量，有难伸把手，纠纷先找调解员。',
  '三、尊老爱幼。赡养老人，关爱孩子，多看望独居的邻居。',
  '四、移风易俗。红白喜事从简办，不攀比，不放扰民的炮。',
  '五、护好公物。路灯、水渠、健身器材，谁损坏谁修好。',
  '六、平安守望。巡防轮着来，见到隐患及时报。',
];
const COVENANT_TAIL = [
  '积分是鼓励，不是惩罚。记多少分由细则定，人人一样；记错了可以提异议，五保户、失能户和无人在家的户不扣分。',
  '本约定自通过之日起施行，由村民委员会组织、村务监督委员会监督。',
];

function covenant(name: string, own: string[]): string {
  return [COVENANT_HEAD(name), ...COVENANT_COMMON, ...own, ...COVENANT_TAIL].join('\n');
}

const COMMON_LIKES: Record<string, number> = {
  'HOME-01': 6,
  'HOME-03': 8,
  'PUBLIC_CLEAN-01': 14,
  'PUBLIC_CLEAN-02': 9,
  'PUBLIC_CLEAN-03': 3,
  'WASTE-01': 12,
  'WASTE-02': 5,
  'WASTE-03': 2,
  'FIVE_CLEAN-02': 3,
  'CIVIC-02': 2,
  'VOLUNTEER-01': 5,
  'VOLUNTEER-02': 8,
  'VOLUNTEER-03': 3,
  'SAFETY-01': 3,
  'SAFETY-02': 1.5,
  'SAFETY-03': 2.5,
  'MEDIATION-01': 1.5,
  'FAMILY-02': 9,
  'CUSTOMS-02': 2,
  'PUBLIC_GOOD-01': 2,
  'PUBLIC_GOOD-03': 2,
  'LEARNING-01': 2,
  'LEARNING-02': 5,
};

export const VILLAGES: readonly VillagePlan[] = [
  {
    code: 'qingzhu',
    name: '青竹村',
    townshipCode: 'shiqiao',
    preset: 'RED_BLACK',
    households: 46,
    groups: ['一组', '二组', '三组', '四组', '五组'],
    phoneDigit: 1,
    known: ['陈桂芳', '欧阳春晓'],
    secretary: '周长青',
    verifiers: ['李秀珍', '何立新', '陈䶮'],
    supervisor: '赵守正',
    steward: '郑小琴',
    merchant: {
      name: '惠民百货',
      kind: '日常用品',
      address: '石桥镇老街 18 号',
      openingHours: '7:30—20:00',
      owner: '温玉田',
      clerk: '温小满',
    },
    welcome:
      '打扫村道、分好垃圾、帮邻居一把，都可以记。用手机记一下，能拍照的拍一张；没有手机，找帮办员郑小琴代记。\n核分员一般两天内看，通过了分就记到户上。每季度排一次，前十户评“红榜之家”。',
    covenant: covenant('青竹村', ['七、护好竹林。不乱砍乱挖，看到火情先报警。']),
    settings: {
      secondThreshold: 20,
      householdMonthCap: 60,
      budgetPerQuarter: 3000,
      capPolicy: 'AWARD_REST',
      outstandingMost: 20_000,
      blackListOn: true,
      starThresholds: STARS,
    },
    firstSettings: {
      secondThreshold: 20,
      budgetPerQuarter: 2500,
      capPolicy: 'AWARD_REST',
      blackListOn: true,
      starThresholds: STARS,
    },
    resolutionPlace: '青竹村',
    likes: { ...COMMON_LIKES, 'HOME-01': 8, 'AGRI_ECO-01': 3, 'AGRI_ECO-02': 3 },
  },
  {
    code: 'xinghua',
    name: '杏花村',
    townshipCode: 'shiqiao',
    preset: 'RESOURCES',
    households: 44,
    groups: ['一组', '二组', '三组', '四组'],
    phoneDigit: 2,
    known: ['蒋素珍', '诸葛田'],
    secretary: '彭定国',
    verifiers: ['罗㛃', '杨学文', '田向阳'],
    supervisor: '潘正才',
    steward: '吕春燕',
    merchant: {
      name: '杏花农家饭庄',
      kind: '餐饮消费',
      address: '杏花村游客中心旁',
      openingHours: '10:00—21:00',
      owner: '邱海波',
      clerk: '邱晓玲',
    },
    welcome:
      '带学生认庄稼、接待游客、介绍邻居到厂里上班，都可以记。分高的先请去当“研学老师”，好工人推荐到周边厂矿。\n不会用手机的，到村委会找吕春燕代记。',
    covenant: covenant('杏花村', ['七、善待来客。明码标价，热情有礼，把杏花村的名声当自家的名声。']),
    settings: {
      secondThreshold: 15,
      householdMonthCap: null,
      budgetPerQuarter: null,
      capPolicy: 'AWARD_REST',
      starThresholds: STARS,
    },
    firstSettings: null,
    resolutionPlace: '杏花村',
    likes: {
      ...COMMON_LIKES,
      'STUDY_TOUR-01': 7,
      'STUDY_TOUR-02': 6,
      'WORK_TRUST-02': 4,
      'LEARNING-01': 4,
      'LEARNING-03': 4,
    },
  },
  {
    code: 'binjiang',
    name: '滨江社区',
    townshipCode: 'binjiang-jiedao',
    preset: 'MARKET',
    households: 44,
    groups: ['一网格', '二网格', '三网格', '四网格'],
    phoneDigit: 3,
    known: ['苏红梅', '阿依古丽·买买提'],
    secretary: '叶文彬',
    verifiers: ['范晓燕', '石维平', '龚会琼'],
    supervisor: '卢光荣',
    steward: '任海霞',
    merchant: {
      name: '江边理发店',
      kind: '服饰美容',
      address: '滨江路 6 号',
      openingHours: '9:00—19:30',
      owner: '丁宏',
      clerk: '丁佳怡',
    },
    welcome:
      '分好垃圾、楼道巡查、志愿值守，都可以记。积分能在商社联盟的店里换东西。\n不会用手机的，到社区服务大厅找任海霞代记。',
    covenant: covenant('滨江社区', ['七、楼道清爽。不堆杂物，电动车不上楼，遛狗牵好绳。']),
    settings: {
      secondThreshold: 15,
      householdMonthCap: 80,
      budgetPerQuarter: 6000,
      capPolicy: 'REFUSE',
      yearEndPolicy: 'CARRY_UP_TO',
      yearEndCarryMost: 60,
      starThresholds: STARS,
    },
    firstSettings: null,
    resolutionPlace: '滨江社区',
    likes: {
      ...COMMON_LIKES,
      'WASTE-01': 20,
      'HOME-01': 3,
      'VOLUNTEER-01': 8,
      'SAFETY-01': 5,
      'SAFETY-03': 5,
      'CIVIC-02': 4,
    },
  },
];
