import { Line, Lines } from '@/components/ui/lines';
import { sayEntry } from '@/lib/ledger/rules';
import type { EntryView } from '@/lib/ledger/types';
import { type Day, sayDay } from '@/lib/platform/clock';

/** The ledger's lines behind a row, by what lists go by: the honour score. Each leads to its place in the ledger. */
export function RowEntries({
  label,
  entries,
  today,
  ledger,
}: {
  label: string;
  entries: EntryView[];
  today: Day;
  /** address of the village's ledger */
  ledger: string;
}) {
  return (
    <Lines label={label}>
      {entries.map((entry) => (
        <Line
          key={entry.id}
          title={
            <>
              {entry.kind === 'REVERSAL' ? <b>冲销 </b> : null}
              {sayEntry(entry)}
            </>
          }
          points={entry.honour}
          meta={metaOf(entry, today)}
          note={entry.kind === 'REVERSAL' ? entry.reason : entry.reversedBy ? '后来冲销了' : null}
          href={`${ledger}?from=${entry.id}#e-${entry.id}`}
        />
      ))}
    </Lines>
  );
}

function metaOf(entry: EntryView, today: Day): string {
  const verified = entry.verifiers.length > 0 ? `核实 ${entry.verifiers.join('、')}` : '';
  return [`${sayDay(entry.deedOn as Day, today)}做`, entry.name, verified].filter(Boolean).join('，');
}
