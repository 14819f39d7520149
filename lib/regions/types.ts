import type { VillagePreset } from '@/lib/platform/generated/enums';

export type { VillagePreset } from '@/lib/platform/generated/enums';

/** A village as everybody may see it. */
export interface VillageView {
  id: string;
  /** in addresses: /v/qingzhu */
  code: string;
  name: string;
  preset: VillagePreset;
  /** how to take part, in the village's own words; may be empty */
  welcome: string;
  townshipName: string;
  districtName: string;
  /** fictional: screens say so */
  isDemo: boolean;
}

/** How a village works, as it is said (百花齐放). */
export const PRESET_NAMES: Record<VillagePreset, string> = {
  RED_BLACK: '红黑榜',
  RESOURCES: '聚资源',
  MARKET: '市场化',
};

/** What that means to a villager, in one line. */
export const PRESET_WORDS: Record<VillagePreset, string> = {
  RED_BLACK: '好事上红榜，评红榜之家',
  RESOURCES: '厂矿和公益单位出资源，好事换机会',
  MARKET: '街上的商户一起来，积分能换东西',
};
