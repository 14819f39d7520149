import { RESIDENTS, type Subjects, type Who } from './world';

// Every command: who may ask for it, and an input about somebody's things. For those who may, an input about another
// village's things must be answered exactly as one about nothing at all.

export interface CommandRow {
  may: readonly Who[];
  /** input about `of`; null when it is about nobody's things and can't be aimed at another village */
  input: ((of: Subjects) => Record<string, unknown>) | null;
}

/** everyone who sits at the desk of 青竹村, and one of another village */
const DESK: Who[] = ['steward', 'verifier', 'secretary', 'supervisor', 'otherVerifier'];
const VERIFIERS: Who[] = ['verifier', 'otherVerifier'];
const RECORDERS: Who[] = ['steward', 'verifier', 'secretary', 'otherVerifier'];
const SIGNED_IN: Who[] = [...RESIDENTS, ...DESK, 'merchant', 'township', 'district'];

const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
const later = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);

const tomorrow = new Date(Date.now() + 32 * 3_600_000).toISOString().slice(0, 10);

const RULE_ITEM = {
  name: '别村的事',
  kind: 'AWARD',
  points: 2,
  unit: 'TIME',
  subject: 'PERSON',
  capPoints: 8,
  capPer: 'MONTH',
  evidence: '照片',
  photo: 'NONE',
};
const RULE_SETTINGS = {
  capPolicy: 'REFUSE',
  referenceFen: 100,
  yearEndPolicy: 'CARRY',
  redTop: 10,
  redDays: 90,
  blackThreshold: 5,
  blackDays: 90,
  blackAudience: 'VILLAGE',
  publicityDays: 7,
  answerDays: 7,
  objectionDays: 7,
  warningDays: 7,
};

