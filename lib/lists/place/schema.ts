import { z } from 'zod';
import { day, id, list, optionalText, text, whole } from '@/lib/platform/form-shape';

// Shapes of what comes in about places and their inspections.

export const PLACE_NAME_MOST = 20;
export const KEEPER_MOST = 20;
export const CHECK_NOTE_MOST = 100;
export const CHECK_PHOTOS_MOST = 3;

export const addPlaceInput = z.object({
  kind: z.enum(['ROAD', 'RIVER', 'SQUARE', 'OTHER'], { error: '请选是哪一类' }),
  name: text(2, PLACE_NAME_MOST),
  keeper: optionalText(KEEPER_MOST),
});

export const closePlaceInput = z.object({ placeId: id() });

export const VOID_REASON_MOST = 100;

export const voidPlaceCheckInput = z.object({ checkId: id(), reason: text(2, VOID_REASON_MOST) });

export const recordPlaceCheckInput = z.object({
  placeId: id(),
  checkedOn: day(),
  score: whole(0, 10),
  note: optionalText(CHECK_NOTE_MOST),
  photos: list(id(), CHECK_PHOTOS_MOST),
});
