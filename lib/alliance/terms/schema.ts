import { z } from 'zod';
import { id, optionalDecimal, optionalId, text, whole } from '@/lib/platform/form-shape';
import { optionalWhole } from '@/lib/rulebook/draft/schema';

export const TERMS_WHY_MOST = 100;

/** Money of a point as a village writes it down: 1 or 0.8 元; at most ten, at least a 分. Left out for a charity. */
const yuan = optionalDecimal(10)
  .refine((value) => value === undefined || /^\d+(\.\d{1,2})?$/.test(value), {
    error: '最多写到分，比如 0.85',
  })
  .transform((value) => (value === undefined ? undefined : Math.round(Number(value) * 100)))
  .refine((value) => value === undefined || value >= 1, { error: '请填比 0 大的数' });

export const signTermsInput = z.object({
  merchantId: id(),
  yuan,
  settlementDay: whole(1, 28),
  onceMost: optionalWhole(1, 100_000),
  householdMonthMost: optionalWhole(1, 100_000),
  freeMost: whole(0, 100_000),
  nearGroupId: optionalId(),
});

export const acceptTermsInput = z.object({ villageId: id(), termsId: id() });
export const endTermsAsVillageInput = z.object({ termsId: id(), reason: text(2, TERMS_WHY_MOST) });
export const endTermsAsShopInput = z.object({
  villageId: id(),
  termsId: id(),
  reason: text(2, TERMS_WHY_MOST),
});
