import type { ReactNode } from 'react';
import { frameOf } from '@/app/frame-facts';
import { ResidentFrame } from '@/components/frame/resident-frame';
import { requireSeat } from '@/lib/auth/actor';
import { countUnread } from '@/lib/messages/reads';
import { db } from '@/lib/platform/db';

/** The resident's pages. */
export default async function ResidentLayout({ children }: { children: ReactNode }) {
  const actor = await requireSeat('resident');
  const [facts, unread] = await Promise.all([
    frameOf(actor, 'resident'),
    countUnread(db(), { villageId: actor.resident.villageId, personId: actor.personId }),
  ]);
  return (
    <ResidentFrame {...facts} unread={unread}>
      {children}
    </ResidentFrame>
  );
}
