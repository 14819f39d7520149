import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { Facts } from '@/components/ui/figures';
import { Line, Lines } from '@/components/ui/lines';
import { PageHead, Section } from '@/components/ui/page-head';
import { requireSeat } from '@/lib/auth/actor';
import { dayOf, now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { findShop } from '@/lib/regions/shop/reads';

export const metadata: Metadata = { title: '本店' };

/** A merchant's own record, as the township keeps it. */
export default async function Shop() {
  const actor = await requireSeat('shop');
  const shop = await findShop(db(), actor.shop.merchantId, dayOf(now()));
  if (!shop) notFound();
  return (
    <>
      <PageHead title={shop.name} lead={`${shop.districtName} · ${shop.townshipName}`} />
      <Facts
        items={[
          ['行当', shop.kind],
          ['地址', shop.address],
          ['营业', shop.openingHours],
          ['店里的人', shop.staff.join('、')],
        ]}
      />
      <p className="soft">有不对的地方，请找{shop.townshipName}改。</p>
      <Section title="附近的村和社区" id="villages">
        <Lines label="附近的村和社区">
          {shop.villages.map((village) => (
            <Line key={village.code} href={`/v/${village.code}`} title={village.name} meta="看公示栏" />
          ))}
        </Lines>
      </Section>
    </>
  );
}
