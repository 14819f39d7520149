import type { RefusalEntry } from './entry';

/** Refusals of households, residents, appointments. */
export const peopleRefusals = {
  DESK_ELSEWHERE: {
    status: 409,
    sentence: '您现在办的是另一个村的事，刚才那一页不是这个村的，没有办。',
    next: '要办那个村的事，请先换到那个村，再办一次。',
  },
  DESK_UNSAID: {
    status: 409,
    sentence: '您在几个村办公，刚才那一页没有说是哪个村，没有办。',
    next: '请刷新页面，看清村名再办一次。',
  },
  HOUSEHOLD_LEFT: { status: 409, sentence: '这一户已经迁出，不能再改。', next: '旧的记录都还在，可以查看。' },
  RESIDENT_LEFT: { status: 409, sentence: '这个人已经迁出，不能再改。', next: '旧的记录都还在，可以查看。' },
  GROUP_FULL: {
    status: 409,
    sentence: '这个小组的户号已经排到 999。',
    next: '请另设一个小组再登记。',
  },
  HEAD_MUST_STAY: {
    status: 409,
    sentence: '这是户主，家里还有别人。',
    next: '请先把家里另一位改成户主，再办迁出。',
  },
  HEAD_IS_CHOSEN: {
    status: 422,
    sentence: '一户要有一位户主。',
    next: '请去改另一位为户主，原来的户主会自动换下。',
  },
  PHONE_TAKEN: {
    status: 409,
    sentence: '这个手机号已经登记给本村另一位村民。',
    next: '请核对号码；一个号码只能给一个人登录用。',
  },
  KIN_SAME_PERSON: { status: 422, sentence: '不能把一个人登记成自己的亲属。', next: '请重新选另一位。' },
  KIN_OWN_HOUSEHOLD: {
    status: 403,
    sentence: '这是您自家的亲属登记，不能自己取消。',
    next: '登记错了的，请村里另一位负责人来取消。',
  },
  ROLE_HELD: { status: 409, sentence: '这个人这段时间已经在任。', next: '要改日期，请先结束原来的任期。' },
  ROLES_EXCLUDE: {
    status: 409,
    sentence: '村务监督员不能同时是核分员。',
    next: '监督和核分要由两个人做，请另选一位。',
  },
  PHONE_NEEDED: {
    status: 422,
    sentence: '这个人还没有登记手机号，登录不了。',
    next: '请先登记手机号，再任命。',
  },
  UNTIL_BEFORE_FROM: { status: 422, sentence: '结束日期早于开始日期。', next: '请改好日期再提交。' },
} satisfies Record<string, RefusalEntry>;
