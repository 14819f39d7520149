import { Line, signed } from '@/components/ui/lines';
import { StatusText } from '@/components/ui/status-text';
import { sayEntry } from '@/lib/ledger/rules';
import type { EntryView } from '@/lib/ledger/types';
import { type Day, sayDay } from '@/lib/platform/clock';

/** An entry of the ledger in two lines, for the notice board: what and points, who and when. */
export function EntryLine({ entry, today }: { entry: EntryView; today: Day }) {
  return (
    <Line
      title={sayEntry(entry)}
      points={entry.points}
      meta={[
        sayDay(entry.day as Day, today),
        `${entry.householdCode} ${entry.name}`.trim(),
        entry.honour === entry.points ? '' : `荣誉分 ${signed(entry.honour)}`,
      ]
        .filter(Boolean)
        .join(' · ')}
      state={
        entry.kind === 'REVERSAL' ? (
          <StatusText state="back">冲销</StatusText>
        ) : entry.reversedBy ? (
          <StatusText state="off">已冲销</StatusText>
        ) : null
      }
    />
  );
}
