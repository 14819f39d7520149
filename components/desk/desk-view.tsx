import type { ReactNode } from 'react';
import { DemoLine } from '@/components/frame/parts';
import { Icon } from '@/components/ui/icon';
import { Pager } from '@/components/ui/pager';
import { countFolded, writeQueueFilter } from '@/lib/deeds/queue/rules';
import type { QueueCounts, QueueFilter, QueuePage } from '@/lib/deeds/queue/types';
import { type Day, dayOf, sayDay } from '@/lib/platform/clock';
import { DeskKeys } from './desk-keys';
import { QueueFilters, queueHref } from './queue-filters';
import { QueueList } from './queue-list';

/** A deed's address that keeps the filter one works with. */
export function deedHref(id: string, filter: QueueFilter, more: Record<string, string> = {}): string {
  const query = new URLSearchParams(writeQueueFilter(filter));
  for (const [name, value] of Object.entries(more)) query.set(name, value);
  const text = query.toString();
  return text ? `/desk/deeds/${id}?${text}` : `/desk/deeds/${id}`;
}

/**
 * The verifier's desk: the queue at the left, one deed at the right. On a phone only one of the two is seen, as
 * `seen` says.
 */
export function DeskView({
  seen,
  queue,
  counts,
  filter,
  today,
  current,
  demo,
  notice,
  undo,
  children,
}: {
  seen: 'list' | 'deed';
  queue: QueuePage;
  counts: QueueCounts;
  filter: QueueFilter;
  today: Day;
  current?: string;
  demo: boolean;
  /** what has just happened, above everything */
  notice?: ReactNode;
  undo?: ReactNode;
  /** the deed; null when there is none to show */
  children: ReactNode;
}) {
  const query = writeQueueFilter(filter);
  const turn = (name: string, id: string | null) =>
    id ? `/desk/deeds?${query ? `${query}&` : ''}${name}=${id}` : null;
  const isFiltered = filter.show !== undefined || countFolded(filter) > 0;
  const Title = seen === 'list' ? 'h1' : 'p';
  return (
    <div className={seen === 'list' ? 'desk desk-list' : 'desk desk-one'}>
      <DeskKeys />
      <section className="queue" aria-label="等核实的">
        {seen === 'list' ? (
          <div className="lg:hidden">
            {undo}
            {notice}
          </div>
        ) : null}
        <div className="queue-head">
          <div className="queue-title">
            <Title className="queue-name">等核实 {counts.all}</Title>
            {counts.oldestAt ? <small>最早{sayDay(dayOf(counts.oldestAt), today)}</small> : null}
          </div>
        </div>
        <QueueFilters filter={filter} counts={counts} />
        <QueueList
          lines={queue.lines}
          current={current}
          today={today}
          filtered={isFiltered}
          hrefOf={(id) => deedHref(id, filter)}
        />
        <div className="queue-foot">
          <Pager
            newer={turn('before', queue.earlier)}
            older={turn('after', queue.later)}
            words={['往前', '往后']}
          />
          <p>
            <a className="underline" href="/desk/deeds/done">
              已经办了的
            </a>
          </p>
          <DemoLine demo={demo} />
        </div>
      </section>
      <section className="deed-pane" aria-label="这一件">
        {seen === 'deed' ? (
          <div className="deed-top">
            <a className="page-back" href={queueHref(filter)}>
              <Icon name="left" />
              等核实 {counts.all}
            </a>
          </div>
        ) : null}
        {undo}
        {notice}
        {children}
      </section>
    </div>
  );
}
