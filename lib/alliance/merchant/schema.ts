import { z } from 'zod';
import { flag, id, list, optionalText, phone, text } from '@/lib/platform/form-shape';
import { shopPhotoFacts } from '../photo/schema';

export const MERCHANT_NAME_MOST = 40;
export const KIND_MOST = 20;
export const ADDRESS_MOST = 60;
export const HOURS_MOST = 40;
export const PERSON_NAME_MOST = 20;
export const WHY_MOST = 100;

const facts = {
  name: text(2, MERCHANT_NAME_MOST),
  kind: text(1, KIND_MOST),
  address: text(2, ADDRESS_MOST),
  openingHours: optionalText(HOURS_MOST),
};

const why = text(2, WHY_MOST);

/** What a shopkeeper writes; no sign-in. */
export const applicationInput = z.object({
  ...facts,
  townshipId: id(),
  contactName: text(2, PERSON_NAME_MOST),
  contactPhone: phone(),
  isCharity: flag(),
});

/** The same with a picture of the front that the server has seen and signed. */
export const applyInput = applicationInput.extend({
  photo: shopPhotoFacts.optional(),
  proof: z.string().max(100).optional(),
});

export type ApplyInput = z.infer<typeof applyInput>;

export const merchantInput = z.object({ merchantId: id() });
export const decideInput = z.object({ merchantId: id(), reason: why });
export const changeMerchantInput = z.object({
  merchantId: id(),
  ...facts,
  contactPhone: z.union([z.literal('').transform(() => undefined), phone()]).optional(),
});
/** Both are what the shop shows from now on: hours that are left out would be hours that are wiped. */
export const changeShopInput = z.object({
  openingHours: text(0, HOURS_MOST),
  photos: list(id(), 1),
});
export const nameOwnerInput = z.object({ merchantId: id(), name: text(2, PERSON_NAME_MOST), phone: phone() });

export const addShopPersonInput = z.object({ name: text(2, PERSON_NAME_MOST), phone: phone() });
export const shopPersonInput = z.object({ personId: id() });
export const merchantPersonInput = z.object({ merchantId: id(), personId: id() });
