import { type CommandRows, today } from './row';

export const SETTLEMENT: CommandRows = {
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
  'withdraw-dispute': {
    may: ['merchant'],
    input: (of) => ({ villageId: of.villageId, statementId: of.statement, lineId: of.statementLine }),
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
};
