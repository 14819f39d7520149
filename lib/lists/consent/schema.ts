import { z } from 'zod';
import { id, list, whole } from '@/lib/platform/form-shape';

export const CONSENT_PHOTOS_MOST = 6;

/** The version of the text that was on the screen. */
export const giveConsentInput = z.object({ textVersion: whole(1, 1000) });

export const withdrawConsentInput = z.object({});

/** What was signed on paper: by which adult of the household, to which text. */
export const recordConsentInput = z.object({
  householdId: id(),
  signerId: id(),
  textVersion: whole(1, 1000),
  photos: list(id(), CONSENT_PHOTOS_MOST),
});

export const recordConsentWithdrawalInput = z.object({
  householdId: id(),
  signerId: id(),
  photos: list(id(), CONSENT_PHOTOS_MOST),
});
