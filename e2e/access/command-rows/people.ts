import { RESIDENTS } from '../world';
import { type CommandRows, DESK, today } from './row';

export const PEOPLE: CommandRows = {
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
};
