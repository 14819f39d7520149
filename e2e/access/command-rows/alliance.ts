import { type CommandRows, DESK, SIGNED_IN, today } from './row';

export const ALLIANCE: CommandRows = {
  // what members of the alliance receive and count, and what is worth a look
  'give-incentive': {
    may: ['secretary'],
    input: (of) => ({ merchantId: of.shop, kind: 'HONOUR', title: '别村的店', fromDay: today }),
  },
  'revoke-incentive': {
    may: ['secretary'],
    input: (of) => ({ incentiveId: of.incentive, reason: '别村的店' }),
  },
  // both villages lie in the same township; another one's merchants are tried in incentive.db.test.ts
  'give-township-incentive': { may: ['township'], input: null },
  'revoke-township-incentive': {
    may: ['township'],
    input: (of) => ({ incentiveId: of.incentive, reason: '村里给的' }),
  },
  'count-other-sales': { may: ['merchant'], input: null },
  'open-patterns': { may: ['secretary', 'supervisor'], input: null },
  'mark-pattern-seen': {
    may: ['secretary', 'supervisor'],
    input: (of) => ({ merchantId: of.shop, householdId: of.household, kind: 'PAIR' }),
  },
  'mark-township-pattern-seen': {
    may: ['township'],
    input: (of) => ({ villageId: of.villageId, merchantId: of.shop, kind: 'NIGHT' }),
  },

  // the alliance
  'apply-to-alliance': { may: ['nobody', ...SIGNED_IN], input: null },
  'admit-merchant': { may: ['township'], input: (of) => ({ merchantId: of.officeMerchant }) },
  'reject-merchant': {
    may: ['township'],
    input: (of) => ({ merchantId: of.officeMerchant, reason: '别镇的店' }),
  },
  'suspend-merchant': {
    may: ['township'],
    input: (of) => ({ merchantId: of.officeMerchant, reason: '别镇的店' }),
  },
  'reinstate-merchant': { may: ['township'], input: (of) => ({ merchantId: of.officeMerchant }) },
  'leave-merchant': {
    may: ['township'],
    input: (of) => ({ merchantId: of.officeMerchant, reason: '别镇的店' }),
  },
  'change-merchant': {
    may: ['township'],
    input: (of) => ({ merchantId: of.officeMerchant, name: '别镇的店', kind: '小吃', address: '老街' }),
  },
  'name-shop-owner': {
    may: ['township'],
    input: (of) => ({ merchantId: of.officeMerchant, name: '别镇的人', phone: '13900000001' }),
  },
  'end-merchant-person': {
    may: ['township'],
    input: (of) => ({ merchantId: of.officeMerchant, personId: of.person }),
  },
  'reveal-merchant-phone': { may: ['township'], input: (of) => ({ merchantId: of.officeMerchant }) },
  'change-shop': { may: ['merchant'], input: null },
  'add-shop-person': { may: ['merchant'], input: null },
  'end-shop-person': { may: ['merchant'], input: (of) => ({ personId: of.person }) },
  'hand-over-shop': { may: ['merchant'], input: (of) => ({ personId: of.person }) },
  // their facts come signed from the upload, so nobody can send them by hand
  'store-shop-photo': { may: [...DESK, 'merchant', 'township', 'district'], input: null },
  'sign-terms': {
    may: ['secretary'],
    input: (of) => ({ merchantId: of.merchant, yuan: '1', settlementDay: 10, freeMost: 10 }),
  },
  'accept-terms': {
    may: ['merchant'],
    input: (of) => ({ villageId: of.termsVillageId, termsId: of.terms }),
  },
  'end-terms-as-village': {
    may: ['secretary'],
    input: (of) => ({ termsId: of.deskTerms, reason: '别村的协议' }),
  },
  'end-terms-as-shop': {
    may: ['merchant'],
    input: (of) => ({ villageId: of.termsVillageId, termsId: of.terms, reason: '别店的协议' }),
  },
  'add-offer': { may: ['merchant'], input: null },
  'change-offer': {
    may: ['merchant'],
    input: (of) => ({ offerId: of.offer, category: 'DINING', title: '别店的', points: 5, validFrom: today }),
  },
  'open-offer': { may: ['merchant'], input: (of) => ({ villageId: of.termsVillageId, offerId: of.offer }) },
  'close-offer': { may: ['merchant'], input: (of) => ({ villageId: of.termsVillageId, offerId: of.offer }) },
  'restock-offer': {
    may: ['merchant'],
    input: (of) => ({ villageId: of.termsVillageId, offerId: of.offer, add: 1 }),
  },
  'set-offer-stock': {
    may: ['merchant'],
    input: (of) => ({ villageId: of.termsVillageId, offerId: of.offer, seen: '', stock: 1 }),
  },
};
