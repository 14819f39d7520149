import type { PatternCount, PatternKind } from './types';

// What is worth a look. A number here decides whether a line stands on a page that officials read, and nothing else:
// no sale is refused, no point moved, nobody named to others.

/** how far back is looked */
export const PATTERN_DAYS = 30;

export const PAIR_SALES_LEAST = 5;
export const PAIR_TIMES_MEDIAN = 4;
export const PAIR_HOUSEHOLD_PERCENT = 30;
export const UNDONE_LEAST = 5;
export const UNDONE_PERCENT = 20;
export const NIGHT_LEAST = 3;
/** from 22:00 to 6:00 */
export const NIGHT_FROM_HOUR = 22;
export const NIGHT_UNTIL_HOUR = 6;
export const ROUND_LEAST = 5;
export const ROUND_PERCENT = 50;
export const ROUND_POINTS = 10;
export const OWN_LEAST = 1;

export const PATTERN_KINDS: readonly PatternKind[] = ['PAIR', 'OWN', 'UNDONE', 'ROUND', 'NIGHT'];

const isOver = (part: number, whole: number, percent: number) => part * 100 > whole * percent;

/** Whether what was counted is worth a look. */
export function isWorthALook(one: PatternCount): boolean {
  switch (one.kind) {
    case 'PAIR':
      return (
        one.count >= PAIR_SALES_LEAST &&
        one.count > PAIR_TIMES_MEDIAN * (one.medianOfPairs ?? one.count) &&
        isOver(one.points ?? 0, one.householdPoints ?? 0, PAIR_HOUSEHOLD_PERCENT)
      );
    case 'UNDONE':
      return one.count >= UNDONE_LEAST && isOver(one.count, one.outOf, UNDONE_PERCENT);
    case 'NIGHT':
      return one.count >= NIGHT_LEAST;
    case 'ROUND':
      return one.count >= ROUND_LEAST && isOver(one.count, one.outOf, ROUND_PERCENT);
    case 'OWN':
      return one.count >= OWN_LEAST;
  }
}

interface Words {
  title: string;
  /** what else it may well be, said to who looks */
  innocent: string;
}

export const PATTERN_WORDS: Record<PatternKind, Words> = {
  PAIR: {
    title: '一户和一家店来往特别多',
    innocent: '可能就是住在隔壁、腿脚不便只去这一家，也可能是家里办事一次买得多。',
  },
  UNDONE: {
    title: '撤销和退货多',
    innocent: '可能是新店员手生、按错了再来，也可能是一批货有毛病，大家来退。',
  },
  NIGHT: {
    title: '夜里收积分',
    innocent: '可能是店开得晚，也可能是赶早市、夏天夜市；夜里有急用，敲门来买的也有。',
  },
  ROUND: {
    title: '整数多',
    innocent: '可能是店里东西本来就按整数定价，或者大家习惯凑整。',
  },
  OWN: {
    title: '店里人自家用积分',
    innocent: '店里人也是村民，自家挣的积分在自家店里用，规则是许可的，货给到了就行。',
  },
};

/** The numbers of a finding as a sentence. */
export function sayNumbers(one: PatternCount & { households: number }): string {
  const within = `近 ${PATTERN_DAYS} 天`;
  const percent = (part: number, whole: number) => (whole > 0 ? Math.round((part * 100) / whole) : 0);
  switch (one.kind) {
    case 'PAIR': {
      const middle = one.medianOfPairs ?? 0;
      if (one.households > 1)
        return `${within}，有 ${one.households} 户在这家店的次数特别多，一共 ${one.count} 次。`;
      return `${within}，一户在这家店用了 ${one.count} 次、${one.points ?? 0} 分，占这户用掉的 ${percent(one.points ?? 0, one.householdPoints ?? 0)}%；别家一般是 ${middle} 次。`;
    }
    case 'UNDONE':
      return `${within}，收了 ${one.outOf} 笔，其中 ${one.count} 笔撤销或退货，占 ${percent(one.count, one.outOf)}%。`;
    case 'NIGHT':
      return `${within}，收了 ${one.outOf} 笔，其中 ${one.count} 笔在夜里 ${NIGHT_FROM_HOUR} 点到早上 ${NIGHT_UNTIL_HOUR} 点。`;
    case 'ROUND':
      return `${within}，不选兑换品、直接输积分的有 ${one.outOf} 笔，其中 ${one.count} 笔是 ${ROUND_POINTS} 的整倍数。`;
    case 'OWN':
      return one.households > 1
        ? `${within}，店里人家里有 ${one.households} 户在自家店用积分，一共 ${one.count} 次。`
        : `${within}，店里人自家在这家店用了 ${one.count} 次，全店 ${one.outOf} 次。`;
  }
}
