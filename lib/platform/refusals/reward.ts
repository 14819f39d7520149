import type { RefusalEntry } from './entry';

/** Refusals of stars, plaques and vouchers. */
export const rewardRefusals = {
  STARS_TOO_EARLY: {
    status: 422,
    sentence: '这个季度还没有过完，不能评星。',
    next: '请等季度结束以后再评。',
  },
  STARS_WAIT_FOR_PUBLICITY: {
    status: 409,
    sentence: '这个季度的台账还在公示，定下来才能评星。',
    next: '请等公示期满、季度锁定以后再评。',
  },
  NO_STARS_DUE: {
    status: 409,
    sentence: '这个季度没有要评星的户：够分的都已经评过了。',
    next: '不用再办，名单在下面。',
  },
  REWARD_REVOKED: {
    status: 409,
    sentence: '这一项已经撤销过了。',
    next: '不用再办，撤销的日子和原因都记着。',
  },
  REWARD_SAME_PERSON: {
    status: 403,
    sentence: '这是您自己发的，要请另一个人来办。',
    next: '发的人和复核、撤销的人不能是同一个，这是村里的规矩。',
  },
  REWARD_REASON_REQUIRED: {
    status: 422,
    sentence: '要写明原因。',
    next: '写几个字，那一户会看到，让人家明白为什么。',
  },
  REWARD_LIST_NOT_FINAL: {
    status: 409,
    sentence: '这张榜还没有定榜，或者已经过期、撤回。',
    next: '只有公示期满、定了榜的红榜才能发奖励。',
  },
  REWARD_ROW_NOT_STANDING: {
    status: 409,
    sentence: '选的户里，有的现在不在榜上，或者有异议还没有办完。',
    next: '请回到这张榜重新选。',
  },
  NO_PLAQUES_DUE: {
    status: 409,
    sentence: '榜上该发的牌都发过了。',
    next: '不用再办，发过的牌在下面。',
  },
  VOUCHERS_ISSUED: {
    status: 409,
    sentence: '这张榜已经发过同样的代金券了。',
    next: '同样的券一张榜只发一次。先前那一批在下面，要改就先撤下它。',
  },
  VOUCHER_EXPIRY_RANGE: {
    status: 422,
    sentence: '有效期要在明天到一年以内。',
    next: '请改好再提交，别的内容都还在。',
  },
  VOUCHER_OWN_OFFICE: {
    status: 403,
    sentence: '您是这个村的村书记，券由您经手，不能自己来收。',
    next: '请店里别的人收，券和这一户的东西都不受影响。',
  },
  VOUCHERS_PICKED_OWN: {
    status: 403,
    sentence: '挑选发放时，不能有经办人自己家或者近亲属家。',
    next: '请改成发给榜上的每一户，或者换一位办。',
  },
  VOUCHERS_DECIDED: {
    status: 409,
    sentence: '这一批已经复核过，或者已经撤下了。',
    next: '不用再办，请看这一批现在的情况。',
  },
  VOUCHER_LIST_CHANGED: {
    status: 409,
    sentence: '发券以后这张榜有变动，有的户已经不在榜上。',
    next: '请撤下这一批，让村书记按现在的榜重新发。',
  },
  VOUCHER_NOT_CONFIRMED: {
    status: 409,
    sentence: '这一批还没有复核，券还不能用。',
    next: '请等村务监督员复核。要改的话，把整批撤下再发。',
  },
  VOUCHER_EXPIRED: { status: 409, sentence: '这张券已经过了有效期。', next: '过期的券不用再办。' },
  VOUCHER_ENDED: {
    status: 409,
    sentence: '这张券在 {when} 已经{what}了。',
    next: '一张券只能用一次，不用再办。',
  },
} satisfies Record<string, RefusalEntry>;
