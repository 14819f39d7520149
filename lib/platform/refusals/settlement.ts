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
  STATEMENT_EMPTY: {
    status: 409,
    sentence: '没有新的兑换，不用结。',
    next: '上次结算以后还没有收过积分，等有了再结。',
  },
  DISPUTE_ANSWERED: {
    status: 409,
    sentence: '这一笔村里已经答复了，收不回来了。',
    next: '同意答复的，直接同意结算单；还是不对的，可以再说一次。',
  },
  DISPUTED_TWICE: {
    status: 409,
    sentence: '这一笔已经说过两次，村里也答复了两次。',
    next: '还是不对的，请找镇上；镇上看得到您说的和村里答复的。',
  },
  PAYMENT_LEAVES_OUT: {
    status: 409,
    sentence: '这家店还有要扣回的结算单，没有算进来。',
    next: '请把要扣回的一起勾上，再记付款。',
  },
  PAYMENT_NEGATIVE: {
    status: 409,
    sentence: '这家店还有没办完的，可能还要付钱给它，现在不能记它退钱。',
    next: '没进结算单的先结一次，没办完的结算单先办完；都算上还欠着村里，再记退钱。',
  },
  PAYMENT_OTHER_SUM: {
    status: 409,
    sentence: '付的数和勾选的结算单合计不一样。',
    next: '请按现在的合计核对一遍，再记付款。',
  },
  PAID_ON_OUTSIDE: {
    status: 422,
    sentence: '付款的日子不对。',
    next: '请填做结算单那天到今天之间的日子。',
  },
  PAYMENT_REPLACED: {
    status: 409,
    sentence: '这笔付款村里已经改过了。',
    next: '请看改过以后的那一笔。',
  },
  PAYMENT_NOT_MISSED: {
    status: 409,
    sentence: '店里没有说没收到，不用答复。',
    next: '等店里确认收款。',
  },
  POOL_DAY_TO_COME: {
    status: 422,
    sentence: '这一天还没有到。',
    next: '请填钱到账的那一天，今天或者以前。',
  },
  POOL_ENTRY_CORRECTED: {
    status: 409,
    sentence: '这一笔已经更正过了。',
    next: '记错了可以再记一笔对的。',
  },
  ALLIANCE_IS_STOPPED: {
    status: 409,
    sentence: '村里的兑换已经停了。',
    next: '要改原因，请先恢复再停。',
  },
  ALLIANCE_NOT_STOPPED: {
    status: 409,
    sentence: '村里的兑换没有停。',
    next: '不用恢复，照常兑换。',
  },
} satisfies Record<string, RefusalEntry>;
