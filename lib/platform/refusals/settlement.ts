import type { RefusalEntry } from './entry';

/** Refusals about statements and the money behind points. */
export const settlementRefusals = {
  STATEMENT_ELSEWHERE: {
    status: 409,
    sentence: '这张结算单已经到下一步了。',
    next: '请看它现在的状态。',
  },
  STATEMENT_TOO_EARLY: {
    status: 422,
    sentence: '这个月还没有开始。',
    next: '请选过去的月份，或者这个月。',
  },
  STATEMENT_TOO_LATE: {
    status: 409,
    sentence: '后面月份的结算单已经做了。',
    next: '漏掉的会算进下一张结算单。',
  },
} satisfies Record<string, RefusalEntry>;
