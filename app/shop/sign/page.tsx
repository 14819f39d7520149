import type { Metadata } from 'next';
import { LinkButton } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/message';
import { PageHead } from '@/components/ui/page-head';
import { PrintButton } from '@/components/ui/print-button';
import { QrCode } from '@/components/ui/qr';
import { listShopVillages } from '@/lib/alliance/offer/reads';
import { shelfAddress } from '@/lib/alliance/shops/address';
import { requireSeat } from '@/lib/auth/actor';
import { db } from '@/lib/platform/db';
import { isDemoPlace } from '@/lib/regions/reads';

export const metadata: Metadata = { title: '店里的二维码' };

/** The sign for the counter: the shop's name and its QR code, a sheet a village. One A4 page, or two on one as A5. */
export default async function Sign() {
  const actor = await requireSeat('shop');
  const { merchantId, name } = actor.shop;
  const [villages, demo] = await Promise.all([
    listShopVillages(db(), merchantId),
    isDemoPlace(db(), merchantId),
  ]);
  return (
    <>
      <div className="no-print">
        <PageHead title="店里的二维码" back={{ href: '/shop', label: '本店' }} />
        {villages.length > 0 ? (
          <>
            <p className="act-note">
              每个村一张，用 A4 纸打印；要小一点，打印时选“每页 2 张”就是 A5。贴在柜台上看得见的地方。
            </p>
            <div className="form-act">
              <PrintButton label="打印" />
            </div>
          </>
        ) : null}
      </div>
      {villages.length === 0 ? (
        <EmptyState title="还没有生效的协议" action={<LinkButton href="/shop/terms">去看协议</LinkButton>}>
          和村里的协议生效以后，在这里打印那个村的二维码。
        </EmptyState>
      ) : null}
      {villages.map((village) => (
        <article key={village.id} className="shelf-sign" aria-label={`${village.name}的二维码`}>
          <p className="shelf-sign-head">商社联盟 · {village.name}</p>
          <h2>{name}</h2>
          <p className="shelf-sign-lead">这里收积分</p>
          <QrCode text={shelfAddress(village.code, merchantId)} label={`${name}在${village.name}的页面`} />
          <p>用手机扫一扫，选东西，兑积分。</p>
          <p>没有手机，把代金券给店里就行。</p>
          {demo ? <p className="shelf-sign-foot">演示数据，不能使用</p> : null}
        </article>
      ))}
    </>
  );
}
