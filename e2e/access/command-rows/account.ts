import { RESIDENTS } from '../world';
import { type CommandRows, DESK, SIGNED_IN } from './row';

export const ACCOUNT: CommandRows = {
  // signing in
  'request-sign-in-code': { may: ['nobody', ...SIGNED_IN], input: null },
  'end-session': { may: SIGNED_IN, input: (of) => ({ sessionId: of.person }) },
  'end-all-sessions': { may: SIGNED_IN, input: null },
  'set-password': { may: SIGNED_IN, input: null },
  'choose-home': { may: RESIDENTS, input: (of) => ({ villageId: of.villageId }) },
  'choose-desk': { may: DESK, input: (of) => ({ villageId: of.villageId }) },
  'choose-shop': { may: ['merchant'], input: (of) => ({ merchantId: of.partner }) },

  // photos: their facts come signed from the upload, so nobody can send them by hand
  'store-photo': { may: RESIDENTS, input: null },
  'store-desk-photo': { may: DESK, input: null },
  'remove-photo': { may: RESIDENTS, input: (of) => ({ photoId: of.photo }) },
  'remove-desk-photo': { may: DESK, input: (of) => ({ photoId: of.photo }) },

  // messages
  'mark-messages-read': { may: RESIDENTS, input: null },
};
