import type { Metadata } from 'next';
import { DecidedFilters, decidedHref } from '@/components/desk/decided-filters';
import { DeskKeys } from '@/components/desk/desk-keys';
import { UndoBar } from '@/components/desk/undo-bar';
import { sayHousehold, sayMoment } from '@/components/desk/words';
import { Line, Lines } from '@/components/ui/lines';
import { EmptyState } from '@/components/ui/message';
import { PageHead } from '@/components/ui/page-head';
import { Pager } from '@/components/ui/pager';
import { type State, StatusText } from '@/components/ui/status-text';
import { requireSeat } from '@/lib/auth/actor';
import { listDecided, listDecidedChoices } from '@/lib/deeds/decided/reads';
import { DECIDED_WORDS, parseDecidedFilter } from '@/lib/deeds/decided/rules';
import type { DecidedState } from '@/lib/deeds/decided/types';
import { findUndoable } from '@/lib/deeds/review/undo/reads';
import { dayOf } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { isId } from '@/lib/platform/ids';
import { viewerOf } from '../desk-facts';

export const metadata: Metadata = { title: '已经办了的' };

const MARKS: Record<DecidedState, State> = { APPROVED: 'ok', RETURNED: 'back', WITHDRAWN: 'off' };

/** Decided deeds, the latest first, thirty at a time. Three queries. */
export default async function Done({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const actor = await requireSeat('desk');
  const params = await searchParams;
  const filter = parseDecidedFilter(params, actor.personId);
  const viewer = viewerOf(actor);
  const after = isId(params.after) ? params.after : null;
  const [page, choices, last] = await Promise.all([
    listDecided(db(), viewer.villageId, filter, after),
    listDecidedChoices(db(), viewer.villageId),
    findUndoable(db(), viewer),
  ]);
  const today = dayOf(viewer.now);
  const here = decidedHref(filter);
  return (
    <>
      <DeskKeys />
      <UndoBar last={last} here={here} />
      <div className="desk-page">
        <PageHead title="已经办了的" back={{ href: '/desk/deeds', label: '等核实的' }} />
        <DecidedFilters filter={filter} choices={choices} />
        {page.lines.length === 0 ? (
          <EmptyState title="没有这样的">换一个筛选看看。核实过的都会留在这里。</EmptyState>
        ) : (
          <Lines label="已经办了的">
            {page.lines.map((line) => (
              <Line
                key={line.id}
                href={`/desk/deeds/${line.id}`}
                title={line.itemName}
                {...(line.honour === null ? {} : { points: line.honour })}
                meta={`${sayHousehold(line)} · ${sayMoment(line.decidedAt, today)} · ${line.by}`}
                state={<StatusText state={MARKS[line.state]}>{DECIDED_WORDS[line.state]}</StatusText>}
                note={line.reason ? `原因：${line.reason}` : null}
              />
            ))}
          </Lines>
        )}
        <Pager
          newer={after ? here : null}
          older={page.older ? `${here}${here.includes('?') ? '&' : '?'}after=${page.older}` : null}
          words={['最新的', '较早的']}
        />
      </div>
    </>
  );
}
