import type { RefusalEntry } from './entry';

/** Refusals at a counter of the alliance: said by two people to each other across it. */
export const redemptionRefusals = {
  MERCHANT_TAKES_NOTHING: {
    status: 409,
    sentence: '这家店现在不收这个村的积分，没有扣分。',
    next: '请问店主，或者问村里。',
  },
  CODE_UNKNOWN: {
    status: 404,
    sentence: '没有这个付款码，没有扣分。',
    next: '请看准手机上的 8 个数字再输一次。',
  },
  CODE_EXPIRED: {
    status: 409,
    sentence: '付款码过了一分钟，不能用了，没有扣分。',
    next: '手机上已经换了新码，请扫新的。',
  },
  CODE_USED: {
    status: 409,
    sentence: '这个付款码已经用过一次，没有再扣分。',
    next: '看一下刚才那一笔成了没有，没成再扫新码。',
  },
  OFFER_CLOSED: {
    status: 409,
    sentence: '这样东西现在不能兑，没有扣分。',
    next: '请另选一样。',
  },
  OFFER_PRICE_CHANGED: {
    status: 409,
    sentence: '这样东西现在要 {points} 分，和您看到的不一样，没有扣分。',
    next: '请看清现在的分数，愿意就再来一次。',
  },
  OFFER_SOLD_OUT: {
    status: 409,
    sentence: '这样东西兑完了，没有扣分。',
    next: '请另选一样，或者等店里补货。',
  },
  OFFER_HAD: {
    status: 409,
    sentence: '这样东西每户每月最多兑 {most} 次，这个月已经兑满，没有扣分。',
    next: '请下个月再兑，或者另选一样。',
  },
  ONCE_MOST: {
    status: 422,
    sentence: '在这家店一次最多用 {most} 分，没有扣分。',
    next: '请改少一点。',
  },
  MONTH_MOST: {
    status: 409,
    sentence: '您家这个月在这家店还能用 {left} 分，这一笔超过了，没有扣分。',
    next: '请改少一点，或者下个月再来。',
  },
  VILLAGE_STOPPED: {
    status: 409,
    sentence: '村里暂停了积分兑换：{why}。没有扣分。',
    next: '积分都还在。什么时候恢复，请问村里。',
  },
  ORDERS_MOST: {
    status: 409,
    sentence: '您家已经订着 {most} 样没有取，先不能再订，没有扣分。',
    next: '取走一样或者取消一样，就能再订。',
  },
  REFUND_NOT_ASKED: {
    status: 409,
    sentence: '这一笔没有等着答复的退货。',
    next: '请看这一笔现在的状态。',
  },
  FREE_LIMIT_BY_HEAD: {
    status: 403,
    sentence: '多少分以内不用确认，要由户主来定，现在没有改。',
    next: '请户主用自己的手机改。',
  },
  REDEMPTION_DECIDED: {
    status: 409,
    sentence: '这一笔已经有结果了，没有再变。',
    next: '请看手机上显示的结果。',
  },
  REDEMPTION_LAPSED: {
    status: 409,
    sentence: '过了一分钟没有确认，这一笔作废，没有扣分。',
    next: '请店里重新收一次。',
  },
  REDEMPTION_NOT_POSTED: {
    status: 409,
    sentence: '这一笔没有收成，用不着撤销。',
    next: '请看这一笔现在的状态。',
  },
  VOUCHER_UNKNOWN: {
    status: 404,
    sentence: '没有这张代金券。',
    next: '请看准券上的 12 个数字再输一次。',
  },
  UNDO_SAME_DAY: {
    status: 409,
    sentence: '只有当天收的才能撤销。',
    next: '过了当天，请走退货，两边都同意才退。',
  },
} satisfies Record<string, RefusalEntry>;
