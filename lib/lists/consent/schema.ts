import { z } from 'zod';
import { whole } from '@/lib/platform/form-shape';

/** The version of the text that was on the screen. */
export const giveConsentInput = z.object({ textVersion: whole(1, 1000) });

export const withdrawConsentInput = z.object({});
