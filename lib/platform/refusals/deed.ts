import type { RefusalEntry } from './entry';

/** Refusals of reports and decisions. */
export const deedRefusals = {
  ITEM_NOT_IN_FORCE: {
    status: 422,
    sentence: '这个项目在那一天的细则里没有。',
    next: '请看看日期对不对，或者换一个项目。',
  },
  ITEM_IS_DEDUCTION: { status: 422, sentence: '这是扣分项目，不能这样申报。', next: '请选一个加分项目。' },
  DAY_IN_FUTURE: { status: 422, sentence: '日期还没到。', next: '请选今天或以前的日子。' },
  DAY_TOO_OLD: {
    status: 422,
    sentence: '这件事过去太久了，只收 {days} 天以内的。',
    next: '如有特殊情况，请找村里说明。',
  },
  PHOTO_REQUIRED: {
    status: 422,
    sentence: '这个项目要有照片。',
    next: '请拍一张现场照片再提交，填好的内容都还在。',
  },
  PHOTO_NOT_YOURS: { status: 422, sentence: '有一张照片用不了。', next: '请把它移除，重新拍一张。' },
  PHOTO_USED: {
    status: 422,
    sentence: '有一张照片已经用在别的申报里了。',
    next: '请把它移除，换一张这次拍的。',
  },
  TOO_MANY_PHOTOS: { status: 422, sentence: '最多放 {most} 张照片。', next: '请移除几张再提交。' },
  SCALE_STEP_REQUIRED: { status: 422, sentence: '请选是哪一级。', next: '按证书或证明上写的选。' },
  QUANTITY_RANGE: { status: 422, sentence: '数量要在 1 到 {most} 之间。', next: '请改好再提交。' },
  METRIC_RANGE: {
    status: 422,
    sentence: '{name}要在 0 到 {most} 之间，最多三位小数。',
    next: '请改好再提交，不清楚可以不填。',
  },
  RESIDENT_NOT_IN_HOUSEHOLD: { status: 422, sentence: '选的人不在这一户。', next: '请重新选一位家里人。' },
  ALREADY_DECIDED: {
    status: 409,
    sentence: '{who}在 {when} 已经{what}。',
    next: '这件不用再办，请看下一件。',
  },
  DEED_NOT_WITHDRAWABLE: {
    status: 409,
    sentence: '这件已经核实过，不能撤回了。',
    next: '退回的，可以提异议；记了分觉得不对的，公示期里可以对那一笔提异议。',
  },
  OWN_HOUSEHOLD: {
    status: 403,
    sentence: '这是您自家的事，要请别人来办。',
    next: '回避是村里的规矩，请看下一件。',
  },
  NEAR_KIN: {
    status: 403,
    sentence: '这家和您是近亲属，要请别人来办。',
    next: '回避是村里的规矩，请看下一件。',
  },
  SAME_PERSON_TWICE: {
    status: 403,
    sentence: '这一件要两个人核实，您已经核过一次。',
    next: '请另一位核分员再看一遍。',
  },
  OWN_REPORT: { status: 403, sentence: '这件是您自己记的，要请别人核实。', next: '请另一位核分员来看。' },
  CAP_REACHED: {
    status: 409,
    sentence: '“{item}”{per}最多 {cap} 分，已经记满。',
    next: '可以写明原因退回，或者请对方下个周期再报。',
  },
  CAP_WOULD_CUT: {
    status: 409,
    sentence: '按封顶这一笔只剩 {left} 分可记，本村细则不许记一部分。',
    next: '请写明原因退回。',
  },
  MONTH_CAP_REACHED: {
    status: 409,
    sentence: '这家本月的可兑积分已到封顶 {cap} 分，本村细则不许只记一部分。',
    next: '请写明原因退回，或者等下个月。',
  },
  REASON_REQUIRED: {
    status: 422,
    sentence: '退回要写明原因。',
    next: '点一个常用的，或者写几个字，让人家知道怎么补。',
  },
  UNDO_TOO_LATE: {
    status: 409,
    sentence: '过了 {minutes} 分钟，不能撤销了。',
    next: '确有错误请走异议或冲销。',
  },
  REPORTED_AGAIN: {
    status: 409,
    sentence: '这件退回以后，人家已经重新报了，不能撤销。',
    next: '请看新报的那一件。',
  },
  NOTHING_TO_UNDO: { status: 409, sentence: '没有可以撤销的操作。', next: '只能撤销自己刚办的那一件。' },
  BATCH_MIXED: { status: 422, sentence: '一次只能批同一个活动、同一个项目的申报。', next: '请分开办。' },
} satisfies Record<string, RefusalEntry>;
