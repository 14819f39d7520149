import type { ReactNode } from 'react';
import { frameOf } from '@/app/frame-facts';
import { OfficeFrame } from '@/components/frame/office-frames';
import { countApplications } from '@/lib/alliance/merchant/reads';
import { requireSeat } from '@/lib/auth/actor';
import { countOverdue } from '@/lib/objections/office/reads';
import { dayOf, now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';

/** The pages of a township or district. */
export default async function OfficeLayout({ children }: { children: ReactNode }) {
  const actor = await requireSeat('office');
  const [facts, applications, overdue] = await Promise.all([
    frameOf(actor, 'office'),
    countApplications(db(), actor.office),
    countOverdue(db(), actor.office, dayOf(now())),
  ]);
  const nav = [
    { href: '/office', label: '各村情况', count: overdue },
    { href: '/office/alliance', label: '商社联盟', count: applications },
    { href: '/account', label: '我的账号' },
  ];
  return (
    <OfficeFrame {...facts} nav={nav}>
      {children}
    </OfficeFrame>
  );
}
