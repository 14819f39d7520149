import type { VillagePreset } from '@/lib/platform/generated/enums';
import type { VersionSettings } from './types';

// The three ways a village begins with points (product.md, A14): which items of the sample of 15 categories and 48
// items, and which settings. Data alone; a village changes what it likes before its hearing.

export interface Preset {
  /** items of the sample that it leaves out, by code */
  without: readonly string[];
  settings: VersionSettings;
  covenant: readonly string[];
}

const COMMON: VersionSettings = {
  secondThreshold: 20,
  householdMonthCap: null,
  budgetPerQuarter: null,
  capPolicy: 'AWARD_REST',
  referenceFen: 100,
  yearEndPolicy: 'CARRY',
  yearEndCarryMost: null,
  starThresholds: [10, 20, 40, 60, 100],
  outstandingMost: null,
  redTop: 10,
  redThreshold: null,
  redDays: 365,
  blackListOn: false,
  blackThreshold: 5,
  blackDays: 90,
  blackAudience: 'VILLAGE',
  publicityDays: 7,
  answerDays: 7,
  objectionDays: 7,
  warningDays: 7,
};

const COVENANT = [
  '一、爱护环境。房前屋后勤打扫，垃圾分类不乱倒，不焚烧秸秆。',
  '二、邻里和睦。有事好商量，有难伸把手，纠纷先找调解员。',
  '三、尊老爱幼。赡养老人，关爱孩子，多看望独居的邻居。',
  '四、移风易俗。红白喜事从简办，不攀比。',
  '五、护好公物。路灯、水渠、健身器材，谁损坏谁修好。',
];

const COVENANT_END =
  '积分是鼓励，不是惩罚，不与低保、补贴、上学、开证明挂钩，不罚款。记错了可以提异议；五保户、失能户和无人在家的户不扣分。';

export const PRESETS: Readonly<Record<VillagePreset, Preset>> = {
  // Poor or remote: no money in it; honour, a red list each quarter, and deductions with due process.
  RED_BLACK: {
    without: ['STUDY_TOUR-01', 'STUDY_TOUR-02', 'WORK_TRUST-01', 'WORK_TRUST-02', 'LEARNING-03'],
    settings: {
      ...COMMON,
      householdMonthCap: 60,
      budgetPerQuarter: 3000,
      yearEndPolicy: 'CLEAR',
      blackListOn: true,
    },
    covenant: [...COVENANT, COVENANT_END],
  },
  // Visitors and factories near: points open doors to posts and work; hardly a deduction, no black list.
  RESOURCES: {
    without: ['HOME-04', 'CUSTOMS-03', 'AGRI_ECO-04', 'PUBLIC_GOOD-04', 'PUBLIC_CLEAN-04', 'WASTE-01'],
    settings: {
      ...COMMON,
      secondThreshold: 15,
      starThresholds: [20, 40, 60, 90, 130],
      redTop: null,
      redThreshold: 60,
    },
    covenant: [...COVENANT, '六、善待来客。明码标价，热情有礼，把本村的名声当自家的名声。', COVENANT_END],
  },
  // Streets with shops: points are spent, so caps, a budget and a brake hold them.
  MARKET: {
    without: [
      ...['AGRI_ECO-01', 'AGRI_ECO-03', 'AGRI_ECO-04', 'STUDY_TOUR-01', 'STUDY_TOUR-02'],
      ...['FIVE_CLEAN-03', 'PUBLIC_CLEAN-03', 'WORK_TRUST-01', 'PUBLIC_GOOD-01'],
    ],
    settings: {
      ...COMMON,
      secondThreshold: 15,
      householdMonthCap: 80,
      budgetPerQuarter: 6000,
      capPolicy: 'REFUSE',
      yearEndPolicy: 'CARRY_UP_TO',
      yearEndCarryMost: 200,
      outstandingMost: 20_000,
    },
    covenant: [...COVENANT, '六、楼道清爽。不堆杂物，电动车不上楼，遛狗牵好绳。', COVENANT_END],
  },
};
