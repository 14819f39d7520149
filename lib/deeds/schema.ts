import { z } from 'zod';
import {
  day,
  id,
  list,
  optionalDecimal,
  optionalId,
  optionalText,
  text,
  whole,
} from '@/lib/platform/form-shape';

// Shapes of what comes in about deeds; forms and the server share them.

export const PHOTOS_MOST = 6;
export const NOTE_MOST = 200;
export const REASON_MOST = 100;
export const QUANTITY_MOST = 100;
export const METRIC_MOST = 100_000;
/** people one event sheet can credit */
export const SHEET_MOST = 300;
/** deeds one batch can decide */
export const BATCH_MOST = 300;

const deedFacts = {
  /** who did it */
  residentId: id(),
  itemId: id(),
  /** of a published scale, by the item's `scaleStep.id` */
  scaleStepId: optionalId(),
  deedOn: day(),
  quantity: whole(1, QUANTITY_MOST).optional().default(1),
  metricValue: optionalDecimal(METRIC_MOST),
  note: optionalText(NOTE_MOST),
  photos: list(id(), PHOTOS_MOST),
};

/** A resident's own report, for someone of the household. */
export const submitDeedInput = z.object(deedFacts);

/** A steward's report on behalf of any resident of the village. */
export const recordDeedInput = z.object(deedFacts);

/** An event sheet: the same item for everyone who was there. */
export const recordEventInput = z.object({
  itemId: id(),
  name: text(2, 40),
  heldOn: day(),
  residentIds: list(id(), SHEET_MOST),
  quantity: whole(1, QUANTITY_MOST).optional().default(1),
  metricValue: optionalDecimal(METRIC_MOST),
  note: optionalText(NOTE_MOST),
  photos: list(id(), PHOTOS_MOST),
});

export const withdrawDeedInput = z.object({ deedId: id() });

export const approveDeedInput = z.object({ deedId: id() });

export const returnDeedInput = z.object({ deedId: id(), reason: text(2, REASON_MOST) });

/** Several deeds of one event and item. */
export const approveBatchInput = z.object({ deedIds: list(id(), BATCH_MOST) });

export const undoDecisionInput = z.object({ deedId: id() });

export const markFavouriteInput = z.object({ itemCode: text(1, 40), favourite: z.enum(['yes', 'no']) });
