import type { ReactNode } from 'react';
import { frameOf } from '@/app/frame-facts';
import { ResidentFrame } from '@/components/frame/resident-frame';
import { requireSeat } from '@/lib/auth/actor';

/** The resident's pages. */
export default async function ResidentLayout({ children }: { children: ReactNode }) {
  const actor = await requireSeat('resident');
  return <ResidentFrame {...(await frameOf(actor, 'resident'))}>{children}</ResidentFrame>;
}
