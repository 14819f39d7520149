import type { RefusalEntry } from './entry';

/** Refusals of closing a quarter or a year, and of the brake. */
export const periodRefusals = {
  QUARTER_UNKNOWN: { status: 422, sentence: '没有这个季度。', next: '请从“结算期”页面办。' },
  PERIOD_NOT_OVER: {
    status: 409,
    sentence: '{quarter}到{day}才结束，现在还不能公示。',
    next: '过完最后一天再来办，什么都没有改动。',
  },
  PERIOD_EMPTY: { status: 409, sentence: '{quarter}没有记分，不用公示。', next: '请看别的季度。' },
  PERIOD_EARLIER_OPEN: {
    status: 409,
    sentence: '{quarter}还没有公示，要按先后来。',
    next: '请先公示前面那一季。',
  },
  PERIOD_OPENED: {
    status: 409,
    sentence: '{who}在 {when} 已经开始公示了。',
    next: '不用再办，可以去看公示的页面。',
  },
  PERIOD_NOT_OPENED: { status: 409, sentence: '这个季度还没有公示，不能锁定。', next: '请村书记先公示。' },
  PERIOD_LOCKED_ALREADY: { status: 409, sentence: '{who}在 {when} 已经锁定了。', next: '不用再办。' },
  PUBLICITY_RUNNING: {
    status: 409,
    sentence: '公示到{until}，还没有满期，不能锁定。',
    next: '最后一天过完再来办，让每一户都有时间看。',
  },
  OPENED_BY_SAME: {
    status: 403,
    sentence: '公示是您开始的，锁定要由另一个人办。',
    next: '请另一位村务监督员来办。',
  },
  PERIOD_LOCKED: {
    status: 409,
    sentence: '{quarter}已经锁定，不能再改。',
    next: '什么都没有改动。对其中一笔有异议的，请走异议，成立以后会更正。',
  },
  PERIOD_IN_PUBLICITY: {
    status: 409,
    sentence: '{quarter}已经公示，不能再往里记。',
    next: '后来核实的记到下一个季度，一分不少。',
  },
  YEAR_END_TOO_EARLY: { status: 409, sentence: '年末怎么办，{day}起才能公告。', next: '到时候再来办。' },
  YEAR_END_NO_RULEBOOK: {
    status: 409,
    sentence: '那一年的最后一天没有生效的积分细则，不知道按什么办。',
    next: '请先由村民会议通过细则。',
  },
  YEAR_END_ANNOUNCED: { status: 409, sentence: '{who}在 {when} 已经公告了。', next: '不用再办。' },
  YEAR_END_NOT_ANNOUNCED: {
    status: 409,
    sentence: '年末怎么办还没有公告，不能办理。',
    next: '请村书记先公告，公告满 30 天再办。',
  },
  YEAR_END_NOT_DUE: {
    status: 409,
    sentence: '{day}起才能办理，现在还早。',
    next: '要过完这一年，公告也要满 30 天。',
  },
  YEAR_END_POLICY_CHANGED: {
    status: 409,
    sentence: '公告以后细则改了，公告的办法和细则对不上。',
    next: '请村书记按现在的细则重新公告，再满 30 天。',
  },
  YEAR_END_DONE: { status: 409, sentence: '{who}在 {when} 已经办完了。', next: '不会再办第二次。' },
  ANNOUNCED_BY_SAME: {
    status: 403,
    sentence: '公告是您发的，办理要由另一个人确认。',
    next: '请另一位村务监督员来办。',
  },
  BRAKE_ON: {
    status: 409,
    sentence: '全村各户手里已有 {held} 分，再记 {points} 分就超过细则定的 {most} 分，先不记。',
    next: '这件好事还在等核实，一分没少。等大家用掉一些，或者由村民会议改细则，再来通过。',
  },
} satisfies Record<string, RefusalEntry>;
