import type {
  CapPeriod,
  CapPolicy,
  ItemSubject,
  ItemUnit,
  ListAudience,
  MeetingKind,
  PhotoRule,
  RulebookState,
  VoteUnit,
  YearEndPolicy,
} from '@/lib/platform/generated/enums';

export type {
  CapPeriod,
  CapPolicy,
  ItemSubject,
  ItemUnit,
  ListAudience,
  MeetingKind,
  PhotoRule,
  RulebookState,
  VoteUnit,
  YearEndPolicy,
};

/** What of an item decides its points. */
export interface ItemRule {
  /** points a unit; negative for a deduction; with a scale, its first step */
  points: number;
  unit: ItemUnit;
  /** as the catalogue says it: 次, 小时, 月评 */
  unitName: string;
  subject: ItemSubject;
  /** the most that counts in a period; of a deduction the most that is taken. Always positive. */
  capPoints: number;
  capPer: CapPeriod;
  scale: ScaleStepView[];
}

export interface ScaleStepView {
  id: string;
  order: number;
  /** 村级, 镇级 … */
  name: string;
  points: number;
}

/** An item (项目) of a version, as pages show it. */
export interface ItemView extends ItemRule {
  id: string;
  versionId: string;
  categoryId: string;
  /** names the same item across versions */
  code: string;
  name: string;
  pinyin: string;
  initials: string;
  evidence: string;
  photo: PhotoRule;
  metricName: string | null;
  metricUnit: string | null;
  warnFirst: boolean;
  restoredWhenRepaired: boolean;
}

export interface CategoryView {
  id: string;
  order: number;
  code: string;
  name: string;
  items: ItemView[];
}

/** What a village decides beside the items. */
export interface VersionSettings {
  /** awards from this many points on need a second person; null: never */
  secondThreshold: number | null;
  /** spendable points a household can be awarded in a month; null: no cap */
  householdMonthCap: number | null;
  /** spendable points the village can award in a quarter; null: no budget */
  budgetPerQuarter: number | null;
  capPolicy: CapPolicy;
  /** what a point stands for, in fen */
  referenceFen: number;
  yearEndPolicy: YearEndPolicy;
  yearEndCarryMost: number | null;
  /** honour of a quarter from which a household has one star, two stars … */
  starThresholds: number[];
  /** approvals stop while all households together hold this many points; null: no brake */
  outstandingMost: number | null;
  redTop: number | null;
  redThreshold: number | null;
  redDays: number;
  blackListOn: boolean;
  blackThreshold: number;
  blackDays: number;
  blackAudience: ListAudience;
  publicityDays: number;
  answerDays: number;
  objectionDays: number;
  warningDays: number;
}

/** A version of a village's rulebook, without its items. */
export interface VersionView extends VersionSettings {
  id: string;
  number: number;
  state: RulebookState;
  title: string;
  /** calendar days; `effectiveUntil` is the last one, null while in force */
  effectiveFrom: string | null;
  effectiveUntil: string | null;
  /** while HEARING: when it was opened, and the moment it ends */
  hearingFrom: Date | null;
  hearingUntil: Date | null;
}

/** The recorded resolution (决议) of a version. */
export interface ResolutionView {
  meetingKind: MeetingKind;
  unit: VoteUnit;
  heldOn: string;
  eligible: number;
  present: number;
  votesFor: number;
  votesAgainst: number;
  abstained: number;
  filingNumber: string;
  /** of those present, how many voted from the phone; null where there was no such vote, or where it would tell on a few */
  byPhone: number | null;
}

/** A whole rulebook, as it is read and printed. */
export interface RulebookView {
  version: VersionView;
  /** 村规民约 */
  covenant: string;
  resolution: ResolutionView | null;
  categories: CategoryView[];
}

/** One line of the index a client filters: short keys, because a phone loads it. */
export interface ItemIndexLine {
  id: string;
  code: string;
  name: string;
  /** 每次 +2 分；每人每月最多 8 分 */
  rule: string;
  category: string;
  pinyin: string;
  initials: string;
}

/** An item as it is written, without what only a stored one has. */
export type ItemText = Omit<ItemView, 'id' | 'versionId' | 'categoryId' | 'pinyin' | 'initials' | 'scale'> & {
  scale: { name: string; points: number }[];
};

/** Everything a version says: what is checked, compared, and voted on. */
export interface RulebookText {
  title: string;
  /** 村规民约 */
  covenant: string;
  settings: VersionSettings;
  categories: { code: string; name: string; items: ItemText[] }[];
}
