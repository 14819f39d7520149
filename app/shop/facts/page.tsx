import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { EvidencePart } from '@/components/photos/evidence-part';
import { PhotoForm } from '@/components/photos/photo-form';
import { Button } from '@/components/ui/button';
import { CommandForm } from '@/components/ui/command-form';
import { TextField } from '@/components/ui/field';
import { Facts } from '@/components/ui/figures';
import { Notice } from '@/components/ui/message';
import { PageHead } from '@/components/ui/page-head';
import { findStanding } from '@/lib/alliance/merchant/reads';
import { HOURS_MOST } from '@/lib/alliance/merchant/schema';
import { shopPhotoDoor } from '@/lib/alliance/photo/types';
import { requireSeat } from '@/lib/auth/actor';
import { now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { readFormReturn } from '@/lib/platform/form-return';
import { formToken } from '@/lib/platform/origin';
import { photosOf } from '../offers/photos';

export const metadata: Metadata = { title: '本店资料' };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const PHOTO_FORM = 'front-photo';

/** What a shop shows of itself: its front and when it opens. The rest is the township's to change. */
export default async function ShopFacts({ searchParams }: Props) {
  const actor = await requireSeat('shop');
  const query = await searchParams;
  const at = now();
  const [shop, form] = await Promise.all([
    findStanding(db(), actor.shop.merchantId),
    readFormReturn(actor.sessionId, query.r, at),
  ]);
  if (!shop) notFound();
  const token = formToken(actor.sessionId, at);
  const sent = photosOf(query);
  const photos = sent.length > 0 || 'photo' in query ? sent : shop.frontPhotoId ? [shop.frontPhotoId] : [];
  const here = `/shop/facts${photos[0] ? `?photo=${photos[0]}` : ''}`;
  return (
    <>
      <PageHead title="本店资料" back={{ href: '/shop', label: '本店' }} />
      {query.ok === 'change-shop' ? <Notice title="已经保存，村民看到的就是这样。" /> : null}
      <Facts
        items={[
          ['店名', shop.name],
          ['行当', shop.kind],
          ['地址', shop.address],
        ]}
      />
      <p className="soft">店名、行当、地址不对的，请找{shop.townshipName}改。</p>
      <PhotoForm
        id={PHOTO_FORM}
        back="/shop/facts"
        token={token}
        seat={shopPhotoDoor('FRONT', actor.shop.merchantId)}
      />
      <CommandForm
        name="change-shop"
        back={here}
        next="/shop/facts"
        form={form}
        token={token}
        label="本店资料"
      >
        <EvidencePart
          label="门头照片"
          hint="站在街上拍一张，看得见招牌，不要拍到人脸。"
          photos={photos}
          here={here}
          formId={PHOTO_FORM}
          seat={shopPhotoDoor('FRONT', actor.shop.merchantId)}
          most={1}
          form={form}
        />
        <TextField
          name="openingHours"
          label="营业时间"
          defaultValue={shop.openingHours}
          maxLength={HOURS_MOST}
          form={form}
          optional
        />
        <Button kind="primary">保存</Button>
      </CommandForm>
    </>
  );
}
