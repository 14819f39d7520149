import { Line, Lines } from '@/components/ui/lines';
import { type State, StatusText } from '@/components/ui/status-text';
import { sayDaysLeft } from '@/lib/deductions/rules';
import { OBJECTION_NAMES, sayThing } from '@/lib/objections/rules';
import type { ObjectionLine, ObjectionState as StateName } from '@/lib/objections/types';
import { type Day, dayOf, sayDay } from '@/lib/platform/clock';

const LOOKS: Record<StateName, State> = { OPEN: 'wait', UPHELD: 'ok', REJECTED: 'back', WITHDRAWN: 'off' };

/** What has become of an objection, in a word and a mark. */
export function ObjectionState({ state }: { state: StateName }) {
  return <StatusText state={LOOKS[state]}>{OBJECTION_NAMES[state]}</StatusText>;
}

/** Objections as lines, with their clock while they are open. */
export function ObjectionLines({
  label,
  lines,
  today,
  hrefOf,
  showHousehold,
}: {
  label: string;
  lines: ObjectionLine[];
  today: Day;
  hrefOf: (id: string) => string;
  showHousehold?: boolean;
}) {
  return (
    <Lines label={label}>
      {lines.map((line) => (
        <Line
          key={line.id}
          href={hrefOf(line.id)}
          title={sayThing(line.kind, line.title)}
          meta={[
            `第 ${line.number} 号`,
            showHousehold ? line.householdCode : null,
            `${sayDay(dayOf(line.openedAt), today)}提的`,
          ]
            .filter(Boolean)
            .join(' · ')}
          state={<ObjectionState state={line.state} />}
          note={
            line.state === 'OPEN'
              ? `${sayDaysLeft(line.dueOn as Day, today)}${line.risenAt ? '，镇上已经知道，还由村里定' : ''}`
              : line.decidedAt
                ? `${sayDay(dayOf(line.decidedAt), today)}定的`
                : null
          }
        />
      ))}
    </Lines>
  );
}
