import { type ForbiddenLink, findForbidden } from './forbidden-words';
import type { ItemText, RulebookText, VersionSettings } from './types';

// Whether a draft may be heard and adopted. Pure. Each finding says where, why, and how to mend it, in words that the
// secretary can act on. What it finds stops the hearing and the adoption (lib/rulebook/hearing, resolution).

/** Where a finding lies: an item, a category, the settings, the covenant or the whole. */
export type Place =
  | { part: 'ITEM'; code: string; name: string }
  | { part: 'CATEGORY'; code: string; name: string }
  | { part: 'SETTINGS' }
  | { part: 'COVENANT'; line: number }
  | { part: 'WHOLE' };

export interface Finding {
  place: Place;
  /** what is wrong, one sentence */
  what: string;
  /** why it may not be */
  why: string;
  /** how to mend it */
  mend: string;
}

/** One deduction takes at most so much, in its period at most so much: points encourage, they don't ruin. */
export const DEDUCTION_POINTS_MOST = 10;
export const DEDUCTION_CAP_MOST = 20;
/** Fewer days would be no chance to object, to answer or to mend. A week to answer is every household's right. */
export const PUBLICITY_DAYS_LEAST = 5;
export const ANSWER_DAYS_LEAST = 7;
export const WARNING_DAYS_LEAST = 3;
export const OBJECTION_DAYS_MOST = 30;
/** A black list that stayed longer would be a brand. */
export const BLACK_DAYS_MOST = 180;
export const STARS_MOST = 5;

const LINKS: Record<ForbiddenLink, { what: string; why: string; mend: string }> = {
  EXPULSION: {
    what: '写了开除村籍、赶出村这类话',
    why: '村民身份是法律给的，谁也不能因为积分拿走。',
    mend: '删去这一句；屡教不改的，由村里上门劝导，依法处理。',
  },
  RESET: {
    what: '写了把积分清零作为处罚',
    why: '一次错不能抹掉以前做的好事。',
    mend: '改成扣几分，写明封顶；全村统一的年底办法，在“年底”那一项里选。',
  },
  BENEFIT: {
    what: '把积分和低保、五保、补贴、上学、开证明这类事连在一起',
    why: '这些是国家给的权利和待遇，按国家的规定办，不能由积分来给或者拿走。',
    mend: '删去这一句，只写做什么、记几分。',
  },
  FINE: {
    what: '写了罚款、扣钱、交押金',
    why: '村里没有罚款的权力，积分也不是钱。',
    mend: '删去这一句；该罚的，由有权的机关依法办。',
  },
  CLICKS: {
    what: '给点赞、转发、登录、打卡、下载软件记分',
    why: '积分记的是实实在在的事，不记手机上的点击，更不能逼人点。',
    mend: '删去这一项，或者改成做了什么事，比如“到场参加一次宣讲”。',
  },
};

/** Everything that keeps a draft from its hearing, in reading order; empty when it may go. */
export function validateRulebook(text: RulebookText): Finding[] {
  const items = text.categories.flatMap((category) => category.items);
  return [
    ...findInWhole(text, items),
    ...text.categories.flatMap((category) => [
      ...(category.items.length === 0 ? [emptyCategory(category)] : []),
      ...forbidden(category.name, { part: 'CATEGORY', code: category.code, name: category.name }),
      ...category.items.flatMap(findInItem),
    ]),
    ...findInSettings(text.settings, items),
    ...text.covenant
      .split('\n')
      .flatMap((line, index) => forbidden(line, { part: 'COVENANT', line: index + 1 })),
  ];
}

function forbidden(
  text: string,
  place: Place,
  of: { isDeduction?: boolean; isItem?: boolean } = {},
): Finding[] {
  return findForbidden(text, of).map(({ link, words }) => {
    const { what, why, mend } = LINKS[link];
    return { place, what: `${what}：“${words}”`, why, mend };
  });
}

