import 'server-only';
import type { Actor } from '@/lib/auth/types';
import { answerPhotoFile, answerPhotoUpload, type PhotoHttp } from '@/lib/photos/http';
import { db } from '@/lib/platform/db';
import { findShopPhotoFile } from './reads';
import { takeMerchantPhoto } from './upload';

// POST /api/shop-photos?purpose=FRONT|OFFER|SLIP|DOCUMENT[&merchant=<id>], as POST /api/photos takes evidence in
// GET  /api/shop-photos/<id>?size=small|large

/** Answers POST /api/shop-photos. Never throws; a fault becomes a 500 with a number to quote. */
export async function answerShopPhotoUpload(request: Request, http: PhotoHttp): Promise<Response> {
  const asked = new URL(request.url).searchParams;
  const merchantId = asked.get('merchant') ?? undefined;
  return answerPhotoUpload(request, {
    ...http,
    take: (photo) =>
      takeMerchantPhoto({
        ...photo,
        purpose: asked.get('purpose'),
        ...(merchantId === undefined ? {} : { merchantId }),
        now: http.now,
        address: http.address,
        limited: true,
      }),
  });
}

/** Answers GET /api/shop-photos/<id>: the picture to those who may see it; to anyone else the same 404 as for none. */
export async function answerShopPhoto(request: Request, id: string, actor: Actor | null): Promise<Response> {
  const size = new URL(request.url).searchParams.get('size') === 'small' ? 'small' : 'large';
  const file = await findShopPhotoFile(db(), actor, id, size);
  return answerPhotoFile(request, id, file?.address ?? null, file?.isPublic);
}
