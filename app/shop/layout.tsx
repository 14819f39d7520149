import type { ReactNode } from 'react';
import { frameOf } from '@/app/frame-facts';
import { ShopBell } from '@/components/alliance/counter/shop-bell';
import { ShopFrame } from '@/components/frame/office-frames';
import type { NavItem } from '@/components/frame/types';
import { requireSeat } from '@/lib/auth/actor';
import { now } from '@/lib/platform/clock';

const NAV: NavItem[] = [
  { href: '/shop/take', label: '收积分', icon: 'pay' },
  { href: '/shop', label: '本店', icon: 'home' },
  { href: '/account', label: '我的', icon: 'person' },
];

/** A merchant's pages. */
export default async function ShopLayout({ children }: { children: ReactNode }) {
  const actor = await requireSeat('shop');
  return (
    <ShopFrame {...(await frameOf(actor, 'shop'))} nav={NAV} width="text">
      <ShopBell since={now().toISOString()} />
      {children}
    </ShopFrame>
  );
}