function findInWhole(text: RulebookText, items: ItemText[]): Finding[] {
  const place: Place = { part: 'WHOLE' };
  const found = forbidden(text.title, place);
  if (items.length === 0) {
    found.push({ place, what: '一项都没有', why: '没有项目就没法记分。', mend: '先加类别，再加项目。' });
  } else if (items.every((item) => item.points < 0)) {
    found.push({
      place,
      what: '只有扣分，没有加分',
      why: '积分首先是鼓励。',
      mend: '至少加一项记分的好事。',
    });
  }
  return found;
}

function emptyCategory({ code, name }: { code: string; name: string }): Finding {
  return {
    place: { part: 'CATEGORY', code, name },
    what: `“${name}”这一类下面没有项目`,
    why: '空的类别会让人找不到要记的事。',
    mend: '加一项，或者删去这一类。',
  };
}

function findInItem(item: ItemText): Finding[] {
  const place: Place = { part: 'ITEM', code: item.code, name: item.name };
  const isDeduction = item.points < 0;
  const found: Finding[] = [];
  const say = (what: string, why: string, mend: string) => found.push({ place, what, why, mend });
  const words = [item.name, ...item.scale.map((step) => step.name), item.evidence].join('\n');
  found.push(...forbidden(words, place, { isDeduction, isItem: true }));
  const size = Math.abs(item.points);
  if (item.points === 0) say('分值是 0', '0 分的项目记不了。', '写上加几分或者扣几分。');
  if (size > item.capPoints) {
    say(
      isDeduction
        ? `一次扣 ${size} 分，超过封顶 ${item.capPoints} 分`
        : `一次记 ${size} 分，超过封顶 ${item.capPoints} 分`,
      '一次就超过封顶，公布的分值永远兑现不了。',
      '减小分值，或者提高封顶。',
    );
  }
  if (isDeduction && size > DEDUCTION_POINTS_MOST) {
    say(`一次扣 ${size} 分，太重`, '扣得太重，等于把积分清零。', `一次最多扣 ${DEDUCTION_POINTS_MOST} 分。`);
  }
  if (isDeduction && item.capPoints > DEDUCTION_CAP_MOST) {
    say(
      `封顶是扣 ${item.capPoints} 分，太重`,
      '同一件事反复扣，也不能扣到没有分。',
      `扣分的封顶最多 ${DEDUCTION_CAP_MOST} 分。`,
    );
  }
  if (isDeduction && item.subject === 'PERSON') {
    say('扣分是对个人的', '扣分记在户上，个人不被点名。', '“记给谁”改成“户”。');
  }
  if (!isDeduction && (item.warnFirst || item.restoredWhenRepaired)) {
    say('加分的项目写了先提醒或者整改返还', '这两条只用在扣分上。', '取消这两个勾。');
  }
  if ((item.metricName === null) !== (item.metricUnit === null)) {
    say('另记的数只写了一半', '没有单位的数加不起来。', '名称和单位都写，或者都不写。');
  }
  if (item.evidence.trim() === '') say('没有写凭什么认定', '没有凭证，核分员没法核。', '写上凭证。');
  found.push(...findInScale(item, place));
  return found;
}

function findInScale(item: ItemText, place: Place): Finding[] {
  const points = item.scale.map((step) => step.points);
  if (points.length === 0) return [];
  const found: Finding[] = [];
  const say = (what: string, why: string, mend: string) => found.push({ place, what, why, mend });
  if (item.points < 0) say('扣分的项目分了级', '扣分的轻重不能临时挑。', '每一级单独写成一项。');
  if (points.length < 2) say('分级只有一级', '一级不用分。', '再加一级，或者去掉分级。');
  if (points.some((one, index) => index > 0 && one <= (points[index - 1] ?? 0))) {
    say('分级的分没有一级比一级高', '高一级的应该多记。', '从低到高排好，一级比一级多。');
  }
  if (item.points > 0 && points[0] !== item.points) {
    say('分值和分级的第一级不一样', '两处写得不一样，不知道按哪个记。', '分值改成和第一级一样。');
  }
  if (Math.max(...points) > item.capPoints) {
    say(
      `最高一级 ${Math.max(...points)} 分，超过封顶 ${item.capPoints} 分`,
      '最高一级永远记不满。',
      '提高封顶，或者减小这一级。',
    );
  }
  return found;
}

