import { RESIDENTS } from '../world';
import type { CommandRows } from './row';

export const COUNTER: CommandRows = {
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
  'order-offer': {
    may: RESIDENTS,
    input: (of) => ({ merchantId: of.shop, offerId: of.shopOffer, seen: 5 }),
  },
  'void-order': { may: RESIDENTS, input: (of) => ({ redemptionId: of.redemption }) },
  'answer-redemption': { may: RESIDENTS, input: (of) => ({ redemptionId: of.redemption, yes: true }) },
  'refund-as-household': {
    may: RESIDENTS,
    input: (of) => ({ redemptionId: of.redemption, reason: 'OTHER' }),
  },
  'decline-refund-as-household': { may: RESIDENTS, input: (of) => ({ redemptionId: of.redemption }) },
  'set-free-limit': { may: RESIDENTS, input: null },
};
