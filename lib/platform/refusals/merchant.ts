import type { RefusalEntry } from './entry';

/** Refusals about merchants, their people, terms and offers. */
export const merchantRefusals = {
  MERCHANT_NOT_ADMITTED: {
    status: 409,
    sentence: '这家店还没有加入商社联盟，或者已经停了。',
    next: '请先由镇上办理入盟。',
  },
} satisfies Record<string, RefusalEntry>;
