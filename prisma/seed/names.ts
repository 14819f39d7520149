import type { Random } from './random';

// Invented names. Some are there because software stumbles over them: characters beyond the basic plane (𠮷), rare
// ones (䶮 㛃 堃 翀), dots, compound surnames, a given name of one character, a name of twenty characters.

export type Sex = 'm' | 'f';
export type Age = 'old' | 'middle' | 'young' | 'child';

const SURNAMES: readonly (readonly [string, number])[] = [
  ...[...'陈李王张刘'].map((name) => [name, 6] as const),
  ...[...'周吴杨何罗郑邓冯蒋'].map((name) => [name, 3] as const),
  ...[...'曾谢唐许韩彭萧田董袁潘余叶杜程苏吕丁任沈姚卢姜范方石毛邱万覃龚温易牟晏仇单'].map(
    (name) => [name, 1] as const,
  ),
  ...['欧阳', '司马', '上官', '诸葛', '皇甫', '令狐'].map((name) => [name, 0.35] as const),
];

const GIVEN: Record<Age, Record<Sex, readonly string[]>> = {
  old: {
    m: '永福 德明 国强 长青 守正 大海 正才 光荣 兴发 万春 启明 世昌 树林 金山 玉田 怀远 成林 有余 绍先 廷和'.split(
      ' ',
    ),
    f: '秀英 桂芳 素珍 玉兰 淑华 翠莲 金花 凤英 碧珍 云秀 月娥 春桃 腊梅 香莲 琼芳 菊英 银秀 兴碧 世芬 绍清'.split(
      ' ',
    ),
  },
  middle: {
    m: '志强 建军 晓东 海波 勇 伟 明亮 学文 春生 立新 文彬 向阳 定国 家旺 小兵 涛 成刚 宏 远航 维平'.split(
      ' ',
    ),
    f: '丽 晓燕 红梅 春燕 小琴 艳 敏 群英 雪梅 海霞 玉婷 慧 文秀 利华 小芳 先芬 丽娟 会琼 晓玲 蓉'.split(' '),
  },
  young: {
    m: '浩 宇航 俊杰 思远 嘉树 子昂 天佑 一鸣 鹏 泽宇 明轩 文博 昊 翀 家乐 小川'.split(' '),
    f: '婷 雨晴 思琪 佳怡 梦瑶 诗涵 晓月 静雯 欣悦 可 若兰 小满 子衿 堃 青禾 书瑶'.split(' '),
  },
  child: {
    m: '子轩 浩然 小宝 沐阳 一诺 宇辰 多多 石头 知行 壮壮'.split(' '),
    f: '梓涵 雨桐 朵朵 一一 可馨 小雨 米粒 安安 语嫣 春芽'.split(' '),
  },
};

/** Whole names that every village has one or two of. */
export const RARE_NAMES = {
  /** a surname beyond the basic multilingual plane */
  beyondBasicPlane: '𠮷明远',
  rareGiven: '陈䶮',
  rareWoman: '罗㛃',
  dotted: '阿依古丽·买买提',
  dottedLong: '古丽巴哈尔·艾合买提',
  compound: '欧阳春晓',
  compoundShort: '诸葛田',
  compoundOther: '皇甫青禾',
  /** the longest that we keep */
  twentyCharacters: '阿卜杜热合曼·阿卜杜喀迪尔·麦麦提艾力江',
} as const;

/** A surname. */
export function aSurname(random: Random): string {
  return random.weighed(SURNAMES);
}

/** A given name of that generation. */
export function aGivenName(random: Random, sex: Sex, age: Age): string {
  return random.pick(GIVEN[age][sex]);
}
