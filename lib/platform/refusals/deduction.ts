import type { RefusalEntry } from './entry';

/** Refusals of deductions. Those about people (own household, near kin) are deed.ts's. */
export const deductionRefusals = {
  ITEM_ADDS: { status: 422, sentence: '这是加分项目，不能用来扣分。', next: '请选一个扣分项目。' },
  HOUSEHOLD_EXEMPT: {
    status: 409,
    sentence: '这户是五保、失能或者无人在家的户，按规定不扣分。',
    next: '有困难的可以请帮办员上门帮一把。',
  },
  MINOR: {
    status: 409,
    sentence: '涉及未成年人，按规定不扣分。',
    next: '可以和家里大人说一说。是大人的，请先在“户和人”里登记出生年份。',
  },
  HOUSEHOLD_LEFT: { status: 409, sentence: '这户已经迁出，不能扣分。', next: '请看看是不是选错了户。' },
  NO_HEAD: {
    status: 409,
    sentence: '这户还没有登记户主，分没有地方记。',
    next: '请村书记先在“户和人”里登记户主。',
  },
  DEDUCTION_MOVED_ON: {
    status: 409,
    sentence: '这一件现在是“{state}”，不能这样办了。',
    next: '请刷新看看，别人可能刚办过。',
  },
  NO_WARNING_ASKED: { status: 409, sentence: '这一项细则不要求先提醒。', next: '可以直接提出扣分。' },
  WARN_FIRST: { status: 409, sentence: '这一项要先提醒，过了期限还没改才能扣分。', next: '请先送提醒。' },
  RECHECK_TOO_SOON: {
    status: 422,
    sentence: '提醒以后至少要给 {days} 天时间改。',
    next: '请把复查的日子往后挪。',
  },
  RECHECK_NOT_YET: {
    status: 409,
    sentence: '还没到复查的日子，要到 {day}。',
    next: '日子到了再去看；改好了随时可以记“已改好”。',
  },
  DEDUCTION_CAP_FULL: {
    status: 409,
    sentence: '“{item}”{per}最多扣 {cap} 分，这户已经扣满，不能再扣。',
    next: '请写明原因，记“不扣了”。',
  },
  DEDUCTION_TWO_PEOPLE: {
    status: 403,
    sentence: '扣分要两个人：记录、提出的人不能再批准。',
    next: '请另一位村务监督员来看。',
  },
  HOW_SERVED: { status: 422, sentence: '请选是怎么送到的。', next: '可以选一样，也可以选几样。' },
  SERVE_ON_PAPER: {
    status: 422,
    sentence: '这户没有大人能在手机上看，要送纸质的。',
    next: '请打印出来当面送到或者贴在门上，再选上。',
  },
  WARNED_NOBODY: {
    status: 409,
    sentence: '那次提醒没有真正送到这户，不能往下走。',
    next: '请写明原因，记“不扣了”；还要提醒的，重新记一条，把纸质的送到。',
  },
  SERVED_WHEN: {
    status: 422,
    sentence: '送到的日子要在今天到七天以内。',
    next: '申辩的天数从送到那天算起，请改好再提交。',
  },
  ANSWER_DAYS_FEW: { status: 422, sentence: '至少要给 {days} 天申辩。', next: '请把日子往后挪。' },
  ANSWER_DAYS_RUN: {
    status: 409,
    sentence: '申辩期还没过完，到 {day} 为止（含当天）。',
    next: '过了这一天才能记，系统会自动记。',
  },
  ADULTS_SPEAK: {
    status: 403,
    sentence: '这件事要家里的大人来办。',
    next: '请家里的成年人用自己的手机办，没有手机的请帮办员代写。',
  },
  ANSWERED_BEFORE: {
    status: 409,
    sentence: '已经申辩过一次了。',
    next: '还不同意可以提出异议，请别的人来定。',
  },
  SAY_WHY: { status: 422, sentence: '请写明理由。', next: '写几个字，让对方看得明白。' },
  HEARD_AS_OBJECTION: {
    status: 409,
    sentence: '这一件有异议还没定，要先定异议。',
    next: '请到“异议”里办。',
  },
  TOOK_PART: {
    status: 403,
    sentence: '这一件您经手过，要请没经手的人来办。',
    next: '换一个人看，人家才服气。',
  },
  DECLARED_KIN: {
    status: 403,
    sentence: '这户的近亲属登记是您办的，这一件不能由您来定。',
    next: '谁要回避，不能由定的人说了算。请没经手的人来办。',
  },
  NOBODY_HEARS: {
    status: 403,
    sentence: '能定这一件的人都要回避，或者不在任了，不能换一个人来定。',
    next: '过了最后一天，镇上会知道；那以后由在任的、没经手的村务监督员来定。',
  },
  ANOTHER_HEARS: { status: 403, sentence: '这一件由{who}来定。', next: '您知道什么情况，请告诉能定的人。' },
  NOT_RESTORED: { status: 409, sentence: '这一项细则没有“整改返还”。', next: '有不同意见可以提出异议。' },
  REPAIR_CLAIMED: { status: 409, sentence: '已经报过整改，正等人去看。', next: '不用再报，看过会告诉您。' },
  NO_REPAIR_CLAIMED: { status: 409, sentence: '这户没有报整改，或者已经有人看过了。', next: '请刷新看看。' },
} satisfies Record<string, RefusalEntry>;
