import type { RefusalEntry } from './entry';

/** Refusals of signing in. */
export const authRefusals = {
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
