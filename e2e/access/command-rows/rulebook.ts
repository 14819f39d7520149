import { RESIDENTS } from '../world';
import { type CommandRows, today } from './row';

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

export const RULEBOOK: CommandRows = {
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
};
