import { RESIDENTS } from '../world';
import { type CommandRows, DESK, RECORDERS, today, tomorrow } from './row';

export const LISTS: CommandRows = {
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
};
