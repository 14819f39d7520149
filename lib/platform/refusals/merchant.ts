import type { RefusalEntry } from './entry';

/** Refusals about merchants, their people, terms and offers. */
export const merchantRefusals = {
  MERCHANT_NOT_ADMITTED: {
    status: 409,
    sentence: '这家店还没有加入商社联盟，或者已经停了。',
    next: '请先由镇上办理入盟。',
  },
  MERCHANT_ELSEWHERE: {
    status: 409,
    sentence: '这家店的状态已经变了，刚才这一步没有办。',
    next: '请看它现在的状态，再决定要不要办。',
  },
  MERCHANT_OWN_SHOP: {
    status: 403,
    sentence: '这是您自己的店，要由别人来办。',
    next: '请另一位同事办理，什么都没有改动。',
  },
  MERCHANT_NOT_SETTLED: {
    status: 409,
    sentence:
      '还有没结清的：{postings} 笔没有进结算单，{statements} 张结算单没有办完，{waiting} 笔等确认、等取货或等退。',
    next: '请先结清再办退出。要是不想让它再收积分，可以先暂停。',
  },
  APPLIED_TOO_OFTEN: {
    status: 429,
    sentence: '交的申请太多了，这一份没有交上去。',
    next: '请过{after}再交，或者直接去镇上办。',
  },
  SHOP_ELSEWHERE: {
    status: 409,
    sentence: '您现在站在另一家店“{shop}”，刚才那一页不是这家店的，没有办，也没有收。',
    next: '要办那家店的事，请先换到那家店，再办一次。',
  },
  SHOP_UNSAID: {
    status: 409,
    sentence: '您在几家店，刚才那一页没有说是哪一家，没有办，也没有收。',
    next: '您现在站在“{shop}”。请刷新页面，看清店名再办一次。',
  },
  SHOP_OWNER_ONLY: {
    status: 403,
    sentence: '这件事要由店主本人办。',
    next: '请店主用自己的手机登录来办。',
  },
  SHOP_OWNER_STAYS: {
    status: 409,
    sentence: '店主不能停用，店里不能没有人。',
    next: '请先把店交给店里另一位，再停用。',
  },
  SHOP_PERSON_HERE: {
    status: 409,
    sentence: '这个人已经在店里了。',
    next: '他用自己的手机号登录就行。',
  },
  SHOP_PERSON_NAME: {
    status: 409,
    sentence: '名字和这个手机号对不上，没有加。',
    next: '请看准号码，名字要写他本人登记的姓名。',
  },
  SHOP_PEOPLE_MOST: {
    status: 409,
    sentence: '店里已经有 20 个人，满了。',
    next: '请先停用不在店里的人。',
  },
  TERMS_ENDED: {
    status: 409,
    sentence: '这份协议已经结束了。',
    next: '已经收下的积分照样结算。要继续，请村里另拟一份。',
  },
  OFFER_WITHOUT_TERMS: {
    status: 409,
    sentence: '和这个村还没有生效的协议，不能开放。',
    next: '请先和村里签好协议，再开放。填好的都还在。',
  },
  OFFER_NOT_FOR_CHARITY: {
    status: 422,
    sentence: '公益组织只提供便民服务和志愿服务，不卖东西。',
    next: '请改选“便民服务”或“志愿服务”。',
  },
  OFFER_NOT_COUNTED: {
    status: 409,
    sentence: '这样东西不限件数，用不着补货。',
    next: '要改成限件数，请用“改件数”。',
  },
  OFFER_STOCK_MOVED: {
    status: 409,
    sentence: '您填的时候又有人兑了，现在剩 {left}，件数没有改。',
    next: '请看准现在剩多少，再改一次。',
  },
  OFFERS_MOST: {
    status: 409,
    sentence: '在这个村已经有 200 样东西，满了。',
    next: '请把不用的改成要上的那一样。',
  },
  POOL_SHORT: {
    status: 409,
    sentence: '这个村的结算资金不够了，暂时不上新的兑换品。',
    next: '已经开放的照常兑，收下的积分照样结算。请等村里补足资金。',
  },
} satisfies Record<string, RefusalEntry>;
