import type { RefusalEntry } from './entry';

/** Refusals about what merchants receive for being in the alliance, and about what they count themselves. */
export const incentiveRefusals = {
  INCENTIVE_OWN_SHOP: {
    status: 409,
    sentence: '这是您自己的店，不能由您来记，没有记下。',
    next: '请让别的干部来办。',
  },
  INCENTIVE_REVOKED: {
    status: 409,
    sentence: '这一项已经收回了，没有再变。',
    next: '收回的原因还在这一页上。',
  },
  INCENTIVE_AMOUNT: {
    status: 422,
    sentence: '只有减租、减税和补贴才记金额，没有记下。',
    next: '请把金额删掉，或者另选一种。',
  },
  INCENTIVE_TITLE: {
    status: 422,
    sentence: '荣誉要有个名称，印在证书上，没有记下。',
    next: '请填上，比如“诚信商户”。',
  },
  SHOP_DAY_CLOSED: {
    status: 409,
    sentence: '只能记今天和昨天的，没有记下。',
    next: '更早的日子已经定了，不再改。',
  },
  PATTERN_OWN_SHOP: {
    status: 409,
    sentence: '这是您自己的店，要请别人来看，没有记下。',
    next: '请让村里另一位干部，或者镇上来看。',
  },
} satisfies Record<string, RefusalEntry>;
