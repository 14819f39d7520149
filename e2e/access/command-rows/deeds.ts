import { RESIDENTS } from '../world';
import { type CommandRows, later, RECORDERS, today, VERIFIERS } from './row';

export const DEEDS: CommandRows = {
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
  'confirm-repair': {
    may: ['verifier', 'secretary', 'supervisor', 'otherVerifier'],
    input: (of) => ({ deductionId: of.deduction }),
  },
  'refuse-repair': {
    may: ['verifier', 'secretary', 'supervisor', 'otherVerifier'],
    input: (of) => ({ deductionId: of.deduction, reason: '还有一堆' }),
  },

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
};
