import { z } from 'zod';
import { flag, id, list, optionalId, optionalText, text, whole } from '@/lib/platform/form-shape';
import { UNDO_REASONS } from './types';

/** Digits as people type them: full-width ones and spaces forgiven. */
function digits(length: number, error: string) {
  return z
    .string({ error })
    .transform((value) =>
      value
        .replace(/[\uff10-\uff19]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
        .replace(/[\s-]/g, ''),
    )
    .refine((value) => value.length === length && /^\d+$/.test(value), { error });
}

const payCode = () => digits(8, '付款码是 8 个数字');
const voucherCode = () => digits(12, '券码是 12 个数字');

/** Points of one redemption; may be missing or, from a form, empty. */
const somePoints = () =>
  z.preprocess((value) => (value === '' || value === null ? undefined : value), whole(1, 100_000).optional());

/** What of an offer stood on the button: it is taken for that or not at all. */
const seenPoints = () => whole(1, 100_000);

interface AskedFor {
  offerId?: string | undefined;
  points?: number | undefined;
  seen?: number | undefined;
  shown?: string[];
}

/** The points that were asked for: an amount, or what was seen of an offer; undefined when neither is said. */
export function pointsAsked({ offerId, points, seen, shown = [] }: AskedFor): number | undefined {
  if (offerId === undefined) return seen === undefined ? points : undefined;
  if (points !== undefined) return undefined;
  const [, said] = shown.map((one) => one.split(' ')).find(([of]) => of === offerId) ?? [];
  const read = seenPoints().safeParse(said);
  return seen ?? (read.success ? read.data : undefined);
}

const AMOUNT_OR_OFFER = { error: '请填多少分，或者选一样兑换品', path: ['points'] };
const reason = () => z.enum(UNDO_REASONS, { error: '请选一个原因' });
const note = () => optionalText(100);

/**
 * An offer with the points that were `seen` of it, or an amount. A plain form doesn't know which offer will be picked, and
 * says of each what was `shown`: its id, a blank, its points. `villageId` is ignored: the code says whose it is.
 */
export const takePointsInput = z
  .object({
    code: payCode(),
    offerId: optionalId(),
    points: somePoints(),
    seen: seenPoints().optional(),
    shown: list(text(1, 60), 250),
    partial: flag(),
    villageId: optionalId(),
  })
  .refine((input) => pointsAsked(input) !== undefined, AMOUNT_OR_OFFER);
export type TakePointsInput = z.output<typeof takePointsInput>;

export const redeemVoucherInput = z.object({ code: voucherCode() });

export const redeemFromShelfInput = z
  .object({
    merchantId: id(),
    offerId: optionalId(),
    points: somePoints(),
    seen: seenPoints().optional(),
  })
  .refine((input) => pointsAsked(input) !== undefined, AMOUNT_OR_OFFER);

export const orderOfferInput = z.object({ merchantId: id(), offerId: id(), seen: seenPoints() });

export const redemptionInput = z.object({ redemptionId: id() });
export const answerRedemptionInput = z.object({ redemptionId: id(), yes: flag() });
export const villageRedemptionInput = z.object({ villageId: id(), redemptionId: id() });
export const backAsShopInput = z.object({
  villageId: id(),
  redemptionId: id(),
  reason: reason(),
  note: note(),
});
export const voidAsShopInput = z.object({
  villageId: id(),
  redemptionId: id(),
  reason: reason().optional().default('OTHER'),
  note: note(),
});
/** Who agrees to a refund that was asked for needs to say no reason. */
export const refundAsShopInput = z.object({
  villageId: id(),
  redemptionId: id(),
  reason: reason().optional(),
  note: note(),
});
export const refundAsHouseholdInput = z.object({
  redemptionId: id(),
  reason: reason().optional(),
  note: note(),
});

/** null, or from a form empty: as the terms say. Never left out: a limit isn't lifted by saying nothing. */
export const freeLimitInput = z.object({
  points: z.preprocess((value) => (value === '' ? null : value), whole(0, 100_000).nullable()),
});
