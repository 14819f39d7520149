import type { RefusalEntry } from './entry';

/** Refusals of points that cannot move. */
export const ledgerRefusals = {
  NOT_ENOUGH_POINTS: { status: 409, sentence: '积分不够，还差 {short} 分。', next: '什么都没有扣。' },
  BUDGET_SPENT: {
    status: 409,
    sentence: '本季度的积分预算只剩 {left} 分，不够这一笔。',
    next: '这件好事还在等核实，一分没少。请村书记召集商议预算。',
  },
  ALREADY_REVERSED: { status: 409, sentence: '这一笔已经冲销过了。', next: '台账里能看到冲销的记录。' },
  NOT_REVERSIBLE: { status: 409, sentence: '这一笔不能冲销。', next: '冲销的记录本身不能再冲销。' },
} satisfies Record<string, RefusalEntry>;
