import type { ReactNode } from 'react';
import { frameOf } from '@/app/frame-facts';
import { ShopFrame } from '@/components/frame/office-frames';
import type { NavItem } from '@/components/frame/types';
import { requireSeat } from '@/lib/auth/actor';

const NAV: NavItem[] = [
  { href: '/shop', label: '本店', icon: 'home' },
  { href: '/shop/statements', label: '结算', icon: 'ledger' },
  { href: '/account', label: '我的', icon: 'person' },
];

/** A merchant's pages. */
export default async function ShopLayout({ children }: { children: ReactNode }) {
  const actor = await requireSeat('shop');
  return (
    <ShopFrame {...(await frameOf(actor, 'shop'))} nav={NAV} width="text">
      {children}
    </ShopFrame>
  );
}
