import type { Actor } from '@/lib/auth/types';
import type { MerchantPhotoPurpose, MerchantState } from '@/lib/platform/generated/enums';

export interface MerchantPlace {
  id: string;
  state: MerchantState;
  townshipId: string;
  districtId: string;
}

export interface ShopPhotoSubject {
  purpose: MerchantPhotoPurpose;
  /** whose paper it is; null: the shop's or the township's */
  villageId: string | null;
  uploadedById: string | null;
  /** whether anything shows it yet: a shop, an offer, a payment, an incentive */
  isUsed: boolean;
  merchant: MerchantPlace;
}

const isStaff = (actor: Actor | null, merchantId: string) => actor?.shop?.merchantId === merchantId;

const sitsAbove = (actor: Actor | null, { townshipId, districtId }: MerchantPlace) =>
  actor?.office?.id === (actor?.office?.level === 'DISTRICT' ? districtId : townshipId);

const sitsInVillage = (actor: Actor | null, villageId: string | null) =>
  villageId !== null && (actor?.desks.some((desk) => desk.villageId === villageId) ?? false);

/** Whether everyone may see a picture: what an admitted shop shows of itself. */
export function isPublicPhoto({ purpose, isUsed, merchant }: ShopPhotoSubject): boolean {
  const isShown = merchant.state === 'ADMITTED' || merchant.state === 'SUSPENDED';
  return isUsed && isShown && (purpose === 'FRONT' || purpose === 'OFFER');
}

/**
 * Who sees a picture that isn't public: who sent it; once something shows it, the shop's people, and its township and
 * district (not the slip of a payment), and the office of the village whose paper it is. Nobody else.
 */
export function canSeeShopPhoto(actor: Actor | null, photo: ShopPhotoSubject): boolean {
  if (!actor) return false;
  if (photo.uploadedById === actor.personId) return true;
  if (!photo.isUsed) return false;
  if (isStaff(actor, photo.merchant.id) || sitsInVillage(actor, photo.villageId)) return true;
  return photo.purpose !== 'SLIP' && sitsAbove(actor, photo.merchant);
}

/**
 * The village whose paper a picture will be, null for the shop's or township's own, or false where this person may not
 * send one: a shop's people show their shop and offers, its township the front and documents, the secretary of a
 * village that has terms with it slips and documents.
 */
export function placeOfUpload(
  actor: Actor,
  purpose: MerchantPhotoPurpose,
  merchant: MerchantPlace,
  termsWith: readonly string[],
): { villageId: string | null } | false {
  const isShops = purpose === 'FRONT' || purpose === 'OFFER';
  if (isShops && isStaff(actor, merchant.id)) return { villageId: null };
  const isTownships = actor.office?.level === 'TOWNSHIP' && sitsAbove(actor, merchant);
  if (isTownships && (purpose === 'FRONT' || purpose === 'DOCUMENT')) return { villageId: null };
  const { desk } = actor;
  if (!isShops && desk?.roles.includes('SECRETARY') && termsWith.includes(desk.villageId)) {
    return { villageId: desk.villageId };
  }
  return false;
}
