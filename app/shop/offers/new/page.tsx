import type { Metadata } from 'next';
import { OfferFields } from '@/components/alliance/offer-form';
import { PhotoForm } from '@/components/photos/photo-form';
import { Button, LinkButton } from '@/components/ui/button';
import { CommandForm } from '@/components/ui/command-form';
import { enteredList } from '@/components/ui/form-return';
import { EmptyState } from '@/components/ui/message';
import { PageHead } from '@/components/ui/page-head';
import { findStanding } from '@/lib/alliance/merchant/reads';
import { listShopVillages } from '@/lib/alliance/offer/reads';
import { shopPhotoDoor } from '@/lib/alliance/photo/types';
import { requireSeat } from '@/lib/auth/actor';
import { dayOf, now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { readFormReturn } from '@/lib/platform/form-return';
import { formToken } from '@/lib/platform/origin';
import { photosOf } from '../photos';

export const metadata: Metadata = { title: '上架一样' };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const PHOTO_FORM = 'offer-photo';

/** A new offer. */
export default async function NewOffer({ searchParams }: Props) {
  const actor = await requireSeat('shop');
  const query = await searchParams;
  const at = now();
  const [villages, standing, form] = await Promise.all([
    listShopVillages(db(), actor.shop.merchantId),
    findStanding(db(), actor.shop.merchantId),
    readFormReturn(actor.sessionId, query.r, at),
  ]);
  const token = formToken(actor.sessionId, at);
  const photos = photosOf({ photo: enteredList(form, 'photos')?.at(-1), ...query });
  const here = `/shop/offers/new${photos[0] ? `?photo=${photos[0]}` : ''}`;
  return (
    <>
      <PageHead title="上架一样" back={{ href: '/shop/offers', label: '兑换品' }} />
      {villages.length === 0 ? (
        <EmptyState
          title="先要有一份生效的协议"
          action={<LinkButton href="/shop/terms">去看协议</LinkButton>}
        >
          村里拟好协议，店主接受了，就能上架。
        </EmptyState>
      ) : (
        <>
          <PhotoForm
            id={PHOTO_FORM}
            back={here}
            token={token}
            seat={shopPhotoDoor('OFFER', actor.shop.merchantId)}
          />
          <CommandForm
            name="add-offer"
            back={here}
            next="/shop/offers/{subject}"
            form={form}
            token={token}
            label="上架一样"
          >
            <OfferFields
              merchantId={actor.shop.merchantId}
              offer={null}
              isCharity={standing?.isCharity ?? false}
              villages={villages}
              chosen={villages.map((village) => village.id)}
              photos={photos}
              here={here}
              photoForm={PHOTO_FORM}
              today={dayOf(at)}
              form={form}
              isNew
            />
            <div className="form-act">
              <Button kind="primary" wide>
                上架，马上开放
              </Button>
            </div>
          </CommandForm>
        </>
      )}
    </>
  );
}
