import type { VersionSettings } from './types';

// What a village decides beside the items, as it is said: for the printed rulebook, the difference and the editor.

/** A setting in words. */
export interface SaidSetting {
  what: string;
  said: string;
}

/** A reference in yuan: 1 元, 0.5 元. */
export function sayYuan(fen: number): string {
  return `${(fen / 100).toFixed(2).replace(/\.?0+$/, '')} 元`;
}

/** What happens with what no longer fits under a cap. */
export function sayCapPolicy(policy: VersionSettings['capPolicy']): string {
  return policy === 'AWARD_REST' ? '只记剩下的部分' : '整笔不记';
}

/** What becomes of spendable points at the end of a year. */
export function sayYearEnd({
  yearEndPolicy,
  yearEndCarryMost,
}: Pick<VersionSettings, 'yearEndPolicy' | 'yearEndCarryMost'>): string {
  if (yearEndPolicy === 'CLEAR') return '可兑积分年底清零，荣誉分保留；提前 30 天通知';
  if (yearEndPolicy === 'CARRY') return '可兑积分全部转到下一年';
  return `可兑积分最多 ${yearEndCarryMost} 分转到下一年，多出的清零；提前 30 天通知`;
}

/** Who is on the red list. */
export function sayRed({ redTop, redThreshold, redDays }: VersionSettings): string {
  const who = [redTop ? `每季前 ${redTop} 名，并列的都算` : '', redThreshold ? `满 ${redThreshold} 分的` : '']
    .filter(Boolean)
    .join('；以及');
  return `${who}；公布 ${redDays} 天`;
}

/** Who is on the black list, and who sees it. */
export function sayBlack(settings: VersionSettings): string {
  if (!settings.blackListOn) return '不设';
  const audience = settings.blackAudience === 'VILLAGE' ? '只给本村人看' : '公开';
  return `一季扣满 ${settings.blackThreshold} 分的户，姓名遮住，${audience}，最多 ${settings.blackDays} 天，整改以后不满这个分就撤`;
}

const STARS = ['一星', '二星', '三星', '四星', '五星'];

/** From how many points a household has which star. */
export function sayStars(thresholds: readonly number[]): string {
  return thresholds.map((least, index) => `${STARS[index]} ${least} 分`).join('，') || '不评星级';
}

/** All settings in words, in the order in which they are read. */
export function saySettings(settings: VersionSettings): SaidSetting[] {
  const {
    secondThreshold,
    householdMonthCap,
    budgetPerQuarter,
    outstandingMost,
    referenceFen,
    publicityDays,
    answerDays,
    objectionDays,
    warningDays,
  } = settings;
  return [
    {
      what: '两人核实',
      said: secondThreshold ? `一次 ${secondThreshold} 分及以上，要两位核分员都同意` : '不要求',
    },
    {
      what: '每户每月',
      said: householdMonthCap ? `可兑积分最多 ${householdMonthCap} 分，超出的只记荣誉分` : '可兑积分不封顶',
    },
    { what: '每季预算', said: budgetPerQuarter ? `全村可兑积分最多 ${budgetPerQuarter} 分` : '不设' },
    { what: '超过封顶', said: sayCapPolicy(settings.capPolicy) },
    {
      what: '存量上限',
      said: outstandingMost ? `全村没兑的积分满 ${outstandingMost} 分，就先停记` : '不设',
    },
    { what: '参考比例', said: `村里和商户结算时，1 分按 ${sayYuan(referenceFen)}算；积分不是钱，不能买卖` },
    { what: '年底', said: sayYearEnd(settings) },
    { what: '星级', said: sayStars(settings.starThresholds) },
    { what: '红榜', said: sayRed(settings) },
    { what: '黑榜', said: sayBlack(settings) },
    { what: '公示', said: `${publicityDays} 天` },
    { what: '扣分申辩', said: `接到通知后 ${answerDays} 天内可以申辩或者提异议` },
    { what: '提醒整改', said: `提醒后至少给 ${warningDays} 天` },
    { what: '异议答复', said: `${objectionDays} 天内给答复` },
  ];
}
