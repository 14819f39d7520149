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
  PHONE_OF_ANOTHER: {
    status: 409,
    sentence: '这个手机号登记在另一个姓名下，那个人还在用。',
    next: '是同一个人的，姓名要写得一样；号码换了主人的，请原来登记的地方先取消，再来登记。',
  },
  HEAD_YEAR_FIRST: {
    status: 409,
    sentence: '原户主{name}没有登记出生年份，换下来会被当成未成年人。',
    next: '请先填上{name}的出生年份，再换户主。只知道大概的，填大概的年份。',
  },
  HOUSEHOLD_CHANGED: {
    status: 409,
    sentence: '您打开以后，这一户的资料改过了，没有保存。现在登记的是：{now}。',
    next: '请对照现在登记的，把下面的改好再保存。',
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
    sentence: '村务监督员不能同时是核分员或者村书记。',
    next: '监督要由另外一个人做，请另选一位。',
  },
  PHONE_NEEDED: {
    status: 422,
    sentence: '这个人还没有登记手机号，登录不了。',
    next: '请先登记手机号，再任命。',
  },
  UNTIL_BEFORE_FROM: { status: 422, sentence: '结束日期早于开始日期。', next: '请改好日期再提交。' },
  HOME_ELSEWHERE: {
    status: 409,
    sentence: '您现在看的是{village}的家，刚才那一页是另一个村的，没有办，什么都没有改动。',
    next: '要办那个村的事，请先换到那个村的家，再办一次。',
  },
  HOME_UNSAID: {
    status: 409,
    sentence: '您在几个村都有家，刚才那一页没有说是哪个村的，没有办，什么都没有改动。',
    next: '您现在看的是{village}的家。请刷新页面，看清村名再办一次。',
  },
} satisfies Record<string, RefusalEntry>;
