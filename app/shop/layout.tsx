import type { ReactNode } from 'react';
import { frameOf } from '@/app/frame-facts';
import { ShopBell } from '@/components/alliance/counter/shop-bell';
import { StandingBand } from '@/components/alliance/standing-band';
import { ShopFrame } from '@/components/frame/office-frames';
import type { NavItem } from '@/components/frame/types';
import { FormPlace } from '@/components/ui/form-place';
import { findStanding } from '@/lib/alliance/merchant/reads';
import { requireSeat } from '@/lib/auth/actor';
import { now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';

const NAV: NavItem[] = [
  { href: '/shop/take', label: '收积分', icon: 'pay' },
  { href: '/shop', label: '本店', icon: 'home' },
  { href: '/shop/offers', label: '兑换品', icon: 'shop' },
  { href: '/shop/statements', label: '结算', icon: 'ledger' },
  { href: '/shop/terms', label: '协议', icon: 'book', aside: true },
  { href: '/shop/staff', label: '店员', icon: 'people', aside: true },
  { href: '/account', label: '我的', icon: 'person' },
];

/** A merchant's pages. Their forms say whose they are: another tab may have gone on to another shop. */
export default async function ShopLayout({ children }: { children: ReactNode }) {
  const actor = await requireSeat('shop');
  const [facts, standing] = await Promise.all([
    frameOf(actor, 'shop'),
    findStanding(db(), actor.shop.merchantId),
  ]);
  return (
    <ShopFrame {...facts} nav={NAV} width="text">
      {standing ? <StandingBand standing={standing} /> : null}
      <ShopBell merchantId={actor.shop.merchantId} since={now().toISOString()} />
      <FormPlace fields={{ _shop: actor.shop.merchantId }}>{children}</FormPlace>
    </ShopFrame>
  );
}
