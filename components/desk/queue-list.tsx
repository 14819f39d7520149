import type { ReactNode } from 'react';
import { Line, Lines } from '@/components/ui/lines';
import { EmptyState } from '@/components/ui/message';
import { WARNING_WORDS } from '@/lib/deeds/queue/rules';
import type { QueueLine, Recusal } from '@/lib/deeds/queue/types';
import type { Day } from '@/lib/platform/clock';
import { sayHousehold, sayMoment } from './words';

/** Why this verifier stands back, in a few characters. */
const RECUSAL_MARKS: Record<Recusal, string> = {
  OWN_HOUSEHOLD: '自家，回避',
  NEAR_KIN: '亲属，回避',
  OWN_REPORT: '我记的',
  SAME_PERSON_TWICE: '等另一人',
};

function markOf(line: QueueLine): ReactNode {
  if (line.recusal) return RECUSAL_MARKS[line.recusal];
  return line.state === 'AWAITING_SECOND' ? '等第二人' : null;
}

/** The lines of the queue; the open deed is marked. */
export function QueueList({
  lines,
  current,
  today,
  hrefOf,
  filtered,
}: {
  lines: QueueLine[];
  current?: string;
  today: Day;
  hrefOf: (id: string) => string;
  filtered: boolean;
}) {
  if (lines.length === 0) {
    return (
      <div className="queue-foot">
        {filtered ? (
          <EmptyState title="这里没有等核实的">换一个筛选，或者看全部。</EmptyState>
        ) : (
          <EmptyState title="都核实完了">有人记了好事，会排在这里，最早的在最上面。</EmptyState>
        )}
      </div>
    );
  }
  return (
    <Lines label="等核实的善行">
      {lines.map((line) => (
        <Line
          key={line.id}
          href={hrefOf(line.id)}
          title={line.itemName}
          figure={line.warnings[0] ? WARNING_WORDS[line.warnings[0]] : null}
          meta={`${sayHousehold(line)} · ${sayMoment(line.submittedAt, today)}`}
          state={markOf(line)}
          note={line.eventName ? `活动：${line.eventName}` : null}
          current={line.id === current}
        />
      ))}
    </Lines>
  );
}
