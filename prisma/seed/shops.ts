import type { OfferCategory } from '@/lib/platform/generated/enums';
import type { Ware } from './wares';

// The fictional shops of the demo, what they agreed with villages, and what they give.

type VillageCode = 'qingzhu' | 'xinghua' | 'binjiang';

export interface PlannedOffer {
  title: string;
  category: OfferCategory;
  points: number;
  ware: Ware;
  note?: string;
  stock?: number;
  perHouseholdMonth?: number;
  /** days from today: before it begins, after it ended */
  fromDays?: number;
  untilDays?: number;
  closed?: boolean;
}

export interface PlannedTerms {
  village: VillageCode;
  yuan: string;
  settlementDay: number;
  onceMost?: number;
  householdMonthMost?: number;
  freeMost: number;
  /** number of the group it lies in or near */
  group: number;
}

export interface PlannedShop {
  key: string;
  /** the shop of this village in places.ts; else a new one, with an owner of its own */
  ofVillage?: VillageCode;
  township: 'shiqiao' | 'binjiang-jiedao';
  name: string;
  kind: string;
  address: string;
  openingHours: string;
  owner: string;
  phone: string;
  isCharity?: boolean;
  /** how it ended up; admitted unless said otherwise */
  fate?: 'waiting' | 'suspended';
  why?: string;
  terms: PlannedTerms[];
  offers: PlannedOffer[];
}

const GOODS: PlannedOffer[] = [
  {
    title: '食用油一桶（5 升）',
    category: 'DAILY_GOODS',
    points: 55,
    ware: 'bottle',
    stock: 24,
    perHouseholdMonth: 1,
  },
  {
    title: '大米一袋（10 斤）',
    category: 'DAILY_GOODS',
    points: 30,
    ware: 'bag',
    stock: 40,
    perHouseholdMonth: 2,
  },
  { title: '香皂两块', category: 'DAILY_GOODS', points: 6, ware: 'soap', perHouseholdMonth: 4 },
  { title: '毛巾一条', category: 'DAILY_GOODS', points: 8, ware: 'towel', stock: 60 },
  {
    title: '土鸡蛋一板（30 个）',
    category: 'DAILY_GOODS',
    points: 28,
    ware: 'egg',
    stock: 0,
    perHouseholdMonth: 1,
    note: '每周三到货',
  },
  { title: '节能灯泡一个', category: 'DAILY_GOODS', points: 9, ware: 'bulb', stock: 35 },
  {
    title: '春联福字一套',
    category: 'DAILY_GOODS',
    points: 5,
    ware: 'book',
    fromDays: 20,
    untilDays: 80,
    note: '腊月里来领',
  },
];

