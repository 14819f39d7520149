import type { ReactNode } from 'react';
import { frameOf } from '@/app/frame-facts';
import { OfficeFrame } from '@/components/frame/office-frames';
import { requireSeat } from '@/lib/auth/actor';

/** The pages of a township or district. */
export default async function OfficeLayout({ children }: { children: ReactNode }) {
  const actor = await requireSeat('office');
  const nav = [
    { href: '/office', label: '各村情况' },
    { href: '/account', label: '我的账号' },
  ];
  return (
    <OfficeFrame {...(await frameOf(actor, 'office'))} nav={nav}>
      {children}
    </OfficeFrame>
  );
}
