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

const tomorrow = new Date(Date.now() + 32 * 3_600_000).toISOString().slice(0, 10);

export const COMMANDS: Record<string, CommandRow> = {
  // signing in
  'request-sign-in-code': { may: ['nobody', ...SIGNED_IN], input: null },
  'end-session': { may: SIGNED_IN, input: (of) => ({ sessionId: of.person }) },
  'end-all-sessions': { may: SIGNED_IN, input: null },
  'set-password': { may: SIGNED_IN, input: null },
  'choose-desk': { may: DESK, input: (of) => ({ villageId: of.villageId }) },

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

  // messages
  'mark-messages-read': { may: RESIDENTS, input: null },
};
