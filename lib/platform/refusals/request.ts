import type { RefusalEntry } from './entry';

/** Refusals of how a request came. */
export const requestRefusals = {
  SIGN_IN_FIRST: { status: 401, sentence: '请先登录。', next: '登录后再来一次。' },
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
