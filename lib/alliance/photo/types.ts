import type { MerchantPhotoPurpose } from '@/lib/platform/generated/enums';

export type { MerchantPhotoPurpose } from '@/lib/platform/generated/enums';

/** Where the alliance's pictures come in and are shown. */
export const SHOP_PHOTOS = '/api/shop-photos';

/** Address of a picture of the alliance in one of its two sizes. */
export function shopPhotoAddress(id: string, size: 'small' | 'large'): string {
  return `${SHOP_PHOTOS}/${id}?size=${size}`;
}

/** Where a picture for a purpose is sent, and of which merchant it is; people of one shop alone may leave that out. */
export function shopPhotoDoor(
  purpose: MerchantPhotoPurpose,
  merchantId?: string,
): { upload: string; shown: string } {
  const query = new URLSearchParams({ purpose, ...(merchantId ? { merchant: merchantId } : {}) });
  return { upload: `${SHOP_PHOTOS}?${query}`, shown: SHOP_PHOTOS };
}
