/**
 * Every expected "no" of the product: a stable code, one plain Chinese sentence that says what happened, one that
 * says what is kept and how to go on, and the HTTP status for scripts. {words} are filled in.
 */
export interface RefusalEntry {
  sentence: string;
  next: string;
  status: 400 | 401 | 403 | 404 | 409 | 413 | 415 | 422 | 429 | 503;
}

const entries = {
  // how a request came
  SIGN_IN_FIRST: { status: 401, sentence: '请先登录。', next: '登录后再来一次，填好的内容还在。' },
  NOT_FOUND: { status: 404, sentence: '没有找到。', next: '可能地址不对，或者不归您看。请从首页重新进入。' },
  NOT_ALLOWED: { status: 403, sentence: '这件事不由您这个身份办理。', next: '如需办理，请联系村书记。' },
  BAD_INPUT: {
    status: 422,
    sentence: '有几处没有填对。',
    next: '请看标红的地方，改好再提交，别的内容都还在。',
  },
  BODY_TOO_LARGE: { status: 413, sentence: '提交的内容太多了。', next: '请减少一些再提交。' },
  BODY_UNREADABLE: { status: 400, sentence: '提交的内容读不出来。', next: '请回到原来的页面再试一次。' },
  CROSS_SITE: { status: 403, sentence: '这个请求来自别的网站，没有办理。', next: '请从本系统的页面操作。' },
  FORM_EXPIRED: {
    status: 403,
    sentence: '这个页面放得太久了。',
    next: '请重新打开页面再提交，什么都没有改动。',
  },
  TOO_MANY_REQUESTS: {
    status: 429,
    sentence: '操作太快了。',
    next: '请等 {seconds} 秒再试，之前的都已保存。',
  },
  SAME_ID_OTHER_CONTENT: {
    status: 409,
    sentence: '这个编号已经用过，内容却不一样，没有办理。',
    next: '请重新打开页面再提交，先前的那一次不受影响。',
  },
  UNKNOWN_COMMAND: { status: 404, sentence: '没有这项操作。', next: '请从页面重新进入。' },
  BUSY: { status: 503, sentence: '现在办事的人多，没有办成。', next: '什么都没有改动，请过一会儿再试。' },
} satisfies Record<string, RefusalEntry>;

const ledgerEntries = {
  NOT_ENOUGH_POINTS: { status: 409, sentence: '积分不够，还差 {short} 分。', next: '什么都没有扣。' },
  BUDGET_SPENT: {
    status: 409,
    sentence: '本季度的积分预算只剩 {left} 分，不够这一笔。',
    next: '这件好事还在等核实，一分没少。请村书记召集商议预算。',
  },
  ALREADY_REVERSED: { status: 409, sentence: '这一笔已经冲销过了。', next: '台账里能看到冲销的记录。' },
  NOT_REVERSIBLE: { status: 409, sentence: '这一笔不能冲销。', next: '冲销的记录本身不能再冲销。' },
} satisfies Record<string, RefusalEntry>;

const deedEntries = {
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
    next: '有不同意见可以找村务监督员。',
  },
  OWN_HOUSEHOLD: {
    status: 403,
    sentence: '这是您自家的申报，要请别人核实。',
    next: '回避是村里的规矩，请看下一件。',
  },
  NEAR_KIN: {
    status: 403,
    sentence: '这家和您是近亲属，要请别人核实。',
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

const authEntries = {
  WRONG_CODE: {
    status: 422,
    sentence: '验证码不对，或者已经过期。',
    next: '请看清短信再填一次。填错五次或者过了五分钟，请重新获取。',
  },
  WRONG_PASSWORD: {
    status: 422,
    sentence: '手机号或密码不对。',
    next: '请再填一次。忘了密码，可以改用短信验证码登录。',
  },
  TOO_MANY_CODES: {
    status: 429,
    sentence: '验证码发得太密了，先前发的还能用。',
    next: '请先用收到的验证码，或者等 {minutes} 分钟再获取。',
  },
  TOO_MANY_TRIES: {
    status: 429,
    sentence: '试的次数太多了，先停一停。',
    next: '请等 {minutes} 分钟再试，别的什么都没有变。',
  },
  PASSWORD_FOR_OFFICIALS: {
    status: 403,
    sentence: '密码登录只给村镇干部用。',
    next: '您用短信验证码登录就行，不用记密码。',
  },
} satisfies Record<string, RefusalEntry>;

const peopleEntries = {
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

const photoEntries = {
  PHOTO_MISSING: { status: 422, sentence: '没有收到照片。', next: '请选一张照片，或者现拍一张，再传。' },
  PHOTO_TOO_LARGE: {
    status: 413,
    sentence: '这张照片超过 8 MB，太大了。',
    next: '请在手机相机设置里把照片尺寸调小再拍一张，别的照片都还在。',
  },
  PHOTO_TOO_MANY_PIXELS: {
    status: 422,
    sentence: '这张照片的像素太高（超过 5000 万）。',
    next: '请关掉相机的“高像素”模式再拍一张，别的照片都还在。',
  },
  PHOTO_HEIC: {
    status: 415,
    sentence: '这张照片是 HEIC（高效）格式，这里打不开。',
    next: '苹果手机：设置 › 相机 › 格式，选“兼容性最佳”；安卓手机：相机设置里关掉“高效照片（HEIF）”。然后再拍一张。',
  },
  PHOTO_NOT_A_PHOTO: {
    status: 415,
    sentence: '这个文件不是照片。',
    next: '只收手机拍的照片（JPG、PNG、WebP），请重新选一张。',
  },
  PHOTO_UNREADABLE: {
    status: 422,
    sentence: '这张照片坏了，或者没有传完整，打不开。',
    next: '请再传一次；还不行就重拍一张。别的照片都还在。',
  },
  PHOTO_NOT_PROCESSED: {
    status: 503,
    sentence: '这张照片处理得太久，没有存下。',
    next: '请过一会儿再试，或者换一张。别的照片都还在。',
  },
  PHOTO_GONE: { status: 409, sentence: '这张照片已经移除了。', next: '还要用的话，请重新选一次。' },
  PHOTO_IN_USE: {
    status: 409,
    sentence: '这张照片已经用在申报里，不能移除。',
    next: '要改申报，请先撤回那一件。',
  },
  PHOTOS_UNUSED_TOO_MANY: {
    status: 429,
    sentence: '您今天传了太多还没用上的照片。',
    next: '请先把已传的照片用在申报里，或者明天再传。',
  },
} satisfies Record<string, RefusalEntry>;

export const REFUSALS = {
  ...entries,
  ...authEntries,
  ...peopleEntries,
  ...ledgerEntries,
  ...deedEntries,
  ...photoEntries,
} satisfies Record<string, RefusalEntry>;

export type RefusalCode = keyof typeof REFUSALS;