export const COMMANDS: Record<string, CommandRow> = {
  // signing in
  'request-sign-in-code': { may: ['nobody', ...SIGNED_IN], input: null },
  'end-session': { may: SIGNED_IN, input: (of) => ({ sessionId: of.person }) },
  'end-all-sessions': { may: SIGNED_IN, input: null },
  'set-password': { may: SIGNED_IN, input: null },
  'choose-desk': { may: DESK, input: (of) => ({ villageId: of.villageId }) },
  'choose-shop': { may: ['merchant'], input: (of) => ({ merchantId: of.partner }) },

  // deeds
  'submit-deed': {
    may: RESIDENTS,
    input: (of) => ({ residentId: of.residentId, itemId: of.item, deedOn: today }),
  },
  'withdraw-deed': { may: RESIDENTS, input: (of) => ({ deedId: of.waitingDeed }) },
  'mark-favourite': { may: RESIDENTS, input: null },
  'record-deed': {
    may: RECORDERS,
    input: (of) => ({ residentId: of.residentId, itemId: of.item, deedOn: today }),
  },
  'record-event': {
    may: RECORDERS,
    input: (of) => ({ itemId: of.item, name: '别村的活动', heldOn: today, residentIds: [of.residentId] }),
  },
  'approve-deed': { may: VERIFIERS, input: (of) => ({ deedId: of.waitingDeed }) },
  'return-deed': { may: VERIFIERS, input: (of) => ({ deedId: of.waitingDeed, reason: '照片看不清' }) },
  'approve-batch': { may: VERIFIERS, input: (of) => ({ deedIds: [of.waitingDeed] }) },
  'undo-decision': { may: VERIFIERS, input: (of) => ({ deedId: of.deed }) },

  // deductions
  'record-deduction': {
    may: RECORDERS,
    input: (of) => ({
      householdId: of.household,
      itemId: of.deductionItem,
      seenOn: today,
      seenBy: '巡查组两人',
      facts: '别村门口的东西',
    }),
  },
  'warn-deduction': {
    may: RECORDERS,
    input: (of) => ({ deductionId: of.deduction, how: ['HAND'], recheckOn: later }),
  },
  'drop-mended': { may: RECORDERS, input: (of) => ({ deductionId: of.deduction, reason: '已经改好' }) },
  'drop-deduction': {
    may: ['verifier', 'secretary', 'supervisor', 'otherVerifier'],
    input: (of) => ({ deductionId: of.deduction, reason: '证据不够' }),
  },
  'propose-deduction': { may: VERIFIERS, input: (of) => ({ deductionId: of.deduction }) },
  'approve-deduction': {
    may: ['supervisor'],
    input: (of) => ({ deductionId: of.deduction, how: ['HAND'] }),
  },
  'post-deduction': {
    may: ['verifier', 'secretary', 'supervisor', 'otherVerifier'],
    input: (of) => ({ deductionId: of.deduction }),
  },
  'answer-deduction': {
    may: RESIDENTS,
    input: (of) => ({ deductionId: of.deduction, answer: '不是我家的' }),
  },
  'record-answer': {
    may: RECORDERS,
    input: (of) => ({ deductionId: of.deduction, answer: '不是我家的' }),
  },
  'hear-deduction': {
    may: ['verifier', 'secretary', 'supervisor', 'otherVerifier'],
    input: (of) => ({ deductionId: of.deduction, outcome: 'UPHELD', reason: '说得有理' }),
  },
  'claim-repair': {
    may: RESIDENTS,
    input: (of) => ({ deductionId: of.deduction, photos: [of.photo] }),
  },
  'record-repair': {
    may: RECORDERS,
    input: (of) => ({ deductionId: of.deduction, photos: [of.photo] }),
  },
  'confirm-repair': { may: VERIFIERS, input: (of) => ({ deductionId: of.deduction }) },
  'refuse-repair': { may: VERIFIERS, input: (of) => ({ deductionId: of.deduction, reason: '还有一堆' }) },

  // objections
  'open-objection': {
    may: RESIDENTS,
    input: (of) => ({ kind: 'DEDUCTION', subject: of.deduction, body: '不是我家的' }),
  },
  'record-objection': {
    may: RECORDERS,
    input: (of) => ({
      kind: 'DEDUCTION',
      subject: of.deduction,
      householdId: of.household,
      body: '不是这家的',
    }),
  },
  'decide-objection': {
    may: ['verifier', 'secretary', 'supervisor', 'otherVerifier'],
    input: (of) => ({ objectionId: of.objection, outcome: 'REJECTED', reason: '看过现场' }),
  },
  'withdraw-objection': { may: RESIDENTS, input: (of) => ({ objectionId: of.objection }) },
  'withdraw-recorded-objection': { may: RECORDERS, input: (of) => ({ objectionId: of.objection }) },

  // photos: their facts come signed from the upload, so nobody can send them by hand
  'store-photo': { may: RESIDENTS, input: null },
  'store-desk-photo': { may: DESK, input: null },
  'remove-photo': { may: RESIDENTS, input: (of) => ({ photoId: of.photo }) },
  'remove-desk-photo': { may: DESK, input: (of) => ({ photoId: of.photo }) },

  // people
  'add-household': { may: ['secretary'], input: null },
  'change-household': {
    may: ['secretary'],
    input: (of) => ({ householdId: of.household, doorNumber: '1号' }),
  },
  'add-resident': {
    may: ['secretary'],
    input: (of) => ({ householdId: of.household, name: '陈测试', relation: 'OTHER' }),
  },
  'change-resident': {
    may: ['secretary'],
    input: (of) => ({ residentId: of.residentId, name: '陈测试', relation: 'OTHER' }),
  },
  'move-out-resident': { may: ['secretary'], input: (of) => ({ residentId: of.residentId }) },
  'link-phone': { may: ['secretary'], input: (of) => ({ residentId: of.residentId, phone: '' }) },
  'reveal-phone': { may: ['secretary', 'steward'], input: (of) => ({ residentId: of.residentId }) },
  'export-household': { may: RESIDENTS, input: null },
  'declare-kin': { may: DESK, input: (of) => ({ residentId: of.residentId, otherId: of.kinship }) },
  'end-kin': { may: ['secretary'], input: (of) => ({ kinshipId: of.kinship }) },
  appoint: {
    may: ['secretary'],
    input: (of) => ({ residentId: of.residentId, role: 'STEWARD', from: today }),
  },
  'end-appointment': { may: ['secretary'], input: (of) => ({ appointmentId: of.appointment }) },

  // quarters and years: of the own village alone, so that nothing of another can be named; these are none that could
  // be done
  'open-publicity': { may: ['secretary'], input: () => ({ quarter: '1999Q4' }) },
  'lock-period': { may: ['supervisor'], input: () => ({ quarter: '1999Q4' }) },
  'announce-year-end': { may: ['secretary'], input: () => ({ year: 2001 }) },
  'close-year': { may: ['supervisor'], input: () => ({ year: 2001 }) },
  // lists
  'draft-list': { may: ['secretary'], input: null },
  'check-list': { may: ['supervisor'], input: (of) => ({ listId: of.list }) },
  'publish-list': { may: ['secretary'], input: (of) => ({ listId: of.list }) },
  'withdraw-list': {
    may: ['secretary', 'supervisor'],
    input: (of) => ({ listId: of.list, reason: '别村的榜' }),
  },
  'give-consent': { may: RESIDENTS, input: null },
  'withdraw-consent': { may: RESIDENTS, input: null },
  'record-consent': {
    may: ['steward', 'verifier', 'otherVerifier'],
    input: (of) => ({
      householdId: of.household,
      signerId: of.residentId,
      textVersion: 2,
      photos: [of.photo],
    }),
  },
  'record-consent-withdrawal': {
    may: ['steward', 'verifier', 'otherVerifier'],
    input: (of) => ({ householdId: of.household, signerId: of.residentId }),
  },
  'add-place': { may: ['secretary'], input: null },
  'void-place-check': {
    may: DESK,
    input: (of) => ({ checkId: of.placeCheck, reason: '别村的检查' }),
  },
  'close-place': { may: ['secretary'], input: (of) => ({ placeId: of.place }) },
  'record-place-check': {
    may: RECORDERS,
    input: (of) => ({ placeId: of.place, score: 8, checkedOn: today }),
  },
  // rewards
  'award-stars': { may: ['secretary'], input: null },
  'revoke-star': { may: ['supervisor'], input: (of) => ({ starId: of.star, reason: '别村的星级' }) },
  'award-plaques': { may: ['secretary'], input: (of) => ({ listId: of.redList }) },
  'revoke-plaque': { may: ['supervisor'], input: (of) => ({ plaqueId: of.plaque, reason: '别村的牌' }) },
  'issue-vouchers': {
    may: ['secretary'],
    input: (of) => ({ listId: of.redList, buys: '别村的券', points: 5, expiresOn: tomorrow }),
  },
  'confirm-vouchers': { may: ['supervisor'], input: (of) => ({ batchId: of.voucherBatch }) },
  'drop-vouchers': {
    may: ['secretary', 'supervisor'],
    input: (of) => ({ batchId: of.voucherBatch, reason: '别村的券' }),
  },
  'cancel-voucher': { may: ['secretary'], input: (of) => ({ voucherId: of.voucher, reason: '别村的券' }) },
  'open-voucher-sheet': { may: ['secretary'], input: (of) => ({ batchId: of.voucherBatch }) },
  // rulebook versions, hearings, votes
  'draft-rulebook': { may: ['secretary'], input: (of) => ({ from: of.draft }) },
  'change-rule-settings': { may: ['secretary'], input: (of) => ({ versionId: of.draft, ...RULE_SETTINGS }) },
  'change-covenant': {
    may: ['secretary'],
    input: (of) => ({ versionId: of.draft, title: '细则', covenant: '' }),
  },
  'put-category': { may: ['secretary'], input: (of) => ({ versionId: of.draft, name: '别村的' }) },
  'remove-category': { may: ['secretary'], input: (of) => ({ categoryId: of.draftCategory }) },
  'move-category': { may: ['secretary'], input: (of) => ({ categoryId: of.draftCategory, to: 'UP' }) },
  'put-item': {
    may: ['secretary'],
    input: (of) => ({ versionId: of.draft, categoryId: of.draftCategory, ...RULE_ITEM }),
  },
  'remove-item': { may: ['secretary'], input: (of) => ({ itemId: of.draftItem }) },
  'move-item': { may: ['secretary'], input: (of) => ({ itemId: of.draftItem, to: 'UP' }) },
  'drop-rulebook': { may: ['secretary'], input: (of) => ({ versionId: of.draft, why: '别村的' }) },
  'open-hearing': { may: ['secretary'], input: (of) => ({ versionId: of.draft, until: today }) },
  'take-back-draft': { may: ['secretary'], input: (of) => ({ versionId: of.draft }) },
  'comment-on-draft': { may: RESIDENTS, input: (of) => ({ versionId: of.draft, body: '别村的意见' }) },
  'answer-comment': { may: ['secretary'], input: (of) => ({ commentId: of.comment, answer: '别村的答复' }) },
  'open-ballot': {
    may: ['secretary'],
    input: (of) => ({ versionId: of.draft, closesOn: today, closesTime: '23:59' }),
  },
  'cast-vote': { may: RESIDENTS, input: (of) => ({ ballotId: of.ballot, vote: 'FOR' }) },
  'enter-hall-votes': {
    may: ['secretary', 'supervisor'],
    input: (of) => ({
      ballotId: of.ballot,
      voters: [of.household, of.residentId, of.draft],
      hallFor: 3,
      hallAgainst: 0,
      hallAbstained: 0,
    }),
  },
  'change-meeting-rules': { may: ['secretary'], input: null },
  'adopt-rulebook': {
    may: ['secretary'],
    input: (of) => ({
      versionId: of.draft,
      meeting: 'ASSEMBLY_HOUSEHOLD',
      heldOn: today,
      effectiveFrom: today,
      photos: [of.photo],
    }),
  },
  'record-filing': { may: ['secretary'], input: (of) => ({ versionId: of.draft, filingNumber: '1' }) },

  // points at shops: of a redemption nothing is told to whose it isn't, here one that isn't there
  'take-points': { may: ['merchant'], input: () => ({ code: '00000000', points: 1 }) },
  'redeem-voucher': { may: ['merchant'], input: () => ({ code: '000000000000' }) },
  'undo-redemption': {
    may: ['merchant'],
    input: (of) => ({ villageId: of.villageId, redemptionId: of.redemption, reason: 'OTHER' }),
  },
  'refund-as-shop': {
    may: ['merchant'],
    input: (of) => ({ villageId: of.villageId, redemptionId: of.redemption, reason: 'OTHER' }),
  },
  'decline-refund-as-shop': {
    may: ['merchant'],
    input: (of) => ({ villageId: of.villageId, redemptionId: of.redemption }),
  },
  'hand-over-order': {
    may: ['merchant'],
    input: (of) => ({ villageId: of.villageId, redemptionId: of.redemption }),
  },
  'void-order-as-shop': {
    may: ['merchant'],
    input: (of) => ({ villageId: of.villageId, redemptionId: of.redemption, reason: 'OTHER' }),
  },
  'redeem-from-shelf': { may: RESIDENTS, input: (of) => ({ merchantId: of.shop, points: 1 }) },
  'order-offer': { may: RESIDENTS, input: (of) => ({ merchantId: of.shop, offerId: of.shopOffer }) },
  'void-order': { may: RESIDENTS, input: (of) => ({ redemptionId: of.redemption }) },
  'answer-redemption': { may: RESIDENTS, input: (of) => ({ redemptionId: of.redemption, yes: true }) },
  'refund-as-household': {
    may: RESIDENTS,
    input: (of) => ({ redemptionId: of.redemption, reason: 'OTHER' }),
  },
  'decline-refund-as-household': { may: RESIDENTS, input: (of) => ({ redemptionId: of.redemption }) },
  'set-free-limit': { may: RESIDENTS, input: null },
  // settlement with merchants
  'make-statement': { may: ['secretary'], input: (of) => ({ merchantId: of.partner }) },
  'make-statement-as-shop': { may: ['merchant'], input: (of) => ({ villageId: of.settlingVillageId }) },
  'agree-statement': {
    may: ['merchant'],
    input: (of) => ({ villageId: of.villageId, statementId: of.statement }),
  },
  'dispute-line': {
    may: ['merchant'],
    input: (of) => ({
      villageId: of.villageId,
      statementId: of.statement,
      lineId: of.statementLine,
      reason: '别家的',
    }),
  },
  'answer-line': {
    may: ['secretary'],
    input: (of) => ({ statementId: of.statement, lineId: of.statementLine, answer: '查过了' }),
  },
  'record-payment': {
    may: ['secretary'],
    input: (of) => ({
      merchantId: of.partner,
      statements: [of.statement],
      fen: 3000,
      paidOn: today,
      channel: 'CASH',
    }),
  },
  'correct-payment': {
    may: ['secretary'],
    input: (of) => ({ paymentId: of.payment, paidOn: today, channel: 'CASH', reason: '写错了' }),
  },
  'confirm-payment': {
    may: ['merchant'],
    input: (of) => ({ villageId: of.villageId, paymentId: of.payment }),
  },
  'miss-payment': {
    may: ['merchant'],
    input: (of) => ({ villageId: of.villageId, paymentId: of.payment, body: '没收到' }),
  },
  'answer-payment': { may: ['secretary'], input: (of) => ({ paymentId: of.payment, body: '查过了' }) },
  'record-pool-entry': { may: ['secretary'], input: null },
  'correct-pool-entry': {
    may: ['secretary'],
    input: (of) => ({ entryId: of.poolEntry, reason: '别村的' }),
  },
  'set-pool-least': { may: ['secretary'], input: null },
  'stop-alliance': { may: ['secretary'], input: null },
  'resume-alliance': { may: ['secretary'], input: null },

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

  // messages
  'mark-messages-read': { may: RESIDENTS, input: null },
};
