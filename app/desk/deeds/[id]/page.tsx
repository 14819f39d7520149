import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { frameOf } from '@/app/frame-facts';
import { DeskView, deedHref } from '@/components/desk/desk-view';
import { queueHref } from '@/components/desk/queue-filters';
import { UndoBar } from '@/components/desk/undo-bar';
import { requireSeat } from '@/lib/auth/actor';
import { countQueue, findNeighbours, listQueue } from '@/lib/deeds/queue/reads';
import { parseQueueFilter } from '@/lib/deeds/queue/rules';
import { findReview } from '@/lib/deeds/review/reads';
import { findUndoable } from '@/lib/deeds/review/undo/reads';
import { isOpen } from '@/lib/deeds/rules';
import { dayOf } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { readFormReturn } from '@/lib/platform/form-return';
import { isId } from '@/lib/platform/ids';
import { DeedPane } from '../deed-pane';
import { viewerOf } from '../desk-facts';
import { DeskNotice } from '../desk-notice';

export const metadata: Metadata = { title: '核实善行' };

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/**
 * One deed, with the queue beside it on a wide screen. With `go=1`, as decisions lead here, a deed that somebody else
 * has decided meanwhile is passed over; so is one about which the answer was that it is decided already.
 */
export default async function Deed({ params, searchParams }: Props) {
  const actor = await requireSeat('desk');
  const [{ id }, query] = await Promise.all([params, searchParams]);
  if (!isId(id)) notFound();
  const filter = parseQueueFilter(query);
  const viewer = viewerOf(actor);
  const [deed, around, form] = await Promise.all([
    findReview(db(), viewer, id),
    findNeighbours(db(), viewer, filter, id),
    readFormReturn(actor.sessionId, query.r, viewer.now),
  ]);
  if (!deed) notFound();
  const wasTaken = form?.refusal.code === 'ALREADY_DECIDED' && form.entered.deedId === id;
  if (!isOpen(deed.state) && (query.go === '1' || wasTaken)) {
    const kept: Record<string, string> = typeof query.r === 'string' ? { r: query.r } : {};
    if (around.nextToDecide) redirect(deedHref(around.nextToDecide, filter, { ...kept, go: '1' }));
    if (!wasTaken) redirect(queueHref(filter));
  }
  const [queue, counts, last, facts] = await Promise.all([
    listQueue(db(), viewer, filter, { around: id }),
    countQueue(db(), viewer),
    findUndoable(db(), viewer),
    frameOf(actor, 'desk'),
  ]);
  return (
    <DeskView
      seen="deed"
      queue={queue}
      counts={counts}
      filter={filter}
      today={dayOf(viewer.now)}
      current={id}
      demo={facts.demo}
      undo={<UndoBar last={last} here={deedHref(id, filter)} />}
      notice={<DeskNotice form={form} ok={query.ok} villageId={viewer.villageId} deedId={id} />}
    >
      <DeedPane
        actor={actor}
        viewer={viewer}
        filter={filter}
        deedId={id}
        deed={deed}
        around={around}
        heading="h1"
        form={form}
      />
    </DeskView>
  );
}