function findInSettings(settings: VersionSettings, items: ItemText[]): Finding[] {
  const place: Place = { part: 'SETTINGS' };
  const found: Finding[] = [];
  const say = (what: string, why: string, mend: string) => found.push({ place, what, why, mend });
  const { starThresholds: stars } = settings;
  if (stars.length > STARS_MOST) say('星级超过五星', '最多五星。', '减到五个数。');
  if (stars.some((one, index) => one < 1 || (index > 0 && one <= (stars[index - 1] ?? 0)))) {
    say('星级的分数没有从低到高', '星多的，分数应该更高。', '从一星起，一星比一星多。');
  }
  if (settings.yearEndPolicy === 'CARRY_UP_TO' && !settings.yearEndCarryMost) {
    say('年底最多转多少分没有写', '选了“最多转一部分”，就要写明是多少。', '写上分数，或者换一个办法。');
  }
  if (settings.redTop === null && settings.redThreshold === null) {
    say('红榜取谁没有写', '前几名和满多少分，至少要有一个。', '写上其中一个。');
  }
  if (settings.blackListOn) {
    const deductions = items.filter((item) => item.points < 0);
    if (deductions.length === 0) {
      say('设了黑榜，却没有扣分的项目', '黑榜只能由扣分来，不能凭空上榜。', '关掉黑榜，或者加上扣分的项目。');
    }
    if (settings.blackDays > BLACK_DAYS_MOST) {
      say(
        `黑榜要挂 ${settings.blackDays} 天，太久`,
        '时间太长就成了贴标签。',
        `最多 ${BLACK_DAYS_MOST} 天。`,
      );
    }
    const smallest = Math.min(...deductions.map((item) => -item.points));
    if (deductions.length > 0 && settings.blackThreshold <= smallest && smallest > 1) {
      say(
        `扣满 ${settings.blackThreshold} 分就上黑榜，扣一次就上了`,
        '犯一次小错就上黑榜，太重。',
        `改成至少 ${smallest + 1} 分。`,
      );
    }
  }
  if (settings.publicityDays < PUBLICITY_DAYS_LEAST) {
    say(
      `公示只有 ${settings.publicityDays} 天`,
      '外出的人来不及看，也来不及提异议。',
      `至少 ${PUBLICITY_DAYS_LEAST} 天。`,
    );
  }
  if (settings.answerDays < ANSWER_DAYS_LEAST) {
    say(
      `扣分申辩只给 ${settings.answerDays} 天`,
      '人家要有时间看、有时间说。',
      `至少 ${ANSWER_DAYS_LEAST} 天。`,
    );
  }
  if (settings.warningDays < WARNING_DAYS_LEAST) {
    say(
      `提醒后只给 ${settings.warningDays} 天整改`,
      '来不及改，提醒就成了摆设。',
      `至少 ${WARNING_DAYS_LEAST} 天。`,
    );
  }
  if (settings.objectionDays > OBJECTION_DAYS_MOST) {
    say(
      `异议要等 ${settings.objectionDays} 天才答复`,
      '等太久，等于没有答复。',
      `最多 ${OBJECTION_DAYS_MOST} 天。`,
    );
  }
  return found;
}

/** Where a finding lies, as it is said. */
export function sayPlace(place: Place): string {
  if (place.part === 'ITEM') return `“${place.name}”`;
  if (place.part === 'CATEGORY') return `类别“${place.name}”`;
  if (place.part === 'SETTINGS') return '其他规定';
  if (place.part === 'COVENANT') return `村规民约第 ${place.line} 行`;
  return '整部细则';
}
