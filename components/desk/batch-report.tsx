import { Message } from '@/components/ui/message';
import type { BatchOutcome, SheetLine } from '@/lib/deeds/event/types';
import { maskName } from '@/lib/residents/rules';

/** What a batch did: how many went through, and each that did not with its reason. */
export function BatchReport({ outcome, lines }: { outcome: BatchOutcome; lines: SheetLine[] }) {
  const byId = new Map(lines.map((line) => [line.deedId, line]));
  const said = [
    outcome.approved > 0 ? `通过了 ${outcome.approved} 份` : '',
    outcome.waiting > 0 ? `${outcome.waiting} 份还要第二人核实` : '',
    outcome.refused.length > 0 ? `${outcome.refused.length} 份没有通过` : '',
  ].filter(Boolean);
  return (
    <Message tone={outcome.refused.length > 0 ? 'look' : 'done'} title={`${said.join('，')}。`} role="status">
      {outcome.refused.length > 0 ? (
        <ul>
          {outcome.refused.map((one) => {
            const line = byId.get(one.deedId);
            return (
              <li key={one.deedId}>
                {line ? `${line.householdCode} ${maskName(line.residentName)}：` : null}
                {one.sentence}
              </li>
            );
          })}
        </ul>
      ) : null}
    </Message>
  );
}
