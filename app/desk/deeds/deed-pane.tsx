import { DecidedActs } from '@/components/desk/decided-acts';
import { DeedActs } from '@/components/desk/deed-acts';
import { DeedFacts } from '@/components/desk/deed-facts';
import { DeedPhotos } from '@/components/desk/deed-photos';
import { deedHref } from '@/components/desk/desk-view';
import { queueHref } from '@/components/desk/queue-filters';
import type { FormReturn } from '@/components/ui/form-return';
import type { Actor } from '@/lib/auth/types';
import { findNeighbours } from '@/lib/deeds/queue/reads';
import type { Neighbours, QueueFilter, Viewer } from '@/lib/deeds/queue/types';
import { findReview } from '@/lib/deeds/review/reads';
import type { DeedReview } from '@/lib/deeds/review/types';
import { isOpen } from '@/lib/deeds/rules';
import { dayOf } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { findVillages } from '@/lib/regions/reads';
import { hindrancesOf } from './desk-facts';

/** One deed with its photos, facts and acts; nothing when the village has no such deed. */
export async function DeedPane({
  actor,
  viewer,
  filter,
  deedId,
  deed: known,
  around,
  heading,
  form,
  lazy,
}: {
  actor: Actor;
  viewer: Viewer;
  filter: QueueFilter;
  deedId: string;
  /** when the page has read them already */
  deed?: DeedReview;
  around?: Neighbours;
  heading: 'h1' | 'h2';
  form: FormReturn | null;
  lazy?: boolean;
}) {
  const [deed, neighbours] = await Promise.all([
    known ?? findReview(db(), viewer, deedId),
    around ?? findNeighbours(db(), viewer, filter, deedId),
  ]);
  if (!deed) return null;
  const today = dayOf(viewer.now);
  const href = (id: string | null) => (id ? deedHref(id, filter) : null);
  const onward = neighbours.nextToDecide
    ? deedHref(neighbours.nextToDecide, filter, { go: '1' })
    : queueHref(filter);
  const about = form?.entered.deedId === deedId ? form : null;
  return (
    <>
      <div className="deed-body">
        <DeedPhotos
          photos={deed.photos}
          today={today}
          rule={deed.item.photo}
          about={`${deed.item.name}，${deed.household.code}`}
          lazy={lazy}
        />
        <DeedFacts deed={deed} today={today} heading={heading} hrefOf={(id) => `/desk/deeds/${id}`} />
      </div>
      {isOpen(deed.state) ? (
        <DeedActs
          deed={deed}
          here={deedHref(deedId, filter)}
          onward={onward}
          next={href(neighbours.next)}
          previous={href(neighbours.previous)}
          form={about}
          {...hindrancesOf(actor, deed)}
        />
      ) : (
        <DecidedActs
          deed={deed}
          today={today}
          next={href(neighbours.nextToDecide ?? neighbours.next)}
          ledger={await ledgerHref(viewer.villageId, deed.postingId)}
          form={about}
        />
      )}
    </>
  );
}

/** The deed's line in the public ledger. */
async function ledgerHref(villageId: string, postingId: string | null): Promise<string | null> {
  if (!postingId) return null;
  const village = (await findVillages(db(), [villageId])).get(villageId);
  return village ? `/v/${village.code}/ledger?from=${postingId}` : null;
}
