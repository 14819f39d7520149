import type { ReactNode } from 'react';
import { frameOf } from '@/app/frame-facts';
import { HomesBand } from '@/components/frame/homes-band';
import { ResidentFrame } from '@/components/frame/resident-frame';
import { FormPlace } from '@/components/ui/form-place';
import { requireSeat } from '@/lib/auth/actor';
import { countUnreadByVillage, ownMessages } from '@/lib/messages/reads';
import { now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { formToken } from '@/lib/platform/origin';

/** The resident's pages. Their forms say of which village they are: another tab may have gone on to another. */
export default async function ResidentLayout({ children }: { children: ReactNode }) {
  const actor = await requireSeat('resident');
  const [facts, unread] = await Promise.all([
    frameOf(actor, 'resident'),
    countUnreadByVillage(db(), ownMessages(actor)),
  ]);
  const { villageId, villageName } = actor.resident;
  const others = actor.residents
    .filter((home) => home.villageId !== villageId)
    .map((home) => ({ ...home, unread: unread.get(home.villageId) ?? 0 }));
  return (
    <ResidentFrame {...facts} unread={[...unread.values()].reduce((sum, count) => sum + count, 0)}>
      <HomesBand here={villageName} others={others} token={formToken(actor.sessionId, now())} />
      <FormPlace fields={{ _home: villageId }}>{children}</FormPlace>
    </ResidentFrame>
  );
}
