import { z } from 'zod';
import { day, id, list, optionalText, text } from '@/lib/platform/form-shape';
import { optionalWhole } from '../draft/schema';

export const MINUTES_MOST = 3;

const count = () => optionalWhole(0, 100_000);

/** Where the draft was put to the vote, the numbers are those of the vote and need not be given. */
export const adoptRulebookInput = z.object({
  versionId: id(),
  /** the meeting and what is counted, in one choice */
  meeting: z.enum(['ASSEMBLY_HOUSEHOLD', 'ASSEMBLY_ADULT', 'REPRESENTATIVES'], { error: '请选是什么会' }),
  heldOn: day(),
  eligible: count(),
  present: count(),
  votesFor: count(),
  votesAgainst: count(),
  abstained: count(),
  filingNumber: optionalText(40),
  effectiveFrom: day(),
  photos: list(id(), MINUTES_MOST),
});

export const recordFilingInput = z.object({ versionId: id(), filingNumber: text(1, 40) });
