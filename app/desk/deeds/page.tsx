import type { Metadata } from 'next';
import { frameOf } from '@/app/frame-facts';
import { DeskView } from '@/components/desk/desk-view';
import { queueHref } from '@/components/desk/queue-filters';
import { UndoBar } from '@/components/desk/undo-bar';
import { EmptyState } from '@/components/ui/message';
import { requireSeat } from '@/lib/auth/actor';
import { countQueue, findFirst, listQueue, type QueueFrom } from '@/lib/deeds/queue/reads';
import { parseQueueFilter } from '@/lib/deeds/queue/rules';
import { findUndoable } from '@/lib/deeds/review/undo/reads';
import { dayOf } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { readFormReturn } from '@/lib/platform/form-return';
import { isId } from '@/lib/platform/ids';
import { DeedPane } from './deed-pane';
import { viewerOf } from './desk-facts';
import { DeskNotice } from './desk-notice';

export const metadata: Metadata = { title: '核实善行' };

/** The queue; on a wide screen with the first deed that this person may decide beside it. */
export default async function Queue({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const actor = await requireSeat('desk');
  const params = await searchParams;
  const filter = parseQueueFilter(params);
  const viewer = viewerOf(actor);
  const from: QueueFrom = isId(params.after)
    ? { after: params.after }
    : isId(params.before)
      ? { before: params.before }
      : null;
  const [queue, counts, last, form, first, facts] = await Promise.all([
    listQueue(db(), viewer, filter, from),
    countQueue(db(), viewer),
    findUndoable(db(), viewer),
    readFormReturn(actor.sessionId, params.r, viewer.now),
    from ? null : findFirst(db(), viewer, filter),
    frameOf(actor, 'desk'),
  ]);
  const here = queueHref(filter);
  const shown = first ?? queue.lines[0]?.id;
  return (
    <DeskView
      seen="list"
      queue={queue}
      counts={counts}
      filter={filter}
      today={dayOf(viewer.now)}
      current={shown}
      demo={facts.demo}
      undo={<UndoBar last={last} here={here} />}
      notice={<DeskNotice form={form} ok={params.ok} villageId={viewer.villageId} />}
    >
      {shown ? (
        <DeedPane
          actor={actor}
          viewer={viewer}
          filter={filter}
          deedId={shown}
          heading="h2"
          lazy
          form={null}
        />
      ) : (
        <div className="desk-page">
          <EmptyState title={counts.all === 0 ? '都核实完了' : '这里没有等核实的'}>
            {counts.all === 0 ? '有人记了好事，会自动排到左边。' : '换一个筛选，或者看全部。'}
          </EmptyState>
        </div>
      )}
    </DeskView>
  );
}