export const SHOPS: readonly PlannedShop[] = [
  {
    key: 'qingzhu',
    ofVillage: 'qingzhu',
    township: 'shiqiao',
    name: '惠民百货',
    kind: '日常用品',
    address: '石桥镇老街 18 号',
    openingHours: '7:30—20:00',
    owner: '温玉田',
    phone: '13800001007',
    terms: [
      {
        village: 'qingzhu',
        yuan: '1',
        settlementDay: 10,
        onceMost: 100,
        householdMonthMost: 200,
        freeMost: 20,
        group: 1,
      },
      { village: 'xinghua', yuan: '0.9', settlementDay: 15, freeMost: 20, group: 2 },
    ],
    offers: GOODS,
  },
  {
    key: 'noodles',
    township: 'shiqiao',
    name: '老街面馆',
    kind: '小吃',
    address: '石桥镇老街 25 号',
    openingHours: '6:00—14:00',
    owner: '骆长福',
    phone: '13800001907',
    terms: [{ village: 'qingzhu', yuan: '1', settlementDay: 10, onceMost: 50, freeMost: 20, group: 2 }],
    offers: [
      { title: '牛肉面一碗', category: 'DINING', points: 15, ware: 'bowl', perHouseholdMonth: 8 },
      { title: '素面一碗', category: 'DINING', points: 8, ware: 'bowl', perHouseholdMonth: 8 },
      { title: '豆花饭一份', category: 'DINING', points: 10, ware: 'plate' },
      {
        title: '包席一桌（提前三天订）',
        category: 'DINING',
        points: 300,
        ware: 'plate',
        stock: 4,
        note: '红白喜事从简，一户一年一桌',
        closed: true,
      },
    ],
  },
  {
    key: 'barber',
    township: 'shiqiao',
    name: '青竹理发室',
    kind: '理发',
    address: '青竹村村委会旁',
    openingHours: '8:30—18:00，赶场天全天',
    owner: '严小梅',
    phone: '13800001908',
    terms: [{ village: 'qingzhu', yuan: '1', settlementDay: 10, freeMost: 30, group: 3 }],
    offers: [
      { title: '理发一次', category: 'CLOTHING_BEAUTY', points: 12, ware: 'comb', perHouseholdMonth: 4 },
      {
        title: '老人上门理发一次',
        category: 'CLOTHING_BEAUTY',
        points: 10,
        ware: 'comb',
        note: '70 岁以上，提前一天打招呼',
        perHouseholdMonth: 2,
      },
      { title: '改裤脚、换拉链', category: 'CLOTHING_BEAUTY', points: 6, ware: 'shirt' },
    ],
  },
  {
    key: 'volunteers',
    township: 'shiqiao',
    name: '暖阳志愿服务队',
    kind: '便民服务',
    address: '石桥镇文化站一楼',
    openingHours: '每周三、周六上午',
    owner: '樊秋实',
    phone: '13800001909',
    isCharity: true,
    terms: [
      { village: 'qingzhu', yuan: '', settlementDay: 10, freeMost: 30, group: 5 },
      { village: 'xinghua', yuan: '', settlementDay: 10, freeMost: 30, group: 1 },
    ],
    offers: [
      { title: '量血压、测血糖一次', category: 'SERVICE', points: 3, ware: 'pulse', perHouseholdMonth: 4 },
      { title: '修小家电一件', category: 'SERVICE', points: 8, ware: 'tool', note: '配件另算', stock: 12 },
      {
        title: '帮着打扫一次屋子',
        category: 'VOLUNTEER',
        points: 10,
        ware: 'hands',
        note: '独居老人优先',
        perHouseholdMonth: 1,
      },
      { title: '磨剪子、磨菜刀', category: 'SERVICE', points: 2, ware: 'tool' },
    ],
  },
  {
    key: 'school',
    township: 'shiqiao',
    name: '小荷书屋',
    kind: '校外培训',
    address: '石桥镇小学对面',
    openingHours: '周末 9:00—17:00',
    owner: '柏青禾',
    phone: '13800001910',
    terms: [
      { village: 'qingzhu', yuan: '0.8', settlementDay: 20, householdMonthMost: 100, freeMost: 20, group: 4 },
    ],
    offers: [
      {
        title: '毛笔字课一次',
        category: 'TRAINING',
        points: 12,
        ware: 'book',
        stock: 16,
        perHouseholdMonth: 4,
      },
      { title: '借书一个月', category: 'TRAINING', points: 3, ware: 'book' },
      {
        title: '暑期游泳课（五次）',
        category: 'TRAINING',
        points: 60,
        ware: 'book',
        fromDays: -160,
        untilDays: -80,
      },
    ],
  },
  {
    key: 'xinghua',
    ofVillage: 'xinghua',
    township: 'shiqiao',
    name: '杏花农家饭庄',
    kind: '餐饮消费',
    address: '杏花村游客中心旁',
    openingHours: '10:00—21:00',
    owner: '邱海波',
    phone: '13800002007',
    terms: [{ village: 'xinghua', yuan: '1', settlementDay: 8, onceMost: 200, freeMost: 30, group: 1 }],
    offers: [
      { title: '农家午餐一份', category: 'DINING', points: 40, ware: 'plate', perHouseholdMonth: 2 },
      { title: '豆花一碗', category: 'DINING', points: 6, ware: 'bowl' },
      { title: '土鸡汤一锅', category: 'DINING', points: 80, ware: 'bowl', stock: 10, perHouseholdMonth: 1 },
    ],
  },
  {
    key: 'binjiang',
    ofVillage: 'binjiang',
    township: 'binjiang-jiedao',
    name: '江边理发店',
    kind: '服饰美容',
    address: '滨江路 6 号',
    openingHours: '9:00—19:30',
    owner: '丁宏',
    phone: '13800003007',
    terms: [{ village: 'binjiang', yuan: '1', settlementDay: 5, freeMost: 30, group: 1 }],
    offers: [
      { title: '理发一次', category: 'CLOTHING_BEAUTY', points: 15, ware: 'comb', perHouseholdMonth: 4 },
      { title: '烫发一次', category: 'CLOTHING_BEAUTY', points: 80, ware: 'comb', perHouseholdMonth: 1 },
      { title: '老人理发一次', category: 'CLOTHING_BEAUTY', points: 8, ware: 'comb' },
    ],
  },
  {
    key: 'riverside-shop',
    township: 'binjiang-jiedao',
    name: '邻家便利店',
    kind: '日用百货',
    address: '滨江路 31 号',
    openingHours: '7:00—22:30',
    owner: '卓文清',
    phone: '13800003908',
    terms: [{ village: 'binjiang', yuan: '1', settlementDay: 12, freeMost: 20, group: 3 }],
    offers: [
      { title: '大米一袋（5 斤）', category: 'DAILY_GOODS', points: 18, ware: 'bag', stock: 30 },
      { title: '洗洁精一瓶', category: 'DAILY_GOODS', points: 9, ware: 'bottle', stock: 20 },
      { title: '代收快递一件', category: 'SERVICE', points: 1, ware: 'hands' },
    ],
  },
  {
    key: 'suspended',
    township: 'shiqiao',
    name: '石桥电器修理部',
    kind: '修理',
    address: '石桥镇桥头 3 号',
    openingHours: '9:00—17:30',
    owner: '辛大川',
    phone: '13800001911',
    fate: 'suspended',
    why: '有村民反映配件价钱没有明示，请整改以后再来恢复',
    terms: [{ village: 'qingzhu', yuan: '1', settlementDay: 10, freeMost: 20, group: 1 }],
    offers: [
      { title: '修电饭煲一次', category: 'SERVICE', points: 15, ware: 'tool' },
      { title: '换水龙头一个', category: 'SERVICE', points: 12, ware: 'tool' },
      { title: '换灯泡一个', category: 'SERVICE', points: 5, ware: 'bulb' },
    ],
  },
  {
    key: 'waiting',
    township: 'shiqiao',
    name: '禾丰农资店',
    kind: '农资、种子',
    address: '石桥镇东街 9 号',
    openingHours: '7:00—18:00',
    owner: '游春生',
    phone: '13800001912',
    fate: 'waiting',
    terms: [],
    offers: [],
  },
];
